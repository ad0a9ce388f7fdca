"""Read the project's colours by theme and name, and write them as CSS variables."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

Theme = Literal["light", "dark"]

TOKENS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files("ocmap.web").joinpath("styles", "tokens.toml").read_text("utf-8")
)
"""The tables of ``tokens.toml``: ``light``, ``dark``, ``brief`` and ``embed``. A value is a colour as CSS writes it."""


def css_variables(theme: Theme, selector: str = ":root") -> str:
    """Return a CSS rule that gives an element and all within it a theme's colours as variables, such as ``--ink``."""
    declarations = "".join(f"  --{name}: {colour};\n" for name, colour in TOKENS[theme].items())
    return f"{selector} {{\n{declarations}}}\n"

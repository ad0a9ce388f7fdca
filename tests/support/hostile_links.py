"""Hostile links. Each number gives one of them, always the same."""

import random
from dataclasses import fields
from urllib.parse import quote, urlencode

from ocmap.analysis.view_state import ViewState

PARAMETERS = [field.name for field in fields(ViewState)]
KNOWN = [
    *("PE-LMA", "PE-PUN", "border-EC", "la-pampa", "EC", "amazon", "heroin.1-r2", "arms.2-r1", "arms", "cocaine"),
    *("foreign-groups", "officials", "named", "none", "regions", "sites", "table", "actors", "compare", "method"),
    *("sentences", "places", "name", "es", "en", "true", "3", "0.1.0", "9.9.9"),
]
MARK = "zqxj"
"""Part of each hostile text, so that a page that repeats it is found."""
ATTACKS = [
    *(f"<script>{MARK}</script>", f"</script><script>alert('{MARK}')</script>", f"<img src=x onerror={MARK}()>"),
    *(f'"><svg onload={MARK}>', f"' onfocus={MARK} x='", f"javascript:{MARK}", f"data:text/html,{MARK}"),
    *(
        f"{{{{7*7}}}}{MARK}",
        f"${{7*7}}{MARK}",
        f"{{%{MARK}%}}",
        f"#{{{MARK}}}",
        f"%s%n{MARK}",
        f"{{0.__class__}}{MARK}",
    ),
    *(f"../../{MARK}", f"..\\..\\{MARK}", f"/etc/passwd{MARK}", f"file:///{MARK}", f"//{MARK}.example", f"C:\\{MARK}"),
    *(f"' OR 1=1 --{MARK}", f"=1+1{MARK}", f"`{MARK}`", f"$({MARK})", f"|{MARK}", f"__import__('{MARK}')"),
    *(
        f"\x00{MARK}",
        f"{MARK}\r\nSet-Cookie: a=b",
        f"\u202e{MARK}",
        f"\u200b{MARK}",
        f"\ufeff{MARK}",
        f"\x1b[31m{MARK}",
    ),
    *(
        f"РЕ-LMA{MARK}",
        f"PE‑LMA{MARK}",
        f"ＰＥ-LMA{MARK}",
        f"pe-lma{MARK}",
        f"PE-LMA {MARK}",
        f"{MARK}\ud800",
        f"𝒜{MARK}",
    ),
    *(
        f"*b*{MARK}",
        f":red[{MARK}]",
        f"[{MARK}](javascript:1)",
        f"&lt;{MARK}&gt;",
        f"%3C{MARK}%3E",
        f"%00{MARK}",
        f"%ZZ{MARK}",
    ),
    *(
        f"cos(subsystem\nS'{MARK}'\ntR.",
        f"!!python/object:{MARK}",
        f'{{"a": "{MARK}"}}',
        f"[[{MARK}]]",
        f"{MARK}," * 300,
    ),
]


def value_of(rng: random.Random) -> str:
    """Return a value of a parameter: known, hostile, both, or noise."""
    how = rng.randrange(10)
    if how < 3:
        return ",".join(rng.choices(KNOWN, k=rng.randrange(1, 4)))
    if how < 7:
        return rng.choice(ATTACKS)
    if how == 7:
        return f"{rng.choice(KNOWN)},{rng.choice(ATTACKS)},{rng.choice(KNOWN)}"
    if how == 8:
        return MARK + "".join(chr(rng.choice([rng.randrange(32, 127), rng.randrange(0x110000)])) for _ in range(30))
    return rng.choice(["", ",", "٣", "NaN", "-1", "1e999", "null", "undefined", "[object Object]", f"{MARK}" * 500])


def queries(number: int) -> tuple[dict[str, str | list[str]], list[str]]:
    """Return the parameters of a link, and the texts that no page may show."""
    rng = random.Random(number)  # noqa: S311 - no secret
    query: dict[str, str | list[str]] = {}
    for _ in range(rng.randrange(1, 9)):
        name = rng.choice(PARAMETERS) if rng.randrange(5) else rng.choice(ATTACKS)
        values = [value_of(rng) for _ in range(rng.choice([1, 1, 1, 2, 5]))]
        query[name] = values[0] if len(values) == 1 else values
    return query, [MARK]


def link(number: int) -> str:
    """Return a whole link; some are very long, some are not well encoded."""
    rng = random.Random(number)  # noqa: S311 - no secret
    query, _ = queries(number)
    how = rng.randrange(8)
    start = rng.choice(["?", "", "??", "#?", "/?", "?&&", "?;", "https://x.example/?"])
    if how == 0:
        return start + "&".join(f"{name}={value}" for name, value in query.items())
    if how == 1:
        return start + "&".join(f"{quote(name, errors='replace')}=%{rng.randrange(256):x}%GG%" for name in query)
    if how == 2:
        return start + urlencode(dict.fromkeys(query, MARK * rng.choice([1, 100, 25_000])), errors="replace")
    if how == 3:
        return start + "&".join(
            f"{rng.choice(PARAMETERS)}={rng.choice(KNOWN)}" for _ in range(rng.choice([3, 999, 2000]))
        )
    return start + urlencode(query, doseq=True, errors="surrogatepass" if how == 4 else "replace")

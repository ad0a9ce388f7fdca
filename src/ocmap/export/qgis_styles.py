"""Write the QGIS styles of the GeoPackage's layers as QML, with the map's classes and colours."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ocmap.analysis.filters import LEVELS, level_labels
from ocmap.dataset.schema import DOUBTFUL
from ocmap.export.readme import ENVIRONMENT
from ocmap.i18n import Words
from ocmap.web.tokens import TOKENS

COLOURS = TOKENS["light"]
TINTS = tuple(COLOURS[f"level-{i}"] for i in range(1, 6))
"""The colours of the five classes of counts."""
REGION_LINE = COLOURS["region-line"]
HATCH = COLOURS["hatch-1"]
CORRIDOR, CORRIDOR_LINE = COLOURS["corridor"], COLOURS["corridor-line"]
ROUTE = COLOURS["route"]
SITE = COLOURS["site"]
RIVER = COLOURS["river"]
WHITE = COLOURS["level-0"]
AROUND_POINT, HORIZONTAL = 0, 4  # QGIS's codes for label placement


@dataclass(frozen=True)
class Symbol:
    """One layer of a symbol; ``inner`` is the marker at the end of a line."""

    kind: str
    options: Mapping[str, str]
    inner: "Symbol | None" = None


@dataclass(frozen=True)
class Rule:
    """The symbols of features that pass a filter; those of several rules are drawn over each other."""

    label: str
    symbols: tuple[Symbol, ...]
    filter: str = ""


@dataclass(frozen=True)
class Style:
    """A layer's style; ``label`` is the column with the text of its labels."""

    geometry: str
    rules: tuple[Rule, ...]
    label: str = ""
    placement: int = field(default=AROUND_POINT)


def build_styles(words: Words, *, filtered: bool) -> Mapping[str, str]:
    """Return the QML of each layer by its name; ``filtered``: whether filters may explain a blank region."""
    blank = words["legend.filtered"] if filtered else words["legend.blank"]
    name = f"name_{words.lang}"
    styles = {
        "regions": Style("fill", (*_tints(blank), *_hatches(words)), name, HORIZONTAL),
        "corridors": Style("fill", (Rule(words["legend.corridor"], (_fill(CORRIDOR, CORRIDOR_LINE, alpha=90),)),)),
        "routes": Style("line", _routes(words)),
        "sites": Style("marker", _sites(words), name),
        "rivers": Style("line", (Rule(words["layer.rivers"], (_line(RIVER, 0.3),)),), name),
    }
    template = ENVIRONMENT.get_template("style.qml")
    return {layer: template.render(style=style, text=_rgba(SITE), halo=_rgba(WHITE)) for layer, style in styles.items()}


def _tints(blank: str) -> tuple[Rule, ...]:
    """Return the rule of blank regions and those of the legend's classes."""
    rules = []
    for (low, high), label, colour in zip(LEVELS, level_labels(), TINTS, strict=True):
        upper = "" if high is None else f' AND "named_located" <= {high}'
        rules.append(Rule(label, (_fill(colour, REGION_LINE),), f'"named_located" >= {low}{upper}'))
    return Rule(blank, (_fill(WHITE, REGION_LINE),), '"named_located" + "border" + "area" = 0'), *rules


def _hatches(words: Words) -> tuple[Rule, ...]:
    border = _fill(HATCH, REGION_LINE, brush="b_diagonal")
    area = _fill(HATCH, REGION_LINE, brush="dense6")
    return (
        Rule(words["legend.border"], (border,), '"border" > 0'),
        Rule(words["legend.area"], (area,), '"border" = 0 AND "area" > 0'),
    )


def _routes(words: Words) -> tuple[Rule, ...]:
    doubtful = ", ".join(f"'{hedge}'" for hedge in sorted(DOUBTFUL))
    head = Symbol(
        "SimpleMarker", {"name": "filled_arrowhead", "color": _rgba(ROUTE), "outline_style": "no", "size": "3"}
    )
    arrow = Symbol("MarkerLine", {"placement": "lastvertex", "rotate": "1"}, head)
    return (
        Rule(words["legend.schematic"], (_line(ROUTE, 0.6, "dash"),), f'"hedge" NOT IN ({doubtful})'),
        Rule(words["legend.hollow"], (_line(ROUTE, 0.4, "dot"),), f'"hedge" IN ({doubtful})'),
        Rule(words["route_role.destination"], (arrow,), "\"end\" <> 'open'"),
    )


def _sites(words: Words) -> tuple[Rule, ...]:
    full, hollow = (
        Symbol(
            "SimpleMarker",
            {
                "name": "circle",
                "color": _rgba(colour),
                "outline_color": _rgba(SITE),
                "outline_width": "0.5",
                "size": "2.6",
            },
        )
        for colour in (SITE, WHITE)
    )
    tripoint = Symbol("SimpleMarker", {"name": "triangle", "color": _rgba(CORRIDOR_LINE), "size": "2.6"})
    return (
        Rule(words["legend.site"], (full,), '"kind" = \'site\' AND NOT "approximate"'),
        Rule(words["legend.rough"], (hollow,), '"kind" = \'site\' AND "approximate"'),
        Rule(words["legend.tripoint"], (tripoint,), "\"kind\" = 'tripoint'"),
    )


def _fill(colour: str, line: str, brush: str = "solid", alpha: int = 255) -> Symbol:
    options = {"color": _rgba(colour, alpha), "style": brush, "outline_color": _rgba(line), "outline_width": "0.2"}
    return Symbol("SimpleFill", options)


def _line(colour: str, width_mm: float, dashes: str = "solid") -> Symbol:
    return Symbol("SimpleLine", {"line_color": _rgba(colour), "line_width": str(width_mm), "line_style": dashes})


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},{alpha}"

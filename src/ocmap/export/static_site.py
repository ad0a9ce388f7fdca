"""The static edition: the map, filters and panels as a folder of files that any web server, or a disk, can serve.

It is made of the same data and the same scripts as the dashboard's map; ``site.js`` and ``edition.js`` only stand
in for Streamlit.
"""

from importlib.metadata import distribution

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.codebook import DATA_VERSION, PROFILE_URL
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.export.readme import build_readme, build_rights, citation_of
from ocmap.web import html
from ocmap.web.client_data import build_client_data
from ocmap.web.filter_form import describe_filters
from ocmap.web.json_data import Json, as_json
from ocmap.web.map_data import build_map_data
from ocmap.web.page_context import PageContext
from ocmap.web.panel_file import build_panels
from ocmap.web.place_list import list_places
from ocmap.web.publish import asset, hashed_name, map_script

# No script but ours, nothing from elsewhere; Leaflet and the panel set styles by script, which needs no permission.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)


def build_site(profile: CountryProfile) -> dict[str, bytes]:
    """Return the files of the static edition by their names.

    Scripts, styles and data carry a hash of their content in their names, so that they may be kept for ever.
    ``index.html``, which points at them, comes last.

    Raises:
        FileNotFoundError: The package was installed without its build step, so that Leaflet is not there.
    """
    panels = {
        lang: _script(f"panels-{lang}", f"OCMAP.panels.{lang}={as_json(dict(build_panels(profile, lang)))}")
        for lang in LANGUAGES
    }
    data: Json = {
        "version": DATA_VERSION,
        "map": build_map_data(profile.dataset, profile.shapes),
        "evidence": build_client_data(profile),
        "pages": {lang: _page(profile, lang) for lang in LANGUAGES},
        "files": {lang: name for lang, (name, _) in panels.items()},
        "panels": {},
    }
    parts = (
        _script("data", f"OCMAP={as_json(data)}"),
        _script(
            "ocmap", "\n;".join((map_script(), asset("web", "client", "site.js"), asset("web", "client", "edition.js")))
        ),
        *panels.values(),
    )
    style = ("ocmap", ".css", html.standalone_style("site.css").encode())
    page = html.render(
        "site.html",
        policy=POLICY,
        description=i18n.of("es")["page.tagline"],
        style=hashed_name(*style),
        data=parts[0][0],
        script=parts[1][0],
    )
    return {
        hashed_name(*style): style[2],
        **dict(parts),
        **{f"LICENSE-{lang}.txt": build_rights(lang).encode() for lang in LANGUAGES},
        "LICENSE-leaflet.txt": _leaflet_licence().encode(),
        **{f"README-{lang}.txt": build_readme(profile, ViewState(), "site", lang).encode() for lang in LANGUAGES},
        "index.html": page.encode(),
    }


def _leaflet_licence() -> str:
    """Return Leaflet's licence, which goes wherever its script goes."""
    text = distribution("ocmap").read_text("licenses/licences/leaflet.txt")
    if text is None:
        raise FileNotFoundError("the licence of Leaflet is missing from the installed package")
    return text


def _script(stem: str, text: str) -> tuple[str, bytes]:
    content = text.encode()
    return hashed_name(stem, ".js", content), content


def _page(profile: CountryProfile, lang: Lang) -> dict[str, str]:
    """Return the HTML of the parts of the page that only depend on the language, by their ids."""
    page = PageContext(profile, lang, ViewState(lang=lang))
    common = {"words": page.words, "lang": lang}
    return {
        "top": html.render(
            "site_top.html",
            **common,
            edition=page.words["page.edition"].format(version=DATA_VERSION),
            source_url=PROFILE_URL,
        ),
        "head": html.render(
            "site_head.html",
            **common,
            places=list_places(page),
        ),
        "filters": html.render("filters.html", **describe_filters(page)),
        "foot": html.render("site_foot.html", **common, citation=citation_of(profile, ViewState(), lang)),
    }

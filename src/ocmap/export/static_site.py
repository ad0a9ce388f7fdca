"""Build the static edition: map, filters and panels as files for any web server, or to open from a disk.

It has the dashboard's map, filters and panels; ``frontend/src/light.ts`` takes Streamlit's place.
"""

from collections.abc import Mapping
from importlib.metadata import distribution

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.export.readme import build_readme, build_rights, citation_of
from ocmap.web import html
from ocmap.web.client_data import build_client_data
from ocmap.web.filter_form import describe_filters
from ocmap.web.json_data import Json, as_json
from ocmap.web.map_data import build_map_data
from ocmap.web.panel_file import build_panels
from ocmap.web.place_list import list_places
from ocmap.web.publish import asset, hashed_name, leaflet_script
from ocmap.web.search_file import build_search_data

# Only our own files. Leaflet and the panel set styles by script, which this policy allows.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)


def build_site(profile: CountryProfile, dashboard: str = "") -> dict[str, bytes]:
    """Return the files of the static edition by their names; ``index.html``, which refers to the others, comes last.

    ``dashboard`` is the address of the dashboard, to which the page then links.
    Scripts, styles and data have a hash of their content in their names, so that browsers may cache them without limit.

    Raises:
        FileNotFoundError: The package was installed without its build step, so that Leaflet is missing.
    """
    panels = {
        lang: _script(f"panels-{lang}", f"OCMAP.panels.{lang}={as_json(dict(build_panels(profile, lang)))}")
        for lang in LANGUAGES
    }
    searches = {
        lang: _script(f"search-{lang}", f"OCMAP.searches.{lang}={as_json(build_search_data(profile, lang))}")
        for lang in LANGUAGES
    }
    data = _script("data", f"OCMAP={as_json(_data(profile, _names(panels), _names(searches)))}")
    leaflet = _script("leaflet", leaflet_script())
    script = _script("ocmap", asset("web", "bundles", "light.js"))
    style = html.standalone_style("site.css").encode()
    style_name = hashed_name("ocmap", ".css", style)
    page = html.render(
        "site.html",
        policy=POLICY,
        description=i18n.words_of(profile.dataset, "es")["page.tagline"],
        style=style_name,
        data=data[0],
        leaflet=leaflet[0],
        script=script[0],
        dashboard=dashboard,
    )
    return {
        style_name: style,
        **dict((data, leaflet, script, *panels.values(), *searches.values())),
        **{f"LICENSE-{lang}.txt": build_rights(profile.dataset, lang).encode() for lang in LANGUAGES},
        "LICENSE-leaflet.txt": _leaflet_licence().encode(),
        **{
            f"README-{lang}.txt": build_readme(PageContext(profile, lang, ViewState()), "site").encode()
            for lang in LANGUAGES
        },
        "index.html": page.encode(),
    }


def _names(files: Mapping[Lang, tuple[str, bytes]]) -> dict[Lang, str]:
    return {lang: name for lang, (name, _) in files.items()}


def _data(profile: CountryProfile, panel_files: Mapping[Lang, str], search_files: Mapping[Lang, str]) -> Json:
    """Return the data that the page's scripts read, with the names of the files that it loads when they are needed."""
    return {
        "version": profile.dataset.version,
        "map": build_map_data(profile),
        "evidence": build_client_data(profile),
        "pages": {lang: _page(profile, lang) for lang in LANGUAGES},
        "files": panel_files,
        "panels": {},
        "searchFiles": search_files,
        "searches": {},
    }


def _leaflet_licence() -> str:
    """Return Leaflet's licence, which must accompany its script."""
    text = distribution("ocmap").read_text("licenses/licences/leaflet.txt")
    if text is None:
        raise FileNotFoundError(
            "ocmap is installed without the licence of Leaflet: build and install the package again"
        )
    return text


def _script(stem: str, text: str) -> tuple[str, bytes]:
    content = text.encode()
    return hashed_name(stem, ".js", content), content


def _page(profile: CountryProfile, lang: Lang) -> dict[str, str]:
    """Return the HTML of the parts of the page that depend only on the language, by their ids."""
    page = PageContext(profile, lang, ViewState(lang=lang))
    edition = page.words["page.edition"].format(version=profile.dataset.version)
    return {
        "top": html.render_localized(page, "site_top.html", edition=edition),
        "printed": html.render_localized(page, "printed.html", edition=edition, filtered=True),
        "head": html.render_localized(page, "site_head.html", places=list_places(page)),
        "filters": html.render_localized(page, "filters.html", **describe_filters(page)),
        "source": html.render_localized(page, "embed.html", edition=edition),
        "foot": html.render_localized(page, "site_foot.html", citation=citation_of(page)),
    }

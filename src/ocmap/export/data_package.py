"""Write the data package as a zip that ``frictionless validate`` accepts."""

from collections.abc import Mapping

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.codebook import build_codebook, build_datapackage, package_title
from ocmap.dataset.schema import Lang
from ocmap.export.files import Download, build_zip
from ocmap.export.readme import build_readme, build_rights
from ocmap.web.citation import cite


def build_package(profile: CountryProfile, files: Mapping[str, bytes], lang: Lang) -> bytes:
    """Return a zip of the package's files and the generated ones; the same data give the same bytes."""
    generated = {
        "CODEBOOK.md": build_codebook(profile.dataset),
        "datapackage.json": build_datapackage(
            profile.dataset, cite(profile.dataset, package_title(profile.dataset), "en")
        ),
        "README.txt": build_readme(PageContext(profile, lang, ViewState()), Download.PACKAGE),
        "LICENSE.txt": build_rights(profile.dataset, lang),
    }
    return build_zip({**files, **{name: text.encode() for name, text in generated.items()}})

"""The share dialog: the link to a view, its citations, a snippet that embeds it, and its statements as files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.app import components, session
from ocmap.dataset.codebook import name_of
from ocmap.export.data_package import build_package
from ocmap.export.files import Download, EmptyExportError, file_name
from ocmap.export.print.brief import build_brief, is_subject
from ocmap.export.readme import title_of
from ocmap.export.rows import build_content
from ocmap.export.tables import build_csv, build_geojson
from ocmap.export.workbook import build_workbook
from ocmap.web.app_data import App
from ocmap.web.citation import CitedView, bibtex, csl_json, embed_html, embed_url, long_citation, short_citation

PREVIEW_PX = 400


def show_share(app: App, page: PageContext, part: str) -> None:
    """Offer the link to this view, an image, a snippet that embeds it, its citations, and its statements as files."""
    st.dialog(page.words["share.title"], width="medium")(lambda: _show_parts(app, page, part))()


def _show_parts(app: App, page: PageContext, part: str) -> None:
    """Draw all parts, one below the other, so that each is one step away; the one that was asked for is first."""
    link = f"{(st.context.url or '').rstrip('/')}/" + page.href(replace(page.view, lang=page.lang, tour=0))
    work = CitedView(
        page.view.place or page.view.route or name_of(page.dataset),
        title_of(page),
        link,
        page.lang,
        session.today(),
        page.dataset,
    )
    parts: list[tuple[str, Callable[[], None]]] = [
        ("link", partial(_show_link, page, work)),
        ("picture", partial(_show_images, page, work)),
        ("embed", partial(_show_embed, page, work)),
        ("cite", partial(_show_citations, page, work)),
        ("files", partial(_show_files, app, page, work.day)),
    ]
    components.show(page, "share_failed.html")
    for name, show in [*parts[-1:], *parts[:-1]] if part == session.DATA else parts:
        with st.container(key=f"share_{name}"):
            st.subheader(page.words[f"share.{name}"], anchor=False)
            show()


def _show_link(page: PageContext, work: CitedView) -> None:
    st.caption(page.words["share.link_text"])
    _show_text(page, work.url, page.words["share.link"], shares=True)


def _show_embed(page: PageContext, work: CitedView) -> None:
    st.caption(page.words["share.embed_text"])
    _show_text(page, embed_html(work), page.words["share.embed"])
    if st.toggle(page.words["share.preview"], key="share_preview"):
        st.iframe(embed_url(work.url), height=PREVIEW_PX)


def _show_citations(page: PageContext, work: CitedView) -> None:
    words = page.words
    for label, text in (
        (words["share.short"], short_citation(work)),
        (words["share.long"], long_citation(work)),
        ("BibTeX", bibtex(work)),
        ("CSL-JSON", csl_json(work)),
    ):
        _show_text(page, text, label, label, shares=label == words["share.long"])


def _show_files(app: App, page: PageContext, day: date) -> None:
    """Offer the filtered statements, or the whole data package, and briefs; each file is built on request."""
    profile, words = page.profile, page.words
    builds: dict[Download, tuple[str, Callable[[], bytes]]] = {
        Download.XLSX: (words["share.xlsx"], partial(build_workbook, page)),
        Download.CSV: (words["share.csv"], partial(build_csv, page)),
        Download.GEOJSON: (words["share.geojson"], partial(build_geojson, page)),
        Download.GEOPACKAGE: (words["share.geopackage"], partial(_to_geopackage, page)),
        Download.PACKAGE: (words["share.package"], lambda: build_package(profile, app.files, page.lang)),
    }
    try:
        build_content(page)
    except EmptyExportError:
        st.caption(words["share.nothing"])
        builds = {Download.PACKAGE: builds[Download.PACKAGE]}
    else:
        st.caption(words["share.files_text"])
    for download, (label, build) in builds.items():
        _show_download(label, build, file_name(profile.dataset, download, page.view), f"download_{download}")
    _show_briefs(page, day)


def _show_images(page: PageContext, work: CitedView) -> None:
    """Offer the filtered map as an image, with its legend, source, date and link."""
    st.caption(page.words["share.image_text"])
    with st.container(horizontal=True):
        for download, build in ((Download.PNG, _to_png), (Download.SVG, _to_svg)):
            label = page.words["share.image"].format(form=download.upper())
            name = file_name(page.dataset, download, page.view)
            _show_download(label, partial(build, page, work), name, f"download_{download}")


def _to_geopackage(page: PageContext) -> bytes:
    from ocmap.export.geopackage import build_geopackage  # noqa: PLC0415 - GDAL takes 30 MB, and few readers want this file

    return build_geopackage(page)


def _to_svg(page: PageContext, work: CitedView) -> bytes:
    from ocmap.export.print.poster import build_image  # noqa: PLC0415 - Typst is large, and few readers want an image

    return build_image(page, work.url, work.day).encode()


def _to_png(page: PageContext, work: CitedView) -> bytes:
    from ocmap.export.print.poster import to_png  # noqa: PLC0415 - as above

    return to_png(_to_svg(page, work).decode())


def _show_briefs(page: PageContext, day: date) -> None:
    """Offer the brief of the selected place, and of the chosen market if it is the only one."""
    dataset, words = page.dataset, page.words
    markets = page.view.markets if len(page.view.markets) == 1 else ()
    subjects = [subject for subject in (page.view.place, *markets) if subject and is_subject(dataset, subject)]
    if not subjects:
        return
    st.caption(words["share.brief_text"])
    for subject in subjects:
        for form, build in (("pdf", _to_pdf), ("html", _to_html)):
            label = words["share.brief"].format(subject=_name_subject(page, subject), form=form.upper())
            name = f"ocmap-{subject}-{page.lang}.{form}"
            _show_download(label, partial(build, page, subject, day), name, f"brief_{subject}_{form}")


def _name_subject(page: PageContext, subject: str) -> str:
    dataset = page.dataset
    if subject in dataset.place:
        return i18n.name_of(dataset.place[subject], page.lang)
    return i18n.short_of(dataset.topic[subject], page.lang)


def _to_pdf(page: PageContext, subject: str, day: date) -> bytes:
    from ocmap.export.print.brief_writer import to_pdf  # noqa: PLC0415 - Typst is large, and few readers want a brief

    return to_pdf(build_brief(page.profile, subject, page.lang, day))


def _to_html(page: PageContext, subject: str, day: date) -> bytes:
    from ocmap.export.print.brief_writer import to_html  # noqa: PLC0415 - as above

    return to_html(build_brief(page.profile, subject, page.lang, day)).encode()


def _show_download(label: str, build: Callable[[], bytes], name: str, key: str) -> None:
    st.download_button(
        components.as_label(label),
        build,
        name,
        key=key,
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _show_text(page: PageContext, text: str, name: str, label: str = "", *, shares: bool = False) -> None:
    """Draw a text with a button that copies it, named for screen readers, and one for the system's own sheet."""
    components.show(page, "copy.html", text=text, name=name, label=label, shares=shares)

"""Write the caption above the map."""

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import describe_coverage


def describe_caption(page: PageContext) -> str:
    """Return what the map shows under the filters, with the number of statements on the whole country."""
    national = len(page.filtered.of(page.dataset.country_id))
    parts = (
        describe_coverage(page),
        "" if page.filtered.by_place else page.words["caption.nothing_shown"],
        page.words.counted("caption.national_more", national) if national else "",
    )
    return " ".join(filter(None, parts))

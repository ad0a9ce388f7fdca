"""Check the tables and the settings of a data package: all that can be checked without the shapes."""

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.validation import check_dataset
from ocmap.i18n import check_texts
from ocmap.web.onboarding import check_questions


def check_package(dataset: Dataset) -> list[Problem]:
    """Return all faults, in the order of files and lines; those of texts and links only if the tables are sound."""
    return check_dataset(dataset) or sorted((*check_texts(dataset), *check_questions(dataset)))

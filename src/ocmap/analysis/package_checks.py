"""Check the tables and the settings of a data package: all that can be checked without the shapes."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

from ocmap.analysis.view_state import ViewState, Vocabulary, dropped_parameters
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.validation import check_dataset
from ocmap.i18n import check_texts


def read_checked(data: Path) -> Dataset:
    """Read and check the tables and the settings of the data package in a folder.

    Raises:
        DataError: The package has faults.
    """
    dataset = read_dataset(data)
    if problems := check_package(dataset):
        raise DataError(problems)
    return dataset


def check_package(dataset: Dataset) -> list[Problem]:
    """Return all faults, in the order of files and lines; those of texts and links only if the tables are sound."""
    return check_dataset(dataset) or sorted((*check_texts(dataset), *check_questions(dataset)))


def check_questions(dataset: Dataset) -> Iterator[Problem]:
    """The link of a question asks for nothing that is not in the data."""
    known = Vocabulary.of(dataset)
    for n, question in enumerate(dataset.settings.start.questions):
        if dropped := dropped_parameters(parse_qs(question.link[1:]), ViewState.from_href(question.link, known)):
            found = f"{question.link} asks for {', '.join(dropped)} that the data lack"
            yield dataset.settings.problem(f"start.questions.{n}.link", found, "a link to a view of these data")

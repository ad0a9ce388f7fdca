"""What the shipped data package says of itself."""

from pathlib import Path

from ocmap.dataset.reader import read_dataset
from ocmap.geo.crs import equal_area
from ocmap.web.diagrams.map_styles import brief_style, poster_style

DATASET = read_dataset(Path(__file__).parents[2] / "geodata")
SETTINGS, RELEASES, DATA_VERSION, COUNTRY = (
    DATASET.settings,
    DATASET.releases,
    DATASET.version,
    DATASET.country_id,
)
FRAME, CENTRE = SETTINGS.map.frame, SETTINGS.map.centre
PLANE = equal_area(CENTRE)
PROFILE_URL = SETTINGS.source.url
EXAMPLE = SETTINGS.start.example
COMPARISONS = tuple(comparison.places for comparison in SETTINGS.compare.suggested)
POSTER, BRIEF = poster_style(SETTINGS), brief_style(SETTINGS)

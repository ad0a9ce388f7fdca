"""Take each step of the app on one data package, in this process, and print as JSON what it costs.

``python benchmarks/steps.py app|check DIR``, where ``DIR/geodata`` is a package that `grow` made.
"""

import contextlib
import gc
import gzip
import io
import json
import resource
import statistics
import sys
import time
import timeit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grow import expect

from ocmap.analysis.actor_network import build_profiles, build_ties
from ocmap.analysis.comparison import compare
from ocmap.analysis.filters import FilteredEvidence, Filters
from ocmap.analysis.matrix import build_matrix
from ocmap.analysis.profile import LocalizedProfile, build_profile
from ocmap.analysis.routes import summarize_routes
from ocmap.analysis.search import build_index, search
from ocmap.analysis.view_state import ViewState
from ocmap.cli import main as ocmap
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import PlaceKind
from ocmap.dataset.validation import check_dataset
from ocmap.geo.join import build_evidence
from ocmap.geo.shapes import read_shapes
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.diagrams.locator_map import build_sketches
from ocmap.web.diagrams.network_layout import lay_out_network
from ocmap.web.diagrams.route_diagram import lay_out_routes
from ocmap.web.map_data import build_map_data
from ocmap.web.page_context import PageContext
from ocmap.web.panel_file import build_panels
from ocmap.web.panels import describe
from ocmap.web.publish import Published, StaticFolder

PANELS = 40
"""How many panels of a kind are drawn, at most; the median counts."""
FILTERED = ViewState(markets=("cocaine", "extortion", "non_renewable"))
QUERY = "extorsion pun"

Figures = dict[str, float]


@contextmanager
def clock(figures: Figures, name: str) -> Iterator[None]:
    """Keep the milliseconds of CPU that the block needs, under its name."""
    start = time.process_time()
    yield
    figures[f"{name}, ms"] = (time.process_time() - start) * 1000


def memory_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def run_check(package: Path) -> Figures:
    """Run ``ocmap check``."""
    figures: Figures = {}
    with clock(figures, "ocmap check"), contextlib.redirect_stdout(io.StringIO()) as said:
        ocmap(["check", "--data", str(package)])
    if "0 faults" not in said.getvalue():
        raise ValueError(f"{package} has faults")
    return figures


def run_app(package: Path) -> Figures:
    """Do what the app does when it starts, and then what it does for its readers."""
    figures: Figures = {}
    gc.disable()  # as the app does until all is read
    with clock(figures, "read_dataset"):
        dataset = read_dataset(package)
    with clock(figures, "check_dataset"):
        problems = check_dataset(dataset)
    if problems:
        raise ValueError(str(problems[0]))
    with clock(figures, "read_shapes"):
        shapes = read_shapes(package)
    with clock(figures, "build_evidence"):
        evidence = build_evidence(dataset, shapes)
    figures["evidence, rows"] = len(evidence)
    with clock(figures, "build_world"):
        profile = build_profile(dataset, shapes)
    with clock(figures, "build_map_data"):
        data = json.dumps(build_map_data(dataset, shapes), ensure_ascii=False, separators=(",", ":")).encode()
    figures["map data, KB"] = len(data) / 1000
    figures["map data, gzip, KB"] = len(gzip.compress(data)) / 1000
    gc.enable()
    gc.collect()
    gc.freeze()
    app = App(profile, Published(StaticFolder(package), "", "", "", ""), package, {}, {})
    with clock(figures, "query.read, three markets"):
        filtered = app.profile.apply_filters(Filters.of(FILTERED))
    figures["peak memory when ready, MB"] = memory_mb()
    return figures | use(app, filtered)


def use(app: App, filtered: FilteredEvidence) -> Figures:
    """Do what the app does for its readers."""
    figures: Figures = {}
    profile, dataset = app.profile, app.profile.dataset
    for kind, views in places_and_routes(dataset).items():
        scenes = [PageContext(app, view, "es", profile.unfiltered) for view in views]
        figures |= draw_panels(kind, scenes)
    filtered = [
        PageContext(app, FILTERED.select_place(view.place), "es", filtered)
        for view in places_and_routes(dataset)["region"]
    ]
    figures |= draw_panels("region, filtered", filtered)
    figures |= draw_panels("first view", [PageContext(app, ViewState(), "es", profile.unfiltered)])
    with clock(figures, "table"):
        build_matrix(dataset, profile.unfiltered, filtered, FILTERED, "es")
    with clock(figures, "routes in rows"):
        rows = summarize_routes(LocalizedProfile(profile, "es"), profile.unfiltered.routes, profile.routes_with_line)
    with clock(figures, "routes drawn"):
        lay_out_routes(rows)
    with clock(figures, "routes, sketches"):
        build_sketches(dataset, profile.shapes)
    with clock(figures, "actors"):
        ties = build_ties(dataset, profile.unfiltered.statement_ids)
        build_profiles(dataset, profile.unfiltered.statement_ids, ties)
        lay_out_network(dataset, ties)
    with clock(figures, "comparison of two"):
        pair = ("PE-MDD", "PE-PUN")
        places = {place_id: profile.unfiltered.of(place_id) for place_id in pair}
        compare(profile, places, profile.unfiltered.route_ids)
    with clock(figures, "search.build_index"):
        index = build_index(dataset, "es")
    with clock(figures, "search.search"):
        search(index, QUERY)
    with clock(figures, "build_panels"):
        panels = json.dumps(build_panels(app, "es"), ensure_ascii=False, separators=(",", ":")).encode()
    with clock(figures, "gzip of the panels"):
        packed = gzip.compress(panels, mtime=0)
    figures["panels, KB"] = len(panels) / 1000
    figures["panels, gzip, KB"] = len(packed) / 1000
    figures["peak memory at the end, MB"] = memory_mb()
    return figures


def places_and_routes(dataset: Dataset) -> dict[str, list[ViewState]]:
    """Return some states of each kind that a click leads to."""
    plain = ViewState()
    kinds = (PlaceKind.REGION, PlaceKind.SITE, PlaceKind.CORRIDOR)
    ids = {kind.value: [one.place_id for one in dataset.places if one.kind is kind] for kind in kinds}
    views = {kind: [plain.select_place(one) for one in spread(own)] for kind, own in ids.items()}
    return views | {"route": [plain.select_route(one) for one in spread(list(dataset.route))]}


def spread(ids: list[str]) -> list[str]:
    """Return at most so many of them, evenly."""
    return ids[:: -(-len(ids) // PANELS)]


def draw(scene: PageContext) -> str:
    """Do the server's part of a click, but for what Streamlit does."""
    return html.render("panel.html", **describe(scene))


def draw_panels(kind: str, scenes: list[PageContext]) -> Figures:
    """Return the median of milliseconds, and of the size, of a panel of a kind."""
    draw(scenes[0])
    times, sizes = [], []
    for scene in scenes:
        sizes.append(len(draw(scene).encode()))
        times.append(min(timeit.repeat(lambda scene=scene: draw(scene), number=1, repeat=3)) * 1000)
    return {f"panel: {kind}, ms": statistics.median(times), f"panel: {kind}, KB": statistics.median(sizes) / 1000}


RUNS: dict[str, Callable[[Path], Figures]] = {"app": run_app, "check": run_check}

if __name__ == "__main__":
    at = Path(sys.argv[2], "geodata")
    expect(at)
    print(json.dumps(RUNS[sys.argv[1]](at)))

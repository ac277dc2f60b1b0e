"""Arguments in, exit code out."""

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from cli import commands, follow_up_commands, forecast_commands, sentences, serving
from cli.argparse_text import CommandLineParser, argparse_translation, language_of
from data import system_errors
from data.errors import KasstroomError
from data.importers.currencies import active_currencies
from data.store.snapshot import default_folder
from queries.books import moment
from reports import language
from reports.sentences import translate
from reports.translation import LANGUAGES, _, _p

Verb = Callable[[str, commands.Command, str], CommandLineParser]

_PORTS = range(1024, 65536)
_MOST_WEEKS = 104
# The years a file may speak of.
_YEARS = range(1900, 2200)


def build() -> CommandLineParser:
    """Return the parser of the whole command line."""
    shared = CommandLineParser(add_help=False)
    shared.add_argument(
        "--store",
        type=_path,
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
    parser.set_defaults(run=serving.app, port=None)
    verbs = parser.add_subparsers(title="commands", metavar=_p("argument", "COMMAND"))

    def verb(name: str, run: commands.Command, text: str) -> CommandLineParser:
        added = verbs.add_parser(name, help=text, description=text, parents=[shared])
        added.set_defaults(run=run)
        return added

    app = verb("app", serving.app, _("start the dashboard; without a store it makes the demo company first"))
    app.add_argument("--port", type=_port, help=_("port on 127.0.0.1; default 8501, or the next free one"))
    demo = verb("demo", commands.demo, _("build the demo company's store"))
    demo.add_argument("--invoices", type=_count, default=20_000, help=_("number of invoices (20000)"))
    demo.add_argument(
        "--seed", type=_seed, default=1, help=_("seed; the same seed gives the same company (1)")
    )
    demo.add_argument("--as-of", type=_day, help=_("last day of its history; default the last Sunday"))
    load = verb("load", commands.load_files, _("import files or folders as one publication"))
    load.add_argument("paths", nargs="*", type=_path, metavar=_p("argument", "PATH"))
    load.add_argument("--preset", help=_("how to read a file that is not in the native format"))
    load.add_argument("--source-date", type=_day, help=_("day the files speak of"))
    load.add_argument(
        "--reporting-currency",
        type=_currency,
        metavar=_p("argument", "CODE"),
        help=_("currency everything is converted to, from now on"),
    )
    load.add_argument("--dry-run", action="store_true", help=_("do everything but publish"))
    load.add_argument("--format", choices=("table", "json"), default="table")
    query = verb("query", commands.query, _("ask a named query"))
    query.add_argument("name", metavar=_p("argument", "NAME"))
    query.add_argument("--as-of", type=_day, help=_("day the figure is taken, end of day"))
    query.add_argument("--known-on", help=_("only what was recorded by then, UTC"))
    query.add_argument("--param", action="append", default=[], metavar=_p("argument", "NAME=VALUE"))
    query.add_argument("--format", choices=("table", "json", "csv", "parquet"), default="table")
    _look_ahead(verb)
    _follow_up(verb)
    check = verb("check", commands.check, _("tie-outs, data quality, integrity of the store"))
    check.add_argument("--format", choices=("table", "json"), default="table")
    return parser


def _look_ahead(verb: Verb) -> None:
    """Add the commands that forecast."""
    ahead = verb("forecast", forecast_commands.forecast, _("receipts and liquidity of the coming weeks"))
    ahead.add_argument("--as-of", type=_day, help=_("last day known; default the last day of the books"))
    ahead.add_argument("--known-on", type=_moment, help=_("only what was recorded by then, UTC"))
    ahead.add_argument("--weeks", type=_weeks, default=13, help=_("how many weeks (13)"))
    ahead.add_argument(
        "--freeze", action="store_true", help=_("keep the forecast of the last Sunday, once, to look back at")
    )
    ahead.add_argument("--format", choices=("table", "json"), default="table")
    ahead.add_argument(
        "--scenario",
        metavar=_p("argument", "NAME|FILE.toml"),
        help=_("under a what-if scenario: a file, or one saved in the store"),
    )
    what = verb(
        "whatif", forecast_commands.whatif, _("the forecast beside the same under a what-if scenario")
    )
    what.add_argument("scenario", type=_path, metavar=_p("argument", "SCENARIO.toml"))
    what.add_argument("--as-of", type=_day, help=_("last day known; default the last day of the books"))
    what.add_argument("--known-on", type=_moment, help=_("only what was recorded by then, UTC"))
    what.add_argument("--weeks", type=_weeks, default=13, help=_("how many weeks (13)"))
    what.add_argument("--format", choices=("table", "json"), default="table")
    past = verb(
        "backtest", forecast_commands.backtest, _("the forecast beside simple methods, on this store's past")
    )
    past.add_argument("--as-of", type=_day, help=_("last day known; default the last day of the books"))
    past.add_argument("--known-on", type=_moment, help=_("only what was recorded by then, UTC"))
    past.add_argument(
        "--origins", type=_weeks, default=26, help=_("how many earlier days, a week apart (26)")
    )
    past.add_argument("--weeks", type=_weeks, default=13, help=_("how many weeks (13)"))
    past.add_argument("--format", choices=("table", "json"), default="table")


def _follow_up(verb: Verb) -> None:
    """Add the two lists of who needs attention."""
    early = verb(
        "warnings", follow_up_commands.early_warnings, _("early warnings, and how often each rule is right")
    )
    early.add_argument("--as-of", type=_day, help=_("day they are of; default the last day of the books"))
    early.add_argument(
        "--record", action="store_true", help=_("keep them as raised, and note which are gone")
    )
    listed = verb("worklist", follow_up_commands.to_do, _("whom to contact, worth most first"))
    listed.add_argument("--as-of", type=_day, help=_("day it is of; default the last day of the books"))
    for one in (early, listed):
        one.add_argument(
            "--no-forecast", action="store_true",
            help=_("at once: with the forecast kept of the week if there is one, and make none"),
        )  # fmt: skip
        one.add_argument("--format", choices=("table", "json"), default="table")


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 usage."""
    _write_utf8()
    language.use(language_of(arguments))
    try:
        with argparse_translation():
            chosen = _parsed(build(), arguments)
    except SystemExit as stop:  # argparse has written its sentence
        return int(stop.code or 0)
    if not hasattr(chosen, "store"):
        chosen.store = default_folder()
    try:
        return int(chosen.run(chosen))
    except (KasstroomError, KeyboardInterrupt, RuntimeError, OSError) as error:
        return _ended(error)


def _parsed(parser: CommandLineParser, arguments: Sequence[str]) -> argparse.Namespace:
    for word in arguments:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            parser.error(_("{word} is not text in the encoding of this terminal", word=repr(word)))
    return parser.parse_args(arguments)


def _ended(error: BaseException) -> int:
    """Say why a command ended and return its exit code; what is nobody's doing but ours is raised again."""
    match error:
        case commands.UsageError():
            message, code = error.message, 2
        case KasstroomError():
            message, code = error.message, 1
        case KeyboardInterrupt():
            message, code = sentences.STOPPED(), 1
        case RuntimeError() if isinstance(error.__cause__, KeyboardInterrupt):  # while DuckDB was at work
            message, code = sentences.STOPPED(), 1
        case BrokenPipeError():
            # Who read the output has seen enough; what is buffered must not fail again at exit.
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


def _write_utf8() -> None:
    """Write UTF-8 whatever the terminal or a redirected file would have: names are in any script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError(_("it is empty; name a file or folder"))
    return Path(text)


def _moment(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{value} is not an instant; write it like 2026-11-22T14:30:00", value=repr(text))
        ) from None


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(
            _("{value} is not a day; write it like 2026-11-22", value=repr(text))
        )
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{value} is not a day of the calendar", value=repr(text))
        ) from None
    if day.year not in _YEARS:
        raise argparse.ArgumentTypeError(
            _(
                "{value} is not in the years {first} to {last}",
                value=repr(text),
                first=_YEARS[0],
                last=_YEARS[-1],
            )
        )
    return day


def _currency(text: str) -> str:
    if text not in active_currencies():
        raise argparse.ArgumentTypeError(
            _("{value} is not a current ISO 4217 currency code such as EUR", value=repr(text))
        )
    return text


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 5_000_000:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(
            _("{value} is not a number of invoices from 1 to 5000000", value=repr(text))
        )
    return int(text)


def _weeks(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_WEEKS:
        raise argparse.ArgumentTypeError(
            _("{value} is not a number of weeks from 1 to {most}", value=repr(text), most=_MOST_WEEKS)
        )
    return int(text)


def _seed(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise argparse.ArgumentTypeError(_("{value} is not a seed: a whole number from 0", value=repr(text)))
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) not in _PORTS:
        raise argparse.ArgumentTypeError(_("{value} is not a port from 1024 to 65535", value=repr(text)))
    return int(text)

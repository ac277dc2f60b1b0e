"""Making a preset for a list that nothing knows: what must be decided, and what would be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from data.errors import KasstroomError
from data.importers import list_reasons
from data.importers.headings import LINES_SEARCHED
from data.importers.list_reader import read_sources
from data.importers.propose.alternatives import DateMeaning, DecimalMeaning, date_meanings, decimal_meanings
from data.importers.propose.draft import PresetDraft
from data.importers.propose.proposal import Proposal, ProposalPart
from data.importers.propose.sample import best_sample
from data.importers.reading import Reading
from data.importers.table_source import TableSource, table_sources
from data.message_templates import Message
from reports.answers.data_quality import list_fields
from reports.answers.data_quality.imports import Upload
from reports.answers.shared.finding import Finding
from reports.formats import day_long, money, number
from reports.translation import _, _n, _p

MOST_ROWS = 5_000
_SAMPLES, _SAMPLE_LENGTH = 5, 24
DAY_UNSAID = (
    list_reasons.NO_LIST_DAY,
    list_reasons.SEVERAL_LIST_DAYS,
    list_reasons.EMPTY_LIST_WITHOUT_DAY,
)
# Parts that are no field of the list.
SETTINGS = ("header", "shape", "date_format", "decimal", "currency", "group")


@dataclass(frozen=True)
class DraftReading:
    """What a draft makes of the first rows of its file.

    Attributes:
        reading: None if nothing can be read.
        fault: why, as a sentence or clause; None otherwise.
        day: that the list says it is of; None if it says none, or is none of a day.
    """

    reading: Reading | None
    fault: Message | None = None
    day: date | None = None


def first_rows(content: bytes, name: str) -> list[TableSource]:
    """Return the first rows of a file, by each way in which it may be cut into rows.

    Raises:
        RefusedFileError: nothing of the file can be read for sure.
    """
    most = MOST_ROWS + LINES_SEARCHED
    # One more shows whether the file ends there.
    return [source.first_rows(most) for source in table_sources(content, name, most_rows=most + 1)]


def is_list(upload: Upload) -> bool:
    """Tell whether a file has rows and columns with a line of headings."""
    try:
        best_sample(first_rows(upload.content, upload.name), upload.name)
    except KasstroomError:
        return False
    return True


def read_draft(
    sources: Sequence[TableSource], name: str, draft: PresetDraft, day: date | None
) -> DraftReading:
    """Read the first rows of a list with a draft.

    Args:
        sources: of `first_rows`.
        name: of the file, printable.
        draft: of a preset.
        day: of the list, where somebody said so.
    """
    try:
        reading = read_sources(sources, name, draft.preset(), day=day)
    except KasstroomError as error:
        return DraftReading(None, error.message)
    return DraftReading(reading, day=list_day(reading))


def list_day(reading: Reading | None) -> date | None:
    """Return the day that a list of open items is read as being of; None of any other file."""
    if reading and reading.list_day:
        return reading.list_day
    rows = reading.grains.get("open_items") if reading else None
    day = None if rows is None or rows.is_empty() else rows["list_date"][0]
    return day if isinstance(day, date) else None


def asks_for_day(outcome: DraftReading) -> bool:
    """Tell whether a list cannot be read only because nobody said of which day it is."""
    return outcome.fault is not None and outcome.fault.template in DAY_UNSAID


def fields(proposal: Proposal, more: Sequence[str]) -> list[str]:
    """Return the fields that are shown: those asked for first, those proposed, and more.

    Args:
        proposal: for the list, of its shape.
        more: fields that somebody asked for.
    """
    shape = proposal.draft.shape
    shown = [
        *list_fields.first_fields(shape),
        *(part.key for part in proposal.parts if part.key not in SETTINGS),
        *more,
    ]
    return list(dict.fromkeys(shown))


def heading_options(proposal: Proposal) -> list[str]:
    """Return the headings of a list that can feed a field, each once, after none of them."""
    return ["", *dict.fromkeys(heading for heading in proposal.headings if heading)]


def repeated_headings(columns: Mapping[str, str]) -> list[str]:
    """Return the headings that feed two fields; `columns` is field -> heading."""
    headings = [heading for heading in columns.values() if heading]
    return list(dict.fromkeys(heading for heading in headings if headings.count(heading) > 1))


def samples(proposal: Proposal, heading: str) -> str:
    """Return the first values under a heading, shortened; text from the file is not escaped."""
    if not heading:
        return ""
    values = proposal.samples[proposal.headings.index(heading)][:_SAMPLES]
    return " · ".join(
        value if len(value) <= _SAMPLE_LENGTH else f"{value[: _SAMPLE_LENGTH - 1]}…" for value in values
    )


def parts_by_key(proposal: Proposal) -> dict[str, ProposalPart]:
    """Return the parts of a proposal by what they are of."""
    return {part.key: part for part in proposal.parts}


def date_options(proposal: Proposal) -> list[DateMeaning]:
    """Return the forms that the dates of a list can have; none where its cells are dates."""
    part = parts_by_key(proposal)["date_format"]
    proposed = (part.value, *part.others, proposal.draft.date_format)
    return date_meanings(proposal.days, proposed, has_time="has_time" in proposal.draft.flags)


def date_words(meaning: DateMeaning) -> str:
    """Return an example of a form of dates: what stands in the file, and which day it is."""
    if meaning.day is None:
        return _("{text} cannot be read", text=meaning.text)
    return f"{meaning.text} = {day_long(meaning.day)}"


def decimal_options(proposal: Proposal) -> list[DecimalMeaning]:
    """Return the signs that can stand before the cents; none where the cells are numbers."""
    meanings = decimal_meanings(proposal.amounts, proposal.draft.formats())
    if not parts_by_key(proposal)["decimal"].is_sure:
        return meanings
    return [meaning for meaning in meanings if meaning.amount is not None]


def decimal_words(meaning: DecimalMeaning) -> str:
    """Return an example of a sign before the cents: what stands in the file, and how much it is."""
    sign = _p("sign", "comma") if meaning.sign == "," else _p("sign", "point")
    if meaning.amount is None:
        return _("{sign}: {text} cannot be read", sign=sign, text=meaning.text)
    return f"{sign}: {meaning.text} = {number(meaning.amount, 2)}"


def result(outcome: DraftReading, *, is_cut: bool) -> Finding:
    """Return how many rows would be taken in, and their sum per currency.

    Args:
        outcome: of a draft that could read its file.
        is_cut: only the first rows were read.
    """
    reading = outcome.reading
    if reading is None:
        return Finding(_("Nothing can be read like this yet"))
    counted = _n(
        "{accepted} of {count} row can be taken in",
        "{accepted} of {count} rows can be taken in",
        reading.rows_read,
        accepted=number(reading.accepted),
    )
    amounts = ", ".join(money(amount, currency) for currency, amount in sums(reading).items())
    method = _("Nothing is published yet")
    if is_cut:
        method = _(
            "These are the first {count} rows of a long file; all of it is read when you use this",
            count=number(reading.rows_read),
        )
    return Finding(f"{counted}: {amounts}" if amounts else counted, method)


def sums(reading: Reading) -> dict[str, Decimal]:
    """Return currency -> sum of the documents or entries, of what is open where the list says so."""
    columns = {"open_items": "open_amount", "invoices": "amount", "bank_entries": "amount"}
    kind = next((kind for kind in columns if kind in reading.grains), None)
    if kind is None:
        return {}
    rows, column = reading.grains[kind], columns[kind]
    added = rows.group_by("currency").agg(pl.col(column).sum()).sort("currency")
    return dict(added.iter_rows())


def hindrances(draft: PresetDraft, undecided: Sequence[str]) -> list[str]:
    """Return why a draft cannot be used yet, in sentences; text from the file in them is not escaped.

    Args:
        draft: of a preset.
        undecided: names of what somebody must still say.
    """
    sentences = []
    if missing := list_fields.missing_fields(draft.shape, draft.fed):
        sentences.append(_("Choose a heading for: {names}.", names=", ".join(missing)))
    sentences += [
        _("{heading} is chosen for two fields: leave it with one of them.", heading=repr(heading))
        for heading in repeated_headings(draft.columns)
    ]
    if undecided:
        sentences.append(_("Say first: {names}.", names=", ".join(undecided)))
    return sentences

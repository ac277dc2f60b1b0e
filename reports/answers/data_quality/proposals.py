"""Proposals for lists that nothing knows: each part with its evidence, and what would be read like that."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from data.errors import KasstroomError
from data.importers.list_reader import read_list
from data.importers.propose.draft import PresetDraft
from data.importers.propose.proposal import Proposal, ProposalPart
from data.importers.reading import Reading
from reports.answers.data_quality.list_fields import field_name
from reports.formats import number
from reports.sentences import translate
from reports.translation import _, _n, _p

_SCHEMA = {"part": pl.String, "proposed": pl.String, "evidence": pl.String, "is_sure": pl.Boolean}


@dataclass(frozen=True)
class Trial:
    """What a draft of a preset makes of its file.

    Attributes:
        reading: None if nothing could be read.
        sentence: how many rows would be taken in, or why none.
    """

    reading: Reading | None
    sentence: str


def rows(proposal: Proposal) -> pl.DataFrame:
    """Return one row per part of a proposal: part, proposed, evidence, is_sure."""
    return pl.DataFrame(
        [
            (part_name(part.key), part_value(part), translate(part.evidence), part.is_sure)
            for part in proposal.parts
        ],
        schema=_SCHEMA,
        orient="row",
    )


def lines(proposed: pl.DataFrame) -> list[str]:
    """Return a proposal as lines of text; a question mark is before what somebody must decide."""
    return [
        f"{'  ' if row['is_sure'] else '? '}{row['part']}: {row['proposed'] or '–'} ({row['evidence']})"
        for row in proposed.iter_rows(named=True)
    ]


def outcome(content: bytes, name: str, draft: PresetDraft, day: date | None) -> Trial:
    """Read a file with a draft, publishing nothing.

    Args:
        content: the file.
        name: of it, printable.
        draft: of a preset.
        day: the list speaks of, where somebody said so.
    """
    try:
        reading = read_list(content, name, draft.preset(), day=day)
    except KasstroomError as error:
        return Trial(None, translate(error.message))
    return Trial(reading, acceptance(reading))


def acceptance(reading: Reading) -> str:
    """Return how many rows of a file would be taken in, and their sum."""
    counted = _n(
        "{accepted} of {count} row can be taken in",
        "{accepted} of {count} rows can be taken in",
        reading.rows_read,
        accepted=number(reading.accepted),
    )
    return f"{counted}."


def part_name(key: str) -> str:
    """Return what a part of a proposal is called."""
    words = {
        "header": _p("part of a preset", "Line of the headings"),
        "shape": _p("part of a preset", "What it lists"),
        "date_format": _p("part of a preset", "Form of dates"),
        "decimal": _p("part of a preset", "Sign before the cents"),
        "group": _p("part of a preset", "Customer above its rows"),
        "sheet": _p("part of a preset", "Sheet"),
    }
    return words.get(key) or field_name(key)


def shape_name(shape: str) -> str:
    """Return what a list of a shape holds."""
    return {
        "open_items": _("Open items on a day"),
        "cleared_invoices": _("Invoices with the day of payment"),
        "invoices": _("Invoices, without payments"),
        "bank_entries": _("Entries on a bank account"),
    }.get(shape, shape)


def part_value(part: ProposalPart) -> str:
    """Return a proposed value in words."""
    if part.key == "shape":
        return shape_name(part.value)
    if part.key == "decimal":
        return _p("sign", "comma") if part.value == "," else _p("sign", "point")
    return field_name(part.value) if part.key == "group" else part.value

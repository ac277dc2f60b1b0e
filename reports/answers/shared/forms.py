"""Input of people on a screen: strict reading of amounts, saving of rows, and problems in words."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import polars as pl

from data.errors import KasstroomError, StoreBusyError
from data.store import typed_rows
from reports.answers import sentences
from reports.formats import number
from reports.translation import current

Result = TypeVar("Result")
# A save takes a fraction of a second, so a second user waits instead of being refused.
PATIENCE = 3.0
_PAUSE = 0.1
_MOST_DIGITS = 15
_SIGNS = {"nl": (".", ","), "en": (",", ".")}  # between thousands, before the cents


@dataclass(frozen=True)
class Problem:
    """The reason why an input cannot be saved.

    Attributes:
        row: name of the row on screen; may hold text from data.
        field: name of the column or box.
        sentence: what is wrong and what to write.
    """

    row: str
    field: str
    sentence: str

    def __str__(self) -> str:
        """Return row, field and sentence as one line of plain text."""
        where = f"{self.row}, {self.field}" if self.row and self.field else self.row or self.field
        return f"{where}: {self.sentence}"


@dataclass(frozen=True)
class Changes:
    """The rows to write for the input of a form.

    Attributes:
        rows: new or changed rows of one kind of file.
        changed, added, removed: number of lines or cells on screen.
        problems: reasons why nothing can be written; empty if it can.
    """

    rows: pl.DataFrame
    changed: int = 0
    added: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there are no new or changed rows."""
        return self.rows.is_empty()


class NotAnAmountError(KasstroomError):
    """The input is not an amount; the message is a clause that says how to write one, without a full stop."""


def amount(text: str | None) -> Decimal | None:
    """Read an amount in the format of the current language: `1.234,56`; None for an empty input.

    A point or comma before the last one or two digits marks the cents in either language, because a group of
    thousands has three digits. Before three digits its meaning depends on the language.

    Raises:
        NotAnAmountError: the text is not an amount, or is ambiguous.
    """
    plain = re.sub(r"[\s\u00a0\u202f€]", "", text or "").replace("−", "-")
    if not plain:
        return None
    group, point = _SIGNS[current()]
    whole = rf"[0-9]+|[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+"
    match = re.fullmatch(rf"(-?)({whole})(?:{re.escape(point)}([0-9]{{0,2}}))?", plain)
    match = match or re.fullmatch(rf"(-?)([0-9]+)(?:{re.escape(group)}([0-9]{{1,2}}))", plain)
    digits = match[2].replace(group, "") if match else ""
    if match is None or len(digits) > _MOST_DIGITS:
        raise NotAnAmountError(
            sentences.NOT_AN_AMOUNT(typed=(text or "").strip(), example=Decimal("1234.56"))
        )
    return Decimal(f"{match[1]}{digits}.{match[3] or 0}").quantize(Decimal("0.01"))


def amount_text(value: Decimal | None) -> str:
    """Return an amount as editable text: `1.234,56`; empty for None."""
    return "" if value is None else number(value, 2)


def text(value: str | None) -> str:
    """Return a text on one line without spaces at its ends, as the store stores it."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]+", " ", value or "").strip()


def save(folder: Path, rows: dict[str, pl.DataFrame], seen: datetime | None) -> None:
    """Write rows of one or more kinds: all of them or none.

    Args:
        folder: the store.
        rows: per kind of file.
        seen: instant of the last batch that the user had seen.

    Raises:
        KasstroomError: a row breaks a rule, another user changed it meanwhile, or the store is busy.
    """
    write_patiently(lambda: typed_rows.add(folder, rows, seen=seen))


def write_patiently(write: Callable[[], Result]) -> Result:
    """Write, and wait a moment for somebody else who writes.

    Raises:
        KasstroomError: what the write raises; the store is busy for too long.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return write()
        except StoreBusyError:
            if time.monotonic() > deadline:
                raise StoreBusyError(sentences.SOMEBODY_SAVES()) from None
            time.sleep(_PAUSE)


def last_recorded(batches: pl.DataFrame) -> datetime | None:
    """Return the instant of the last batch; None without batches. The rows are of `batches`."""
    instants: list[datetime] = batches["recorded_at"].to_list()
    return max(instants, default=None)

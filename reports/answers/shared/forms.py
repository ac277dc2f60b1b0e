"""What people type on a screen: amounts read strictly, rows saved whole, words for what stands in the way."""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from data.errors import StoreBusyError
from data.store import typed_rows
from reports.formats import number
from reports.translation import _, current

# A save takes a fraction of a second: whoever comes second waits rather than being turned away.
PATIENCE = 3.0
_PAUSE = 0.1
_MOST_DIGITS = 15
_SIGNS = {"nl": (".", ","), "en": (",", ".")}  # between thousands, before the cents


@dataclass(frozen=True)
class Problem:
    """Why something typed cannot be saved.

    Attributes:
        row: which row, as the reader knows it; may hold text from data.
        field: which column or box, in words.
        sentence: what is wrong and what to write.
    """

    row: str
    field: str
    sentence: str

    def __str__(self) -> str:
        """Return the whole as one line of plain text."""
        where = f"{self.row}, {self.field}" if self.row and self.field else self.row or self.field
        return f"{where}: {self.sentence}"


@dataclass(frozen=True)
class Changes:
    """What is to be written.

    Attributes:
        rows: of one kind of file, only those that say something new.
        changed, added, removed: how many of what the reader sees.
        problems: why nothing can be written; empty where it can.
    """

    rows: pl.DataFrame
    changed: int = 0
    added: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing new."""
        return self.rows.is_empty()


class NotAnAmountError(ValueError):
    """What was typed is no amount; its text says so."""


def amount(text: str | None) -> Decimal | None:
    """Read an amount as it is written in the language spoken: `1.234,56`; None where nothing is typed.

    A point or comma before one or two last digits is the one before the cents in either language, for no
    group of thousands is that short. Before three digits it is only what the language makes of it.

    Raises:
        NotAnAmountError: it is none, or one that can be read in two ways.
    """
    plain = re.sub(r"[\s\u00a0\u202f€]", "", text or "").replace("−", "-")
    if not plain:
        return None
    group, point = _SIGNS[current()]
    whole = rf"[0-9]+|[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+"
    found = re.fullmatch(rf"(-?)({whole})(?:{re.escape(point)}([0-9]{{0,2}}))?", plain)
    found = found or re.fullmatch(rf"(-?)([0-9]+)(?:{re.escape(group)}([0-9]{{1,2}}))", plain)
    digits = found[2].replace(group, "") if found else ""
    if found is None or len(digits) > _MOST_DIGITS:
        shown = (text or "").strip()
        raise NotAnAmountError(
            _("“{typed}” is not an amount; write it like {example}", typed=shown, example=_example())
        )
    return Decimal(f"{found[1]}{digits}.{found[3] or 0}").quantize(Decimal("0.01"))


def written(value: Decimal | None) -> str:
    """Write an amount as it can be typed over: `1.234,56`; empty where there is none."""
    return "" if value is None else number(value, 2)


def text(value: str | None) -> str:
    """Return a text on one line without spaces at its ends, as the store takes it."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]+", " ", value or "").strip()


def save(folder: Path, rows: dict[str, pl.DataFrame], seen: datetime | None) -> None:
    """Write rows of one or more kinds: all of them or none.

    Args:
        folder: the store.
        rows: per kind of file.
        seen: instant of the last batch whoever typed them had seen.

    Raises:
        KasstroomError: a row breaks a rule, somebody else changed it meanwhile, or the store is busy.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            typed_rows.add(folder, rows, seen=seen)
        except StoreBusyError:
            if time.monotonic() > deadline:
                raise StoreBusyError(
                    _("Somebody else is saving at this moment: wait until that is done and save again.")
                ) from None
            time.sleep(_PAUSE)
        else:
            return


def last_recorded(batches: pl.DataFrame) -> datetime | None:
    """Return the instant up to which the books are known; the rows are of `batches`."""
    found: list[datetime] = batches["recorded_at"].to_list()
    return max(found, default=None)


def _example() -> str:
    return number(Decimal("1234.56"), 2)

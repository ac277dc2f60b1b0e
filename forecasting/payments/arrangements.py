"""What people know of a payment: promises, payment plans and noted days take the place of the usual curve."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.bank_days import Calendar
from forecasting.payments.documents import FAR
from forecasting.payments.timing_model import SEEN, Payments

_KINDS = {"promise": 0, "plan": 1, "date": 2}
PROMISE, PLAN, DATE = 0, 1, 2
# Before promises of this ledger are known, half of them are kept.
_PRIOR_KEPT, _PRIOR = 2.0, 4.0


@dataclass(frozen=True)
class Arrangements:
    """One entry per promise, instalment of a plan and noted day; days are numbers since 1970.

    Attributes:
        row: position of the document, or of one of its instalments, in the frame of documents.
        document: position of the first of them: an amount is spread over them once.
        kind: PROMISE, PLAN or DATE.
        made: day it was made.
        pays: day the money is to come; FAR where a noted day was taken back.
        amount: how much, reporting currency; NaN: all that is open.
        is_due, is_kept: of promises whose day has come.
    """

    row: Ints
    document: Ints
    kind: Ints
    made: Ints
    pays: Ints
    amount: Floats
    is_due: Bools
    is_kept: Bools

    def kept_share(self, origin: int) -> float:
        """Return the chance that a promise is kept, from those whose day had come by the end of a day."""
        seen = (self.kind == PROMISE) & self.is_due & (self.pays <= origin) & (self.made <= origin)
        seen &= self.row == self.document
        return float((self.is_kept[seen].sum() + _PRIOR_KEPT) / (seen.sum() + _PRIOR))

    def agreed(self, entry: int) -> tuple[int, int, int, int]:
        """Return what tells an arrangement apart, whichever instalment its entry is of."""
        return tuple(int(one[entry]) for one in (self.document, self.kind, self.made, self.pays))  # type: ignore[return-value] # four of them

    def in_force(self, origin: int, rows: Ints) -> dict[int, Ints]:
        """Return, per document of these, the entries that hold at the end of a day: made last, still to come.

        A noted day goes before a plan, a plan before a promise of the same day. A noted day that has passed
        or was taken back no longer counts, nor does a promise whose day has come; what was agreed before
        it stays replaced.
        """
        found: dict[int, Ints] = {}
        known = np.flatnonzero((self.made <= origin) & np.isin(self.row, rows))
        order = known[np.lexsort((self.kind[known], self.made[known], self.row[known]))]
        starts = np.flatnonzero(np.diff(self.row[order], prepend=-1))
        for part in np.split(order, starts[1:]) if len(order) else []:
            dates = part[self.kind[part] == DATE]
            taken_back = len(dates) > 0 and self.pays[dates[-1]] == FAR
            held = part[self.kind[part] != DATE] if taken_back else part
            if not len(held):
                continue
            last = held[-1]
            same = held[(self.kind[held] == self.kind[last]) & (self.made[held] == self.made[last])]
            ahead = same[self.pays[same] > origin]
            if len(ahead) and not (self.amount[same] == 0).all():
                found[int(self.row[last])] = ahead
        return found


def arrangements_of(frame: pl.DataFrame, documents: pl.DataFrame) -> Arrangements:
    """Turn the rows of `arrangements` into arrays; an arrangement holds for every instalment of its document.

    Args:
        frame: of `arrangements`; disputes in it are not looked at.
        documents: of `timing_documents`.
    """
    places = (
        documents.select("document_id")
        .with_row_index("row")
        .with_columns(document=pl.col("row").min().over("document_id"))
    )
    has_amount = (pl.col("kind") == "date") | pl.col("amount").is_not_null()
    rows = (
        frame.filter(pl.col("kind").is_in(list(_KINDS)) & has_amount)
        .join(places, on="document_id", maintain_order="left")
        .with_columns(number=pl.col("kind").replace_strict(_KINDS, return_dtype=pl.Int64))
        .sort("row", "made_date", "number", "pay_date", nulls_last=True)
    )

    def days(name: str) -> Ints:
        return rows[name].to_physical().cast(pl.Int64).fill_null(FAR).to_numpy().astype(np.int64)

    return Arrangements(
        row=rows["row"].to_numpy().astype(np.int64),
        document=rows["document"].to_numpy().astype(np.int64),
        kind=rows["number"].to_numpy().astype(np.int64),
        made=days("made_date"),
        pays=days("pay_date"),
        amount=rows["amount"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        is_due=rows["is_due"].to_numpy(),
        is_kept=rows["is_kept"].to_numpy(),
    )


def arranged(
    paid: Payments, known: Arrangements, calendar: Calendar, *, origin: int, rows: Ints, open_amounts: Floats
) -> tuple[Payments, Bools]:
    """Put what was arranged in the place of the curve, with the chance that such promises are kept.

    An amount pays the instalments of its document one after the other, as they stand in the frame.

    Args:
        paid: of the open documents, from the day after `origin`.
        known: all arrangements.
        calendar: a day on which banks are closed moves to the next open one.
        origin: day number.
        rows: positions of the open documents in the frame of documents, shape (n,).
        open_amounts: what is open of each, shape (n,).

    Returns:
        The payments, and which of them stand on a noted day; shape (n,).
    """
    noted = np.zeros(len(rows), dtype=bool)
    held = known.in_force(origin, rows)
    if not held:
        return paid, noted
    share_kept = known.kept_share(origin)
    spent: dict[tuple[int, int, int, int], float] = {}
    by_day, lost, left, never = paid.by_day.copy(), paid.lost.copy(), paid.left.copy(), paid.never.copy()
    for place, row in enumerate(rows.tolist()):
        if row not in held:
            continue
        entries = held[row]
        is_noted = bool(known.kind[entries[0]] == DATE)
        weight = 1.0 if is_noted else share_kept
        rest, later, planned = 1.0, 0.0, np.zeros(by_day.shape[1])
        for entry in entries:
            amount, owed = abs(known.amount[entry]), abs(open_amounts[place])
            part = rest
            if not np.isnan(amount):
                agreed = known.agreed(entry)
                part = min(max(amount - spent.get(agreed, 0.0), 0.0) / owed, rest)
                spent[agreed] = spent.get(agreed, 0.0) + part * owed
            rest -= part
            day = calendar.next_open(int(known.pays[entry])) - origin - 1
            if day < len(planned):
                planned[day] += part
            if day >= SEEN:
                later += part
        usual = 1 - weight * (1 - rest)
        by_day[place] = usual * by_day[place] + weight * planned
        lost[place], never[place] = usual * lost[place], usual * never[place]
        left[place] = usual * left[place] + weight * later
        noted[place] = is_noted
    return Payments(by_day, lost, left, never, paid.pace), noted

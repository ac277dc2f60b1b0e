"""Arrangements about a payment: promises, payment plans and noted days replace the model's curve."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.bank_days import BankCalendar
from forecasting.payments.documents import FAR
from forecasting.payments.timing_model import DAYS_AHEAD, Payments

_KINDS = {"promise": 0, "plan": 1, "date": 2}
PROMISE, PLAN, DATE = 0, 1, 2
# Before promises of this ledger have come due, half of them are assumed kept.
_PRIOR_KEPT, _PRIOR = 2.0, 4.0


@dataclass(frozen=True)
class Arrangements:
    """One entry per promise, instalment of a plan and noted day; days are numbers since 1970.

    Attributes:
        row: position of the document, or of one of its instalments, in the frame of documents.
        document: position of the document's first instalment, so that an amount is spread over them once.
        kind: PROMISE, PLAN or DATE.
        made_day: day it was made.
        pay_day: day the money is to come; FAR where a noted day was taken back.
        amount: agreed, reporting currency; NaN: all that is open.
        is_due, is_kept: of promises whose day has passed.
    """

    row: Ints
    document: Ints
    kind: Ints
    made_day: Ints
    pay_day: Ints
    amount: Floats
    is_due: Bools
    is_kept: Bools

    def promise_reliability(self, origin: int) -> float:
        """Return the chance that a promise is kept, from the promises that were due by the end of a day."""
        seen = (self.kind == PROMISE) & self.is_due & (self.pay_day <= origin) & (self.made_day <= origin)
        seen &= self.row == self.document
        return float((self.is_kept[seen].sum() + _PRIOR_KEPT) / (seen.sum() + _PRIOR))

    def agreement(self, entry: int) -> tuple[int, int, int, int]:
        """Return what identifies an arrangement; the entries of all its instalments share it."""
        return tuple(int(column[entry]) for column in (self.document, self.kind, self.made_day, self.pay_day))  # type: ignore[return-value] # four of them

    def in_force(self, origin: int, rows: Ints) -> dict[int, Ints]:
        """Return, per document of these, the entries in force at the end of a day: the last ones made.

        Of arrangements made on one day a noted day precedes a plan, and a plan a promise. Entries whose day
        has passed are left out, and so is a noted day that was taken back; an arrangement that was replaced
        stays replaced.
        """
        in_force: dict[int, Ints] = {}
        entries = np.flatnonzero((self.made_day <= origin) & np.isin(self.row, rows))
        order = entries[np.lexsort((self.kind[entries], self.made_day[entries], self.row[entries]))]
        starts = np.flatnonzero(np.diff(self.row[order], prepend=-1))
        for part in np.split(order, starts[1:]) if len(order) else []:
            dates = part[self.kind[part] == DATE]
            taken_back = len(dates) > 0 and self.pay_day[dates[-1]] == FAR
            in_effect = part[self.kind[part] != DATE] if taken_back else part
            if not len(in_effect):
                continue
            last = in_effect[-1]
            agreed_together = in_effect[
                (self.kind[in_effect] == self.kind[last]) & (self.made_day[in_effect] == self.made_day[last])
            ]
            ahead = agreed_together[self.pay_day[agreed_together] > origin]
            if len(ahead) and not (self.amount[agreed_together] == 0).all():
                in_force[int(self.row[last])] = ahead
        return in_force


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
        made_day=days("made_date"),
        pay_day=days("pay_date"),
        amount=rows["amount"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        is_due=rows["is_due"].to_numpy(),
        is_kept=rows["is_kept"].to_numpy(),
    )


def apply_arrangements(
    paid: Payments,
    arrangements: Arrangements,
    calendar: BankCalendar,
    *,
    origin: int,
    rows: Ints,
    open_amounts: Floats,
) -> tuple[Payments, Bools]:
    """Replace the model's curve by the arrangements, weighted by the chance that promises are kept.

    An amount pays the instalments of its document one after the other, in the order of the frame.

    Args:
        paid: of the open documents, from the day after `origin`.
        arrangements: all of them.
        calendar: a day on which banks are closed moves to the next bank day.
        origin: day number.
        rows: positions of the open documents in the frame of documents, shape (n,).
        open_amounts: of each, shape (n,).

    Returns:
        The payments, and which of them are on a noted day; shape (n,).
    """
    is_on_noted_day = np.zeros(len(rows), dtype=bool)
    in_force = arrangements.in_force(origin, rows)
    if not in_force:
        return paid, is_on_noted_day
    share_kept = arrangements.promise_reliability(origin)
    spent: dict[tuple[int, int, int, int], float] = {}
    by_day, lost, left, never = (
        paid.by_day.copy(),
        paid.lost.copy(),
        paid.open_after.copy(),
        paid.never.copy(),
    )
    for place, row in enumerate(rows.tolist()):
        if row not in in_force:
            continue
        entries = in_force[row]
        is_noted = bool(arrangements.kind[entries[0]] == DATE)
        weight = 1.0 if is_noted else share_kept
        left_to_pay, later, planned = 1.0, 0.0, np.zeros(by_day.shape[1])
        for entry in entries:
            amount, owed = abs(arrangements.amount[entry]), abs(open_amounts[place])
            part = left_to_pay
            if not np.isnan(amount):
                agreement = arrangements.agreement(entry)
                part = min(max(amount - spent.get(agreement, 0.0), 0.0) / owed, left_to_pay)
                spent[agreement] = spent.get(agreement, 0.0) + part * owed
            left_to_pay -= part
            day = calendar.next_open(int(arrangements.pay_day[entry])) - origin - 1
            if day < len(planned):
                planned[day] += part
            if day >= DAYS_AHEAD:
                later += part
        curve_weight = 1 - weight * (1 - left_to_pay)
        by_day[place] = curve_weight * by_day[place] + weight * planned
        lost[place], never[place] = curve_weight * lost[place], curve_weight * never[place]
        left[place] = curve_weight * left[place] + weight * later
        is_on_noted_day[place] = is_noted
    return Payments(by_day, lost, left, never, paid.pace), is_on_noted_day

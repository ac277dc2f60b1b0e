"""The effects of levers on the money expected per document and day; they are applied one after another.

Days move by linear interpolation: a shift of 9.6 days puts four tenths on the ninth day. Money that moves
beyond the last day leaves the flows; before it, only a discount, a default or lower sales take money away.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.whatif.cash_flows import Flows


def move(by_day: Floats, days: Floats, lowest: Ints) -> Floats:
    """Move money of each row by its days, later or (negative) earlier, never before a day.

    Args:
        by_day: shape (n, d).
        days: shape (n,); fractions are shared between two days.
        lowest: position of the first day money can be on, shape (n,); earlier money moves to that day.
    """
    span = by_day.shape[1]
    whole = np.floor(days)
    part = (days - whole)[:, None]
    cumulated = np.concatenate([np.zeros((len(by_day), 1)), np.cumsum(by_day, axis=1)], axis=1)
    # Position k of `summed` is the money of the first k days.
    day = np.arange(1, span + 1)[None, :] - whole.astype(np.int64)[:, None]
    before = np.take_along_axis(cumulated, np.clip(day, 0, span), axis=1)
    earlier = np.take_along_axis(cumulated, np.clip(day - 1, 0, span), axis=1)
    shifted = (1 - part) * before + part * earlier
    shifted[np.arange(span)[None, :] < lowest[:, None]] = 0.0
    return np.asarray(np.diff(shifted, axis=1, prepend=0.0))


def coming_invoices(flows: Flows, start: int) -> Bools:
    """Tell which documents are invoices still to be issued, from a day on; credit notes have no terms."""
    return np.asarray(flows.is_coming & ~flows.is_note & (flows.issued >= start))


def change_terms(flows: Flows, which: Bools, days: Floats, pass_through: Floats) -> Flows:
    """Give other payment terms to some documents.

    Args:
        flows: before.
        which: shape (n,).
        days: new terms of each, shape (n,).
        pass_through: days a customer pays later per day of longer terms, shape (n,).
    """
    shift = np.where(which, pass_through * (days - (flows.due - flows.issued)), 0.0)
    due = np.where(which, flows.issued + np.rint(days).astype(np.int64), flows.due)
    return replace(_shifted(flows, shift, flows.by_day), due=due)


def delay(flows: Flows, which: Bools, days: Floats, start: int) -> Flows:
    """Move payments on or after a day by a number of days each, shape (n,); never before that day."""
    return _from_day(flows, which & (days != 0), start, lambda rows, low, at: move(rows, days[at], low))


def pay_in_instalments(flows: Flows, which: Bools, parts: int, every: int, start: int) -> Flows:
    """Split payments on or after a day into equal parts, the first on the day it would have been paid."""

    def spread(rows: Floats, low: Ints, _at: Ints) -> Floats:
        parts_later = (
            move(rows, np.full(len(rows), float(number * every)), low) for number in range(1, parts)
        )
        return np.asarray(sum(parts_later, rows) / parts)

    return _from_day(flows, which, start, spread)


def give_discount(flows: Flows, which: Bools, share: float, days: int, uptake: float) -> Flows:
    """Move part of the amounts, less the discount, to the discount day; the rest is paid as before.

    Args:
        flows: before.
        which: shape (n,).
        share: discount as a share of the amount, 0-1.
        days: from issue to the discount day.
        uptake: share of the amounts for which the discount is taken, 0-1.
    """
    if uptake == 0:
        return flows
    discount_day = flows.issued + days - flows.origin - 1
    rows = np.flatnonzero(which & (discount_day >= 0) & (discount_day < flows.span))
    by_day = flows.by_day.copy()
    by_day[which] *= 1 - uptake
    by_day[rows, discount_day[rows]] += uptake * (1 - share) * flows.amount[rows]
    forgone = flows.forgone.copy()
    np.add.at(forgone, discount_day[rows], uptake * share * flows.amount[rows])
    # Each lever sees the amounts left by the levers before it.
    amount = np.where(which, flows.amount * (1 - uptake * share), flows.amount)
    return replace(flows, by_day=by_day, forgone=forgone, amount=amount)


def recover_part(flows: Flows, which: Bools, recovery: float, start: int) -> Flows:
    """Keep only part of the payments on or after a day."""
    return _from_day(flows, which, start, lambda rows, _low, _at: rows * recovery)


def scale_billings(flows: Flows, which: Bools, factor: float) -> Flows:
    """Multiply amounts, billings and payments of some documents by a factor."""
    if factor == 1:
        return flows
    times = np.where(which, factor, 1.0)
    return replace(
        flows,
        amount=flows.amount * times,
        billed=flows.billed * times,
        by_day=flows.by_day * times[:, None],
    )


def _lowest(flows: Flows, start: int) -> Ints:
    """Return the position of the first day each document can be paid: after its issue, from a day on."""
    return np.asarray(np.maximum(np.maximum(flows.issued + 1, start) - flows.origin - 1, 0))


def _shifted(flows: Flows, shift: Floats, by_day: Floats) -> Flows:
    rows = shift != 0
    if not rows.any():
        return flows
    low = _lowest(flows, flows.origin + 1)[rows]
    return flows.with_rows(rows, move(by_day[rows], shift[rows], low))


def _from_day(
    flows: Flows, which: Bools, start: int, change: Callable[[Floats, Ints, Ints], Floats]
) -> Flows:
    """Change payments on or after a day and leave those before it."""
    rows = np.flatnonzero(which)
    if not len(rows):
        return flows
    ahead = np.arange(flows.span) >= start - flows.origin - 1
    before, after = flows.by_day[rows] * ~ahead, flows.by_day[rows] * ahead
    return flows.with_rows(which, before + change(after, _lowest(flows, start)[rows], rows))

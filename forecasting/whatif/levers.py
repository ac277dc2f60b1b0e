"""What a lever does to the money expected: per document and day, in the order the levers are pulled.

Days move by linear interpolation, so that a shift of 9.6 days puts four tenths on the ninth day. What moves
beyond the last day told leaves; within it nothing is lost but what a lever takes away.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.whatif.cash_flows import Flows


def moved(by_day: Floats, days: Floats, lowest: Ints) -> Floats:
    """Move money of each row by its days, later or (negative) earlier, never before a day.

    Args:
        by_day: shape (n, d).
        days: shape (n,); fractions are shared between two days.
        lowest: position of the first day money can be on, shape (n,); what would be earlier is on that day.
    """
    span = by_day.shape[1]
    whole = np.floor(days)
    part = (days - whole)[:, None]
    summed = np.concatenate([np.zeros((len(by_day), 1)), np.cumsum(by_day, axis=1)], axis=1)
    # Position k of `summed` is what came on the first k days.
    day = np.arange(1, span + 1)[None, :] - whole.astype(np.int64)[:, None]
    before = np.take_along_axis(summed, np.clip(day, 0, span), axis=1)
    earlier = np.take_along_axis(summed, np.clip(day - 1, 0, span), axis=1)
    came = (1 - part) * before + part * earlier
    came[np.arange(span)[None, :] < lowest[:, None]] = 0.0
    return np.asarray(np.diff(came, axis=1, prepend=0.0))


def issued_from(flows: Flows, start: int) -> Bools:
    """Tell which are invoices still to be issued, on a day or after it; credit notes take no terms."""
    return np.asarray(flows.is_coming & ~flows.is_note & (flows.issued >= start))


def terms(flows: Flows, which: Bools, days: Floats, pass_through: Floats) -> Flows:
    """Give other payment terms to some of the documents.

    Args:
        flows: before.
        which: shape (n,).
        days: new terms of each, shape (n,).
        pass_through: days a customer pays later per day of longer terms, shape (n,).
    """
    shift = np.where(which, pass_through * (days - (flows.due - flows.issued)), 0.0)
    due = np.where(which, flows.issued + np.rint(days).astype(np.int64), flows.due)
    return replace(_shifted(flows, shift, flows.by_day), due=due)


def delayed(flows: Flows, which: Bools, days: Floats, start: int) -> Flows:
    """Move what some pay on or after a day by so many days each, shape (n,); never before that day."""
    return _from_day(flows, which & (days != 0), start, lambda rows, low, at: moved(rows, days[at], low))


def instalments(flows: Flows, which: Bools, parts: int, every: int, start: int) -> Flows:
    """Let some pay on or after a day in equal parts, the first when they would have paid."""

    def spread(rows: Floats, low: Ints, _at: Ints) -> Floats:
        turns = (moved(rows, np.full(len(rows), float(turn * every)), low) for turn in range(1, parts))
        return np.asarray(sum(turns, rows) / parts)

    return _from_day(flows, which, start, spread)


def discounted(flows: Flows, which: Bools, share: float, days: int, uptake: float) -> Flows:
    """Let part of the amounts be paid on the discount day, less the discount; the rest as before.

    Args:
        flows: before.
        which: shape (n,).
        share: of the amount that is deducted, 0-1.
        days: from issue to the discount day.
        uptake: part of the amounts that takes it, 0-1.
    """
    if uptake == 0:
        return flows
    place = flows.issued + days - flows.origin - 1
    rows = np.flatnonzero(which & (place >= 0) & (place < flows.span))
    by_day = flows.by_day.copy()
    by_day[which] *= 1 - uptake
    by_day[rows, place[rows]] += uptake * (1 - share) * flows.amount[rows]
    forgone = flows.forgone.copy()
    np.add.at(forgone, place[rows], uptake * share * flows.amount[rows])
    # What a later lever finds asked of them is what is left to be asked.
    amount = np.where(which, flows.amount * (1 - uptake * share), flows.amount)
    return replace(flows, by_day=by_day, forgone=forgone, amount=amount)


def failed(flows: Flows, which: Bools, recovery: float, start: int) -> Flows:
    """Let only part come of what some would pay on or after a day."""
    return _from_day(flows, which, start, lambda rows, _low, _at: rows * recovery)


def sold(flows: Flows, which: Bools, factor: float) -> Flows:
    """Multiply what will be billed: some of the documents, by a factor."""
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
    """Return the position of the first day each can pay: after its issue, and not before a day."""
    return np.asarray(np.maximum(np.maximum(flows.issued + 1, start) - flows.origin - 1, 0))


def _shifted(flows: Flows, shift: Floats, by_day: Floats) -> Flows:
    rows = shift != 0
    if not rows.any():
        return flows
    low = _lowest(flows, flows.origin + 1)[rows]
    return flows.with_rows(rows, moved(by_day[rows], shift[rows], low))


def _from_day(
    flows: Flows, which: Bools, start: int, change: Callable[[Floats, Ints, Ints], Floats]
) -> Flows:
    """Change what some are to pay on or after a day, and leave what they pay before it."""
    rows = np.flatnonzero(which)
    if not len(rows):
        return flows
    ahead = np.arange(flows.span) >= start - flows.origin - 1
    before, after = flows.by_day[rows] * ~ahead, flows.by_day[rows] * ahead
    return flows.with_rows(which, before + change(after, _lowest(flows, start)[rows], rows))

"""On which days a customer pays: every Thursday, every other Monday, the 15th, the last bank day, or any day.

A run is a day on which a customer paid anything: fifty invoices in one run are one choice of a day. Several
kinds of schedule are held against each customer's own past runs, and count as far as they told them. What a
schedule puts on a day without payments comes on the next day with some, or on the one before.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from forecasting.arrays import Bools, Floats, Ints, Narrow
from forecasting.payments.bank_days import DAY_SORTS, PUBLIC, Calendar, calendar
from forecasting.payments.documents import summed

_CELLS = (7, 14, 35, 31, 31, 31, 31, 10, 32)
_HALF_LIFE = 182.0  # days after which a run counts half: pay days are changed
_LOOK_BACK = 728
_PRIOR = 1.0  # pseudo days per cell that go as everybody's do
_POOLED = 5.0  # pseudo days of everybody's in a customer's rate
_IS_OPEN = 0.1  # of a bank day's runs; below that a kind of day has none worth the name
_TELLING = 5.0  # runs that should have been made before a public holiday is held to be a day off
_ROUNDS = 3
_BOTH_LAST = 2
_LEAST, _MOST = 1e-6, 0.95
_NEGLIGIBLE = 0.02  # weight of a schedule
_LOWEST, _HIGHEST = -6.0, 4.0


class _Stand(NamedTuple):
    """Days that stand for days of cells, each at most once per entry; positions in the calendar."""

    day: Ints
    cell: Ints


@dataclass(frozen=True)
class Paydays:
    """Fitted schedules of C customers; K kinds of schedule.

    Attributes:
        chances: per kind, the chance that a run is made on a day of each cell, shape (C, cells).
        weights: of the kinds, shape (C, K).
        usual: chance of a run on any day, shape (C,).
        is_open: whether each kind of day of the calendar sees runs.
        closed: log ratio of runs on each kind of day to any day.
        days: the calendar.
    """

    chances: tuple[Narrow, ...]
    weights: Floats
    usual: Floats
    is_open: tuple[bool, ...]
    closed: Floats
    days: Calendar

    @property
    def is_closed(self) -> Bools:
        """Whether kinds of day see no runs."""
        return ~np.array(self.is_open)

    def log_ratios(self, customers: Ints, first: int, last: int) -> Floats:
        """Return the logarithm of how much likelier a run is than on any day, shape (c, days).

        Args:
            customers: codes, shape (c,).
            first: position in the calendar.
            last: position, included.
        """
        shape = len(customers), last - first + 1
        found, kept = np.zeros(shape), np.zeros((shape[0], 1))
        for kind, stands in enumerate(_schedules(self.days.first, self.days.span, self.is_open)):
            weight = self.weights[customers, kind]
            asked = np.flatnonzero(weight > _NEGLIGIBLE)
            if len(asked):
                near = [_between(one, first, last) for one in stands]
                kept[asked, 0] += weight[asked]
                found[asked] += weight[asked, None] * _any(
                    self.chances[kind][customers[asked]], near, shape[1]
                )
        own = np.log(np.maximum(found / kept / self.usual[customers, None], _LEAST))
        sort = self.days.kind[first : last + 1]
        shut = self.is_closed[sort]
        own[:, shut] = self.closed[sort[shut]]
        return np.clip(own, _LOWEST, _HIGHEST)


def fit_paydays(payer: Ints, day: Ints, since: Ints, days: Calendar, origin: int) -> Paydays:
    """Hold every kind of schedule against the runs of each customer.

    A kind counts by how well it tells each run from the others (leave one out), and by how often it is the
    one among all customers.

    Args:
        payer: code of the customer of each run, shape (r,).
        day: its position in the calendar, shape (r,).
        since: position of each customer's first document, shape (C,).
        days: the calendar.
        origin: position of the last day known.

    Source: Geisser & Eddy (1979), JASA 74:153-160 (predictive weights of models); Dempster, Laird & Rubin
    (1977), J. R. Stat. Soc. B 39:1-38 (which of the days a run stands for); Efron & Morris (1975).
    """
    start = max(origin - _LOOK_BACK, 0)
    since = np.clip(since, start, origin + 1)
    weight_of = 0.5 ** ((origin - np.arange(start, origin + 1)) / _HALF_LIFE)
    recent = day >= start
    payer, day = payer[recent], day[recent]
    sort = days.kind
    is_open, closed = _open_kinds(sort, days.weekday, day, start, weight_of)
    on_open = np.array(is_open)[sort[day]]
    payer, day = payer[on_open], day[on_open]
    weight = weight_of[day - start]
    lasted = np.r_[0.0, np.cumsum(weight_of)]
    exposed = lasted[-1] - lasted[since - start]
    pooled_rate = (weight.sum() + 1e-3) / (exposed.sum() + 1e-2)
    usual = (summed(payer, weight, len(since)) + _POOLED * pooled_rate) / (exposed + _POOLED)
    # Of everybody's runs only how many there were each day matters.
    on_day = summed(day - start, weight, len(weight_of))
    days_paid = np.flatnonzero(on_day)
    chances, told = [], []
    for kind, stands in enumerate(_schedules(days.first, days.span, is_open)):
        within = [_between(one, start, origin) for one in stands]
        runs = _Runs(payer, day - start, weight, within, _CELLS[kind])
        count = _watched(within, weight_of, since - start, _CELLS[kind])
        all_runs = _Runs(0 * days_paid, days_paid, on_day[days_paid], within, _CELLS[kind])
        each_day = _watched(within, weight_of**2, since - start, _CELLS[kind]) / np.maximum(count, _LEAST)
        every = count.sum(axis=0, keepdims=True)
        together, _told = _spread(all_runs, every, 0 * every, np.full_like(every, pooled_rate))
        prior = np.clip(together * (usual / pooled_rate)[:, None], _LEAST, _MOST)
        own, likely = _spread(runs, count, each_day, prior)
        chances.append(own.astype(np.float32))
        told.append(likely)
    return Paydays(
        tuple(chances),
        _weights(np.column_stack(told), np.bincount(payer, minlength=len(since)) > 0),
        usual,
        is_open,
        closed,
        days,
    )


def _open_kinds(
    sort: Ints, weekday: Ints, day: Ints, start: int, weight_of: Floats
) -> tuple[tuple[bool, ...], Floats]:
    """Return which kinds of day see runs, and the log ratio of runs on each kind to any day.

    A bank holiday that is a Monday is held against other Mondays.
    """
    within = slice(start, start + len(weight_of))
    sort_of, weekday_of = sort[within], weekday[within]
    runs = np.bincount(day - start, minlength=len(weight_of)) * weight_of
    on_bank_days = summed(weekday_of, runs * (sort_of == 0), 7)
    usual = on_bank_days / np.maximum(summed(weekday_of, weight_of * (sort_of == 0), 7), _LEAST)
    usual[5:] = usual[:5].mean()
    seen = np.bincount(sort_of, runs, DAY_SORTS)
    expected = np.bincount(sort_of, usual[weekday_of] * weight_of, DAY_SORTS)
    is_open = (seen >= _IS_OPEN * expected) | ((expected < _TELLING) & (np.arange(DAY_SORTS) == PUBLIC))
    is_open[0] = True
    watched = np.bincount(sort_of, weight_of, DAY_SORTS)
    ratio = (seen / np.maximum(watched, _LEAST)) / max(runs.sum() / weight_of.sum(), _LEAST)
    return tuple(is_open.tolist()), np.log(np.maximum(ratio, _LEAST))


def _weights(told: Floats, known: Bools) -> Floats:
    """Return how much each kind counts per customer, from how well it told its runs; shape (C, K).

    How often a kind is the one is counted among customers with runs.
    """
    odds = np.exp(told - told.max(axis=1, keepdims=True))
    share = np.full(told.shape[1], 1 / told.shape[1])
    for _round in range(_ROUNDS):
        weights = odds[known] * share
        weights /= weights.sum(axis=1, keepdims=True)
        share = (weights.sum(axis=0) + 1) / (len(weights) + len(share))
    weights = odds * share
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


class _Runs:
    """Runs, and the cells their days stand for, flat: one entry per run and cell."""

    def __init__(self, payer: Ints, day: Ints, weight: Floats, within: list[_Stand], cells: int) -> None:
        self.payer, self.weight, self.cells = payer, weight, cells
        runs, cell = [], []
        for stand in within:
            place = np.full(int(day.max(initial=0)) + 1, -1, dtype=np.int32)
            known = stand.day < len(place)
            place[stand.day[known]] = stand.cell[known]
            found = place[day]
            here = np.flatnonzero(found >= 0)
            runs.append(here)
            cell.append(found[here])
        self.run = np.concatenate(runs)
        self.cell = np.concatenate(cell)


def _spread(runs: _Runs, count: Floats, each_day: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Return the chance of a run per customer and cell, and how well they tell the runs: a logarithm.

    A day that stands for several is spread over them by which was most likely meant.

    Args:
        runs: what was seen.
        count: days of each cell since the customer's first, weighted, shape (C, cells).
        each_day: mean weight of one of them, shape (C, cells).
        prior: chance without anything seen, shape (C, cells).
    """
    shape = count.shape
    place = runs.payer[runs.run] * shape[1] + runs.cell
    weight = runs.weight[runs.run]
    any_run = summed(place, weight, count.size).reshape(shape)
    part, meant = weight, any_run
    # A day that stands for one cell alone is meant for it: only the others are spread.
    spread = np.flatnonzero(np.bincount(runs.run, minlength=len(runs.payer))[runs.run] > 1)
    if len(spread):
        part = weight.copy()
        run, several = runs.run[spread], place[spread]
        alone = any_run - summed(several, weight[spread], count.size).reshape(shape)
        for _round in range(_ROUNDS):
            chance = np.clip((meant + _PRIOR * prior) / (count + _PRIOR), _LEAST, _MOST).ravel()[several]
            none = np.bincount(run, np.log1p(-chance), len(runs.payer))
            part[spread] = weight[spread] * chance / -np.expm1(none)[run]
            meant = alone + summed(several, part[spread], count.size).reshape(shape)
        meant = np.maximum(meant, 0.0)
    found = meant + _PRIOR * prior
    # Left out itself, a day tells whether the others told it.
    left = found.ravel()[place] - part
    without = np.clip(left / (count.ravel()[place] - weight + _PRIOR), _LEAST, _MOST)
    none = np.bincount(runs.run, np.log1p(-without), len(runs.payer))
    hit = np.log(np.maximum(-np.expm1(none), _LEAST)) * runs.weight
    without = np.clip(found / np.maximum(count - each_day + _PRIOR, _PRIOR), _LEAST, _MOST)
    missed = np.maximum(count - any_run, 0.0) * np.log1p(-without)
    likely = np.bincount(runs.payer, hit, shape[0])[: shape[0]] + missed.sum(axis=1)
    return np.clip(found / (count + _PRIOR), _LEAST, _MOST), likely


def _watched(within: list[_Stand], weight_of: Floats, since: Ints, cells: int) -> Floats:
    """Return how many days of each cell passed since each customer's first, weighted; shape (C, cells)."""
    passed = np.zeros((len(weight_of) + 1, cells))
    for stand in within:
        np.add.at(passed, (stand.day + 1, stand.cell), weight_of[stand.day])
    passed = np.cumsum(passed, axis=0)
    return np.asarray(passed[-1] - passed[since])


def _any(chances: Narrow, near: list[_Stand], days: int) -> Floats:
    """Return the chance of a run on each day: of any of the days it stands for, shape (c, days)."""
    none = np.ones((len(chances), days))
    for stand in near:
        none[:, stand.day] *= 1 - chances[:, stand.cell]
    return np.asarray(1 - none)


def _between(stand: _Stand, first: int, last: int) -> _Stand:
    low, high = np.searchsorted(stand.day, [first, last + 1])
    return _Stand(stand.day[low:high] - first, stand.cell[low:high])


@lru_cache(maxsize=16)
def _schedules(first: int, span: int, is_open: tuple[bool, ...]) -> tuple[tuple[_Stand, ...], ...]:
    """Return per kind of schedule which days stand for which cells."""
    days = calendar(first, first + span - 1)
    open_: Bools = np.array(is_open)[days.kind]
    number = np.arange(first, first + span)
    date = number.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    in_month = (date - month.astype("datetime64[D]")).astype(np.int64)
    fortnight = days.weekday + 7 * ((number + 3) // 7 % 2)
    position = np.arange(span)
    where = np.flatnonzero(open_)
    if not len(where):
        where = position
    place = np.searchsorted(where, position)
    after = where[np.minimum(place, len(where) - 1)]
    before = where[np.maximum(np.searchsorted(where, position, side="right") - 1, 0)]
    bank_month = month[where]
    starts = np.r_[True, bank_month[1:] != bank_month[:-1]]
    group = np.cumsum(starts) - 1
    rank = np.arange(len(where)) - np.flatnonzero(starts)[group]
    left = np.bincount(group)[group] - 1 - rank
    ends = (
        _Stand(where[rank == 0], np.full((rank == 0).sum(), 7)),
        _Stand(where[left < _BOTH_LAST], 8 + left[left < _BOTH_LAST]),
    )
    last = _Stand(where[left == 0], np.full((left == 0).sum(), 31))
    return (
        _slots(after, days.weekday),
        _slots(after, fortnight),
        _slots(after, days.weekday * 5 + in_month // 7),
        _slots(after, in_month),
        _slots(before, in_month),
        (_Stand(where, rank),),
        (_Stand(where, left),),
        (*_slots(after, days.weekday), *ends),
        (*_slots(after, in_month), last),
    )


def _slots(to: Ints, cell: Ints) -> tuple[_Stand, ...]:
    """Return which cells each day stands for, in entries that hold a day at most once."""
    away = np.abs(to - np.arange(len(to)))
    found = []
    for distance in range(int(min(away.max(), 10)) + 1):
        here = np.flatnonzero(away == distance)
        day = to[here]
        for side in (day >= here, day < here):
            if side.any():
                order = np.argsort(day[side], kind="stable")
                found.append(_Stand(day[side][order], cell[here][side][order]))
    return tuple(found)

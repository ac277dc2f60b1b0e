"""The days on which a customer pays: each Thursday, every other Monday, the 15th, the last bank day, any day.

A run is a day on which a customer paid anything; fifty invoices in one run are one choice of a day. Several
kinds of schedule are compared with each customer's own past runs and weighted by how well they predict them.
A payment that a schedule puts on a day without payments comes on the next or the previous day with payments.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from forecasting.arrays import Bools, Floats, Ints, Narrow
from forecasting.payments.bank_days import DAY_SORTS, PUBLIC, BankCalendar, calendar
from forecasting.payments.documents import sum_by_cell

_CELLS = (7, 14, 35, 31, 31, 31, 31, 10, 32)
_HALF_LIFE = 182.0  # days after which a run counts half, because customers change their pay days
_LOOK_BACK = 728
_PRIOR = 1.0  # pseudo days per cell with the chance of all customers
_POOLED = 5.0  # pseudo days with the rate of all customers, in a customer's rate
_IS_OPEN = 0.1  # share of a bank day's runs below which a kind of day counts as closed
_TELLING = 5.0  # expected runs needed before a public holiday without any counts as a day off
_ROUNDS = 3
_BOTH_LAST = 2
_LEAST, _MOST = 1e-6, 0.95
_NEGLIGIBLE = 0.02  # weight of a schedule
_LOWEST, _HIGHEST = -6.0, 4.0


class _CellDays(NamedTuple):
    """Payment days and the cell of the schedule each serves, no day twice; positions in the calendar."""

    day: Ints
    cell: Ints


@dataclass(frozen=True)
class Paydays:
    """Fitted schedules of C customers; K kinds of schedule.

    Attributes:
        chances: per kind, the chance that a run is made on a day of each cell, shape (C, cells).
        weights: of the kinds, shape (C, K).
        usual: chance of a run on any day, shape (C,).
        is_open: whether runs are made on each kind of day of the calendar.
        closed: log ratio of runs on each kind of day to any day.
        days: the calendar.
    """

    chances: tuple[Narrow, ...]
    weights: Floats
    usual: Floats
    is_open: tuple[bool, ...]
    closed: Floats
    days: BankCalendar

    @property
    def is_closed(self) -> Bools:
        """Kinds of day on which no runs are made."""
        return ~np.array(self.is_open)

    def log_ratios(self, customers: Ints, first: int, last: int) -> Floats:
        """Return the log ratio of the chance of a run to that of any day, shape (c, days).

        Args:
            customers: codes, shape (c,).
            first: position in the calendar.
            last: position, included.
        """
        shape = len(customers), last - first + 1
        weighted, total_weight = np.zeros(shape), np.zeros((shape[0], 1))
        for kind, schedule in enumerate(_schedules(self.days.first, self.days.span, self.is_open)):
            weight = self.weights[customers, kind]
            rows = np.flatnonzero(weight > _NEGLIGIBLE)
            if len(rows):
                within = [_between(cell_days, first, last) for cell_days in schedule]
                total_weight[rows, 0] += weight[rows]
                weighted[rows] += weight[rows, None] * _chance_of_any(
                    self.chances[kind][customers[rows]], within, shape[1]
                )
        own = np.log(np.maximum(weighted / total_weight / self.usual[customers, None], _LEAST))
        sort = self.days.kind[first : last + 1]
        shut = self.is_closed[sort]
        own[:, shut] = self.closed[sort[shut]]
        return np.clip(own, _LOWEST, _HIGHEST)


def fit_paydays(payer: Ints, day: Ints, since: Ints, days: BankCalendar, origin: int) -> Paydays:
    """Fit every kind of schedule to the runs of each customer.

    A kind is weighted by how well it predicts each run from the others (leave one out), and by how often it
    fits best among all customers.

    Args:
        payer: code of the customer of each run, shape (r,).
        day: its position in the calendar, shape (r,).
        since: position of each customer's first document, shape (C,).
        days: the calendar.
        origin: position of the last day known.

    Source: Geisser & Eddy (1979), JASA 74:153-160 (predictive weights of models); Dempster, Laird & Rubin
    (1977), J. R. Stat. Soc. B 39:1-38 (which of several days a run was due on); Efron & Morris (1975).
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
    cumulated = np.r_[0.0, np.cumsum(weight_of)]
    exposed = cumulated[-1] - cumulated[since - start]
    pooled_rate = (weight.sum() + 1e-3) / (exposed.sum() + 1e-2)
    usual = (sum_by_cell(payer, weight, len(since)) + _POOLED * pooled_rate) / (exposed + _POOLED)
    # For all customers together only the number of runs per day matters.
    on_day = sum_by_cell(day - start, weight, len(weight_of))
    days_paid = np.flatnonzero(on_day)
    chances, likelihoods = [], []
    for kind, schedule in enumerate(_schedules(days.first, days.span, is_open)):
        within = [_between(cell_days, start, origin) for cell_days in schedule]
        runs = _Runs(payer, day - start, weight, within, _CELLS[kind])
        count = _days_passed(within, weight_of, since - start, _CELLS[kind])
        all_runs = _Runs(0 * days_paid, days_paid, on_day[days_paid], within, _CELLS[kind])
        each_day = _days_passed(within, weight_of**2, since - start, _CELLS[kind]) / np.maximum(count, _LEAST)
        days_in_cell = count.sum(axis=0, keepdims=True)
        together, _likelihood = _spread(
            all_runs, days_in_cell, 0 * days_in_cell, np.full_like(days_in_cell, pooled_rate)
        )
        prior = np.clip(together * (usual / pooled_rate)[:, None], _LEAST, _MOST)
        chance, likelihood = _spread(runs, count, each_day, prior)
        chances.append(chance.astype(np.float32))
        likelihoods.append(likelihood)
    return Paydays(
        tuple(chances),
        _weights(np.column_stack(likelihoods), np.bincount(payer, minlength=len(since)) > 0),
        usual,
        is_open,
        closed,
        days,
    )


def _open_kinds(
    sort: Ints, weekday: Ints, day: Ints, start: int, weight_of: Floats
) -> tuple[tuple[bool, ...], Floats]:
    """Return on which kinds of day runs are made, and the log ratio of runs on each kind to any day.

    A bank holiday on a Monday is compared with other Mondays.
    """
    within = slice(start, start + len(weight_of))
    sort_of, weekday_of = sort[within], weekday[within]
    runs = np.bincount(day - start, minlength=len(weight_of)) * weight_of
    on_bank_days = sum_by_cell(weekday_of, runs * (sort_of == 0), 7)
    usual = on_bank_days / np.maximum(sum_by_cell(weekday_of, weight_of * (sort_of == 0), 7), _LEAST)
    usual[5:] = usual[:5].mean()
    seen = np.bincount(sort_of, runs, DAY_SORTS)
    expected = np.bincount(sort_of, usual[weekday_of] * weight_of, DAY_SORTS)
    is_open = (seen >= _IS_OPEN * expected) | ((expected < _TELLING) & (np.arange(DAY_SORTS) == PUBLIC))
    is_open[0] = True
    days = np.bincount(sort_of, weight_of, DAY_SORTS)
    ratio = (seen / np.maximum(days, _LEAST)) / max(runs.sum() / weight_of.sum(), _LEAST)
    return tuple(is_open.tolist()), np.log(np.maximum(ratio, _LEAST))


def _weights(likelihoods: Floats, has_runs: Bools) -> Floats:
    """Return the weight of each kind per customer, from the likelihood of its runs; shape (C, K).

    How often a kind fits best is counted among customers with runs.
    """
    odds = np.exp(likelihoods - likelihoods.max(axis=1, keepdims=True))
    share = np.full(likelihoods.shape[1], 1 / likelihoods.shape[1])
    for _round in range(_ROUNDS):
        weights = odds[has_runs] * share
        weights /= weights.sum(axis=1, keepdims=True)
        share = (weights.sum(axis=0) + 1) / (len(weights) + len(share))
    weights = odds * share
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


class _Runs:
    """Runs and the cells their days serve, flat: one entry per run and cell."""

    def __init__(self, payer: Ints, day: Ints, weight: Floats, within: list[_CellDays], cells: int) -> None:
        self.payer, self.weight, self.cells = payer, weight, cells
        runs, cell = [], []
        for cell_days in within:
            place = np.full(int(day.max(initial=0)) + 1, -1, dtype=np.int32)
            is_within = cell_days.day < len(place)
            place[cell_days.day[is_within]] = cell_days.cell[is_within]
            cells_of_run = place[day]
            matches = np.flatnonzero(cells_of_run >= 0)
            runs.append(matches)
            cell.append(cells_of_run[matches])
        self.run = np.concatenate(runs)
        self.cell = np.concatenate(cell)


def _spread(runs: _Runs, count: Floats, each_day: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Return the chance of a run per customer and cell, and the log likelihood of the runs.

    A run on a day that serves several cells is spread over them by how likely each was meant.

    Args:
        runs: observed.
        count: days of each cell since the customer's first, weighted, shape (C, cells).
        each_day: mean weight of one of them, shape (C, cells).
        prior: chance without any run, shape (C, cells).
    """
    shape = count.shape
    place = runs.payer[runs.run] * shape[1] + runs.cell
    weight = runs.weight[runs.run]
    any_run = sum_by_cell(place, weight, count.size).reshape(shape)
    part, meant = weight, any_run
    # A day that serves one cell belongs to it; only the others are spread.
    spread = np.flatnonzero(np.bincount(runs.run, minlength=len(runs.payer))[runs.run] > 1)
    if len(spread):
        part = weight.copy()
        run, several = runs.run[spread], place[spread]
        alone = any_run - sum_by_cell(several, weight[spread], count.size).reshape(shape)
        for _round in range(_ROUNDS):
            chance = np.clip((meant + _PRIOR * prior) / (count + _PRIOR), _LEAST, _MOST).ravel()[several]
            none = np.bincount(run, np.log1p(-chance), len(runs.payer))
            part[spread] = weight[spread] * chance / -np.expm1(none)[run]
            meant = alone + sum_by_cell(several, part[spread], count.size).reshape(shape)
        meant = np.maximum(meant, 0.0)
    chances = meant + _PRIOR * prior
    # Leave one out: the chance of each run comes from the other runs.
    other_runs = chances.ravel()[place] - part
    without = np.clip(other_runs / (count.ravel()[place] - weight + _PRIOR), _LEAST, _MOST)
    none = np.bincount(runs.run, np.log1p(-without), len(runs.payer))
    hit = np.log(np.maximum(-np.expm1(none), _LEAST)) * runs.weight
    without = np.clip(chances / np.maximum(count - each_day + _PRIOR, _PRIOR), _LEAST, _MOST)
    missed = np.maximum(count - any_run, 0.0) * np.log1p(-without)
    likelihood = np.bincount(runs.payer, hit, shape[0])[: shape[0]] + missed.sum(axis=1)
    return np.clip(chances / (count + _PRIOR), _LEAST, _MOST), likelihood


def _days_passed(within: list[_CellDays], weight_of: Floats, since: Ints, cells: int) -> Floats:
    """Return the days of each cell since each customer's first document, weighted; shape (C, cells)."""
    passed = np.zeros((len(weight_of) + 1, cells))
    for cell_days in within:
        np.add.at(passed, (cell_days.day + 1, cell_days.cell), weight_of[cell_days.day])
    passed = np.cumsum(passed, axis=0)
    return np.asarray(passed[-1] - passed[since])


def _chance_of_any(chances: Narrow, within: list[_CellDays], days: int) -> Floats:
    """Return the chance of a run on each day, for any of the cells it serves, shape (c, days)."""
    none = np.ones((len(chances), days))
    for cell_days in within:
        none[:, cell_days.day] *= 1 - chances[:, cell_days.cell]
    return np.asarray(1 - none)


def _between(cell_days: _CellDays, first: int, last: int) -> _CellDays:
    low, high = np.searchsorted(cell_days.day, [first, last + 1])
    return _CellDays(cell_days.day[low:high] - first, cell_days.cell[low:high])


@lru_cache(maxsize=16)
def _schedules(first: int, span: int, is_open: tuple[bool, ...]) -> tuple[tuple[_CellDays, ...], ...]:
    """Return per kind of schedule which days serve which cells."""
    days = calendar(first, first + span - 1)
    open_: Bools = np.array(is_open)[days.kind]
    number = np.arange(first, first + span)
    date = number.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    in_month = (date - month.astype("datetime64[D]")).astype(np.int64)
    fortnight = days.weekday + 7 * ((number + 3) // 7 % 2)
    position = np.arange(span)
    open_days = np.flatnonzero(open_)
    if not len(open_days):
        open_days = position
    place = np.searchsorted(open_days, position)
    after = open_days[np.minimum(place, len(open_days) - 1)]
    before = open_days[np.maximum(np.searchsorted(open_days, position, side="right") - 1, 0)]
    bank_month = month[open_days]
    starts = np.r_[True, bank_month[1:] != bank_month[:-1]]
    group = np.cumsum(starts) - 1
    rank = np.arange(len(open_days)) - np.flatnonzero(starts)[group]
    left = np.bincount(group)[group] - 1 - rank
    ends = (
        _CellDays(open_days[rank == 0], np.full((rank == 0).sum(), 7)),
        _CellDays(open_days[left < _BOTH_LAST], 8 + left[left < _BOTH_LAST]),
    )
    last = _CellDays(open_days[left == 0], np.full((left == 0).sum(), 31))
    return (
        _slots(after, days.weekday),
        _slots(after, fortnight),
        _slots(after, days.weekday * 5 + in_month // 7),
        _slots(after, in_month),
        _slots(before, in_month),
        (_CellDays(open_days, rank),),
        (_CellDays(open_days, left),),
        (*_slots(after, days.weekday), *ends),
        (*_slots(after, in_month), last),
    )


def _slots(to: Ints, cell: Ints) -> tuple[_CellDays, ...]:
    """Return the cells each day serves, in entries that hold a day at most once."""
    away = np.abs(to - np.arange(len(to)))
    entries = []
    for distance in range(int(min(away.max(), 10)) + 1):
        origin_days = np.flatnonzero(away == distance)
        day = to[origin_days]
        for side in (day >= origin_days, day < origin_days):
            if side.any():
                order = np.argsort(day[side], kind="stable")
                entries.append(_CellDays(day[side][order], cell[origin_days][side][order]))
    return tuple(entries)

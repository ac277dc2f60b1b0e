"""A thousand courses the coming weeks' receipts may take; a customer's invoices move together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from forecasting.arrays import Floats
from forecasting.payments.documents import mixed, uniform
from forecasting.receipts.combination import GROUPS, Mixture, group_of, stretched
from forecasting.receipts.outlook import Outlook, by_week

PATHS = 1_000
_TOGETHER = 0.6  # of an invoice's luck, what it shares with the customer's other invoices
_LEVEL, _DRIFT = 0.05, 0.03  # of future receipts: one shock for all weeks, and one more each week
_CUSTOMER, _INVOICE = 11, 12  # salts
_CHUNK = 2_000


@dataclass(frozen=True)
class Lumps:
    """How large single payments are: what makes even known billings come in unevenly.

    Attributes:
        size: variance of a period's receipts over their mean, reporting currency.
    """

    size: float


def lumps(amounts: Floats, squares: Floats | None = None, certain: Floats | None = None) -> Lumps:
    """Measure how unevenly money comes in; returned money is left out.

    A run nobody could tell the day of is one lump. Of a run on a day on which the customer always pays, only
    what is on the list is chance: its invoices are the lumps.

    Args:
        amounts: received per customer and day, shape (r,).
        squares: sums of the squares of the invoices in each, shape (r,); None: of one invoice each.
        certain: chance that the customer paid on that day, as its schedule tells, shape (r,); None: none.
    """
    kept = amounts > 0
    amounts = amounts[kept]
    if not len(amounts):
        return Lumps(0.0)
    whole = amounts**2
    if squares is not None and certain is not None:
        known = np.clip(certain[kept], 0.0, 1.0)
        whole = whole * (1 - known) + np.minimum(squares[kept], whole) * known
    return Lumps(float(whole.sum() / amounts.sum()))


def simulate(
    outlook: Outlook,
    expected: Floats,
    mix: Mixture,
    *,
    invoice_keys: npt.NDArray[np.uint64],
    customer_keys: npt.NDArray[np.uint64],
    lump: Lumps,
) -> Floats:
    """Draw courses of weekly receipts around the expected ones.

    Args:
        outlook: the day's.
        expected: receipts per week, shape (w,); the courses' mean is exactly this.
        mix: with the errors of past weeks, which the spread is held against.
        invoice_keys: stable number of each open document, shape (n,).
        customer_keys: stable number of its customer, shape (n,).
        lump: size of single payments.

    Returns:
        Shape (PATHS, w). The same books give the same courses.

    Source: Vasicek (2002), Risk 15:160-162 (one factor per customer); calibrated on past errors.
    """
    weeks = len(expected)
    drawn = _open_courses(by_week(outlook.open_by_day), outlook.open_amounts, invoice_keys, customer_keys)
    drawn += _future_courses(outlook.from_future, outlook.origin, lump, _LEVEL)
    mean = drawn.mean(axis=0)
    relative = np.where(mean > 0, drawn / np.where(mean > 0, mean, 1.0) - 1, 0.0)
    group = group_of(weeks)
    for place, errors in enumerate(mix.errors):
        own = group == place
        judged = int((own & (np.arange(weeks) < GROUPS[-1])).sum())
        relative[:, own] = stretched(relative[:, own], errors, mix.ages[place], judged=judged)
    courses = expected * (1 + relative)
    courses = np.where(expected > 0, np.maximum(courses, 0.0), courses)
    mean = courses.mean(axis=0)
    courses = courses * np.where(mean != 0, expected / np.where(mean == 0, 1.0, mean), 1.0)
    return _possible(courses, expected, outlook.open_amounts, outlook.from_future)


def plain(
    share: Floats,
    open_amounts: Floats,
    from_future: Floats,
    *,
    invoice_keys: npt.NDArray[np.uint64],
    customer_keys: npt.NDArray[np.uint64],
    origin: int,
    lump: Lumps,
    shock: float,
) -> Floats:
    """Draw courses where no past forecast tells how far off one is.

    Args:
        share: of each open document paid in each week, shape (n, w).
        open_amounts: shape (n,).
        from_future: expected of billings to come, shape (w,).
        invoice_keys: stable number of each open document, shape (n,).
        customer_keys: stable number of its customer, shape (n,).
        origin: day number.
        lump: size of single payments.
        shock: relative standard deviation of the level of billings.

    Returns:
        Shape (PATHS, w); their mean is what is expected.
    """
    drawn = _open_courses(share, open_amounts, invoice_keys, customer_keys)
    drawn += _future_courses(from_future, origin, lump, shock)
    expected, mean = open_amounts @ share + from_future, drawn.mean(axis=0)
    # Small sums of debts and credits can cross zero: those are moved, the others stretched.
    same_sign = expected * mean > 0
    stretch = np.where(same_sign, expected / np.where(same_sign, mean, 1.0), 1.0)
    courses = np.where(same_sign, drawn * stretch, drawn + expected - mean)
    return _possible(courses, expected, open_amounts, from_future)


def _possible(courses: Floats, expected: Floats, open_amounts: Floats, from_future: Floats) -> Floats:
    """Draw courses closer to what is expected where a week would bring more than there is to come in.

    Where nothing more is billed, no week brings more than all that is open.
    """
    if from_future.any():
        return courses
    most = np.maximum(open_amounts[open_amounts > 0].sum(), expected)
    over = courses.max(axis=0) - expected
    reach = np.where(over > 0, np.minimum((most - expected) / np.where(over > 0, over, 1.0), 1.0), 1.0)
    return np.asarray(expected + (courses - expected) * reach)


def _open_courses(
    share: Floats,
    open_amounts: Floats,
    invoice_keys: npt.NDArray[np.uint64],
    customer_keys: npt.NDArray[np.uint64],
) -> Floats:
    """Return receipts of open documents per course and week: each is paid once, later or never."""
    chances = np.clip(np.cumsum(share, axis=1), 0.0, 1.0)
    weeks = chances.shape[1]
    cumulated = np.zeros((PATHS, weeks))
    paths = mixed(np.arange(PATHS, dtype=np.uint64), 0)
    own_share, shared = np.sqrt(1 - _TOGETHER), np.sqrt(_TOGETHER)
    for start in range(0, len(chances), _CHUNK):
        part = slice(start, start + _CHUNK)
        customer, place = np.unique(customer_keys[part], return_inverse=True)
        luck = shared * _normal(customer, paths, _CUSTOMER)[place]
        luck += own_share * _normal(invoice_keys[part], paths, _INVOICE)
        limits = ndtri(chances[part]).astype(np.float32)
        amounts = open_amounts[part]
        for week in range(weeks):
            cumulated[:, week] += (luck <= limits[:, week, None]).T @ amounts
    return np.diff(cumulated, axis=1, prepend=0.0)


def _normal(
    keys: npt.NDArray[np.uint64], paths: npt.NDArray[np.uint64], salt: int
) -> npt.NDArray[np.float32]:
    with np.errstate(over="ignore"):
        cells = mixed(keys, salt)[:, None] + paths[None, :]
    return np.asarray(ndtri(uniform(cells, salt)), dtype=np.float32)


def _future_courses(from_future: Floats, origin: int, lump: Lumps, level: float) -> Floats:
    """Return receipts of what is still to be billed: a drifting level, and single payments that lump."""
    # A draw of its own for every week, so that a longer horizon leaves the earlier weeks as they are.
    origin = abs(int(origin))
    drift = np.random.default_rng(origin).normal(0, level, PATHS)
    courses = np.zeros((PATHS, len(from_future)))
    for week, expected in enumerate(np.maximum(from_future, 0.0)):
        draw = np.random.default_rng((origin, week))
        drift = drift + draw.normal(0, _DRIFT, PATHS)
        mean = expected * np.exp(drift)
        if expected <= 0 or lump.size <= 0:
            courses[:, week] = mean
        else:
            courses[:, week] = draw.gamma(np.maximum(mean / lump.size, 1e-9)) * lump.size
    return courses

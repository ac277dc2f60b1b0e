"""A thousand courses of the coming weeks' receipts; a customer's invoices move together."""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from forecasting.arrays import Floats
from forecasting.payments.documents import mix_keys, uniform
from forecasting.receipts.combination import GROUPS, Mixture, group_of, stretch
from forecasting.receipts.outlook import Outlook, by_week

PATHS = 1_000
_TOGETHER = 0.6  # share of an invoice's variance that it has in common with the customer's other invoices
_LEVEL, _DRIFT = 0.05, 0.03  # of future receipts: one shock for all weeks, and one more each week
_CUSTOMER, _INVOICE = 11, 12  # salts
_CHUNK = 2_000


def payment_size(amounts: Floats, squares: Floats | None = None, certain: Floats | None = None) -> float:
    """Return the size of single payments, which makes receipts uneven; returned money is left out.

    A payment run on an unpredictable day counts as one payment. On a day on which the customer always pays,
    only the list of invoices is a matter of chance, so its invoices count one by one.

    Args:
        amounts: received per customer and day, shape (r,).
        squares: sums of the squares of the invoices in each, shape (r,); None: of one invoice each.
        certain: chance of a payment on that day by the customer's schedule, shape (r,); None: no schedule.

    Returns:
        Variance of a period's receipts over their mean, reporting currency.
    """
    is_positive = amounts > 0
    amounts = amounts[is_positive]
    if not len(amounts):
        return 0.0
    squared = amounts**2
    if squares is not None and certain is not None:
        known = np.clip(certain[is_positive], 0.0, 1.0)
        squared = squared * (1 - known) + np.minimum(squares[is_positive], squared) * known
    return float(squared.sum() / amounts.sum())


def simulate(
    outlook: Outlook,
    expected: Floats,
    mixture: Mixture,
    *,
    invoice_keys: npt.NDArray[np.uint64],
    customer_keys: npt.NDArray[np.uint64],
    payment_size: float,
) -> Floats:
    """Draw courses of weekly receipts around the expected ones.

    Args:
        outlook: of the day.
        expected: receipts per week, shape (w,); the mean of the courses is exactly this.
        mixture: with the errors of past weeks, by which the spread is calibrated.
        invoice_keys: stable number of each open document, shape (n,).
        customer_keys: stable number of its customer, shape (n,).
        payment_size: of single payments.

    Returns:
        Shape (PATHS, w). The same books give the same courses.

    Source: Vasicek (2002), Risk 15:160-162 (one factor per customer); calibrated on past errors.
    """
    weeks = len(expected)
    draws = _open_courses(by_week(outlook.open_by_day), outlook.open_amounts, invoice_keys, customer_keys)
    draws += _future_courses(outlook.from_future, outlook.origin, payment_size, _LEVEL)
    mean = draws.mean(axis=0)
    relative = np.where(mean > 0, draws / np.where(mean > 0, mean, 1.0) - 1, 0.0)
    group = group_of(weeks)
    for place, errors in enumerate(mixture.errors):
        is_in_group = group == place
        weeks_with_errors = int((is_in_group & (np.arange(weeks) < GROUPS[-1])).sum())
        relative[:, is_in_group] = stretch(
            relative[:, is_in_group], errors, mixture.ages[place], weeks=weeks_with_errors
        )
    courses = expected * (1 + relative)
    courses = np.where(expected > 0, np.maximum(courses, 0.0), courses)
    mean = courses.mean(axis=0)
    courses = courses * np.where(mean != 0, expected / np.where(mean == 0, 1.0, mean), 1.0)
    return _possible(courses, expected, outlook.open_amounts, outlook.from_future)


def simulate_without_history(
    share: Floats,
    open_amounts: Floats,
    from_future: Floats,
    *,
    invoice_keys: npt.NDArray[np.uint64],
    customer_keys: npt.NDArray[np.uint64],
    origin: int,
    payment_size: float,
    shock: float,
) -> Floats:
    """Draw courses where there are no errors of past forecasts.

    Args:
        share: of each open document paid in each week, shape (n, w).
        open_amounts: shape (n,).
        from_future: expected from coming billings, shape (w,).
        invoice_keys: stable number of each open document, shape (n,).
        customer_keys: stable number of its customer, shape (n,).
        origin: day number.
        payment_size: of single payments.
        shock: relative standard deviation of the level of billings.

    Returns:
        Shape (PATHS, w); their mean is the expected receipts.
    """
    draws = _open_courses(share, open_amounts, invoice_keys, customer_keys)
    draws += _future_courses(from_future, origin, payment_size, shock)
    expected, mean = open_amounts @ share + from_future, draws.mean(axis=0)
    # Small sums of debts and credits can cross zero: those are shifted, the others scaled.
    same_sign = expected * mean > 0
    stretch = np.where(same_sign, expected / np.where(same_sign, mean, 1.0), 1.0)
    courses = np.where(same_sign, draws * stretch, draws + expected - mean)
    return _possible(courses, expected, open_amounts, from_future)


def _possible(courses: Floats, expected: Floats, open_amounts: Floats, from_future: Floats) -> Floats:
    """Move courses towards the expected receipts where a week would bring more than can come in.

    Without coming billings no week can bring more than all open amounts.
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
    """Return receipts of open documents per course and week; each is paid once, later or never."""
    chances = np.clip(np.cumsum(share, axis=1), 0.0, 1.0)
    weeks = chances.shape[1]
    cumulated = np.zeros((PATHS, weeks))
    paths = mix_keys(np.arange(PATHS, dtype=np.uint64), 0)
    own_share, shared = np.sqrt(1 - _TOGETHER), np.sqrt(_TOGETHER)
    for start in range(0, len(chances), _CHUNK):
        part = slice(start, start + _CHUNK)
        customer, place = np.unique(customer_keys[part], return_inverse=True)
        position = shared * _normal(customer, paths, _CUSTOMER)[place]
        position += own_share * _normal(invoice_keys[part], paths, _INVOICE)
        limits = ndtri(chances[part]).astype(np.float32)
        amounts = open_amounts[part]
        for week in range(weeks):
            cumulated[:, week] += (position <= limits[:, week, None]).T @ amounts
    return np.diff(cumulated, axis=1, prepend=0.0)


def _normal(
    keys: npt.NDArray[np.uint64], paths: npt.NDArray[np.uint64], salt: int
) -> npt.NDArray[np.float32]:
    with np.errstate(over="ignore"):
        cells = mix_keys(keys, salt)[:, None] + paths[None, :]
    return np.asarray(ndtri(uniform(cells, salt)), dtype=np.float32)


def _future_courses(from_future: Floats, origin: int, payment_size: float, level: float) -> Floats:
    """Return receipts from coming billings: a drifting level, and single payments of a certain size."""
    # Every week has its own generator, so that a longer horizon leaves the earlier weeks unchanged.
    origin = abs(int(origin))
    drift = np.random.default_rng(origin).normal(0, level, PATHS)
    courses = np.zeros((PATHS, len(from_future)))
    for week, expected in enumerate(np.maximum(from_future, 0.0)):
        draw = np.random.default_rng((origin, week))
        drift = drift + draw.normal(0, _DRIFT, PATHS)
        mean = expected * np.exp(drift)
        if expected <= 0 or payment_size <= 0:
            courses[:, week] = mean
        else:
            courses[:, week] = draw.gamma(np.maximum(mean / payment_size, 1e-9)) * payment_size
    return courses

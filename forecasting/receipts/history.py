"""A ledger's history, from any day of which the coming weeks can be forecast."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from data.errors import NotEnoughHistoryError
from forecasting.arrays import Floats, Ints, day_of, number
from forecasting.payments.arrangements import Arrangements, arrangements_of
from forecasting.payments.bank_days import BankCalendar, calendar
from forecasting.payments.documents import Documents, documents_of, sum_by_cell
from forecasting.payments.hazards import Tables, tables
from forecasting.payments.paydays import Paydays
from forecasting.payments.timing_model import TimingModel, fit_timing
from forecasting.receipts import simulation
from forecasting.receipts.billings import WEEK, Billings, billings_of
from forecasting.receipts.combination import Mixture, PastForecast, mixture
from forecasting.receipts.outlook import RECENT, Outlook, by_week, outlook

Progress = Callable[[float], None]

_REFIT = 91  # the coefficients change slowly; one fit serves the days of a quarter
_REFIT_YOUNG = 28  # the coefficients of a young ledger change every month
_YOUNG = 365
LOOK_BACK = 26  # earlier weeks whose forecasts are compared with the receipts
_FIRST = 182  # days of history before the first of them
_ROOM = 800  # days of calendar before the first document, for looking back two years
_AHEAD = 800
_HOLE_NEEDS = 5  # payments in a usual week; with fewer, a week without any is not unusual
_HOLE_WINDOW = 26


@dataclass
class LedgerHistory:
    """A ledger's history, with outlooks from any of its days.

    Attributes:
        documents: of `timing_documents`, in its order.
        frame: that frame, without what is in `listed`.
        listed: the documents of which only a list of open items says that they are closed: they were billed,
            and nothing is learned from them about when customers pay.
        receipts: money in per day of `calendar`.
        payments: number of customers that paid per day of `calendar`.
        calendar: from two years before the first document to beyond the last horizon.
        as_of: day number of the last day known.
        weeks: of an outlook.
        part_row, part_day, part_amount: settlements of documents paid in parts: document, day, amount.
        arrangements: promises, payment plans and noted days.
        billings: per day.
        look_back: how many earlier weeks choose the mixture; 0 leaves the payment model alone.
    """

    documents: Documents
    frame: pl.DataFrame
    listed: pl.DataFrame
    receipts: Floats
    payments: Floats
    calendar: BankCalendar
    as_of: int
    weeks: int
    part_row: Ints
    part_day: Ints
    part_amount: Floats
    arrangements: Arrangements
    billings: Billings
    look_back: int = LOOK_BACK
    _fits: dict[int, TimingModel] = field(default_factory=dict)
    _outlooks: dict[int, Outlook] = field(default_factory=dict)
    _mixtures: dict[int, Mixture] = field(default_factory=dict)
    _last_tables: Tables | None = None

    @property
    def first(self) -> int:
        """Day number of the first document."""
        return int(self.documents.issued.min()) if self.documents.count else self.as_of

    def open_amounts(self, origin: int) -> Floats:
        """Return the open amount of each document at the end of a day, shape (n,).

        On the last day known it is the amount owed, after set-off of the customer's credit.
        """
        documents = self.documents
        is_open = (documents.issued <= origin) & (documents.closed > origin)
        if origin == self.as_of:
            return np.where(is_open, self.frame["owed_amount"].cast(pl.Float64).to_numpy(), 0.0)
        before = self.part_day <= origin
        settled = sum_by_cell(self.part_row[before], self.part_amount[before], documents.count)
        return np.where(is_open, np.round(documents.amount - settled, 2), 0.0)

    def outlook(self, origin: int) -> Outlook:
        """Return the outlook from one day; it is kept, so that a second call costs nothing."""
        if origin not in self._outlooks:
            self._outlooks[origin] = outlook(
                self.fit(origin), self.tables(origin), self.documents, self.open_amounts(origin),
                past=self.past(origin), calendar=self.calendar, arrangements=self.arrangements,
                billings=self.billings, origin=origin, weeks=self.weeks,
            )  # fmt: skip
        return self._outlooks[origin]

    def tables(self, origin: int) -> Tables:
        """Return the payments and person-days up to one day.

        Only the last ones are kept: those of all earlier weeks would fill the memory.
        """
        last = self._last_tables
        if last is None or last.origin != origin:
            last = self._last_tables = tables(self.documents, origin, self.calendar)
        return last

    def has_outlook(self, origin: int) -> bool:
        """Tell whether a day's history is enough for an outlook."""
        try:
            self.outlook(origin)
        except NotEnoughHistoryError:
            return False
        return True

    def fit(self, origin: int) -> TimingModel:
        """Return the payment model of one day; one fit serves the days of a quarter, or of a young month."""
        every = _REFIT if origin - self.first >= _YOUNG else _REFIT_YOUNG
        day = origin - origin % every
        if day not in self._fits:
            try:
                self._fits[day] = fit_timing(self.documents, day, self.calendar)
            except NotEnoughHistoryError:
                self._fits[day] = fit_timing(self.documents, origin, self.calendar)
        return self._fits[day]

    def past_origins(self, origin: int) -> list[int]:
        """Return the earlier days whose forecasts are compared with the receipts, latest first."""
        days = [origin - WEEK * back for back in range(1, self.look_back + 1)]
        return [day for day in days if day >= self.first + _FIRST]

    def past(self, origin: int) -> Floats:
        """Return money in per week up to a day, oldest first; NaN for weeks with no data."""
        ends = self._ends(origin)
        position = self.calendar.at(ends) + 1
        paid = np.concatenate([[0.0], np.cumsum(self.receipts)])
        weekly = paid[position] - paid[np.maximum(position - WEEK, 0)]
        weekly[np.isin(ends, self._hole_ends(origin))] = np.nan
        return np.asarray(weekly)

    def receipts_after(self, origin: int, until: int) -> Floats:
        """Return money in per week after a day; NaN for weeks not over by `until`, or with no data."""
        position = self.calendar.place(origin) + 1
        weekly = by_week(self.receipts[position : position + self.weeks * WEEK]).copy()
        ends = origin + WEEK * np.arange(1, self.weeks + 1)
        last = until - (until - origin) % WEEK
        weekly[(ends > until) | np.isin(ends, self._hole_ends(last))] = np.nan
        return weekly

    def _ends(self, last: int) -> Ints:
        """Return the last days of whole weeks from the first payment to a day, oldest first."""
        days_with_payments = np.flatnonzero(self.payments)
        if not len(days_with_payments):
            return np.zeros(0, dtype=np.int64)
        first = self.calendar.first + int(days_with_payments[0])
        return np.arange(last, first + WEEK - 2, -WEEK, dtype=np.int64)[::-1]

    def _hole_ends(self, last: int) -> Ints:
        """Return the last days of weeks without any payment although the weeks around them have several.

        The usual number comes from half a year before and after the gap, however long the gap is.
        """
        ends = self._ends(last)
        cumulated = np.concatenate([[0.0], np.cumsum(self.payments)])
        position = self.calendar.at(ends) + 1
        weekly = cumulated[position] - cumulated[np.maximum(position - WEEK, 0)]
        empty = np.flatnonzero(weekly == 0)
        holes = []
        for run in np.split(empty, np.flatnonzero(np.diff(empty) > 1) + 1) if len(empty) else []:
            around = np.r_[
                weekly[max(run[0] - _HOLE_WINDOW, 0) : run[0]],
                weekly[run[-1] + 1 : run[-1] + 1 + _HOLE_WINDOW],
            ]
            if len(around) and around.mean() >= _HOLE_NEEDS:
                holes.append(ends[run])
        return np.concatenate(holes) if holes else np.zeros(0, dtype=np.int64)

    def holes(self) -> list[date]:
        """Return the first days of weeks, ending as `as_of` does, in which the receipts have no data."""
        return [day_of(int(end) - WEEK + 1) for end in self._hole_ends(self.as_of)]

    def mixture(self, origin: int, progress: Progress = lambda _share: None) -> Mixture:
        """Return the mixture of methods of one day, chosen by the errors of earlier forecasts."""
        if origin not in self._mixtures:
            past = []
            days = self.past_origins(origin)
            for place, day in enumerate(days):
                try:
                    past.append(PastForecast(self.outlook(day).methods, self.receipts_after(day, origin)))
                except NotEnoughHistoryError:
                    break
                progress((place + 1) / len(days))
            self._mixtures[origin] = mixture(past)
        return self._mixtures[origin]

    def courses(self, origin: int, expected: Floats, outlook: Outlook) -> Floats:
        """Draw courses around the receipts expected from one day, shape (paths, w)."""
        position = self.calendar.place(origin)
        return simulation.simulate(
            outlook,
            expected,
            self.mixture(origin),
            invoice_keys=self.documents.key[outlook.open_documents],
            customer_keys=self._customer_keys()[outlook.open_documents],
            payment_size=simulation.payment_size(*self._runs(position, self.tables(origin).paydays)),
        )

    def _customer_keys(self) -> npt.NDArray[np.uint64]:
        return self.frame["customer_key"].to_numpy()

    def _runs(self, position: int, paydays: Paydays) -> tuple[Floats, Floats, Floats]:
        """Return the amount each customer paid per day in the 13 weeks up to a position of the calendar.

        Returns:
            Amounts, sums of the squares of the documents, and the chance that it paid on that day.
        """
        documents = self.documents
        day = self.calendar.at(documents.closed)
        recent = documents.by_cash & (day > position - RECENT) & (day <= position)
        cells = documents.customer[recent] * self.calendar.span + day[recent]
        run, place = np.unique(cells, return_inverse=True)
        amounts = documents.amount[recent]
        customer, row = np.unique(run // self.calendar.span, return_inverse=True)
        first = position - RECENT + 1
        ratio = paydays.log_ratios(customer, first, position)[row, run % self.calendar.span - first]
        chance = np.exp(ratio) * paydays.usual[customer[row]]
        return sum_by_cell(place, amounts, len(run)), sum_by_cell(place, amounts**2, len(run)), chance


def ledger_history(
    documents: pl.DataFrame,
    parts: pl.DataFrame,
    receipts: pl.DataFrame,
    arrangements: pl.DataFrame,
    *,
    as_of: date,
    weeks: int = 13,
    look_back: int = LOOK_BACK,
) -> LedgerHistory:
    """Make a ledger's history from the rows of the queries.

    Args:
        documents: `timing_documents`, dated by `as_of`.
        parts: `settled_in_parts`.
        receipts: `receipt_days`.
        arrangements: `arrangements`.
        as_of: last day known.
        weeks: of a forecast, at least 1.
        look_back: of the history.

    Raises:
        NotEnoughHistoryError: there is no document.
    """
    all_documents = documents
    listed, documents = (documents.filter(pl.col("is_by_list") == is_listed) for is_listed in (True, False))
    arrays = documents_of(documents, arrangements)
    billed = arrays if listed.is_empty() else documents_of(all_documents)
    last = number(as_of)
    first = int(billed.issued.min()) if billed.count else last
    # The calendar need not cover due dates that lie years ahead.
    days = calendar(first - _ROOM, last + weeks * WEEK + _AHEAD)
    receipts = receipts.sort("payment_date", "customer_id", "segment")
    payment_day = receipts["payment_date"].to_physical().cast(pl.Int64).to_numpy()
    position = np.clip(days.at(payment_day), 0, days.span - 1)
    amounts = receipts["amount"].cast(pl.Float64).to_numpy()
    rows = parts.join(
        documents.select("document_id", "instalment").with_row_index("row"), on=["document_id", "instalment"]
    ).sort("row", "post_date")
    return LedgerHistory(
        documents=arrays,
        frame=documents,
        listed=listed,
        receipts=sum_by_cell(position, amounts, days.span),
        payments=sum_by_cell(position, np.ones(len(position)), days.span),
        calendar=days,
        as_of=last,
        weeks=weeks,
        part_row=rows["row"].to_numpy().astype(np.int64),
        part_day=rows["post_date"].to_physical().cast(pl.Int64).to_numpy(),
        part_amount=rows["amount"].cast(pl.Float64).to_numpy(),
        arrangements=arrangements_of(arrangements, documents),
        billings=billings_of(billed, days, last),
        look_back=look_back,
    )


def week_starts(as_of: date, weeks: int) -> list[date]:
    """Return the first day of each coming week, from the day after `as_of`."""
    return [as_of + timedelta(days=1 + WEEK * week) for week in range(weeks)]

"""What if: the forecast beside the same forecast under a scenario, on the same thousand courses."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from data.errors import NotEnoughHistoryError
from forecasting.arrays import Floats, day_of, number
from forecasting.receipts import forecast as receipts
from forecasting.receipts.outlook import by_week
from forecasting.whatif import pass_through
from forecasting.whatif.cash_flows import Flows, flows_of
from queries import Books
from queries.kpi.countback import countback
from reports.answers.forecast.cash_forecast import (
    CENT,
    Basis,
    CashForecast,
    Progress,
    balances,
    basis,
    cents,
    weekly_payments,
)
from reports.answers.forecast.cash_forecast import as_json as forecast_json
from reports.answers.whatif import assumptions as assumptions_answers
from reports.answers.whatif.apply_levers import (
    ON_RECEIPTS,
    Found,
    Pulled,
    Reactions,
    Side,
    by_customer,
    chosen,
    pull,
    supplier_days,
)
from reports.answers.whatif.scenario_file import Lever, Scenario, where
from reports.translation import _

_WEEK = 7
_MOST_WEEKS_MOVED = 26  # a change of 180 days
_SUPPLIERS = "suppliers"
_BOUNDS: tuple[Side, Side] = ("low", "high")
_MONEY = pl.Decimal(38, 2)


@dataclass(frozen=True)
class Ground:
    """All a what-if stands on that no lever changes; made once, asked for every change of a lever.

    Attributes:
        basis: the forecast and what it was worked out from.
        flows: money per document and day; None where there is too little history for a payment model.
        known: what the ledger shows of its customers; None likewise.
        customers: every customer_id of the books with its `segment`.
        payments: rows of `payments_out`, further ahead than the forecast.
        bills: how many bills there are, and the median of their terms in days (None without any).
    """

    basis: Basis
    flows: Flows | None
    known: Reactions | None
    customers: pl.DataFrame
    payments: pl.DataFrame
    bills: tuple[int, float | None]


@dataclass(frozen=True)
class Target:
    """Which open invoices must come in, so that no more than an amount is overdue on a day.

    Attributes:
        lever: as asked.
        expected_overdue: of it on that day, after the other levers.
        must_come_in: amount of open invoices that has to be paid by then; 0.00 where none has to.
        invoices: `invoice_id`, `customer_id`, `due_date`, `open_amount`, `probability_paid_by` (that day) and
            `so_far` (open amounts down to this one), those that are needed, likely and large ones first.
        is_within_reach: they are enough; else invoices still to be issued make too much overdue.
    """

    lever: Lever
    expected_overdue: Decimal
    must_come_in: Decimal
    invoices: pl.DataFrame
    is_within_reach: bool


@dataclass(frozen=True)
class WhatIf:
    """A scenario beside the forecast; money is Decimal to the cent in the reporting currency.

    Attributes:
        scenario: what was asked.
        start: first day its levers work.
        base, after: the forecast without and with it.
        difference: week_start, receipts, payments, closing: scenario less base, of expected values; and
            receipts_low and receipts_high, with the bounds of how customers follow their terms.
        dso: days by countback on the last day, base and scenario; None without a payment model.
        below: probability that some week closes below the minimum, base and scenario.
        forgone: discounts given within the weeks.
        found: what each lever about receipts rests on.
        targets: one per lever `target`.
        customers: `customer_id`, `receipts` and `most`, see `pulled.by_customer`; the most first.
        assumptions: sentences.
    """

    scenario: Scenario
    start: date
    base: CashForecast
    after: CashForecast
    difference: pl.DataFrame
    dso: tuple[float | None, float | None]
    below: tuple[float, float]
    forgone: Decimal
    found: list[Found]
    targets: list[Target]
    customers: pl.DataFrame
    assumptions: list[str]


def ground(
    books: Books,
    *,
    as_of: date,
    weeks: int = 13,
    known_on: datetime | None = None,
    progress: Progress = lambda _text, _share: None,
    made: Basis | None = None,
) -> Ground:
    """Forecast as usual, and keep what levers take hold of.

    Args:
        books: the store.
        as_of: last day known.
        weeks: how many, 1 to 104.
        known_on: only what was recorded by then (UTC).
        progress: told what is being done and the share done, 0-1.
        made: the forecast of the same arguments, where it is known already.
    """
    made = made or basis(
        books,
        as_of=as_of,
        weeks=weeks,
        known_on=known_on,
        progress=lambda text, share: progress(text, 0.8 * share),
    )
    view = {"as_of": as_of, "known_on": known_on}
    customers = books.ask("customers", **view).select("customer_id", "segment")
    bills = books.ask("bill_terms", **view).row(0, named=True)
    progress("forecast", 0.85)
    return Ground(
        basis=made,
        flows=flows_of(made.past, made.made) if made.made is not None else None,
        known=_reactions(made, customers) if made.made is not None else None,
        customers=customers,
        payments=books.ask("payments_out", weeks=weeks + _MOST_WEEKS_MOVED, **view),
        bills=(int(bills["bills"]), bills["median_days"]),
    )


def _reactions(made: Basis, customers: pl.DataFrame) -> Reactions:
    frame, documents = made.past.frame, made.past.documents
    # A customer's code is its place among the sorted ids.
    ids = frame["customer_id"].unique(maintain_order=True)
    segments = pl.DataFrame({"customer_id": ids}).join(
        customers, on="customer_id", how="left", maintain_order="left"
    )["segment"]
    plain = ((frame["invoice_type"] == "invoice") & (frame["instalment"] == 0)).to_numpy()
    earlier, later = pass_through.room(documents, plain, made.past.as_of)
    return Reactions(
        ids=ids.to_list(),
        segments=segments.fill_null("").to_list(),
        follows=pass_through.pass_through(documents, plain, made.past.as_of),
        earlier=earlier,
        later=later,
    )


def whatif(on: Ground, scenario: Scenario) -> WhatIf:
    """Work out a scenario beside the forecast.

    The scenario's flows less the base's are added to the expected receipts and to every course alike, so that
    a difference is the lever's doing and no luck of the draw; without levers it is the base to the byte.

    Raises:
        ScenarioError: it names a segment or customer the books do not know, or a day that is past.
        NotEnoughHistoryError: levers on receipts need a payment model, which needs more history.
    """
    base = on.basis.forecast
    require_known(on, scenario)
    start = max(scenario.start or base.as_of, base.as_of + timedelta(days=1))
    pulled = _pulled(on, scenario, start)
    weeks = base.weeks.height
    change = np.zeros((2, weeks))
    if on.flows is not None and pulled is not None:
        change = _change(on.flows, pulled.flows)
    out = _payments(on, scenario, start)
    minimum = base.minimum if scenario.minimum_cash is None else scenario.minimum_cash
    line = base.credit_line if scenario.credit_line is None else scenario.credit_line
    courses = on.basis.courses + change.sum(axis=0)
    table = balances(_frame(on.basis, courses, change), courses, out, base.opening_balance, minimum)
    after = replace(base, weeks=table, minimum=minimum, credit_line=line)
    opening = float(base.opening_balance)
    found = pulled.found if pulled is not None else []
    return WhatIf(
        scenario=scenario,
        start=start,
        base=base,
        after=after,
        difference=_difference(on, scenario, start, after, found),
        dso=_dso(on, pulled, change),
        below=(
            _below(opening, on.basis.courses, on.basis.payments, base.minimum),
            _below(opening, courses, out, minimum),
        ),
        forgone=cents(pulled.flows.forgone[: weeks * _WEEK].sum()) if pulled is not None else Decimal("0.00"),
        found=found,
        targets=_targets(on, scenario, pulled),
        customers=_customers(on, pulled),
        assumptions=assumptions_answers.assumptions(scenario, start, base, found, on.bills),
    )


def closings(on: Ground, scenario: Scenario) -> list[Decimal]:
    """Return the expected closing balance per week under a scenario, and nothing else: it takes no courses.

    Errors as of `whatif`.
    """
    base = on.basis.forecast
    require_known(on, scenario)
    start = max(scenario.start or base.as_of, base.as_of + timedelta(days=1))
    pulled = _pulled(on, scenario, start)
    change = np.zeros((2, base.weeks.height))
    if on.flows is not None and pulled is not None:
        change = _change(on.flows, pulled.flows)
    balance, found = base.opening_balance, []
    frame = on.basis.frame
    for week, out in enumerate(_payments(on, scenario, start)):
        balance += cents(frame["from_open_invoices"][week] + change[0, week])
        balance += cents(frame["from_future_invoices"][week] + change[1, week]) - out
        found.append(balance.quantize(CENT))
    return found


def followed(on: Ground, lever: Lever, start: date | None) -> Found | None:
    """Return how far the customers a lever is for are expected to follow other terms, and what that rests on.

    None without a payment model, and where the lever reaches no invoice.

    Raises:
        ScenarioError: it names a segment or customer the books do not know.
    """
    usual = replace(lever, kind="terms", days=None, change=0, pass_through=None)
    asked = Scenario("", start, levers=(usual,))
    require_known(on, asked)
    if on.flows is None or on.known is None:
        return None
    as_of = on.basis.forecast.as_of
    [found] = pull(asked, on.flows, on.known, max(start or as_of, as_of + timedelta(days=1))).found
    return found if found.pass_through is not None else None


def require_known(on: Ground, scenario: Scenario) -> None:
    """Refuse what only the books can tell is wrong: segments and customers they do not know, days past.

    Raises:
        ScenarioError: one sentence about the first of them.
    """
    segments = set(on.customers["segment"].to_list())
    ids = set(on.customers["customer_id"].to_list())
    for place, lever in enumerate(scenario.levers, start=1):
        at = where(place, lever)
        if lever.segment is not None and lever.segment not in segments:
            known = ", ".join(sorted(name for name in segments if name))
            raise at.refusal(
                _("there is no segment {name}; there are {names}.", name=repr(lever.segment), names=known)
                if known
                else _("there is no segment {name}: no customer has a segment.", name=repr(lever.segment)),
                "segment",
            )
        for customer in lever.customers:
            if customer not in ids:
                raise at.refusal(_("there is no customer {name}.", name=repr(customer)), "customers")
        if lever.kind == "target" and lever.date is not None and lever.date <= on.basis.forecast.as_of:
            raise at.refusal(
                _(
                    "date must be after the last day known, {day}.",
                    day=on.basis.forecast.as_of.isoformat(),
                ),
                "date",
            )
        if lever.kind == "supplier_terms" and lever.days is not None and on.bills[1] is None:
            raise at.refusal(
                _("there are no bills whose terms days could be held against; give change instead."), "days"
            )


def _pulled(on: Ground, scenario: Scenario, start: date) -> Pulled | None:
    if on.flows is not None and on.known is not None:
        return pull(scenario, on.flows, on.known, start)
    if any(lever.kind in ON_RECEIPTS for lever in scenario.levers):
        raise NotEnoughHistoryError(on.basis.forecast.short_of or "")
    return None


def _change(base: Flows, after: Flows) -> Floats:
    """Return the difference of receipts per week, from open and from coming invoices, shape (2, w)."""
    daily = (after.by_day - base.by_day)[:, : base.horizon]
    return np.array([by_week(daily[~base.is_coming].sum(axis=0)), by_week(daily[base.is_coming].sum(axis=0))])


def _frame(made: Basis, courses: Floats, change: Floats) -> pl.DataFrame:
    """Return receipts per week under the scenario, bands from its courses; money out of nothing is none."""
    bands = np.quantile(courses, list(receipts.LEVELS.values()), axis=0)
    expected = made.frame["expected"].to_numpy() + change.sum(axis=0)
    # A course that had less than the lever takes away has nothing left, and no debt.
    fewer = change.sum(axis=0) < 0
    bands = np.where(fewer, np.maximum(bands, np.minimum(expected, 0.0)), bands)
    return made.frame.with_columns(
        pl.Series("expected", expected),
        pl.Series("from_open_invoices", made.frame["from_open_invoices"].to_numpy() + change[0]),
        pl.Series("from_future_invoices", made.frame["from_future_invoices"].to_numpy() + change[1]),
        *(pl.Series(name, bands[place]) for place, name in enumerate(receipts.LEVELS)),
    )


def _payments(on: Ground, scenario: Scenario, start: date) -> list[Decimal]:
    """Return payments per week: suppliers' moved with their terms, one-off flows added."""
    base = on.basis.forecast
    rows = on.payments
    for lever in scenario.levers:
        if lever.kind == "supplier_terms":
            days = supplier_days(lever, on.bills)
            moves = (pl.col("category") == _SUPPLIERS) & (pl.col("pay_date") >= start)
            later = pl.max_horizontal(pl.col("pay_date") + timedelta(days=days), pl.lit(start))
            rows = rows.with_columns(pay_date=pl.when(moves).then(later).otherwise(pl.col("pay_date")))
        elif lever.kind == "flow" and lever.date is not None and lever.amount is not None:
            one = pl.DataFrame({"pay_date": [lever.date], "amount": [-lever.amount]})
            rows = pl.concat([rows, one.with_columns(pl.col("amount").cast(_MONEY))], how="diagonal")
    last = base.as_of + timedelta(days=_WEEK * base.weeks.height)
    inside = rows.filter(pl.col("pay_date").is_between(base.as_of + timedelta(days=1), last))
    return weekly_payments(inside, base.as_of, base.weeks.height)


def _difference(
    on: Ground, scenario: Scenario, start: date, after: CashForecast, found: list[Found]
) -> pl.DataFrame:
    base = on.basis.forecast
    names = ("receipts", "payments", "closing")
    frame = base.weeks.select("week_start", *(after.weeks[name] - base.weeks[name] for name in names))
    bounds = [frame["receipts"].to_list()]
    estimated = any(one.seen is not None for one in found)
    if on.flows is not None and on.known is not None and estimated:
        for side in _BOUNDS:
            made = pull(scenario, on.flows, on.known, start, side).flows
            bounds.append([cents(value) for value in _change(on.flows, made).sum(axis=0)])
    return frame.with_columns(
        pl.Series("receipts_low", [min(week) for week in zip(*bounds, strict=True)], dtype=_MONEY),
        pl.Series("receipts_high", [max(week) for week in zip(*bounds, strict=True)], dtype=_MONEY),
    )


def _below(opening: float, courses: Floats, out: list[Decimal], minimum: Decimal) -> float:
    """Return the share of the courses in which some week closes below the minimum."""
    closings = opening + np.cumsum(courses - np.array([float(value) for value in out]), axis=1)
    return float((closings < float(minimum)).any(axis=1).mean())


def _dso(on: Ground, pulled: Pulled | None, change: Floats) -> tuple[float | None, float | None]:
    """Return DSO by countback on the last day, base and scenario: what is open then, walked back by month."""
    made, flows = on.basis.made, on.flows
    if made is None or flows is None or pulled is None:
        return (None, None)
    past = on.basis.past
    history = past.billings.daily[: past.as_of - past.billings.first + 1]
    found = []
    for ahead, moved in ((flows, 0.0), (pulled.flows, float(change.sum()))):
        billed = np.concatenate([history, ahead.billed_by_day])
        left = made.outlook.open_amounts.sum() + ahead.billed_by_day.sum()
        left -= made.expected.sum() + moved + ahead.forgone[: ahead.horizon].sum()
        found.append(_countback(left, billed, past.billings.first))
    return (found[0], found[1])


def _countback(left: float, billed: Floats, first: int) -> float:
    months: dict[tuple[int, int], list[float]] = {}
    opening = day_of(first).replace(day=1)
    # The month of the first invoice counts from its first day.
    padded = np.concatenate([np.zeros(first - number(opening)), billed])
    for place, amount in enumerate(padded.tolist()):
        day = opening + timedelta(days=place)
        months.setdefault((day.year, day.month), []).append(amount)
    walked = [(cents(sum(days)), len(days)) for _month, days in sorted(months.items(), reverse=True)]
    return countback(cents(left), walked)


def _targets(on: Ground, scenario: Scenario, pulled: Pulled | None) -> list[Target]:
    if pulled is None or on.known is None:
        return []
    levers = [lever for lever in scenario.levers if lever.kind == "target"]
    return [_target(on, lever, pulled.flows, on.known) for lever in levers]


def _target(on: Ground, lever: Lever, flows: Flows, known: Reactions) -> Target:
    day = number(lever.date or on.basis.forecast.as_of)
    most = lever.max_overdue or Decimal("0.00")
    # The due day itself is not overdue.
    due = chosen(lever, known, flows) & (flows.due < day)
    paid = flows.by_day[:, : max(day - flows.origin, 0)].sum(axis=1)
    opened = due[~flows.is_coming]
    rows = on.basis.forecast.invoices.with_columns(
        paid=pl.Series(paid[~flows.is_coming]), amount=pl.col("open_amount").cast(_MONEY)
    ).filter(pl.Series(opened))
    coming = cents((flows.amount - paid)[due & flows.is_coming].sum())
    overdue = cents((flows.amount - paid)[due].sum())
    asked = rows["amount"].sum() if rows.height else Decimal("0.00")
    must = max(Decimal(asked) + max(coming, Decimal("0.00")) - most, Decimal("0.00"))
    ranked = (
        rows.filter(pl.col("amount") > 0)
        .with_columns(chance=(pl.col("paid") / pl.col("amount").cast(pl.Float64)).clip(0.0, 1.0))
        .sort(
            pl.col("chance") * pl.col("amount").cast(pl.Float64), "document_id", "instalment",
            descending=[True, False, False],
        )
        .with_columns(so_far=pl.col("amount").cum_sum())
    )  # fmt: skip
    needed = ranked.filter(pl.col("so_far") - pl.col("amount") < must)
    reached = needed["so_far"].to_list()[-1] if needed.height else Decimal("0.00")
    return Target(
        lever=lever,
        expected_overdue=max(overdue, Decimal("0.00")),
        must_come_in=must.quantize(CENT),
        invoices=needed.select(
            pl.col("document_id").alias("invoice_id"),
            "customer_id",
            "due_date",
            pl.col("amount").alias("open_amount"),
            pl.col("chance").alias("probability_paid_by"),
            pl.col("so_far").cast(_MONEY),
        ),
        is_within_reach=reached >= must,
    )


def _customers(on: Ground, pulled: Pulled | None) -> pl.DataFrame:
    if on.flows is None or on.known is None or pulled is None:
        return pl.DataFrame(schema={"customer_id": pl.String, "receipts": _MONEY, "most": _MONEY})
    rows = by_customer(on.flows, pulled.flows, on.known.ids)
    return rows.with_columns(
        pl.Series(name, [cents(value) for value in rows[name]], dtype=_MONEY) for name in ("receipts", "most")
    )


def as_json(found: WhatIf) -> dict[str, Any]:
    """Return a what-if in the form the command line prints."""
    base, after = forecast_json(found.base), forecast_json(found.after)
    return {
        "name": found.scenario.name,
        "as_of": found.base.as_of,
        "start": found.start,
        "currency": found.base.currency,
        "base": {"weeks": base["weeks"]},
        "scenario": {"weeks": after["weeks"]},
        "difference": found.difference.to_dicts(),
        "dso": _both(*found.dso),
        "lowest_closing": _both(found.base.lowest["closing"], found.after.lowest["closing"]),
        "lowest_week": _both(found.base.lowest["week_start"], found.after.lowest["week_start"]),
        "probability_below_minimum": _both(*found.below),
        "minimum_cash": _both(found.base.minimum, found.after.minimum),
        "credit_line": _both(found.base.credit_line, found.after.credit_line),
        "discount_given": found.forgone,
        "levers": [
            {
                "lever": one.number,
                "kind": one.lever.kind,
                "pass_through": one.pass_through
                and dict(zip(("value", "low", "high"), one.pass_through, strict=True)),
                "days": one.days,
                "days_saved": one.days_saved,
                "yearly_rate": one.yearly_rate,
            }
            for one in found.found
        ],
        "targets": [
            {
                "date": one.lever.date,
                "max_overdue": one.lever.max_overdue,
                "expected_overdue": one.expected_overdue,
                "must_come_in": one.must_come_in,
                "is_within_reach": one.is_within_reach,
                "invoices": one.invoices.to_dicts(),
            }
            for one in found.targets
        ],
        "customers": found.customers.head(10).to_dicts(),
        "assumptions": found.assumptions,
    }


def _both(base: object, scenario: object) -> dict[str, object]:
    return {"base": base, "scenario": scenario}

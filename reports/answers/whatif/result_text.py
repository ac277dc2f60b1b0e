"""What came of a what-if, in words and rows: from what to what, what it costs, who it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.forecast.cash_forecast import CashForecast, cents
from reports.answers.shared.money import total
from reports.answers.whatif import lever_form
from reports.answers.whatif.apply_levers import Found, supplier_days
from reports.answers.whatif.sensitivity import Swings
from reports.answers.whatif.whatif import Target, WhatIf
from reports.colours import Tone
from reports.columns import heading, short_headings
from reports.formats import (
    UNDEFINED,
    about,
    in_sentence,
    money,
    number,
    percent,
)
from reports.formats import week as week_label
from reports.translation import _, _n

_WEEK, _YEAR = 7, 365
_SHOWN = 10
_CHANCE = 0.005


@dataclass(frozen=True)
class Money:
    """What the reader says about money and stock, which no book holds.

    Attributes:
        rate: what money costs a year, 0-1.
        dpo: days payables outstanding on the last day known; None where there are no bills.
        dio: days in stock; None where it was not given.
    """

    rate: Decimal
    dpo: float | None
    dio: float | None


@dataclass(frozen=True)
class Figure:
    """One figure of a scenario, as it is and as it was; every text formatted."""

    key: str
    label: str
    value: str
    change: str
    was: str
    tone: Tone


def finding(found: WhatIf) -> str:
    """Say what becomes of the lowest balance, and where it stays, of the last one."""
    before, after = found.base.lowest["closing"], found.after.lowest["closing"]
    currency = found.base.currency
    values = {"before": about(before, currency), "after": about(after, currency)}
    if after > before:
        said = _("The lowest balance rises from {before} to {after}", **values)
    elif after < before:
        said = _("The lowest balance falls from {before} to {after}", **values)
    elif not any(found.difference["closing"]):
        said = _("No difference: the lowest balance stays {after}", **values)
    else:
        last = found.difference["closing"].to_list()[-1]
        said = _(
            "The lowest balance stays {after}; {change} after {count} weeks",
            change=about(last, currency, sign=True),
            count=found.base.weeks.height,
            **values,
        )
    if after < found.after.minimum:
        return _("{said}; the lowest is below the minimum", said=said)
    return said


def lowest_said(found: WhatIf) -> str:
    """Write the lowest balance of a scenario."""
    return about(found.after.lowest["closing"], found.base.currency)


def method(found: WhatIf, names: Mapping[str, str]) -> str:
    """Say which levers are pulled, and from when."""
    if not found.scenario.levers:
        return _("No levers: the scenario is the forecast as of {day}.", day=in_sentence(found.base.as_of))
    said = "; ".join(lever_form.lever_said(lever, names) for lever in found.scenario.levers)
    return _(
        "{levers}. From {start}, on the forecast as of {day}.",
        levers=said,
        start=in_sentence(found.start),
        day=in_sentence(found.base.as_of),
    )


def tiles(found: WhatIf) -> list[Figure]:
    """Return the four figures that are looked at first."""
    base, after, currency = found.base, found.after, found.base.currency
    low = (base.lowest["closing"], after.lowest["closing"])
    last = (base.weeks["closing"].to_list()[-1], after.weeks["closing"].to_list()[-1])
    return [
        Figure(
            "lowest", _("Lowest, {week}", week=week_label(after.lowest["week_start"])),
            about(low[1], currency), *_money_change(low, currency),
        ),
        Figure("below", _("Chance below minimum"), _chance(found.below[1]), *_chance_change(found.below)),
        Figure(
            "last", _("Cash after {count} weeks", count=after.weeks.height), about(last[1], currency),
            *_money_change(last, currency),
        ),
        Figure("dso", _dso(found), number(found.dso[1], 1), *_days_change(found.dso)),
    ]  # fmt: skip


def _dso(found: WhatIf) -> str:
    """Say which DSO it is: that of the last week, as today's stands on other screens."""
    return _("DSO after {count} weeks", count=found.after.weeks.height)


def _money_change(pair: tuple[Decimal, Decimal], currency: str) -> tuple[str, str, Tone]:
    moved = pair[1] - pair[0]
    was = _("was {value}", value=about(pair[0], currency))
    if moved == 0:
        return _("no change"), was, "neutral"
    return about(moved, currency, sign=True), was, "cash" if moved > 0 else "out"


def _chance(share: float) -> str:
    """Write a probability as short as a tile is."""
    if share < _CHANCE:
        return "< 1%"
    return "> 99%" if share > 1 - _CHANCE else percent(share, 0)


def _chance_change(pair: tuple[float, float]) -> tuple[str, str, Tone]:
    moved = pair[1] - pair[0]
    was = _("was {value}", value=_chance(pair[0]))
    if abs(moved) < _CHANCE:
        return _("no change"), was, "neutral"
    points = _("{points} pt", points=number(moved * 100, 0, sign=True))
    return points, was, "out" if moved > 0 else "cash"


def _days_change(pair: tuple[float | None, float | None]) -> tuple[str, str, Tone]:
    was = _("was {value}", value=number(pair[0], 1))
    if pair[0] is None or pair[1] is None or number(pair[0], 1) == number(pair[1], 1):
        return _("no change"), was, "neutral"
    moved = pair[1] - pair[0]
    return number(moved, 1, sign=True), was, "out" if moved > 0 else "cash"


def supplier_shift(found: WhatIf, bills: tuple[int, float | None]) -> int:
    """Return how many days later suppliers are paid in the scenario."""
    levers = [lever for lever in found.scenario.levers if lever.kind == "supplier_terms"]
    return sum(supplier_days(lever, bills) for lever in levers)


def facts(found: WhatIf, at: Money, bills: tuple[int, float | None]) -> pl.DataFrame:
    """Return what the scenario does besides the balance: `fact`, `base_case`, `scenario`, all text."""
    currency = found.base.currency
    dpo = (at.dpo, None if at.dpo is None else at.dpo + supplier_shift(found, bills))
    rows = [
        (_dso(found), number(found.dso[0], 1), number(found.dso[1], 1)),
        (_("Supplier days (DPO)"), number(dpo[0], 1), number(dpo[1], 1)),
    ]
    if at.dio is not None:
        cycle = [
            None if dso is None or paid is None else dso + at.dio - paid
            for dso, paid in zip(found.dso, dpo, strict=True)
        ]
        rows.append((_("Cash cycle (DSO + DIO − DPO)"), number(cycle[0], 1), number(cycle[1], 1)))
    rows += [
        (
            _(
                "Interest saved in {count} weeks at {rate} a year",
                count=found.base.weeks.height,
                rate=percent(at.rate),
            ),
            UNDEFINED,
            money(interest(found, at.rate), currency, 0, sign=True),
        ),
    ]
    if any(lever.kind == "discount" for lever in found.scenario.levers):
        rows.append((_("Discount given"), money(Decimal(0), currency, 0), money(found.forgone, currency, 0)))
    for one in found.found:
        if one.lever.kind == "discount" and one.yearly_rate is not None:
            rows.append((_("What the discount costs a year"), UNDEFINED, percent(one.yearly_rate)))
            rows.append(
                (
                    _("Discount that pays for itself at {rate} a year", rate=percent(at.rate)),
                    UNDEFINED,
                    percent(break_even(one, at.rate), 2),
                )
            )
    return pl.DataFrame(rows, schema=["fact", "base_case", "scenario"], orient="row")


def interest(found: WhatIf, rate: Decimal) -> Decimal:
    """Return what the difference of the closing balances is worth over the weeks, at a yearly rate."""
    return cents(float(sum(found.difference["closing"]) * rate) * _WEEK / _YEAR)


def break_even(found: Found, rate: Decimal) -> float | None:
    """Return the discount, as a share, that costs no more than money does: d/(1-d) x 365/days = rate."""
    if found.days_saved is None or found.days_saved <= 0:
        return None
    cost = float(rate) * found.days_saved / _YEAR
    return cost / (1 + cost)


def week_rows(found: WhatIf) -> pl.DataFrame:
    """Return base and scenario per week, side by side, with the difference."""
    base, after = found.base.weeks, found.after.weeks
    return pl.DataFrame(
        {
            "week": [week_label(start) for start in base["week_start"]],
            "week_start": base["week_start"],
            "closing_base": base["closing"],
            "closing": after["closing"],
            "closing_change": found.difference["closing"],
            "receipts_change": found.difference["receipts"],
            "payments_change": found.difference["payments"],
            "closing_p10": after["closing_p10"],
            "closing_p90": after["closing_p90"],
            "probability_below_minimum": after["probability_below_minimum"],
            "receipts_change_low": found.difference["receipts_low"],
            "receipts_change_high": found.difference["receipts_high"],
        }
    )


def weeks_found(found: WhatIf) -> str:
    """Say in which week the difference is largest."""
    rows = found.difference
    if not any(rows["closing"]):
        return _("Every week is as in the base")
    place = int(rows["closing"].abs().arg_max() or 0)
    row = rows.row(place, named=True)
    return _(
        "Largest difference in {week}: {amount}",
        week=week_label(row["week_start"]),
        amount=about(row["closing"], found.base.currency, sign=True),
    )


def has_bounds(rows: pl.DataFrame) -> bool:
    """Tell whether it matters in any of `week_rows` how customers follow their terms."""
    return any(rows["receipts_change_low"] != rows["receipts_change_high"])


def weeks_method(rows: pl.DataFrame) -> str:
    """Say what `week_rows` and their bounds are."""
    said = _("Closing balances; ± is scenario less base. Expected values on the same thousand courses.")
    if has_bounds(rows):
        said += " " + _("Low and high: receipts with the bounds of how customers follow their terms.")
    return said


def week_headings() -> dict[str, str]:
    """Return short headings of the weeks' columns; `weeks_method` says that they are differences."""
    return {
        "closing_base": heading("base_case"),
        "closing": heading("scenario"),
        **short_headings(
            "closing_change",
            "receipts_change",
            "receipts_change_low",
            "receipts_change_high",
            "payments_change",
        ),
    }


def lines_method(found: WhatIf) -> str:
    """Say what the two lines and their bands are."""
    return _(
        "Expected, {weeks} weeks ahead: base dashed, scenario blue, each with the band 80% of the outcomes "
        "fall in. An estimate; payments count as planned.",
        weeks=found.base.weeks.height,
    )


def facts_method(at: Money) -> str:
    """Say what days and interest are counted from."""
    said = _(
        "DSO by countback at the end of the weeks. DPO on the day, moved as the levers move suppliers. "
        "Interest: difference of the closing balances, at what money costs."
    )
    if at.dpo is None:
        said += " " + _("No bills: supplier days are not known.")
    return said


def beside_method() -> str:
    """Say what stands side by side."""
    return _("Expected closing balances; all on the same thousand courses.")


def beside_rows_method(base: CashForecast) -> str:
    """Say what the columns of the scenarios side by side are counted over."""
    return _(
        "Lowest and last balance of {weeks} weeks from {day}; the difference is with the base, at the end. "
        "DSO by countback at the end, DPO on the day.",
        weeks=base.weeks.height,
        day=in_sentence(base.as_of),
    )


def customer_rows(found: WhatIf, customers: pl.DataFrame) -> pl.DataFrame:
    """Return the customers the scenario is most about, with their names."""
    names = customers.select("customer_id", "customer_name", "segment")
    rows = found.customers.head(_SHOWN).join(names, on="customer_id", how="left", maintain_order="left")
    return rows.select(
        pl.col("customer_name").fill_null(pl.col("customer_id")),
        "segment",
        "customer_id",
        pl.col("receipts").alias("receipts_change"),
        pl.col("most").alias("most_change"),
    )


def customers_found(rows: pl.DataFrame, found: WhatIf) -> str:
    """Say whom the scenario is about."""
    if rows.is_empty():
        return _("No customer pays otherwise")
    amount = about(total(rows["most_change"]), found.base.currency, sign=True)
    return _n(
        "One customer pays otherwise: {amount} at its largest",
        "The {count} customers that matter most: {amount} together, each at its largest",
        rows.height,
        amount=amount,
    )


def beside_headings() -> dict[str, str]:
    """Return headings that let all columns stand on a page; `beside_rows_method` says of what they are."""
    return short_headings("closing_change", "dso_countback", "dpo")


def customers_method() -> str:
    """Say what the two amounts of a customer are."""
    return _("Receipts over all weeks, and the largest difference at the end of one, against the base.")


def tornado_found(found: Swings, currency: str) -> str:
    """Say what matters most."""
    if found.rows.is_empty():
        return _("Nothing moves the balance")
    row = found.rows.row(0, named=True)
    values = {
        "assumption": row["assumption"],
        "span": about(row["high_effect"] - row["low_effect"], currency),
    }
    if found.is_lowest:
        return _("“{assumption}” matters most: it moves the lowest balance by {span}", **values)
    return _("“{assumption}” matters most: it moves the last balance by {span}", **values)


def tornado_method(found: Swings) -> str:
    """Say how what matters most is found."""
    said = (
        _("Effect on the lowest expected balance")
        if found.is_lowest
        else _("Effect on the expected balance after the last week")
    )
    return _(
        "{effect} when one lever is left out or half as strong again, or one assumption turns out low or "
        "high, the rest as set.",
        effect=said,
    )


def target_found(target: Target, currency: str) -> str:
    """Say which amount has to come in for a target."""
    values = {
        "day": in_sentence(target.lever.date),
        "most": money(target.lever.max_overdue, currency, 0),
        "must": money(target.must_come_in, currency, 0),
    }
    if target.must_come_in == 0:
        return _("At most {most} overdue on {day}: no open invoice has to come in for it", **values)
    if not target.is_within_reach:
        return _(
            "At most {most} overdue on {day} is out of reach: {must} has to come in, more than is open and "
            "due by then",
            **values,
        )
    return _n(
        "At most {most} overdue on {day}: {must} has to come in, best from this invoice",
        "At most {most} overdue on {day}: {must} has to come in, best from these {count} invoices",
        target.invoices.height,
        **values,
    )


def target_method(target: Target, currency: str) -> str:
    """Say what is expected to be overdue, and how the invoices are ranked."""
    return _(
        "{amount} is expected to be overdue that day. Ranked by amount times the chance that it is paid by "
        "then.",
        amount=about(target.expected_overdue, currency),
    )


def target_rows(target: Target, customers: pl.DataFrame) -> pl.DataFrame:
    """Return the invoices that have to come in, with the names of their customers."""
    names = customers.select("customer_id", "customer_name")
    rows = target.invoices.join(names, on="customer_id", how="left", maintain_order="left")
    return rows.select(
        pl.col("customer_name").fill_null(pl.col("customer_id")),
        "invoice_id",
        "customer_id",
        "due_date",
        "open_amount",
        "probability_paid_by",
        "so_far",
    )


def beside(
    base: CashForecast, found: Mapping[str, WhatIf], at: Money, bills: tuple[int, float | None]
) -> pl.DataFrame:
    """Return base and scenarios side by side, one row each.

    Args:
        base: the forecast.
        found: name -> what came of it, in the order chosen.
        at: what is said about money and stock.
        bills: how many there are, and the median of their terms.
    """
    rows: list[dict[str, Any]] = []
    first = next(iter(found.values()), None)
    for name, one in [("", None), *found.items()]:
        ahead = base if one is None else one.after
        side = 0 if one is None else 1
        source = one or first
        dso = None if source is None else source.dso[side]
        shift = 0 if one is None else supplier_shift(one, bills)
        dpo = None if at.dpo is None else at.dpo + shift
        known = None not in (dso, dpo, at.dio)
        rows.append(
            {
                "scenario": name or _("Base case"),
                "lowest": ahead.lowest["closing"],
                "lowest_week": week_label(ahead.lowest["week_start"]),
                "probability_below_minimum": None if source is None else source.below[side],
                "closing": ahead.weeks["closing"].to_list()[-1],
                "closing_change": Decimal("0.00") if one is None else one.difference["closing"].to_list()[-1],
                "dso_countback": dso,
                "dpo": dpo,
                "cash_conversion_cycle": dso + at.dio - dpo if known else None,  # type: ignore[operator]
                "interest_saved": Decimal("0.00") if one is None else interest(one, at.rate),
                "discount_given": Decimal("0.00") if one is None else one.forgone,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def beside_found(rows: pl.DataFrame, currency: str) -> str:
    """Say which of them leaves most at the low point."""
    best = rows.sort("lowest", "closing", descending=True).row(0, named=True)
    return _(
        "“{name}” leaves most at its lowest: {amount}",
        name=best["scenario"],
        amount=about(best["lowest"], currency),
    )


def followed_said(found: Found | None) -> str:
    """Say how far customers are expected to follow other terms, and what that rests on."""
    if found is None or found.pass_through is None:
        return _("It reaches no invoice still to be issued.")
    value, low, high = (percent(one, 0) for one in found.pass_through)
    if not found.seen:
        return _(
            "Estimated {value}, between {low} and {high}: what other ledgers show, for here nobody had "
            "invoices on different terms.",
            value=value, low=low, high=high,
        )  # fmt: skip
    return _(
        "Estimated {value}, between {low} and {high}, from {count} paid invoices on other terms than usual.",
        value=value, low=low, high=high, count=number(found.seen),
    )  # fmt: skip

"""What the charts of a what-if open: customers and payments that add up to the change of a balance."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

import numpy as np
import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import cents, total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind
from reports.answers.whatif.evaluate import WhatIf, closing_balances, scenario_flows, scenario_payments
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Scenario
from reports.answers.whatif.sensitivity import Sensitivity, Variant
from reports.answers.whatif.tornado_text import tornado_rows
from reports.codes import label
from reports.formats import about, in_sentence
from reports.formats import week as week_label
from reports.translation import _, _p

_MONEY = pl.Decimal(38, 2)
_WEEK = 7
_SHOWN = ("cause", "party_name", "document_id", "amount")
_PHONE = ("party_name", "amount")
_ROWS = pl.Schema(
    {"cause": pl.String(), "party_name": pl.String(), "document_id": pl.String(), "amount": _MONEY,
     "customer_id": pl.String()}
)  # fmt: skip


def changes(
    ground: Ground, before: Scenario, after: Scenario, weeks: int, names: Mapping[str, str]
) -> pl.DataFrame:
    """Return what makes the balance at the end of a week another under one scenario than under another.

    Args:
        ground: of both.
        before: a scenario; without levers it is the forecast.
        after: another.
        weeks: number of the week, from 1.
        names: customer -> its name.

    Returns:
        cause, party_name (customer or payee), document_id, amount, customer_id; largest first. The amounts
        add up to the difference of the two closing balances, to the cent.
    """
    rows = pl.concat(
        [_receipts(ground, before, after, weeks, names), _payments(ground, before, after, weeks)]
    )
    then, now = (closing_balances(ground, scenario)[weeks - 1] for scenario in (before, after))
    rest = now - then - total(rows["amount"])
    return pl.concat([rows, _line(_p("cause", "Rounding"), rest)]).sort(
        [pl.col("amount").abs(), "party_name", "document_id"],
        descending=[True, False, False],
        nulls_last=True,
    )


def of_balances(ground: Ground, what_if: WhatIf, names: Mapping[str, str]) -> list[ChartPart]:
    """Return a part per week: the balance of the base, and what the levers change of it by then."""
    closings = zip(what_if.base.weeks["closing"], what_if.after.weeks["closing"], strict=True)
    return _of_weeks(ground, what_if, names, list(closings))


def of_differences(ground: Ground, what_if: WhatIf, names: Mapping[str, str]) -> list[ChartPart]:
    """Return a part per week with a difference: what the levers change of the balance by then."""
    return _of_weeks(ground, what_if, names, [(None, change) for change in what_if.difference["closing"]])


def of_tornado(
    ground: Ground, what_if: WhatIf, outcomes: Sensitivity, names: Mapping[str, str]
) -> list[ChartPart]:
    """Return a part per end of a bar, which opens whose payments the other value changes.

    Args:
        ground: of the scenario.
        what_if: the scenario, evaluated.
        outcomes: its sensitivity.
        names: customer -> its name.
    """
    parts = []
    for place, (swing, row) in enumerate(
        zip(outcomes.swings, tornado_rows(outcomes).iter_rows(named=True), strict=True)
    ):
        for side, (effect, variant) in zip(("low", "high"), swing.effects, strict=True):
            if variant is None or not effect:
                continue
            name = f"{row['assumption']}, {row[f'{side}_said']}"
            parts.append(
                ChartPart(
                    code=f"{place}.{side}",
                    label=f"{name} · {about(effect, what_if.base.currency, sign=True)}",
                    rows=partial(
                        _variant_rows,
                        ground,
                        what_if,
                        variant,
                        names,
                        name=name,
                        is_lowest=outcomes.is_lowest,
                    ),
                )
            )
    return parts


def of_comparison(scenarios: Mapping[str, WhatIf], currency: str) -> list[ChartPart]:
    """Return a part per week, which opens the balance of every scenario beside the base.

    Args:
        scenarios: name -> the scenario, evaluated.
        currency: of the amounts.
    """
    first = next(iter(scenarios.values()), None)
    if first is None:
        return []
    return [
        ChartPart(
            code=week.isoformat(),
            label=f"{week_label(week)} · {about(first.base.weeks['closing'][place], currency)}",
            rows=partial(_comparison_rows, scenarios, place),
        )
        for place, week in enumerate(first.base.weeks["week_start"])
    ]


def _of_weeks(
    ground: Ground, what_if: WhatIf, names: Mapping[str, str], amounts: list[tuple[Decimal | None, Decimal]]
) -> list[ChartPart]:
    currency = what_if.base.currency
    return [
        ChartPart(
            code=week.isoformat(),
            label=f"{week_label(week)} · {about(shown, currency, sign=base is None)}",
            rows=partial(_week_rows, ground, what_if, number, base, names),
        )
        for number, (week, (base, shown)) in enumerate(
            zip(what_if.base.weeks["week_start"], amounts, strict=True), start=1
        )
        if base is not None or shown
    ]


def _week_rows(
    ground: Ground, what_if: WhatIf, number: int, base: Decimal | None, names: Mapping[str, str]
) -> RowsBehind:
    rows = changes(ground, Scenario(""), what_if.scenario, number, names)
    week = what_if.base.weeks.row(number - 1, named=True)
    if base is not None:
        rows = pl.concat([_line(_("Base case"), base), rows])
    amount = about(total(rows["amount"]), what_if.base.currency, sign=base is None)
    values = {"week": week_label(week["week_start"]), "day": in_sentence(week["week_end"]), "amount": amount}
    title = (
        _("{week}: {amount} with the levers on {day}", **values)
        if base is not None
        else _("{week}: {amount} by the levers until {day}", **values)
    )
    return _behind(title, rows, amount, what_if)


def _variant_rows(
    ground: Ground, what_if: WhatIf, variant: Variant, names: Mapping[str, str], *, name: str, is_lowest: bool
) -> RowsBehind:
    before = what_if.after.weeks["closing"].to_list()
    after = closing_balances(ground, variant.scenario)
    number, rest = len(after), pl.DataFrame(schema=_ROWS)
    if is_lowest:
        number = after.index(min(after)) + 1
        # The lowest balance may be that of another week.
        rest = _line(_("Lowest balance in another week"), before[number - 1] - min(before))
    rows = pl.concat([changes(ground, what_if.scenario, variant.scenario, number, names), rest])
    amount = about(total(rows["amount"]), what_if.base.currency, sign=True)
    return _behind(f"{name}: {amount}", rows, amount, what_if)


def _behind(title: str, rows: pl.DataFrame, amount: str, what_if: WhatIf) -> RowsBehind:
    method = _(
        "What each customer pays more or less by then, from open invoices and from those still to be billed, "
        "and what is paid out more (with a minus) or less. Largest first."
    )
    return RowsBehind(
        finding=Finding(title, method),
        rows=rows,
        columns=_SHOWN,
        phone=_PHONE,
        footer=_("together {amount}", amount=amount),
        as_of=what_if.base.as_of,
        expected=("amount",),
    )


def _comparison_rows(scenarios: Mapping[str, WhatIf], place: int) -> RowsBehind:
    base = next(iter(scenarios.values())).base
    week = base.weeks.row(place, named=True)
    rows = [
        {
            "scenario": name,
            "closing_base": week["closing"],
            "receipts_change": total(what_if.difference["receipts"].head(place + 1)),
            "payments_change": total(what_if.difference["payments"].head(place + 1)),
            "closing": what_if.after.weeks["closing"][place],
        }
        for name, what_if in scenarios.items()
    ]
    columns = ("scenario", "closing_base", "receipts_change", "payments_change", "closing")
    method = _(
        "Closing balance of the base + receipts − payments, by the levers until then = of the scenario."
    )
    title = _(
        "{week}: the balance on {day}", week=week_label(week["week_start"]), day=in_sentence(week["week_end"])
    )
    return RowsBehind(
        finding=Finding(title, method),
        rows=pl.DataFrame(rows, schema_overrides=dict.fromkeys(columns[1:], _MONEY)).select(columns),
        columns=columns,
        phone=("scenario", "closing"),
        footer="",
        as_of=base.as_of,
        expected=("closing",),
    )


def _receipts(
    ground: Ground, before: Scenario, after: Scenario, weeks: int, names: Mapping[str, str]
) -> pl.DataFrame:
    """Return the change of receipts per customer, of open invoices apart from those still to be billed."""
    flows = [flow for scenario in (before, after) if (flow := scenario_flows(ground, scenario)) is not None]
    if ground.reactions is None:
        return pl.DataFrame(schema=_ROWS)
    ids = ground.reactions.ids
    moved = [flow.by_day[:, : min(_WEEK * weeks, flow.horizon)].sum(axis=1) for flow in flows]
    frames = []
    for cause, is_coming in ((_("Open invoices"), False), (_("Still to be billed"), True)):
        amounts = np.zeros(len(ids))
        for flow, sums, sign in zip(flows, moved, (-1.0, 1.0), strict=True):
            which = flow.is_coming == is_coming
            np.add.at(amounts, flow.customer[which], sign * sums[which])
        changed = [(code, cents(value)) for code, value in zip(ids, amounts, strict=True)]
        frames += [
            {"cause": cause, "party_name": names.get(code) or code, "amount": amount, "customer_id": code}
            for code, amount in changed
            if amount
        ]
    return pl.DataFrame(frames, schema=_ROWS)


def _payments(ground: Ground, before: Scenario, after: Scenario, weeks: int) -> pl.DataFrame:
    """Return the change of what is paid out per bill and planned line; more is negative."""
    until = ground.forecast.weeks["week_end"][weeks - 1]
    keys = ["category", "label", "line_id"]
    both = [
        scenario_payments(ground, scenario)
        .filter(pl.col("pay_date") <= until)
        .with_columns(amount=pl.col("amount").fill_null(Decimal(0)) * sign)
        .select(*keys, pl.col("amount").cast(_MONEY))
        for scenario, sign in ((before, 1), (after, -1))
    ]
    sums = pl.concat(both).group_by(keys, maintain_order=True).agg(pl.col("amount").sum())
    rows = [
        {
            "cause": _("One-off payment or receipt")
            if row["category"] is None
            else label("category", row["category"]),
            "party_name": row["label"],
            "document_id": row["line_id"],
            "amount": row["amount"],
        }
        for row in sums.iter_rows(named=True)
        if row["amount"]
    ]
    return pl.DataFrame(rows, schema=_ROWS)


def _line(cause: str, amount: Decimal) -> pl.DataFrame:
    rows = [{"cause": cause, "amount": amount}] if amount else []
    return pl.DataFrame(rows, schema=_ROWS)

"""No text of the forecast writes an expectation finer than 1,000; what is shown adds up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from reports import columns, figures
from reports.answers.cash import actions, actions_text
from reports.answers.forecast import bridge, entity_receipts, text, week_parts
from reports.answers.forecast import rows as forecast_rows
from reports.colours import LIGHT
from reports.figures import BalanceForecast
from reports.formats import money

pytestmark = pytest.mark.usefixtures("english")

_AMOUNT = re.compile(r"€([\d,]+(?:\.\d+)?)(?![\d.]*[km])")


def strings(value: Any) -> Iterator[str]:
    """Every text in a figure or a finding, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)
    elif hasattr(value, "to_plotly_json"):
        yield from strings(value.to_plotly_json())
    elif hasattr(value, "__dataclass_fields__"):
        yield from strings([getattr(value, name) for name in value.__dataclass_fields__])


def finer(texts: Any, *exact: Decimal) -> list[str]:
    """The texts with an amount from 1,000 that is no multiple of it, but for amounts that are exact."""
    known = [f"€{amount:,.{places}f}" for amount in exact for places in (0, 2)]
    found = []
    for one in strings(texts):
        rest = one
        for amount in known:
            rest = rest.replace(amount, "")
        amounts = [Decimal(written.replace(",", "")) for written in _AMOUNT.findall(rest)]
        found += [one] if any(amount >= 1_000 and amount % 1_000 for amount in amounts) else []
    return found


@pytest.fixture(scope="module")
def uneven(made):
    """The forecast of a regular ledger; its minimum and its credit line are no whole thousands."""
    return replace(made, minimum=Decimal("61234.56"), credit_line=Decimal("12345.67"))


def test_no_sentence_of_the_forecast_is_finer_than_a_thousand(uneven, names):
    made = uneven
    weeks = forecast_rows.week_rows(made)
    steps = bridge.bridge(made, names, weeks=13)
    shown = forecast_rows.weeks_on_screen(weeks)
    texts = [
        text.fan(made), text.low_tile(made).value, text.low_tile(made).change, text.export(made),
        text.bridge(steps, 13, made.currency), text.headroom(weeks, made),
        entity_receipts.sentence(made, made.weeks, "NL01"),
        *(text.week(row, made.currency) for row in shown.iter_rows(named=True)),
        *(text.week_receipts(row, made.currency) for row in shown.iter_rows(named=True)),
    ]  # fmt: skip
    assert len(list(strings(texts))) > 60
    assert finer(texts, made.minimum, made.credit_line) == []


def test_no_part_of_a_chart_opens_with_an_amount_finer_than_a_thousand(uneven, names):
    made = uneven
    parts = [
        *bridge.parts(made, names, weeks=13),
        *week_parts.of_fan(made, names),
        *week_parts.of_headroom(made, names),
    ]
    opened = [part.rows() for part in parts]
    bills = [behind for behind in opened if "line_id" in behind.columns]
    texts = [
        (part.label, behind.finding.title, behind.footer)
        for part, behind in zip(parts, opened, strict=True)
        if behind not in bills
    ]
    assert len(bills) < len(texts)
    assert finer(texts) == []
    for behind in opened:
        expected = columns.expectations(behind.rows, behind.expected)
        assert (behind in bills) != ("amount" in expected)
        shown = columns.round_amounts(behind.rows, expected)
        assert (
            finer([money(amount) for name in expected for amount in shown[name] if amount is not None]) == []
        )


def test_no_box_or_label_of_a_chart_is_finer_than_a_thousand(uneven, names):
    made = uneven
    past = pl.DataFrame({"as_of": [made.as_of], "bank_balance": [made.opening_balance]})
    ahead = BalanceForecast(
        weeks=made.weeks, as_of=made.as_of, opening=made.opening_balance, minimum=made.minimum, past=past
    )
    drawn = [
        figures.fan(ahead, theme=LIGHT),
        figures.fan(ahead, theme=LIGHT, compact=True),
        figures.cash_bridge(bridge.bridge(made, names, weeks=13), theme=LIGHT),
        figures.headroom(forecast_rows.week_rows(made), theme=LIGHT),
    ]
    assert finer(drawn, made.minimum, made.opening_balance) == []


def test_the_actions_before_the_low_point_add_up_as_they_are_shown(uneven):
    amounts = ("20400.10", "22400.20", "62700.30")
    done = [actions.Action("collect", Decimal(amount), "Klant", "C1", pl.DataFrame()) for amount in amounts]
    low = actions.low_week(uneven)
    # 20,000 + 22,000 + 63,000; the sum of the amounts is 105,500.60 and would be shown as 106,000.
    assert actions_text.finding(done, low, "EUR").title.startswith("3 actions: at most €105,000 more")
    assert finer([actions_text.effect(action, "EUR") for action in done]) == []
    # Money from the bank replaces that of the others: it is neither counted nor added up.
    bank = actions.Action("bank", Decimal("90000.00"), "", None, pl.DataFrame())
    title = actions_text.finding([bank, *done], low, "EUR").title
    assert title.startswith("3 actions besides the bank: at most €105,000 more")


def test_every_week_that_is_shown_adds_up(uneven):
    weeks = forecast_rows.week_rows(uneven)
    shown = forecast_rows.weeks_on_screen(weeks)
    assert shown["closing"].to_list() == (shown["opening"] + shown["receipts"] - shown["payments"]).to_list()
    parts = shown["from_open_invoices"] + shown["from_future_invoices"]
    assert parts.to_list() == shown["receipts"].to_list()
    assert shown["opening"].to_list()[1:] == shown["closing"].to_list()[:-1]
    amounts = ("opening", "receipts", "payments", "closing", "headroom")
    assert all(amount % 1_000 == 0 for name in amounts for amount in shown[name])
    gaps = [abs(one - other) for name in amounts for one, other in zip(weeks[name], shown[name], strict=True)]
    assert max(gaps) <= 1_500


def test_a_week_without_receipts_shows_none():
    quiet = pl.DataFrame(
        {
            "opening": [Decimal("10500.00")], "receipts": [Decimal("0.00")], "payments": [Decimal("1400.00")],
            "closing": [Decimal("9100.00")], "from_open_invoices": [Decimal("0.00")],
            "from_future_invoices": [Decimal("0.00")],
        },
        schema_overrides={"opening": pl.Decimal(38, 2), "receipts": pl.Decimal(38, 2),
                          "payments": pl.Decimal(38, 2), "closing": pl.Decimal(38, 2),
                          "from_open_invoices": pl.Decimal(38, 2), "from_future_invoices": pl.Decimal(38, 2)},
    )  # fmt: skip
    # 11,000 - 2,000 = 9,000, though the payment alone would be 1,000.
    assert forecast_rows.weeks_on_screen(quiet).row(0)[:4] == (11_000, 0, 2_000, 9_000)

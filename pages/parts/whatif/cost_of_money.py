"""Boxes for figures that no book holds: what money costs, and how long stock lies."""

from decimal import Decimal

import streamlit as st

from pages.parts.context import background_runs, books, url_choices
from pages.parts.context.view import View
from reports.answers.kpi import working_capital
from reports.answers.whatif import cost_of_money
from reports.answers.whatif.facts import CapitalInputs
from reports.language import _

_MOST_RATE, _MOST_DAYS = 100.0, 1_000.0


def rate_box(view: View) -> float:
    """Draw the box for the cost of money, as it is set until another is typed; return percent a year."""
    as_set = float(cost_of_money.cost_of_money(books.ask("settings", known_on=view.known_on)) * 100)
    rate, refusal = url_choices.number(
        "rate", _("Money costs, % a year"), as_set, 0.0, _MOST_RATE,
        tip=_("What the bank asks, or what money earns elsewhere. It values earlier cash."),
    )  # fmt: skip
    _show(refusal)
    return rate or 0.0


def stock_box(view: View) -> float | None:
    """Draw the box for the days in stock, as they are set until others are typed; return them where known."""
    as_set = working_capital.stock_days(books.ask("settings", known_on=view.known_on))
    days, refusal = url_choices.number(
        "dio", _("Stock days (DIO)"), as_set, 0.0, _MOST_DAYS,
        tip=_("Days that goods lie in stock, where you know them. The cash cycle needs them."),
    )  # fmt: skip
    _show(refusal)
    return days


def capital_inputs(view: View, rate: float, stock_days: float | None) -> CapitalInputs:
    """Return what was typed, with the supplier days the books hold on the forecast's day."""
    kpis = books.ask("kpi", background_runs.whole_company(view))
    dpo = kpis.row(0, named=True)["dpo"] if kpis.height else None
    return CapitalInputs(Decimal(repr(rate)) / 100, dpo, stock_days)


def _show(refusal: str) -> None:
    if refusal:
        st.error(refusal, icon=":material/block:")

"""What no book holds and a reader says: what money costs, and how long stock lies."""

from decimal import Decimal

import streamlit as st

from pages.parts.context import background_runs, books, url_choices
from pages.parts.context.view import View
from reports.answers.whatif.result_text import Money
from reports.language import _

_RATE, _MOST_RATE, _MOST_DAYS = 6.0, 100.0, 1_000.0


def boxes(*, with_rate: bool = True) -> tuple[float, float | None]:
    """Draw the two boxes and return percent a year, and days in stock where they are given."""
    rate: float | None = _RATE
    if with_rate:
        rate, wrong = url_choices.number(
            "rate", _("Money costs, % a year"), _RATE, 0.0, _MOST_RATE,
            tip=_("What the bank asks, or what money earns elsewhere. It values earlier cash."),
        )  # fmt: skip
        _say(wrong)
    dio, wrong = url_choices.number(
        "dio", _("Stock days (DIO)"), None, 0.0, _MOST_DAYS,
        tip=_("Days that goods lie in stock, where you know them. The cash cycle needs them."),
    )  # fmt: skip
    _say(wrong)
    return rate or 0.0, dio


def money(view: View, said: tuple[float, float | None]) -> Money:
    """Return what was said, with the supplier days the books hold on the forecast's day."""
    rate, dio = said
    found = books.ask("kpi", background_runs.whole_company(view))
    dpo = found.row(0, named=True)["dpo"] if found.height else None
    return Money(Decimal(repr(rate)) / 100, dpo, dio)


def _say(wrong: str) -> None:
    if wrong:
        st.error(wrong, icon=":material/block:")

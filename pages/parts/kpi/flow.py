"""Blocks of the flow between ageing buckets: roll rates and the loss expected from them."""

from datetime import date

import polars as pl
import streamlit as st

from pages.parts.context import books, browser, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, links
from reports import figures, language
from reports.answers.kpi import cell_rows, trend_text
from reports.answers.shared.finding import Finding
from reports.language import _, _p

_AVERAGE = "average"


def roll_rates(average: pl.DataFrame, rates: pl.DataFrame, view: View) -> None:
    """Draw where the money of each bucket is a month later, for the months chosen.

    Args:
        average: `roll_rate_average`.
        rates: `roll_rates`.
        view: bucket limits and filters.
    """
    head = st.container()
    month = _month(rates)
    end = None if month == _AVERAGE else date.fromisoformat(month)
    rows = average if end is None else rates.filter(month_end=end)
    finding = trend_text.roll_rates(rows)
    figure = None
    if not rows.is_empty():
        figure = figures.roll_rates(
            rows, theme=browser.theme(), limits=view.limits, compact=browser.is_phone()
        )
    blocks.chart(
        finding, figure, name="roll-rates", view=view, key="roll", head=head, figure_key="chart-roll",
        sheet=None if figure is None else trend_text.in_buckets(rates, view.limits),
        opens=cell_rows.of_roll_rates(rows, books.source(view), end),
    )  # fmt: skip
    if figure is not None:
        links.definition("roll_rates", rows=False)


def _month(rates: pl.DataFrame) -> str:
    """Draw the choice of months and return it: `average`, or a month end as ISO text."""
    ends = [end.isoformat() for end in trend_text.month_ends(rates)]

    def words(code: str) -> str:
        if code == _AVERAGE:
            return _("Average of {count} months", count=len(ends))
        return _("{month} and the month after", month=language.month(date.fromisoformat(code)))

    return url_choices.select("month", _p("field", "Months"), [_AVERAGE, *ends], words)


def provision(matrix: pl.DataFrame, view: View) -> None:
    """Draw the expected loss per bucket.

    Args:
        matrix: `provision_matrix`.
        view: currency, bucket limits and filters.
    """
    finding = trend_text.provision(matrix, view.display_currency)
    blocks.table(
        finding,
        matrix,
        view,
        key="provision",
        name="provision-matrix",
        export_words=Finding(_("Provision matrix"), finding.title),
        phone=("bucket", "loss_rate", "expected_loss"),
    )
    links.definition("provision_matrix")

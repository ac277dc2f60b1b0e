"""Blocks of recovery: how fast amounts are collected after their due date, in all and per due month."""

import polars as pl

from pages.parts.context import books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, links
from reports import figures
from reports.answers.kpi import cell_rows, trend_text


def curve(rows: pl.DataFrame, view: View) -> None:
    """Draw the collected share by days since the due date.

    Args:
        rows: `recovery_curve`.
        view: filters.
    """
    finding = trend_text.recovery(rows)
    figure = figures.recovery_curve(rows, theme=browser.theme(), compact=browser.is_phone())
    blocks.chart(
        finding, figure, name="recovery-curve", view=view, key="recovery", figure_key="chart-recovery",
        rows=rows,
    )  # fmt: skip
    links.definition("recovery_curve")


def due_months(cohorts: pl.DataFrame, view: View) -> None:
    """Draw the collected share per due month and month since.

    Args:
        cohorts: `cohort_map`.
        view: filters.
    """
    finding = trend_text.due_months(cohorts)
    figure = figures.cohort_map(cohorts, theme=browser.theme(), compact=browser.is_phone())
    blocks.chart(
        finding, figure, name="cohort-map", view=view, key="cohorts", figure_key="chart-cohorts",
        rows=cohorts, opens=cell_rows.of_due_months(cohorts, books.source(view)),
    )  # fmt: skip
    links.definition("cohort_map", rows=False)

"""How right what is applied by itself is: the entries drawn for the day, and the curve of its error."""

import polars as pl

from pages.parts.bank import decision_list, entry_list
from pages.parts.context import books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, tables
from reports.answers.bank import entries, quality, quality_text
from reports.figures import bank as figures


def sample_and_curve(rows: pl.DataFrame, view: View) -> None:
    """Draw the sample of the day, each entry with its evidence, and the curve below it.

    Args:
        rows: of `cash_application`.
        view: day and filters.
    """
    decisions = books.ask("cash_decisions", view)
    drawn = quality.sample(rows, decisions, view.as_of)
    checked = quality.checked(drawn, decisions)
    listed = entries.only(entries.entries(rows), drawn)
    blocks.heading_with_export(
        quality_text.sample(len(drawn), len(checked), view.as_of), listed.drop("invoices"), view,
        key="sample", name="bank-sample",
    )  # fmt: skip
    waiting = entries.without(listed, [*checked, *decision_list.desk().listed])
    if waiting.height:
        entry_list.entry_list("sample", waiting, rows, view)
    _curve(decisions, view)


def _curve(decisions: pl.DataFrame, view: View) -> None:
    points = quality.curve(books.ask("cash_alone", view), decisions, view.display_currency, view.as_of)
    shown = quality_text.curve_rows(points)
    blocks.chart(
        quality_text.curve(points), figures.share_against_error(shown, theme=browser.theme()),
        name="bank-curve", view=view, key="bank-curve", rows=quality_text.exported_curve(shown),
    )  # fmt: skip
    if points.height:
        tables.show(
            shown, view, key="bank-curve-rows", columns=quality_text.CURVE,
            phone=("level_said", "applied_share", "error_said"),
        )  # fmt: skip

"""What the bars of the change of receivables open: the documents and payments that add up to them."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind, RowSource
from reports.formats import in_sentence, money
from reports.translation import _, _p, mark_p

LINES = {
    "invoiced": mark_p("legend", "Invoiced"),
    "received": mark_p("legend", "Received"),
    "credited": mark_p("legend", "Credited"),
    "written_off": mark_p("legend", "Written off"),
    "discounts": mark_p("legend", "Discounts"),
    "listed": mark_p("legend", "Settled by lists"),
    "exchange": mark_p("legend", "Exchange differences"),
    "recovered": mark_p("legend", "Recovered"),
}
_RAISES = {"invoiced", "exchange", "recovered"}


def parts(row: Mapping[str, Decimal], source: RowSource, days: int) -> list[ChartPart]:
    """Return a part per line with an amount.

    Args:
        row: of `receivables_moved`.
        source: of the documents and payments.
        days: of the period, the day of the page the last.
    """
    changes = {line: row[line] if line in _RAISES else -row[line] for line in LINES}
    return [
        ChartPart(
            code=line,
            label=f"{_p('legend', LINES[line])} · {money(change, source.currency, 0, sign=True)}",
            rows=partial(line_rows, line, source, days),
        )
        for line, change in changes.items()
        if change
    ]


def line_rows(line: str, source: RowSource, days: int) -> RowsBehind:
    """Return the documents or payments of one line in the days to the day of the page."""
    rows = source.ask("receivable_movements", line=line, days=days)
    amount = money(total(rows["amount"]), source.currency, sign=True)
    method = _(
        "From {first} to {last}: what raised the receivables, or with a minus lowered them. Largest first.",
        first=in_sentence(source.as_of - timedelta(days=days - 1)),
        last=in_sentence(source.as_of),
    )
    return RowsBehind(
        finding=Finding(f"{_p('legend', LINES[line])}: {amount}", method),
        rows=rows,
        columns=("customer_name", "invoice_id", "payment_id", "kind", "post_date", "amount"),
        phone=("customer_name", "post_date", "amount"),
        footer=_("together {amount}", amount=amount),
        as_of=source.as_of,
    )

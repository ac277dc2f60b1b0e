"""What a point of the days-late chart of a customer opens: the bookings on that invoice."""

from functools import partial

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind, RowSource
from reports.codes import point_code
from reports.formats import days, in_sentence, money
from reports.translation import _

_COLUMNS = ("post_date", "kind", "payment_id", "due_date", "amount")
_PHONE = ("post_date", "kind", "amount")


def of_payments(
    payments: pl.DataFrame, still_open: pl.DataFrame, customer: str, source: RowSource
) -> list[ChartPart]:
    """Return a part per invoice with a point: those still open, then the last payment first.

    Args:
        payments: `payment_behaviour`; of several payments on an invoice the last and latest is named.
        still_open: overdue invoices: invoice_id, days_overdue.
        customer: whose invoices these are.
        source: of the bookings.
    """
    paid = payments.drop_nulls(["payment_date", "days_late"])
    paid = paid.sort("payment_date", "days_late", "invoice_id", descending=True)
    late = pl.concat(
        [
            still_open.select("invoice_id", days_late=pl.col("days_overdue").cast(pl.Int64)),
            paid.select("invoice_id", "days_late"),
        ]
    ).unique("invoice_id", keep="first", maintain_order=True)
    return [
        ChartPart(
            code=point_code(invoice),
            label=f"{invoice} · {_lateness(days_late)}",
            rows=partial(_bookings, invoice, customer, source),
        )
        for invoice, days_late in late.iter_rows()
    ]


def _lateness(days_late: int) -> str:
    if days_late < 0:
        return _("{time} early", time=days(-days_late))
    return _("{late} late", late=days(days_late))


def _bookings(invoice: str, customer: str, source: RowSource) -> RowsBehind:
    rows = source.ask("customer_ledger", customer=customer).filter(document_id=invoice)
    open_amount = money(total(rows["amount"]), source.currency)
    return RowsBehind(
        finding=Finding(
            _("Invoice {invoice} on {day}: {amount} open", invoice=invoice, day=in_sentence(source.as_of),
              amount=open_amount),
            _("What was billed, credited, paid and written off; together what is open."),
        ),
        rows=rows,
        columns=_COLUMNS,
        phone=_PHONE,
        footer=_("together {amount} open", amount=open_amount),
        as_of=source.as_of,
    )  # fmt: skip

"""What a segment of the payment terms opens: its customers, whose days it is the mean of."""

from functools import partial

from reports.answers.shared.finding import Finding
from reports.answers.shared.rows_behind import ChartPart, RowsBehind
from reports.answers.terms.terms import Terms
from reports.codes import point_code, segment
from reports.formats import in_sentence, money, number
from reports.translation import _

_COLUMNS = ("customer_name", "agreed_days", "applied_days", "billed_amount", "taken_days", "paid_amount")
_PHONE = ("customer_name", "agreed_days", "taken_days")
_DAYS = ("agreed_days", "applied_days", "taken_days")


def of_segments(terms: Terms, currency: str) -> list[ChartPart]:
    """Return a part per segment with any days, which opens its customers.

    Args:
        terms: of a view.
        currency: of the amounts.
    """
    return [
        ChartPart(
            code=point_code(row["segment"]),
            label=f"{segment(row['segment'])} · {_words(row['taken_days'])}",
            rows=partial(_customers, row["segment"], terms, currency),
        )
        for row in terms.segments.iter_rows(named=True)
        if any(row[name] is not None for name in _DAYS)
    ]


def _customers(name: str, terms: Terms, currency: str) -> RowsBehind:
    rows = terms.customers.filter(segment=name).sort("paid_amount", "customer_id", descending=[True, False])
    [whole] = terms.segments.filter(segment=name).to_dicts()
    title = _(
        "{segment}: agreed {agreed}, applied {applied}, taken {taken} days",
        segment=segment(name),
        agreed=_words(whole["agreed_days"]),
        applied=_words(whole["applied_days"]),
        taken=_words(whole["taken_days"]),
    )
    method = _(
        "365 days to {day}. The segment's days are the mean of its customers': agreed and applied by what "
        "was billed, taken by what was paid.",
        day=in_sentence(terms.as_of),
    )
    footer = _(
        "together {billed} billed, {paid} paid",
        billed=money(whole["billed_amount"], currency),
        paid=money(whole["paid_amount"], currency),
    )
    return RowsBehind(
        finding=Finding(title, method),
        rows=rows.select(*_COLUMNS, "customer_id"),
        columns=_COLUMNS,
        phone=_PHONE,
        footer=footer,
        as_of=terms.as_of,
    )


def _words(days: float | None) -> str:
    return number(days, 1)

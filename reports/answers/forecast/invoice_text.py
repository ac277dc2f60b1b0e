"""Finding of one invoice in the forecast: when it is expected, and the reasons."""

from collections.abc import Mapping
from typing import Any

from reports.answers.shared.finding import Finding
from reports.formats import chance, in_sentence, money, number
from reports.translation import _, _n

_FEW = 5  # paid invoices below which a customer's own habit says little
_NOTABLE = 3.0  # days
_LIKELY, _SELDOM = 0.5, 0.05


def invoice(row: Mapping[str, Any]) -> Finding:
    """Return the name of an invoice, when it is expected and how likely that is.

    Args:
        row: of `week_invoices`.
        currency: of its amounts.
    """
    title = _("{customer}, {invoice}", customer=row["customer_name"], invoice=row["invoice_id"])
    return Finding(title, _expectation(row))


def _expectation(row: Mapping[str, Any]) -> str:
    if row["expected_date"] is None:
        return _(
            "As likely never paid as ever; {chance} chance in this week",
            chance=chance(row["probability_in_week"]),
        )
    values = {"day": in_sentence(row["expected_date"]), "chance": chance(row["probability_in_week"])}
    if row["days_overdue"] > 0 or row["probability_paid_by_due"] is None:
        return _("Expected around {day}; {chance} chance in this week", **values)
    return _(
        "Expected around {day}; {chance} chance in this week, {on_time} chance of being paid on time",
        on_time=chance(row["probability_paid_by_due"]),
        **values,
    )


def reasons(row: Mapping[str, Any], currency: str) -> list[str]:
    """Return what the customer of an invoice usually does and what differs now.

    Args:
        row: of `week_invoices`.
        currency: of its amounts.
    """
    if row["invoice_type"] == "credit_note":
        return [_("A credit note: it is set off against what this customer pays.")]
    if row["paid_before"] is None:
        return [
            _("Too few invoices were paid here to tell customers apart: all are taken alike."),
            *_now(row, currency),
        ]
    sentences = [_habit(row)]
    drift = row["recent_days_late"] - row["usual_days_late"]
    if row["paid_before"] >= _FEW and abs(drift) >= _NOTABLE:
        gap = number(abs(drift))
        sentences.append(
            _("Lately it pays {days} days later than it used to.", days=gap)
            if drift > 0
            else _("Lately it pays {days} days sooner than it used to.", days=gap)
        )
    sentences += _now(row, currency)
    return sentences


def _habit(row: Mapping[str, Any]) -> str:
    count = int(row["paid_before"])
    if count == 0:
        return _("This customer has paid nothing yet: the chance is that of customers like it.")
    usual = round(row["usual_days_late"])
    invoices = _n("{count} paid invoice", "{count} paid invoices", count)
    if count < _FEW:
        return _("Only {invoices} so far: the chance rests mostly on similar customers.", invoices=invoices)
    if usual > 0:
        return _n(
            "Usually pays {count} day after the due date ({invoices}).",
            "Usually pays {count} days after the due date ({invoices}).",
            usual,
            invoices=invoices,
        )
    if usual < 0:
        return _n(
            "Usually pays {count} day before the due date ({invoices}).",
            "Usually pays {count} days before the due date ({invoices}).",
            -usual,
            invoices=invoices,
        )
    return _("Usually pays on the due date ({invoices}).", invoices=invoices)


def _now(row: Mapping[str, Any], currency: str) -> list[str]:
    sentences = []
    late, usual = row["days_overdue"], row["usual_days_late"]
    if late > 0:
        more = 0.0 if usual is None else late - usual
        sentences.append(
            _(
                "Now {late} days past due, {more} more than usual.",
                late=number(late),
                more=number(round(more)),
            )
            if more >= _NOTABLE
            else _n("Now {count} day past due.", "Now {count} days past due.", late)
        )
    by_state = {
        "disputed": _("In dispute: until that ends it is expected to be paid less often."),
        "promise_broken": _("A promise on it was broken."),
        "promised": _("There is a promise on it: it counts as often as promises were kept here."),
        "part_paid": _("Paid in part already."),
    }
    if row["state"] in by_state:
        sentences.append(by_state[row["state"]])
    if row["discount_until"] is not None:
        sentences.append(
            _(
                "Discount of {amount} for paying by {day}.",
                amount=money(row["discount_amount"], currency),
                day=in_sentence(row["discount_until"]),
            )
        )
    if late <= 0 and (row["probability_30_days_late"] or 0.0) >= _LIKELY:
        sentences.append(_("More likely than not more than 30 days late."))
    if (row["probability_never"] or 0.0) >= _SELDOM:
        sentences.append(
            _("Chance that it is never paid: {chance}.", chance=chance(row["probability_never"]))
        )
    return sentences

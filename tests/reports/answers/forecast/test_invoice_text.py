"""Why an invoice is expected when it is."""

from datetime import date
from decimal import Decimal

import pytest

from reports import language
from reports.answers.forecast import invoice_text

pytestmark = pytest.mark.usefixtures("english")


def invoice(**changed) -> dict:
    return {
        "invoice_type": "invoice",
        "paid_before": 24,
        "usual_days_late": 6.2,
        "recent_days_late": 6.0,
        "days_overdue": -3,
        "state": "",
        "discount_until": None,
        "discount_amount": None,
        "probability_30_days_late": 0.1,
        "probability_never": 0.01,
    } | changed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ["Usually pays 6 days after the due date (24 paid invoices)."]),
        ({"usual_days_late": -1.0, "recent_days_late": -1.0},
         ["Usually pays 1 day before the due date (24 paid invoices)."]),
        ({"recent_days_late": 14.2}, ["Usually pays 6 days after the due date (24 paid invoices).",
                                      "Lately it pays 8 days later than it used to."]),
        ({"days_overdue": 20}, ["Usually pays 6 days after the due date (24 paid invoices).",
                                "Now 20 days past due, 14 more than usual."]),
        ({"paid_before": 0},
         ["This customer has paid nothing yet: the chance is that of customers like it."]),
        ({"paid_before": 2, "recent_days_late": 30.0, "state": "disputed"},
         ["Only 2 paid invoices so far: the chance rests mostly on similar customers.",
          "In dispute: until that ends it is expected to be paid less often."]),
        ({"discount_until": date(2026, 12, 1), "discount_amount": Decimal("20.00")},
         ["Usually pays 6 days after the due date (24 paid invoices).",
          "Discount of €20.00 for paying by 1\u00a0Dec\u00a02026."]),
        ({"invoice_type": "credit_note"},
         ["A credit note: it is set off against what this customer pays."]),
    ],
)  # fmt: skip
def test_the_reasons_say_what_is_usual_and_what_is_different_now(changed, said):
    assert invoice_text.reasons(invoice(**changed), "EUR") == said


def test_the_reasons_are_dutch_as_well():
    language.use("nl")
    assert invoice_text.reasons(invoice(days_overdue=20, probability_never=0.2), "EUR") == [
        "Betaalt meestal 6 dagen na de vervaldatum (24 betaalde facturen).",
        "Nu 20 dagen te laat, 14 meer dan gebruikelijk.",
        "Kans dat ze nooit wordt betaald: 20%.",
    ]


def test_an_invoice_that_is_likely_never_paid_has_no_day():
    row = {
        "customer_name": "De Linde",
        "invoice_id": "F1",
        "expected_date": None,
        "probability_in_week": 0.02,
        "days_overdue": 400,
        "probability_paid_by_due": 0.0,
    }
    assert invoice_text.invoice(row).title == "De Linde, F1"
    assert invoice_text.invoice(row).method == "As likely never paid as ever; 2% chance in this week"

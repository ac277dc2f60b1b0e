"""A customer whose total is 0.00 gets no letter, whatever the currency of its credit."""

from datetime import date

from tests.data.store.ageing_matrix import invoice
from tests.shared_desk import SharedDesk

DAY = date(2026, 6, 28)
RATES = [("2026-01-01", "USD", "1.05")]


def waits(desk: SharedDesk, credit: str, **settings: str) -> dict[str, str]:
    """Return why each invoice waits: 100 dollars at 1.05, and a note in euros."""
    desk.load(
        settings=[("reporting_currency", "EUR"), *settings.items()],
        fx_rates=RATES,
        invoices=[
            invoice(currency="USD"),
            invoice(credit, invoice_id="K1", invoice_type="credit_note", due_date=""),
        ],
    )
    return {row["invoice_id"]: row["waits"] for row in desk.ask("worklist_items", as_of=DAY)}


def test_credit_in_another_currency_that_makes_the_total_nothing_stops_the_letters(
    shared_desk: SharedDesk,
) -> None:
    assert waits(shared_desk, "-105.00") == {"F1": "set_off"}


def test_a_total_of_a_cent_is_asked_for(shared_desk: SharedDesk) -> None:
    assert waits(shared_desk, "-104.99") == {"F1": None}


def test_a_total_of_nothing_stops_the_letters_where_no_credit_is_set_off(shared_desk: SharedDesk) -> None:
    assert waits(shared_desk, "-105.00", set_off="none") == {"F1": "set_off"}

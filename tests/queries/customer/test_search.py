"""What the search of the screens finds, and in which order."""

import pytest

from tests.books import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("search"))
    desk.load(
        customers=[
            ("C1", "Bakkerij de Vries", "Klein", "NL", 30, None),
            ("C10", "Zuivel Zürich", "Groot", "NL", 30, None),
            ("C2", "De Vries & Zonen 100%", "Klein", "NL", 30, None),
        ],
        invoices=[
            {**_document(number, customer, issued, amount), "invoice_type": kind, "po_number": order}
            for number, customer, kind, issued, amount, order in (
                ("2026-001", "C1", "invoice", "2026-01-05", "10.00", "PO-Ä7"),
                ("2026-0010", "C9", "invoice", "2026-03-05", "20.00", ""),
                ("2026-0011", "C1", "credit_note", "2026-02-05", "-5.00", ""),
                ("X-2026-001", "C10", "invoice", "2026-04-05", "40.00", ""),
                ("2026-0012", "C10", "invoice", "2026-12-05", "50.00", ""),
            )
        ],
    )
    yield desk
    desk.close()


def _document(number: str, customer: str, issued: str, amount: str) -> dict[str, str]:
    return {
        "invoice_id": number,
        "customer_id": customer,
        "invoice_date": issued,
        "due_date": issued,
        "currency": "EUR",
        "amount": amount,
    }


def hits(desk, text: str, **values) -> list[str]:
    rows = desk.ask("search", as_of="2026-06-30", text=text, **values)
    return [row["invoice_id"] or row["customer_id"] for row in rows]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("de vries", ["C2", "C1"]),  # the name that starts with it goes first
        ("vries bakkerij", ["C1"]),  # every word, in any order
        ("ZURICH", ["C10"]),
        ("zürich", ["C10"]),
        ("c1", ["C1", "C10"]),  # the whole number goes first
        ("100%", ["C2"]),  # signs mean themselves
        ("_", []),
        ("po-a7", ["2026-001"]),
        ("2026-001", ["2026-001", "2026-0010", "2026-0011", "X-2026-001"]),
        ("  ", []),
        ("c9", ["C9"]),  # known by its document alone
    ],
)
def test_words_lead_to_customers_and_documents(desk, text, hit) -> None:
    assert hits(desk, text) == hit


def test_no_more_than_asked_for_come_of_customers_and_of_documents(desk) -> None:
    assert hits(desk, "c", limit=2) == ["C9", "C1"]  # C9 has no name but its number
    assert hits(desk, "2026", limit=1) == ["2026-0010"]


def test_a_document_is_named_with_its_customer_amount_and_kind(desk) -> None:
    (row,) = desk.ask("search", as_of="2026-06-30", text="2026-0011")
    assert (row["kind"], row["customer_name"], str(row["amount"]), row["currency"]) == (
        "credit_note", "Bakkerij de Vries", "-5.00", "EUR",
    )  # fmt: skip

"""A ledger of one customer who pays beyond its term, with the queries that the tests of terms ask."""

from datetime import date
from decimal import Decimal

from reports.answers.terms import terms, terms_sheet

# One customer of 30 days. F1 of 1,000 is paid on day 50; F2 of 3,000, due after 40 days, is paid
# 1,000 on day 30.
BOOK = {
    "invoices": [
        ("F1", "C1", "invoice", "2026-01-01", "2026-01-31", "EUR", "1000.00"),
        ("F2", "C1", "invoice", "2026-02-01", "2026-03-13", "EUR", "3000.00"),
    ],
    "payments": [
        ("P1", "C1", "F1", "2026-02-20", "EUR", "1000.00"),
        ("P2", "C1", "F2", "2026-03-03", "EUR", "1000.00"),
    ],
}


def customer(number: str = "C1", **changes: object) -> dict[str, object]:
    return {
        "customer_id": number, "customer_name": number, "segment": "retail", "country": "NL",
        "payment_terms_days": 30, "credit_limit": "", "customer_type": "business", "size_class": "small",
        **changes,
    }  # fmt: skip


def bill(name: str, issued: str, amount: str, *, due: str = "", who: str = "C1", **changes: object) -> dict:
    return {
        "invoice_id": name, "customer_id": who, "invoice_type": "invoice", "invoice_date": issued,
        "due_date": due, "currency": "EUR", "amount": amount, **changes,
    }  # fmt: skip


def paid(name: str, day: str, amount: str, *, number: str = "P1", who: str = "C1", kind: str = "payment"):
    return {
        "payment_id": number, "customer_id": who, "invoice_id": name, "payment_date": day,
        "currency": "EUR", "amount": amount, "kind": kind,
    }  # fmt: skip


def beyond(row: dict, term: str = "agreed") -> tuple[int, Decimal, Decimal]:
    return tuple(row[f"{name}_beyond_{term}"] for name in ("days", "standing", "interest"))


def late(desk, day: str, **values: object) -> dict[str, dict]:
    return {row["invoice_id"]: row for row in desk.ask("payment_terms_late", as_of=day, **values)}


def terms_on(desk, day: date, **values: object) -> terms.Terms:
    books = desk.books()
    return terms.of_rows(
        books.ask("payment_terms", as_of=day, **values),
        books.ask("payment_terms_late", as_of=day, **values),
        day,
    )


def sheet(desk, day: date = date(2026, 6, 30), **whose: str) -> terms_sheet.Sheet:
    return terms_sheet.gather(desk.books(), day, display_currency="EUR", **whose)


def money(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


VAT = {"vat_amount": "210.00"}


def vat(desk, day: str, **values: object) -> list[dict]:
    return desk.ask("vat_on_bad_debts", as_of=day, **values)

"""Rows of native files dated so many days before DAY, and what the worklist says of an invoice."""

from datetime import date, timedelta

from reports.answers.settings.sender import Sender
from tests.books import Desk
from tests.shared_desk import SharedDesk

DAY = date(2026, 11, 22)
_asked: dict[tuple[str, date], list[dict]] = {}
SENDER = Sender(
    name="Zilver & Zn", email="ar@example.org", phone="030-1", iban="NL91ABNA0417164300",
    link="https://pay.example/{invoice}?a={amount}&c={currency}",
)  # fmt: skip


def ago(days: int) -> str:
    return (DAY - timedelta(days=days)).isoformat()


def customer(number: str, **more: str) -> dict:
    return {
        "customer_id": number, "customer_name": f"Name {number}", "segment": "Klein", "country": "NL",
        "payment_terms_days": 30, "credit_limit": "", "customer_type": "", "language": "nl",
        "email": f"{number.lower()}@example.org", "account_manager": "", **more,
    }  # fmt: skip


def invoice(number: str, who: str, due: int, amount: str = "100.00", **more: str) -> tuple:
    return (number, who, "invoice", ago(due + 30), ago(due), more.get("currency", "EUR"), amount)


def contact(document: str, who: str, day: int, kind: str, *, channel: str = "e-mail") -> tuple:
    return (who, document, ago(day), channel, "out", kind)


def payment(document: str, who: str, day: int, amount: str = "100.00") -> tuple:
    return (f"P-{document}-{day}", who, document, ago(day), "EUR", amount)


def items(desk: Desk | SharedDesk, day: date = DAY) -> dict[str, dict]:
    """Return the rows of a day by invoice; they are asked for once per publication."""
    if isinstance(desk, SharedDesk):  # it asks no question twice
        return {row["invoice_id"]: row for row in desk.ask("worklist_items", as_of=day)}
    key = (desk.books().snapshot.key, day)
    if key not in _asked:
        _asked[key] = desk.ask("worklist_items", as_of=day)
    return {row["invoice_id"]: dict(row) for row in _asked[key]}


def step(desk: Desk | SharedDesk, document: str = "F1", day: date = DAY) -> tuple[str | None, str | None]:
    row = items(desk, day).get(document)
    return (None, None) if row is None else (row["step"], row["waits"])


def habits(who: str, late: int, count: int = 10) -> tuple[list[tuple], list[tuple]]:
    """Ten paid invoices of the year, so many of them late."""
    rows = [invoice(f"{who}-H{n}", who, 100 + n) for n in range(count)]
    paid = [payment(f"{who}-H{n}", who, 100 + n - (9 if n < late else 0)) for n in range(count)]
    return rows, paid

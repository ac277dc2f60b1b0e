"""Rows of customers, documents and payments, for ledgers with credit."""


def customer(number: str) -> tuple:
    return (number, f"Name {number}", "Klein", "NL", 30, "")


def document(number: str, who: str, issued: str, due: str, amount: str, **more: str) -> dict:
    return {
        "invoice_id": number,
        "customer_id": who,
        "invoice_type": "invoice" if not amount.startswith("-") else "credit_note",
        "invoice_date": issued,
        "due_date": due,
        "currency": "EUR",
        "amount": amount,
        **more,
    }


def payment(number: str, who: str, invoice: str, day: str, amount: str, **more: str) -> dict:
    return {
        "payment_id": number,
        "customer_id": who,
        "invoice_id": invoice,
        "payment_date": day,
        "currency": "EUR",
        "amount": amount,
        **more,
    }

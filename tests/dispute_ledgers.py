"""Rows of native files dated so many days before DAY, and ledgers of disputes, faults and agency cases."""

from datetime import date, timedelta

DAY = date(2026, 11, 22)
Row = dict[str, object]


def ago(days: int) -> str:
    return (DAY - timedelta(days=days)).isoformat()


def customer(number: str, manager: str = "", segment: str = "Klein") -> Row:
    return {
        "customer_id": number, "customer_name": f"Name {number}", "segment": segment, "country": "NL",
        "payment_terms_days": 30, "credit_limit": "", "account_manager": manager,
    }  # fmt: skip


def invoice(number: str, who: str, due: int, amount: str = "100.00", **more: str) -> Row:
    """An invoice that fell due so many days before DAY, dated 30 days before that."""
    return {
        "invoice_id": number, "customer_id": who, "invoice_type": "invoice", "invoice_date": ago(due + 30),
        "due_date": ago(due), "currency": "EUR", "amount": amount, **more,
    }  # fmt: skip


def note(number: str, who: str, day: int, amount: str, **more: str) -> Row:
    return {
        **invoice(number, who, day, amount, **more),
        "invoice_type": "credit_note",
        "invoice_date": ago(day),
    }


def paid(document: str, who: str, day: int, amount: str = "100.00", **more: str) -> Row:
    return {
        "payment_id": f"P-{document}-{day}", "customer_id": who, "invoice_id": document,
        "payment_date": ago(day), "currency": "EUR", "amount": amount, **more,
    }  # fmt: skip


DISPUTED = {
    "customers": [customer("C1", "Ann"), customer("C2", "Bob", "Groot")],
    "invoices": [
        invoice("F1", "C1", 30, "1000.00"),
        invoice("F2", "C1", 25, "200.00"),
        invoice("F3", "C2", 40, "90.00"),
        invoice("F4", "C2", 10, "80.00"),
        invoice("F5", "C2", -5, "600.00"),
        invoice("F6", "C2", 500, "70.00"),
        note("N1", "C2", 20, "-50.00"),
    ],
    "instalments": [("F5", ago(15), "300.00"), ("F5", ago(-15), "300.00")],
    "payments": [
        paid("F1", "C1", 10, "400.00"), paid("F3", "C2", 2, "90.00"), paid("F5", "C2", 12, "300.00"),
        paid("F6", "C2", 480, "70.00"),
    ],
    "disputes": [
        ("F1", ago(20), "", "price", "100.00"),
        ("F1", ago(5), "", " damage ", "10.00"),  # the second about it
        ("F2", ago(30), ago(3), "price", "200.00"),  # over since three days
        ("F2", ago(45), ago(41), "price", "200.00"),
        ("F3", ago(20), "", "", "90.00"),  # paid, and nobody closed it
        ("F4", ago(-1), "", "price", "80.00"),  # of tomorrow
        ("F5", ago(8), ago(-2), "damage", "600.00"),  # closed after tomorrow
        ("F6", ago(490), ago(470), "price", "70.00"),  # of last year
        ("N1", ago(9), "", "price", "50.00"),  # a credit note waits for nobody
    ],
}  # fmt: skip

FAULTY = {
    "customers": [customer("C1", "Ann"), customer("C2", "Bob"), customer("C3")],
    "invoices": [
        invoice("A1", "C1", 100, po_number="PO1"),
        invoice("A2", "C1", 90),  # no number, where C1 gives one
        invoice("A3", "C1", 80, po_number="PO3", cancelled_date=ago(85)),
        invoice("A4", "C1", 334, po_number="PO4"),  # dated 364 days ago, the first day
        invoice("A5", "C1", 335),  # a day earlier
        invoice("A6", "C1", -3, po_number="PO6"),  # not due, and paid already
        invoice("B1", "C2", 60),  # C2 never gives one
        invoice("B2", "C2", 50),
        invoice("B3", "C2", 40),
        invoice("B4", "C2", 30),
        invoice("B5", "C2", 20),
        note("N1", "C2", 35, "-30.00", original_invoice_id="B1"),
        note("N2", "C2", 34, "-20.00"),  # refers to none; set off against B2
        note("N3", "C2", -1, "-10.00", original_invoice_id="B3"),  # of tomorrow
        note("N4", "C2", 15, "-100.00", original_invoice_id="B4"),
        invoice("D1", "C3", 45),
    ],
    "payments": [
        paid("A1", "C1", 95), paid("A2", "C1", 60, "40.00"), paid("A2", "C1", 50, "60.00"),
        paid("A4", "C1", 334), paid("A6", "C1", 1),
        paid("B1", "C2", 70, "70.00"), paid("B1", "C2", 33, "30.00", kind="credit"),
        paid("N1", "C2", 33, "-30.00", kind="credit", payment_id="P-B1-33"),
        paid("B2", "C2", 34, "20.00", kind="credit"),
        paid("N2", "C2", 34, "-20.00", kind="credit", payment_id="P-B2-34"),
        paid("B2", "C2", 30, "80.00"),
        paid("B3", "C2", 45, "98.00"), paid("B3", "C2", 44, "2.00", kind="credit"),  # a discount
        paid("B4", "C2", 15, "100.00", kind="credit"),
        paid("N4", "C2", 15, "-100.00", kind="credit", payment_id="P-B4-15"),
        paid("D1", "C3", 40), paid("D1", "C3", 39, "-100.00", kind="reversal"),
    ],
    "disputes": [("B2", ago(60), ago(30), "price", "10.00"), ("B3", ago(-2), "", "price", "10.00")],
}  # fmt: skip


def many(held: int) -> dict[str, list[Row]]:
    """Twelve customers, 2 invoices disputed and 2 not each: 10 + n days later, others `held` days late."""
    documents, payments, opened = [], [], []
    for who in range(12):
        for at in range(4):
            number, late = f"F{who}-{at}", held + (10 + who if at < 2 else 0)
            documents.append(invoice(number, f"C{who}", 100))
            payments.append(paid(number, f"C{who}", 100 - late))
            if at < 2:
                opened.append((number, ago(110), ago(90), "price", "10.00"))
    return {
        "customers": [customer(f"C{who}") for who in range(12)], "invoices": documents,
        "payments": payments, "disputes": opened,
    }  # fmt: skip


def case(number: str, agency: str, opened: int, status: str = "open", closed: int | None = None,
         **amounts: str) -> Row:  # fmt: skip
    return {
        "case_id": number, "customer_id": "C1", "agency": agency, "opened_date": ago(opened),
        "status": status, "closed_date": "" if closed is None else ago(closed),
        "claimed": "", "recovered": "", "cost": "", **amounts,
    }  # fmt: skip


CASES = [
    case("K1", "North", 100, "paid", 60, claimed="1000.00", recovered="1000.00", cost="150.00"),
    case("K2", " North ", 90, "partly_paid", 20, claimed="500.00", recovered="200.00", cost="90.00"),
    case("K3", "North", 30, claimed="800.00", recovered="50.00", cost="10.00"),
    case("K4", "South", 40, "uncollectable", 10, claimed="300.00", recovered="0.00", cost="25.00"),
    case("K5", "South", 25, "paid", 5, recovered="75.00"),  # nobody wrote what was claimed
    case("K6", "West", 12, claimed="10.00"),
]

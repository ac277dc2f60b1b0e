"""Which debt credit pays first where one of them was written off, and a part of the other sign."""

from decimal import Decimal

import pytest

from tests.books import Desk
from tests.credit_rows import customer, document, payment

D = Decimal
DAY = "2025-03-31"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    def books_of(number: str, *credited: str) -> list[dict]:
        """F of 400.00 and G of 300.00, both due, and notes on F."""
        return [
            document(f"F{number}", number, "2024-01-01", "2024-01-31", "400.00", vat_amount="69.42"),
            document(f"G{number}", number, "2024-01-01", "2024-01-31", "300.00", vat_amount="52.07"),
            *(
                document(
                    f"K{number}{place}",
                    number,
                    "2025-02-01",
                    "",
                    f"-{amount}",
                    original_invoice_id=f"F{number}",
                )
                for place, amount in enumerate(credited)
            ),
        ]

    def written_off(number: str, amount: str) -> dict:
        return payment(f"W{number}", number, f"F{number}", "2025-01-10", amount, kind="write_off")

    desk = Desk(tmp_path_factory.mktemp("credit-and-write-offs"))
    numbers = ("part", "whole", "beyond", "twice", "paid")
    waived = {"kind": "write_off", "waived": "yes"}
    desk.load(
        customers=[customer(number) for number in (*numbers, "returned", "released", "rounded")],
        invoices=[
            *books_of("part", "350.00"), *books_of("whole", "400.00"), *books_of("beyond", "500.00"),
            *books_of("twice", "150.00", "400.00"), *books_of("paid"), *books_of("released"),
            *books_of("rounded"),
            document("R", "returned", "2025-01-01", "", "1000.00"),
        ],
        instalments=[
            ("R", "2025-01-31", "700.00"), ("R", "2025-02-28", "500.00"), ("R", "2025-03-31", "-200.00"),
        ],
        payments=[
            *(written_off(number, "400.00") for number in numbers if number != "twice"),
            # 300.00 of 400.00 written off: 100.00 is open.
            written_off("twice", "300.00"),
            payment("A", "paid", "", "2025-02-01", "450.00"),
            # 160.00 of 400.00 is waived, and 340.00 paid after: 100.00 more than was owed.
            payment("V", "released", "Freleased", "2024-02-10", "160.00", **waived),
            payment("M", "released", "Freleased", "2024-03-01", "340.00"),
            # Paid first, then 0.40 written off that nobody owed: no credit.
            payment("P", "rounded", "Frounded", "2024-02-10", "400.00"),
            payment("U", "rounded", "Frounded", "2024-03-01", "0.40", **waived),
        ],
    )  # fmt: skip
    return desk


@pytest.mark.parametrize(
    ("number", "claimed"),
    [
        ("part", {"F": "50.00", "G": "300.00"}),
        ("whole", {"G": "300.00"}),
        ("beyond", {"G": "200.00"}),
        # 550.00: 100.00 that is open, 300.00 that was written off, 150.00 of G.
        ("twice", {"G": "150.00"}),
    ],
)
def test_a_note_lowers_what_was_written_off_of_its_invoice_before_it_pays_another(
    desk: Desk, number: str, claimed: dict[str, str]
) -> None:
    rows = desk.ask("claims", as_of=DAY, customer=number)
    owed = {
        row["invoice_id"][0]: row["open_amount"] + row["written_off_amount"] - row["set_off_amount"]
        for row in rows
    }
    assert owed == {name: D(amount) for name, amount in claimed.items()}


@pytest.mark.parametrize(
    ("number", "unpaid"),
    [
        ("part", {"F": ("50.00", "8.68"), "G": ("300.00", "52.07")}),
        ("whole", {"G": ("300.00", "52.07")}),
        ("beyond", {"G": ("200.00", "34.71")}),
        # On account: 300.00 of G, which is open, then 150.00 of the 400.00 written off; a day after the year.
        (
            "paid",
            {"F": ("250.00", "43.39"), "F again": ("150.00", "26.03"), "G again": ("300.00", "52.07")},
        ),
    ],
)  # 69.42 x 50 / 400; 52.07 x 200 / 300; 69.42 x 250 / 400; 69.42 x 150 / 400
def test_vat_is_reclaimed_of_what_neither_money_nor_credit_paid(
    desk: Desk, number: str, unpaid: dict[str, tuple[str, str]]
) -> None:
    rows = desk.ask("vat_on_bad_debts", as_of=DAY, customer=number)
    again = {"due_again": " again"}
    assert {
        f"{row['invoice_id'][0]}{again.get(row['vat_state'], '')}": (row["unpaid_amount"], row["vat_unpaid"])
        for row in rows
    } == {name: (D(amount), D(vat)) for name, (amount, vat) in unpaid.items()}


@pytest.mark.parametrize("day", ["2025-01-15", "2025-02-28", "2025-03-30", "2025-03-31"])
def test_no_more_is_owed_of_an_invoice_with_money_due_back_than_the_invoice(desk: Desk, day: str) -> None:
    rows = {row["due_date"]: row for row in desk.ask("open_items", as_of=day) if row["invoice_id"] == "R"}
    assert [(rows[due]["open_amount"], rows[due]["owed_amount"]) for due in sorted(rows)] == [
        (D("700.00"), D("700.00")), (D("500.00"), D("300.00")), (D("-200.00"), D("0.00")),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "owed"), [("released", "200.00"), ("rounded", "300.00")])
def test_money_after_a_waiver_is_paid_too_much_and_what_is_written_off_of_nothing_is_not(
    desk: Desk, number: str, owed: str
) -> None:
    rows = {row["invoice_id"]: row["owed_amount"] for row in desk.ask("open_items", as_of=DAY)}
    assert rows[f"G{number}"] == D(owed)

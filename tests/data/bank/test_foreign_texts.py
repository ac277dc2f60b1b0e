"""Receipts as payers and banks of several countries write them, each with what it pays worked out by hand.

What is applied by itself must be that; what a person must say is applied on nothing.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from data.bank.application import apply_cash
from tests.data.bank.small_books import Row, books, invoice, receipt

CUSTOMERS = [
    ("K1", "Müller Maschinenbau GmbH", ""),
    ("K2", "Établissements Dupont SARL", ""),
    ("K3", "Peeters & Zonen NV", ""),
    ("K4", "O'Brien Foods Ltd", ""),
    ("K5", "Lefèvre Transports SAS", "G"),
    ("K6", "Groupe Lefèvre SA", "G"),
    ("K7", "Stichting Zorg Oost", ""),
]
DAY = date(2026, 1, 12)


def applied(documents: list[Row], amount: str, text: str, payer: str = "", **more: Any) -> dict[Any, str]:
    """What is applied by itself of one receipt: document (None: on account) -> money."""
    rows = apply_cash(
        books([receipt("1", amount, text, counterparty=payer, **more)], documents, customers=CUSTOMERS)
    ).rows
    return {
        row["invoice_id"]: str(row["applied_amount"])
        for row in rows.iter_rows(named=True)
        if row["status"] == "applied"
    }


GERMAN = [
    invoice("RE-2026-00417", "K1", "1190.00", DAY),
    invoice("RE-2026-00418", "K1", "595.95", DAY),
    invoice("RE-2026-00420", "K1", "88.06", DAY),
    invoice("RE-2026-00419", "K2", "1190.00", DAY),
]


@pytest.mark.parametrize(
    ("amount", "text", "numbers"),
    [
        ("1190.00", "Rechnung Nr. RE-2026-00417 vom 12.01.2026", {"RE-2026-00417"}),
        ("1190.00", "RG 2026/00417", {"RE-2026-00417"}),
        ("1190.00", "SVWZ+RE202600417 EREF+NOTPROVIDED", {"RE-2026-00417"}),
        ("1190.00", "Re.Nr.: RE 2026-417", {"RE-2026-00417"}),
        ("1190.00", "KD-NR K1 RG-NR 00417", {"RE-2026-00417"}),
        ("1785.95", "Rg. RE-2026-00417 u. RE-2026-00418", {"RE-2026-00417", "RE-2026-00418"}),
        ("1785.95", "RE-2026-00417/418", {"RE-2026-00417", "RE-2026-00418"}),
        ("1785.95", "RE-2026-00417 bis RE-2026-00418", {"RE-2026-00417", "RE-2026-00418"}),
        ("1874.01", "RE-2026-00417 + 00418 + 00420", {"RE-2026-00417", "RE-2026-00418", "RE-2026-00420"}),
        ("1278.06", "RE-2026-00417 EUR 1.190,00 RE-2026-00420 EUR 88,06", {"RE-2026-00417", "RE-2026-00420"}),
        ("595.95", "Sammelüberweisung", {"RE-2026-00418"}),
        ("684.01", "diverse Rechnungen", {"RE-2026-00418", "RE-2026-00420"}),
        ("595.95", "RE-2O26-OO418", {"RE-2026-00418"}),
        ("595.95", "RE-2026-0041B", {"RE-2026-00418"}),
        ("595.95", "RE-2026-00481", {"RE-2026-00418"}),
        ("595.95", "RE-2026- 00 418", {"RE-2026-00418"}),
    ],
)
def test_german_payers(amount: str, text: str, numbers: set[str]) -> None:
    assert set(applied(GERMAN, amount, text, "Mueller Maschinenbau GmbH")) <= numbers
    assert set(applied(GERMAN, amount, text, "MÜLLER MASCHINENBAU GMBH")) == numbers


FRENCH = [
    invoice("FA2601-0031", "K2", "2400.00", DAY),
    invoice("FA2601-0035", "K2", "360.50", DAY),
    invoice("AV2601-0002", "K2", "-100.00", DAY, original_invoice_id="FA2601-0031"),
    invoice("FA2601-0032", "K3", "2400.00", DAY),
]


@pytest.mark.parametrize(
    ("amount", "text", "money"),
    [
        ("360.50", "VIR SEPA FACTURE N° FA2601-0035", {"FA2601-0035": "360.50"}),
        ("360.50", "règlement facture FA2601 0035", {"FA2601-0035": "360.50"}),
        ("2300.00", "FA2601-0031 moins avoir AV2601-0002", {"FA2601-0031": "2300.00"}),
        (
            "2660.50",
            "Fact. FA2601-0031, FA2601-0035 - AV2601-0002",
            {"FA2601-0031": "2300.00", "FA2601-0035": "360.50"},
        ),
        (
            "2760.50",
            "factures FA2601-0031 et FA2601-0035",
            {"FA2601-0031": "2400.00", "FA2601-0035": "360.50"},
        ),
        ("1200.00", "acompte FA2601-0031", {"FA2601-0031": "1200.00"}),
    ],
)
def test_french_payers(amount: str, text: str, money: dict[str, str]) -> None:
    assert applied(FRENCH, amount, text, "Etablissements Dupont SARL") == money


BELGIAN = [
    invoice("20260118", "K3", "605.00", DAY),
    invoice("20260119", "K3", "242.00", DAY),
    invoice("20260120", "K7", "605.00", DAY),
]


@pytest.mark.parametrize(
    ("amount", "text", "reference", "numbers"),
    [
        ("605.00", "", "OGM", {"20260118"}),
        ("847.00", "fact 20260118 en 20260119", "", {"20260118", "20260119"}),
        ("847.00", "20260118-19", "", {"20260118", "20260119"}),
        ("847.00", "facturen 20260118 t.e.m. 20260119", "", {"20260118", "20260119"}),
        ("242.00", "mededeling: factuur 2026/0119", "", {"20260119"}),
    ],
)
def test_belgian_payers(amount: str, text: str, reference: str, numbers: set[str]) -> None:
    number = 20260118
    digits = f"{number:010}{number % 97 or 97:02}"
    given = {"reference": f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"} if reference else {}
    assert set(applied(BELGIAN, amount, text, "PEETERS EN ZONEN NV", **given)) == numbers


def test_a_charge_that_the_text_states_is_settled_and_one_that_it_does_not_state_is_not() -> None:
    documents = [invoice("INV-88120", "K4", "5000.00", DAY)]
    text = "INV-88120 /CHGS/EUR 15,00"
    payer = {"counterparty": "O'BRIEN FOODS LTD"}
    made = apply_cash(books([receipt("1", "4985.00", text, **payer)], documents, customers=CUSTOMERS))
    assert made.settlements.select("document_id", "kind").rows() == [("INV-88120", "write_off")]
    silent = apply_cash(
        books([receipt("1", "4985.00", "INV-88120", **payer)], documents, customers=CUSTOMERS)
    )
    assert silent.settlements.is_empty()


def test_a_factor_pays_for_many_debtors_by_their_numbers() -> None:
    documents = [
        invoice("2026001877", "K1", "1210.00", DAY),
        invoice("2026001878", "K2", "484.00", DAY),
        invoice("2026001879", "K3", "363.00", DAY),
    ]
    text = "2026001877 1210,00 2026001878 484,00 2026001879 363,00"
    assert applied(documents, "2057.00", text, "Eurofactor Hansa NV") == {
        "2026001877": "1210.00", "2026001878": "484.00", "2026001879": "363.00",
    }  # fmt: skip


def test_a_company_of_the_group_and_a_person_pay_what_the_number_says() -> None:
    documents = [invoice("2026-0417", "K5", "750.00", DAY), invoice("2026-0418", "K1", "750.00", DAY)]
    assert applied(documents, "750.00", "facture 2026-0417", "Groupe Lefèvre SA") == {"2026-0417": "750.00"}
    assert applied(documents, "750.00", "facture 2026-0417", "M. Jean Martin") == {"2026-0417": "750.00"}


def test_instalments_of_one_invoice_are_applied_as_their_texts_say() -> None:
    documents = [invoice("2026-0417", "K1", "900.00", DAY)]
    entries = [
        receipt(str(place), "300.00", f"2026-0417 {place}. Rate Teilzahlung",
                counterparty="Müller Maschinenbau GmbH", entry_date=date(2026, 1 + place, 15))
        for place in (1, 2, 3)
    ]  # fmt: skip
    rows = apply_cash(books(entries, documents, customers=CUSTOMERS)).rows
    assert rows.select("invoice_id", "status").rows() == [("2026-0417", "applied")] * 3


@pytest.mark.parametrize("days", [0, 30])
def test_what_is_paid_twice_stays_on_account(days: int) -> None:
    documents = [invoice("2026-0417", "K1", "900.00", DAY), invoice("2026-0431", "K1", "317.00", DAY)]
    entries = [
        receipt(number, "900.00", "2026-0417", counterparty="Müller Maschinenbau GmbH",
                entry_date=date(2026, 2, 2) + timedelta(days=later))
        for number, later in (("1", 0), ("2", days))
    ]  # fmt: skip
    rows = apply_cash(books(entries, documents, customers=CUSTOMERS)).rows
    assert rows.select("entry_id", "kind", "invoice_id", "status").rows() == [
        ("1", "invoice", "2026-0417", "applied"), ("2", "on_account", None, "applied"),
    ]  # fmt: skip


def test_a_late_discount_on_several_leaves_the_discount_open() -> None:
    """2% of 1,000.00 and of 500.00, three weeks late: 1,470.00 comes in, 20.00 and 10.00 stay open."""
    agreed = {"discount_percent": "2", "discount_days": 14}
    documents = [
        invoice("2026-0417", "K1", "1000.00", DAY, **agreed),
        invoice("2026-0418", "K1", "500.00", DAY, **agreed),
    ]
    made = apply_cash(
        books(
            [receipt("1", "1470.00", "2026-0417 2026-0418", counterparty="Müller Maschinenbau GmbH",
                     entry_date=date(2026, 2, 16))],
            documents, customers=CUSTOMERS,
        )
    )  # fmt: skip
    money = made.rows.select("invoice_id", "applied_amount").rows()
    assert [(number, str(own)) for number, own in money] == [("2026-0417", "980.00"), ("2026-0418", "490.00")]
    assert made.settlements.is_empty()


def test_a_rounding_stays_open_or_on_account_and_a_larger_difference_is_for_a_person() -> None:
    documents = [invoice("2026-0417", "K1", "1000.40", DAY), invoice("2026-0418", "K1", "500.00", DAY)]
    text, payer = "2026-0417 2026-0418", "Müller Maschinenbau GmbH"
    assert applied(documents, "1500.38", text, payer) == {"2026-0417": "1000.38", "2026-0418": "500.00"}
    assert applied(documents, "1500.43", text, payer) == {
        "2026-0417": "1000.40", "2026-0418": "500.00", None: "0.03",
    }  # fmt: skip
    assert applied(documents, "1460.00", text, payer) == {}


def test_all_that_is_due_is_paid_without_a_number() -> None:
    """The first four of six by day, and the first four without the second."""
    amounts = ("1210.37", "484.11", "363.29", "77.83", "901.57", "1333.99")
    documents = [
        invoice(f"2026-04{place}", "K1", amount, date(2026, 1, 2 + place))
        for place, amount in enumerate(amounts)
    ]
    payer = "Müller Maschinenbau GmbH"
    due = {f"2026-04{place}" for place in range(4)}
    assert set(applied(documents, "2135.60", "zie specificatie", payer)) == due
    assert set(applied(documents, "1651.49", "", payer)) == {"2026-040", "2026-042", "2026-043"}


def test_round_amounts_without_a_number_are_for_a_person() -> None:
    """Ten invoices of whole hundreds: many sets make 1,500.00."""
    documents = [
        invoice(f"2026-0{400 + place}", "K1", f"{100 * (place + 1)}.00", date(2026, 1, 2 + place))
        for place in range(10)
    ]
    assert applied(documents, "1500.00", "", "Müller Maschinenbau GmbH") == {}


def test_a_name_in_the_text_tells_for_whom_an_office_pays() -> None:
    documents = [invoice("2026-0417", "K7", "83.50", DAY), invoice("2026-0418", "K1", "83.50", DAY)]
    text = "betaling namens Stichting Zorg Oost"
    assert applied(documents, "83.50", text, "Bewindvoering Noord") == {"2026-0417": "83.50"}


@pytest.mark.parametrize(
    "text", ["Klantnummer 40017", "debiteur 40017", "Kundennr. 40017 Abschlag", "KD-NR. 40017"]
)
def test_a_customer_number_tells_for_whom_it_is(text: str) -> None:
    customers = [("40017", "J. de Vries", ""), ("40018", "J. de Vries", "")]
    documents = [invoice("2026-0417", "40018", "83.50", DAY), invoice("2026-0418", "40017", "83.50", DAY)]
    for payer in ("J. de Vries", "P. Bos"):
        entries = [receipt("1", "83.50", text, counterparty=payer)]
        rows = apply_cash(books(entries, documents, customers=customers)).rows
        assert rows.select("invoice_id", "status").rows() == [("2026-0418", "applied")]


def test_an_account_that_named_the_invoices_of_one_customer_often_is_its_own() -> None:
    documents = [
        invoice(f"2026-04{place}", "K1", f"{100 + place}.17", date(2026, 1, 2 + place))
        for place in range(10, 14)
    ]
    entries = [
        receipt(str(place), f"{100 + place}.17", f"2026-04{place}" if place < 13 else "betaling",
                counterparty="MM Holding", counterparty_account="DE44500105175407324931",
                entry_date=date(2026, 2, place))
        for place in range(10, 14)
    ]  # fmt: skip
    rows = apply_cash(books(entries, documents, customers=CUSTOMERS)).rows
    assert rows["status"].to_list() == ["applied"] * 4
    # An account that named those of two customers is nobody's.
    documents[0]["customer_id"] = "K2"
    rows = apply_cash(books(entries, documents, customers=CUSTOMERS)).rows
    assert rows["status"].to_list() == [*["applied"] * 3, "proposed"]


def test_a_pair_with_a_rival_of_three_is_for_a_person() -> None:
    """1,010.11 + 2,020.29 and 1,515.15 + 707.19 + 808.06 are both 3,030.40: the first stand side by side."""
    amounts = ("1010.11", "2020.29", "1515.15", "77.31", "707.19", "808.06")
    documents = [
        invoice(f"2026-04{place}", "K1", amount, date(2026, 1, 2 + place))
        for place, amount in enumerate(amounts)
    ]
    assert applied(documents, "3030.40", "betaling", "Müller Maschinenbau GmbH") == {}


def test_the_first_of_a_list_that_goes_on_are_paid_and_the_rest_is_for_a_person() -> None:
    """1,010.11 of the one named, and 500.00 of which nobody knows for what it is."""
    documents = [
        invoice("2026-0417", "K1", "1010.11", DAY),
        invoice("2026-0418", "K1", "333.33", DAY),
        invoice("2026-0419", "K1", "444.87", DAY),
    ]
    text, payer = "2026-0417 e.a.", "Müller Maschinenbau GmbH"
    entries = [receipt("1", "1510.11", text, counterparty=payer)]
    rows = apply_cash(books(entries, documents, customers=CUSTOMERS)).rows
    made = rows.select("invoice_id", "status", "applied_amount").rows()
    assert [(*row[:2], str(row[2])) for row in made] == [
        ("2026-0417", "applied", "1010.11"), (None, "proposed", "500.00"),
    ]  # fmt: skip
    # Without a word that says so it may be too much for the one.
    assert applied(documents, "1510.11", "2026-0417", payer) == {}
    # Of somebody whom nobody knows it is nothing certain.
    assert applied(documents, "1510.11", text, "Onbekend BV") == {}


def test_of_a_list_that_the_bank_cut_off_what_is_named_is_paid() -> None:
    amounts = [f"{100 + 37 * place}.{place:02}" for place in range(12)]
    documents = [
        invoice(f"RE-2026-{place:05}", "K1", amount, DAY + timedelta(days=place % 9))
        for place, amount in enumerate(amounts)
    ]
    text = " ".join(f"RE-2026-{place:05}" for place in range(9))
    assert len(text) == 9 * 13 + 8
    named = {f"RE-2026-{place:05}": amount for place, amount in enumerate(amounts[:9])}
    # All nine, 2,232.36 together, and 700.01 of which nobody can tell for what it is.
    assert applied(documents, "2932.37", text, "Müller Maschinenbau GmbH") == named

"""Statements of camt.053: accounts, currencies, numbers, days, balances, pages."""

from datetime import date
from decimal import Decimal

import pytest

from tests.data.importers.formats.bank.camt_texts import (
    OWN,
    balance,
    camt_053,
    entry,
    only,
    read,
    rows,
    statement,
)

D = Decimal
MARCH = (balance("OPBD", "100.00", "2026-03-01"), balance("CLBD", "112.50", "2026-03-31"))
ENTRIES = (entry("20.00"), entry("7.50", side="DBIT", day="<Dt>2026-03-09</Dt>"))


def stated(*inside: str, **more: str):
    return only(camt_053(statement(*inside, **more)), "bank_statements")


def test_a_statement_has_its_balances_and_the_sums_of_its_lines() -> None:
    reading = read(camt_053(statement(*MARCH, *ENTRIES)))
    (row,) = rows(reading, "bank_statements")
    assert {name: row[name] for name in row if name not in {"statement_id", "line"}} == {
        "account": OWN, "currency": "EUR", "number": "7", "from_date": date(2026, 3, 1),
        "to_date": date(2026, 3, 31), "opening": D("100.00"), "closing": D("112.50"), "entries": 2,
        "credits": D("20.00"), "debits": D("7.50"), "part": None, "first_page": None, "last_page": None,
    }  # fmt: skip
    (closing,) = rows(reading, "bank_balances")
    assert (closing["account"], closing["balance_date"], closing["balance"]) == (
        OWN, date(2026, 3, 31), D("112.50"),
    )  # fmt: skip
    assert reading.rows_read == 3
    assert reading.sum_accepted == D("12.50")


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 15)])
def test_every_version_is_read(version: str) -> None:
    content = camt_053(statement(*MARCH, *ENTRIES), version=version)
    assert only(content, "bank_statements")["credits"] == D("20.00")


def test_without_a_namespace_and_with_a_prefix_it_is_read_too() -> None:
    plain = camt_053(statement(*MARCH, *ENTRIES), namespace="")
    text = camt_053(statement(*MARCH, *ENTRIES)).decode()
    prefixed = text.replace("</", "</\0").replace("<\0", "<").replace("xmlns=", "xmlns:c=")
    for tag in {part.split(">")[0].split(" ")[0] for part in text.split("<")[2:] if part[0] != "/"}:
        prefixed = prefixed.replace(f"<{tag}>", f"<c:{tag}>").replace(f"<{tag} ", f"<c:{tag} ")
        prefixed = prefixed.replace(f"</\0{tag}>", f"</c:{tag}>")
    wide = text.replace("UTF-8", "UTF-16").encode("utf-16")
    for content in (plain, prefixed.encode(), wide):
        assert only(content, "bank_statements")["credits"] == D("20.00")


def test_the_opening_is_opbd_and_else_prcd() -> None:
    prcd = balance("PRCD", "99.00", "2026-02-28")
    assert stated(prcd, *MARCH)["opening"] == D("100.00")
    row = stated(prcd, MARCH[1])
    assert (row["opening"], row["from_date"]) == (D("99.00"), date(2026, 2, 28))


@pytest.mark.parametrize("kind", ["ITBD", "CLAV", "OPAV", "FWAV", "INFO"])
def test_other_balances_are_neither_opening_nor_closing(kind: str) -> None:
    reading = read(camt_053(statement(balance(kind, "5.00", "2026-03-31"), *ENTRIES)))
    (row,) = rows(reading, "bank_statements")
    assert (row["opening"], row["closing"]) == (None, None)
    assert (row["from_date"], row["to_date"]) == (date(2026, 3, 5), date(2026, 3, 9))
    assert rows(reading, "bank_balances") == []


@pytest.mark.parametrize(
    ("text", "side", "opening"),
    [
        ("100.00", "DBIT", "-100.00"),
        ("100.00", "", "100.00"),
        ("-100.00", "DBIT", "-100.00"),
        ("-0.5", "", "-0.50"),
        ("0", "DBIT", "0.00"),
    ],
)
def test_a_balance_has_its_sign(text: str, side: str, opening: str) -> None:
    assert stated(balance("OPBD", text, "2026-03-01", side=side))["opening"] == D(opening)


def test_a_balance_that_is_no_amount_refuses_the_statement_and_not_its_entries() -> None:
    reading = read(camt_053(statement(balance("CLBD", "1.234", "2026-03-31"), *ENTRIES)))
    assert reading.rejects["reason"].to_list() == ["Bal CLBD '1.234' has more than 2 decimals"]
    assert len(rows(reading)) == 2
    assert rows(reading, "bank_statements") == rows(reading, "bank_balances") == []


def test_an_empty_statement_is_a_row() -> None:
    row = stated(balance("OPBD", "5.00", "2026-03-01"), balance("CLBD", "5.00", "2026-03-01"))
    assert (row["entries"], row["credits"], row["debits"]) == (0, D("0.00"), D("0.00"))


def test_the_number_is_the_electronic_one_else_the_legal_one_else_the_name() -> None:
    assert stated(number="12", head="<LglSeqNb>3</LglSeqNb>")["number"] == "12"
    assert stated(number="", head="<LglSeqNb>3</LglSeqNb>")["number"] == "3"
    assert stated(number="")["number"] == "S7"


def test_an_account_is_its_iban_else_its_number() -> None:
    assert stated(account="<IBAN>nl91 abna 0417 1643 00</IBAN>")["account"] == OWN
    assert stated(account="<Othr><Id>12.34.56 789</Id></Othr>")["account"] == "123456789"


def test_without_a_currency_of_the_account_that_of_its_amounts_counts() -> None:
    dollars = balance("OPBD", "1.00", "2026-03-01", currency="USD")
    assert stated(dollars, currency="")["currency"] == "USD"
    assert stated(entry("5.00", currency="CHF"), currency="")["currency"] == "CHF"
    reading = read(
        camt_053(statement(entry("5.00", currency="CHF"), entry("6.00", currency="USD"), currency=""))
    )
    assert [(row["currency"], row["amount"]) for row in rows(reading)] == [
        ("CHF", D("5.00")),
        ("USD", D("6.00")),
    ]
    assert [row["entries"] for row in rows(reading, "bank_statements")] == [1, 1]


def test_an_account_with_balances_in_two_currencies_is_two_statements() -> None:
    inside = [
        *(balance(kind, "1.00", "2026-03-01", currency="USD") for kind in ("OPBD", "CLBD")),
        *(balance(kind, "2.00", "2026-03-01") for kind in ("OPBD", "CLBD")),
        entry("3.00", currency="USD"),
    ]
    reading = read(camt_053(statement(*inside)))
    assert [
        (row["currency"], row["opening"], row["entries"]) for row in rows(reading, "bank_statements")
    ] == [("USD", D("1.00"), 1), ("EUR", D("2.00"), 0)]


def test_an_amount_that_names_another_currency_counts_as_the_accounts_and_is_named() -> None:
    reading = read(camt_053(statement(*MARCH, entry("12.50", currency="CHF"))))
    assert [(row["currency"], row["amount"]) for row in rows(reading)] == [("EUR", D("12.50"))]
    assert [str(note) for note in reading.notes] == [
        f"Entries in CHF on account {OWN}, which is in EUR, so that their amounts count as EUR: 1."
    ]


def test_a_balance_in_another_currency_is_left_out_and_named() -> None:
    reading = read(camt_053(statement(MARCH[0], balance("CLBD", "9.00", "2026-03-31", currency="SEK"))))
    assert rows(reading, "bank_statements")[0]["closing"] is None
    assert "is in SEK, not in EUR, and does not count" in str(reading.notes[0])


def test_entries_without_a_day_are_of_the_value_date_or_the_day_of_the_statement() -> None:
    closing = balance("CLBD", "9.00", "2026-03-31")
    reading = read(
        camt_053(statement(closing, entry("1.00", day=""), entry("2.00", day="", value="2026-03-04")))
    )
    assert [row["entry_date"] for row in rows(reading)] == [date(2026, 3, 31), date(2026, 3, 4)]
    assert [str(note) for note in reading.notes] == [
        "Entries without a booking date, booked on their value date or the day of the statement: 2."
    ]


def test_several_statements_of_several_accounts_are_in_one_file() -> None:
    other = statement(*MARCH, account="<IBAN>BE68539007547034</IBAN>", currency="USD", name="S8")
    reading = read(camt_053(statement(*MARCH, *ENTRIES), other))
    stated_rows = rows(reading, "bank_statements")
    assert [(row["account"], row["currency"], row["entries"]) for row in stated_rows] == [
        (OWN, "EUR", 2), ("BE68539007547034", "USD", 0),
    ]  # fmt: skip


def test_pages_of_one_statement_are_one_row() -> None:
    first = statement(
        balance("OPBD", "100.00", "2026-03-31"),
        balance("CLBD", "120.00", "2026-03-31", sub="INTM"),
        ENTRIES[0],
        head="<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>",
    )
    second = statement(
        balance("OPBD", "120.00", "2026-03-31", sub="INTM"),
        balance("CLBD", "112.50", "2026-03-31"),
        ENTRIES[1],
        head="<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>",
    )
    for pages in ((first, second), (unnumbered(first), unnumbered(second))):
        reading = read(camt_053(*pages))
        (row,) = rows(reading, "bank_statements")
        assert (row["opening"], row["closing"], row["entries"]) == (D("100.00"), D("112.50"), 2)
        assert [(each["balance_date"], each["balance"]) for each in rows(reading, "bank_balances")] == [
            (date(2026, 3, 31), D("112.50"))
        ]


def unnumbered(page: str) -> str:
    begin, end = page.index("<StmtPgntn>"), page.index("</StmtPgntn>") + len("</StmtPgntn>")
    return page[:begin] + page[end:]


def test_a_statement_that_stands_in_the_file_twice_counts_once() -> None:
    twice = read(camt_053(statement(*MARCH, *ENTRIES), statement(*MARCH, *ENTRIES)))
    assert (twice.rows_read, twice.accepted, twice.duplicate) == (6, 3, 3)
    assert len(rows(twice)) == 2
    # Two statements with the same entry are two entries.
    other = statement(*MARCH, *ENTRIES, number="8", name="S8")
    assert len(rows(read(camt_053(statement(*MARCH, *ENTRIES), other)))) == 4


def test_equal_entries_of_a_day_are_entries_of_their_own_in_any_file() -> None:
    both = rows(read(camt_053(statement(entry("4.50"), entry("4.50")))))
    one = rows(read(camt_053(statement(entry("4.50"), name="S9"))))
    assert len({row["entry_id"] for row in both}) == 2
    assert one[0]["entry_id"] == both[0]["entry_id"]
    assert both[1]["entry_id"] == both[0]["entry_id"] + "-2"


def test_all_on_one_line_each_entry_is_a_document_of_its_own() -> None:
    content = camt_053(statement(*MARCH, entry("1.00"), entry("x"), entry("2.00"))).replace(b"\n", b"")
    reading = read(content.replace(b'"UTF-8"?>', b'"UTF-8"?>\n'))
    assert (reading.rows_read, reading.accepted, reading.rejected) == (4, 3, 1)
    assert [row["amount"] for row in rows(reading)] == [D("1.00"), D("2.00")]


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_statements_of_a_day_the_last_one_closes_it(order: int) -> None:
    pairs = [("100.00", "120.00"), ("120.00", "90.00"), ("90.00", "95.00")]
    statements = [
        statement(
            balance("OPBD", opening, "2026-03-31"), balance("CLBD", closing, "2026-03-31"),
            number=str(number), name=f"S{number}",
        )
        for number, (opening, closing) in enumerate(pairs)
    ]  # fmt: skip
    reading = read(camt_053(*statements[::order]))
    assert [row["balance"] for row in rows(reading, "bank_balances")] == [D("95.00")]
    assert len(rows(reading, "bank_statements")) == 3
    assert reading.rejected == 0


def test_the_closing_of_a_page_is_no_balance_at_the_end_of_the_day() -> None:
    closing = balance("CLBD", "120.00", "2026-03-31", sub="INTM")
    reading = read(camt_053(statement(MARCH[0], closing, ENTRIES[0])))
    assert rows(reading, "bank_statements")[0]["closing"] == D("120.00")
    assert rows(reading, "bank_balances") == []

"""MT940: messages, balances, entries and pages, in the ways in which banks write them."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.formats.bank import mt940
from tests.data.importers.formats.bank.statement_files import cells, entry, message, notes, read, statements

PLUS_TEN = ":61:2601050105C10,00NTRFNONREF"


def amounts(*lines: str) -> list[str]:
    extract, _reading = read(mt940, message(*lines))
    return [amount for (amount,) in cells(extract, "bank_entries", "amount")]


def refused(*lines: str) -> list[tuple[int, str]]:
    _extract, reading = read(mt940, message(*lines))
    return list(reading.rejects.select("line", "reason").iter_rows())


def test_a_statement_has_its_balances_and_what_was_booked() -> None:
    extract, reading = read(
        mt940,
        message(":61:2601050105C1010,50NTRFNONREF//B1", ":86:a", ":61:2601060106D10,NTRFNONREF//B2", ":86:b",
                closing="C260131EUR1100,50"),
    )  # fmt: skip
    assert statements(extract) == [
        ("1", "2026-01-01", "2026-01-31", "100.00", "1100.50", "2", "1010.50", "10.00")
    ]
    assert cells(extract, "bank_entries", "entry_date", "amount", "bank_reference", "form") == [
        ("2026-01-05", "1010.50", "B1", "mt940"), ("2026-01-06", "-10.00", "B2", "mt940"),
    ]  # fmt: skip
    assert cells(extract, "bank_balances", "balance_date", "balance") == [("2026-01-31", "1100.50")]
    assert (reading.accepted, reading.rejected, reading.duplicate) == (3, 0, 0)
    assert "opening and entries" not in notes(extract)
    assert "MT940: statements 1, entries 2, from 1 Jan 2026 to 31 Jan 2026." in notes(extract)
    assert [row.line for row in extract.rows["bank_entries"]] == [5, 7]


def test_the_name_of_an_entry_ends_in_the_reference_of_the_bank_with_an_ordinal_before_it() -> None:
    twice = [":61:2601050105C10,00NTRFNONREF//B1", ":86:a"] * 2
    extract, reading = read(mt940, message(*twice, PLUS_TEN, ":86:a"))
    names = [name for (name,) in cells(extract, "bank_entries", "entry_id")]
    # First 12 hexadecimal digits of sha256 of day, amount, name, text and reference.
    assert names[0].startswith("2026-01-05/")
    assert names[0].endswith("/B1")
    assert names[1] == names[0].replace("/B1", "-2/B1")
    assert names[2].count("/") == 1
    assert (reading.accepted, reading.duplicate) == (4, 0)


def test_a_closing_that_does_not_follow_goes_in_and_is_named() -> None:
    extract, reading = read(mt940, message(PLUS_TEN, closing="C260131EUR109,99"))
    assert reading.accepted == 2
    assert (
        "Statement 1 of account NL91ABNA0417164300: opening and entries come to 110.00, the closing is "
        "109.99, a difference of -0.01."
    ) in notes(extract)


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("2601050105C10,5NTRFNONREF", "10.50"),
        ("2601050105D10,NTRFNONREF", "-10.00"),
        ("2601050105RC10,00NTRFNONREF", "-10.00"),
        ("2601050105RD10,00NTRFNONREF", "10.00"),
        # The third letter of a currency, one of them that of EUR after a reversal.
        ("2601050105CR10,00NTRFNONREF", "10.00"),
        ("2601050105DD10,00NTRFNONREF", "-10.00"),
        ("2601050105RCR10,00NTRFNONREF", "-10.00"),
        ("260105    CN10,00NTRFNONREF", "10.00"),
        ("260105C000000000010,00N541EREF", "10.00"),
        ("20260105C10,00NTRFNONREF", "10.00"),
        ("2601050105C10.50NTRFNONREF", "10.50"),
        ("2601050105C1.010,50NTRFNONREF", "1010.50"),
        ("2601050105C1,010.50NTRFNONREF", "1010.50"),
        ("2601050105C20,000NTRFNONREF", "20.00"),
        ("2601050105C10,00", "10.00"),
        ("2601050105C0,00NMSCNONREF", "0.00"),
        ("2601050105c10,00ntrfNONREF", "10.00"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_its_bank_writes_it(line: str, amount: str) -> None:
    assert amounts(f":61:{line}", ":86:x") == [amount]


def test_an_entry_that_is_not_sure_is_refused_and_the_others_go_in() -> None:
    assert refused(
        ":61:garbage", ":86:x", PLUS_TEN, ":86:x", ":61:2601050105C1.010NTRFX", ":61:2601050105C1,005NTRFX",
        ":61:2601050230C1,00NTRFX", ":61:2601050105C15", ":61:2601050105C10NTRFX",
    ) == [
        (5, "the entry is not written as MT940 writes entries"),
        (9, "the amount 1.010 is not sure: no amount with cents at most"),
        (10, "the amount 1,005 is not sure: no amount with cents at most"),
        (11, "0230 is no day, so it is not known when the entry was booked"),
        (12, "the amount 15 lacks its decimal comma, so it may have been cut off"),
        (13, "the amount 10 lacks its decimal comma, so it may have been cut off"),
    ]  # fmt: skip


def test_a_value_date_that_is_no_day_is_the_day_of_booking_and_is_named() -> None:
    extract, reading = read(mt940, message(":61:2602300302D6,00N024NONREF", ":86:x", closing="C260302EUR94,"))
    assert cells(extract, "bank_entries", "entry_date", "value_date") == [("2026-03-02", "2026-03-02")]
    assert "Line 5: the value date 260230 is no day; the entry takes 2 Mar 2026 for it." in notes(extract)
    assert not reading.rejected


@pytest.mark.parametrize(
    ("line", "closing", "day"),
    [
        ("2601011229C1,", "C260101EUR101,", "2025-12-29"),
        ("2512310102C1,", "C260102EUR101,", "2026-01-02"),
        # Value date months back: the day of the statement says which January.
        ("2506300105C1,", "C260105EUR101,", "2026-01-05"),
        ("240229C1,", "C260105EUR101,", "2024-02-29"),
        ("2402280229C1,", "C240229EUR101,", "2024-02-29"),
    ],
)
def test_an_entry_date_gets_its_year_from_the_days_around_it(line: str, closing: str, day: str) -> None:
    extract, _reading = read(mt940, message(f":61:{line}NTRFNONREF", closing=closing))
    assert cells(extract, "bank_entries", "entry_date") == [(day,)]


def test_pages_of_a_statement_are_one_and_their_balances_between_are_none() -> None:
    first = message(PLUS_TEN, number="7/1", closing="C260105EUR110,00").replace(":62F:", ":62M:")
    last = message(PLUS_TEN, number="7/2", opening="C260105EUR110,00", closing="C260106EUR120,00")
    extract, reading = read(mt940, first + last.replace(":60F:", ":60M:"))
    assert statements(extract) == [
        ("7", "2026-01-01", "2026-01-06", "100.00", "120.00", "2", "20.00", "0.00")
    ]
    assert cells(extract, "bank_balances", "balance_date", "balance") == [("2026-01-06", "120.00")]
    assert reading.accepted == 3


def test_a_page_without_the_others_is_a_statement_and_no_balance_of_the_day() -> None:
    page = message(PLUS_TEN, number="7/1").replace(":62F:", ":62M:").replace(":60F:", ":60M:")
    other = message(PLUS_TEN, number="8/2", opening="C260101EUR99,").replace(":60F:", ":60M:")
    extract, _reading = read(mt940, page + other)
    assert [row[0] for row in statements(extract)] == ["7", "8"]
    assert cells(extract, "bank_balances", "balance") == [("100.00",)]
    # Numbered page by page, it goes on where the one before it ended.
    extract, _reading = read(mt940, page + other.replace("EUR99,", "EUR100,"))
    assert statements(extract) == [
        ("7", "2026-01-01", "2026-01-31", "100.00", "100.00", "2", "20.00", "0.00")
    ]


def test_accounts_currencies_and_empty_statements_of_a_file_are_apart() -> None:
    dollars = message(":61:260105D5,00NTRFX", account="NL20INGB0001234567USD", opening="C260101USD5,",
                      closing="C260105USD0,")  # fmt: skip
    extract, _reading = read(mt940, message(closing="D260131EUR12,", opening="D260101EUR12,") + dollars)
    columns = ("account", "currency", "opening", "closing", "entries")
    assert cells(extract, "bank_statements", *columns) == [
        ("NL91ABNA0417164300", "EUR", "-12.00", "-12.00", "0"),
        ("NL20INGB0001234567", "USD", "5.00", "0.00", "1"),
    ]  # fmt: skip


def test_a_statement_that_stands_twice_in_a_file_counts_once() -> None:
    once = message(PLUS_TEN, ":86:x", PLUS_TEN, ":86:x", closing="C260131EUR120,00")
    extract, reading = read(mt940, once + once)
    assert (reading.rows_read, reading.accepted, reading.duplicate) == (6, 3, 3)
    assert len({name for (name,) in cells(extract, "bank_entries", "entry_id")}) == 2
    assert reading.grains["bank_entries"]["amount"].sum() == Decimal(20)


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("NL68INGB0000012345EUR", "NL68INGB0000012345"),
        ("NL92 KNAB 0123 4567 89", "NL92KNAB0123456789"),
        ("nl84rabo0121212121 EUR", "NL84RABO0121212121"),
        ("1291.99.348EUR", "129199348"),
        ("25040066/0123456789", "25040066/0123456789"),
        ("UBRTHUHB/123456789150/EUR", "UBRTHUHB/123456789150"),
        ("0878787878      ", "0878787878"),
    ],
)
def test_an_account_is_called_without_its_spaces_and_its_currency(written: str, account: str) -> None:
    assert entry("x", account=written)["account"] == account


def test_blocks_of_swift_line_ends_and_marks_of_the_end_of_a_file_say_nothing() -> None:
    bare = message(PLUS_TEN, ":86:één")
    block = "{1:F01INGBNL2ABXXX0000000000}{2:I940INGBNL2AXXXN}{3:{108:X}}{4:\r\n"
    swift = block + bare.replace("\n-\n", "\n-}{5:}\n").replace("\n", "\r\n")
    head = "ABNANL2A\n940\nABNANL2A\n"
    texts = (
        bare,
        swift,
        "\x01\n" + bare.replace("\n-\n", "\n-\x03\n"),
        bare + "\x1a",
        head + bare + head + bare,
    )
    expected = cells(read(mt940, bare)[0], "bank_entries", "entry_id", "description")
    assert expected[0][1] == "één"
    for text in texts:
        extract, reading = read(mt940, text)
        assert cells(extract, "bank_entries", "entry_id", "description")[:1] == expected
        assert reading.accepted == 2
    for encoded in (bare.encode(), b"\xef\xbb\xbf" + bare.encode(), b"\xff\xfe" + bare.encode("utf-16-le")):
        assert cells(read(mt940, encoded)[0], "bank_entries", "entry_id", "description") == expected


@pytest.mark.parametrize(
    "text", ["00\n:00:00/", "om\n:20:15 UUR", "om\n:25:00/", "x -\n-\nrest", "EUR\n:61 EUR", "\n:62:a"]
)
def test_a_line_of_a_text_is_no_field_for_looking_like_one(text: str) -> None:
    extract, reading = read(
        mt940, message(PLUS_TEN, f":86:{text}", PLUS_TEN, ":86:y", closing="C260131EUR120,")
    )
    assert statements(extract)[0][4:] == ("120.00", "2", "20.00", "0.00")
    told = cells(extract, "bank_entries", "description")
    assert told == [(" ".join(text.split()),), ("y",)]
    assert not reading.rejected


def test_text_after_the_closing_is_of_the_statement() -> None:
    extract, _reading = read(
        mt940, message(PLUS_TEN, ":86:a") + ":64:C260131EUR100,\n:86:/SUM/1/1/1,/1,/\n-\n"
    )
    assert cells(extract, "bank_entries", "description") == [("a",)]


def test_a_statement_without_balances_or_without_an_account() -> None:
    extract, _reading = read(mt940, ":20:X\n:25:NL91ABNA0417164300EUR\n:28C:1\n:61:260105C1,00NTRFX\n:86:x\n")
    assert statements(extract) == [("1", "2026-01-05", "2026-01-05", "", "", "1", "1.00", "0.00")]
    assert extract.rows["bank_balances"] == []
    _extract, reading = read(
        mt940, ":20:X\n:25:\n:60F:C260101EUR1,\n:61:260105C1,00NTRFX\n:62F:C260105EUR2,\n"
    )
    assert reading.rejects["reason"].to_list() == ["the statement does not say of which account it is"]


def test_balances_in_the_wrong_order_have_the_day_of_the_first_entry_or_none() -> None:
    extract, _reading = read(mt940, message(PLUS_TEN, opening="C260201EUR100,"))
    assert [row[1:3] for row in statements(extract)] == [("2026-01-05", "2026-01-31")]
    extract, _reading = read(mt940, message(opening="C260201EUR100,"))
    assert [row[1:3] for row in statements(extract)] == [("", "2026-01-31")]


def test_a_balance_may_lack_its_currency_and_a_field_that_is_not_known_ends_a_text() -> None:
    content = message(PLUS_TEN, ":86:a", ":65X:Dnull", "rest").replace(":62F:C260131EUR", ":62F:C260131")
    extract, _reading = read(mt940, content)
    assert cells(extract, "bank_statements", "currency", "closing") == [("EUR", "100.00")]
    assert cells(extract, "bank_entries", "description") == [("a",)]


def test_an_interim_report_between_statements_is_passed_over_and_named() -> None:
    interim = (
        ":20:X\n:25:NL91ABNA0417164300\n:28C:1\n:34F:EURD0,\n:13D:2601051200+0100\n:61:260105C1,00NTRFX\n-\n"
    )
    extract, _reading = read(mt940, message(PLUS_TEN) + interim)
    assert len(extract.rows["bank_entries"]) == 1
    assert "interim report (MT942): 1; passed over" in notes(extract)


def test_of_many_sentences_of_a_kind_the_first_are_given() -> None:
    extract, _reading = read(
        mt940, message(*[":61:2602300302D6,00N024NONREF"] * 30, closing="C260302EUR-80,")
    )
    said = notes(extract)
    assert said.count("is no day; the entry takes") == 20
    assert "And 10 more like the one before." in said


def test_a_file_cut_off_anywhere_is_refused_or_read_up_to_a_whole_statement() -> None:
    one = message(PLUS_TEN, ":86:factuur 12", closing="C260131EUR110,00")
    two = message(":61:2602050205C150,00NTRFNONREF", ":86:b", number="2/1", opening="C260131EUR110,00",
                  closing="C260228EUR260,00")  # fmt: skip
    content = one + two
    # From the decimal sign of its closing balance on, a statement is there: `110,` is 110.
    ends = range(len(one) - len(",00\n-\n") + 1, len(one) + len(":20:REF\n:25:"))
    for length in range(content.index(":60F:") + 5, len(content) - len(",00\n-\n") + 1):
        cut = content[:length].encode()
        if length in ends:
            extract = mt940.extract(cut, "a.sta", {})
            assert statements(extract)[0][3:] == ("100.00", "110.00", "1", "10.00", "0.00")
            assert len(statements(extract)) == 1
            continue
        with pytest.raises(RefusedFileError, match=r"^a\.sta: is cut off: its last statement ends before"):
            mt940.extract(cut, "a.sta", {})
    assert len(statements(mt940.extract(content[: -len("0\n-\n")].encode(), "a.sta", {}))) == 2


def test_a_balance_that_is_not_sure_is_named_where_the_file_goes_on() -> None:
    for closing in ("C260131EUR110", "C260131EUR1,005"):
        extract, _reading = read(mt940, message(PLUS_TEN, closing=closing))
        assert f"Line 6: the balance {closing} cannot be read; none is taken in." in notes(extract)
        assert statements(extract)[0][3:5] == ("100.00", "")


def test_a_file_without_a_statement_is_refused() -> None:
    with pytest.raises(RefusedFileError, match=r"a\.sta: holds no bank statement; download it again"):
        mt940.extract(b":20:X\n:25:Y\n", "a.sta", {})

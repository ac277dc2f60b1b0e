"""CODA: balances, movements and their parts, communications, and what a file declares of itself."""

import pytest

from data.errors import RefusedFileError
from data.importers.formats.bank import coda as reader
from tests.data.importers.formats.bank.coda_texts import (
    ACCOUNT,
    coda,
    header,
    information,
    movement,
    new_balance,
    old_balance,
    second,
    third,
    trailer,
)
from tests.data.importers.formats.bank.statement_files import cells, notes, read, statements

TOLD = ("counterparty", "counterparty_account", "description", "reference", "end_to_end_id", "return_reason")


def told(*records: str) -> tuple[str, ...]:
    """Return what is told of the one entry of a file with these records between its balances."""
    extract, reading = read(reader, coda(header(), old_balance("0"), *records, new_balance("0"), trailer(0)))
    assert not reading.rejected
    [row] = cells(extract, "bank_entries", *TOLD)
    return row


def test_a_statement_has_its_balances_its_movements_and_its_name() -> None:
    content = coda(
        header(),
        old_balance("100.00"),
        movement(1, "250.50", "FACTUUR 12", reference="K1"),
        second(1, customer="E2E-1"),
        third(1, "JANSEN BV", "NL20INGB0001234567"),
        movement(2, "-40.50", "KOSTEN", code="03537000", value="000000"),
        new_balance("310.00"),
        trailer(6, debits="40.50", received="250.50"),
    )
    extract, reading = read(reader, content)
    assert statements(extract) == [
        ("007", "2026-01-04", "2026-01-05", "100.00", "310.00", "2", "250.50", "40.50")
    ]
    columns = (
        "account",
        "currency",
        "entry_date",
        "value_date",
        "amount",
        "bank_code",
        "bank_reference",
        "form",
    )
    assert cells(extract, "bank_entries", *columns) == [
        (ACCOUNT, "EUR", "2026-01-05", "2026-01-05", "250.50", "01/50/000", "K1", "coda"),
        (ACCOUNT, "EUR", "2026-01-05", "", "-40.50", "35/37/000", "", "coda"),
    ]  # fmt: skip
    assert cells(extract, "bank_entries", *TOLD)[0] == (
        "JANSEN BV", "NL20INGB0001234567", "FACTUUR 12", "", "E2E-1", "",
    )  # fmt: skip
    assert cells(extract, "bank_balances", "balance_date", "balance") == [("2026-01-05", "310.00")]
    assert notes(extract) == "CODA: statements 1, entries 2, from 4 Jan 2026 to 5 Jan 2026."
    assert [row.line for row in extract.rows["bank_entries"]] == [3, 6]
    assert (reading.rows_read, reading.accepted) == (3, 3)


def test_a_batch_counts_once_and_is_its_parts() -> None:
    content = coda(
        header(),
        old_balance("0"),
        movement(1, "60.00", "VERZAMELING", code="20150000", reference="T1"),
        movement(1, "10.00", "101010806817183", detail=1, code="60150000", structured=True, reference="D1"),
        third(1, "EEN", detail=1),
        movement(1, "50.00", "FACTUUR 2", detail=2, code="70150000"),
        # A part of the part before it, which counts for nothing by itself.
        movement(1, "30.00", "x", detail=3, code="90150000"),
        movement(1, "20.00", "x", detail=4, code="90150000"),
        movement(2, "5.00", "LOS"),
        new_balance("65.00"),
        trailer(9, received="65.00"),
    )
    extract, reading = read(reader, content)
    assert statements(extract)[0][3:] == ("0.00", "65.00", "2", "65.00", "0.00")
    columns = ("amount", "batch_amount", "counterparty", "reference", "bank_reference")
    assert cells(extract, "bank_entries", *columns) == [
        ("10.00", "60.00", "EEN", "010806817183", "D1"), ("50.00", "60.00", "", "", "T1"),
        ("5.00", "", "", "", ""),
    ]  # fmt: skip
    batches = [batch for (batch,) in cells(extract, "bank_entries", "batch_entry")]
    assert batches[0] == batches[1] != ""
    assert batches[0].endswith("/T1")
    assert (reading.rows_read, reading.accepted) == (3, 3)
    assert "declares" not in notes(extract)


def test_parts_that_do_not_come_to_the_batch_leave_it_whole_and_are_named() -> None:
    content = coda(
        header(), old_balance("0"), movement(1, "60.00", "ALLES", code="10150000"),
        movement(1, "10.00", detail=1, code="50150000"), new_balance("60.00"), trailer(4, received="60.00"),
    )  # fmt: skip
    extract, _reading = read(reader, content)
    assert cells(extract, "bank_entries", "amount", "batch_entry", "description") == [("60.00", "", "ALLES")]
    assert "Line 3: the parts of the entry come to 10.00, the entry is 60.00; it is taken in whole." in notes(
        extract
    )


def test_a_line_with_one_part_is_that_part_and_one_with_charges_is_two() -> None:
    one = (
        movement(1, "60.00", "BATCH", code="10150000"), movement(1, "60.00", "FACTUUR 7", detail=1),
        third(1, "JANSEN", detail=1),
    )  # fmt: skip
    assert told(*one) == ("JANSEN", "", "BATCH FACTUUR 7", "", "", "")
    content = coda(
        header(), old_balance("0"), movement(1, "98.00", "BUITENLAND", code="34150000"),
        movement(1, "100.00", detail=1, code="84150100"), movement(1, "-2.00", detail=2, code="84137011"),
        new_balance("98.00"), trailer(5, received="98.00"),
    )  # fmt: skip
    extract, _reading = read(reader, content)
    assert cells(extract, "bank_entries", "amount", "bank_code", "description") == [
        ("100.00", "41/50/100", "BUITENLAND"), ("-2.00", "41/37/011", "BUITENLAND"),
    ]  # fmt: skip


def test_a_communication_goes_on_over_its_records_without_a_space() -> None:
    text = "A" * 50 + " FACTUUR 2026-" + "00017" + "B" * 60 + " EINDE"
    assert told(movement(1, "1.00", text), second(1, text), third(1, "X", text=text))[2] == text


@pytest.mark.parametrize(
    ("text", "shown", "reference"),
    [
        ("101010806817183", "+++010/8068/17183+++", "010806817183"),
        ("102010806817183 EN MEER", "+++010/8068/17183+++ EN MEER", "010806817183"),
        ("100RF18539007547034", "RF18539007547034", "RF18539007547034"),
        (f"105{'':>42}EUR010806817183BE", "010806817183 EUR BE", "010806817183"),
        ("103123456789012", "123456789012", ""),
    ],
)
def test_a_structured_communication_has_its_reference(text: str, shown: str, reference: str) -> None:
    records = (movement(1, "1.00", text, structured=True), second(1, text))
    assert told(*records)[2:4] == (shown, reference)


def test_a_free_communication_may_hold_one_too() -> None:
    assert told(movement(1, "1.00", "BETALING ***010/8068/17183***"))[3] == "010806817183"


def test_a_direct_debit_that_came_back_has_its_reason() -> None:
    text = f"127050126110{'BE12ZZZ0123456789':<35}{'MANDAAT-1':<35}{'LIDGELD 2026':<62}2MD06"
    records = (
        movement(1, "-1.00", text, code="00503000", structured=True),
        second(1, text),
        third(1, "X", text=text),
    )
    assert told(*records)[2:] == ("LIDGELD 2026", "", "", "MD06")
    by_record = (movement(1, "-1.00", "X", code="00503000"), second(1, "X", returned="2", reason="AC04"))
    assert told(*by_record)[5] == "AC04"
    assert told(movement(1, "-1.00", "X", code="00503000"))[5] == "0503"
    assert told(movement(1, "-1.00", "X", code="00501000"))[5] == ""


def test_information_has_the_whole_name_or_more_text() -> None:
    records = (
        movement(1, "1.00", "X"), second(1), third(1, "HANDELSMAATSCHAPPIJ JANSEN EN DE VR"),
        information(1, "001HANDELSMAATSCHAPPIJ JANSEN EN DE VRIES NV", structured=True),
        information(1, "UITVOERING VAN UW BESTAND 12", detail=2),
    )  # fmt: skip
    assert told(*records)[:3] == (
        "HANDELSMAATSCHAPPIJ JANSEN EN DE VRIES NV", "", "X UITVOERING VAN UW BESTAND 12",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("structure", "written", "account", "currency"),
    [
        ("0", "539007547034 EUR0BE", "539007547034", "EUR"),
        ("0", "539007547034", "539007547034", "EUR"),
        ("1", f"{'0034561234':<34}USD", "0034561234", "USD"),
        ("2", f"{'BE68539007547034':<34}GBP", "BE68539007547034", "GBP"),
        ("3", f"{'FR7630006000011234567890189':<34}EUR", "FR7630006000011234567890189", "EUR"),
    ],
)
def test_an_account_is_a_number_or_an_iban_with_its_currency(
    structure: str, written: str, account: str, currency: str
) -> None:
    content = coda(
        header(),
        old_balance("1", account=written, structure=structure),
        new_balance("1", account=written),
        trailer(2),
    )
    extract, _reading = read(reader, content)
    assert cells(extract, "bank_statements", "account", "currency", "entries") == [(account, currency, "0")]


def test_statements_of_several_accounts_are_apart_and_wrong_totals_are_named() -> None:
    other = f"{'BE71096123456769':<34}USD"
    content = coda(
        header(), old_balance("1"), movement(1, "2.00"), new_balance("3"), trailer(3, received="2"),
        header(), old_balance("0", account=other, number="008"), movement(1, "-7.00"),
        new_balance("-6", account=other), trailer(9, debits="6", received="1"),
    )  # fmt: skip
    extract, reading = read(reader, content)
    assert cells(extract, "bank_statements", "account", "number", "closing") == [
        (ACCOUNT, "007", "3.00"), ("BE71096123456769", "008", "-6.00"),
    ]  # fmt: skip
    about = "Statement 008 of account BE71096123456769:"
    assert notes(extract).splitlines()[:4] == [
        f"{about} it declares 9 records and has 3.",
        f"{about} it declares debits of 6.00 and has 7.00.",
        f"{about} it declares credits of 1.00 and has 0.00.",
        f"{about} opening and entries come to -7.00, the closing is -6.00, a difference of 1.00.",
    ]
    assert not reading.rejected


def test_a_movement_that_is_not_sure_is_refused_and_the_others_go_in() -> None:
    content = coda(
        header(), old_balance("0"), movement(1, "1.005", "DUIZENDSTEN"), movement(2, "1.00", day="310226"),
        movement(3, "2.00", value="310226"), movement(9, "1.00", detail=1), new_balance("4.00"), trailer(6),
    )  # fmt: skip
    extract, reading = read(reader, content)
    assert list(reading.rejects.select("line", "reason").iter_rows()) == [
        (3, "the amount 0000000000001005 is not sure: no amount with cents at most"),
        (4, "310226 is no day, so it is not known when the entry was booked"),
        (6, "the movement is a detail of one that is not there"),
    ]
    assert cells(extract, "bank_entries", "amount", "value_date") == [("2.00", "2026-01-05")]
    assert "Line 5: the value date 310226 is no day; the entry takes 5 Jan 2026 for it." in notes(extract)


def test_the_first_version_has_an_address_behind_a_shorter_name() -> None:
    record = f"{third(1, 'JANSEN')[:47]}{'JANSEN BV':<26}{'KERKSTRAAT 1 GENT':<52}0 0"
    content = coda(
        header(version="1"), old_balance("0"), movement(1, "1.00", "FACTUUR"), second(1), record,
        new_balance("1"), trailer(5, received="1"),
    )  # fmt: skip
    extract, _reading = read(reader, content)
    assert cells(extract, "bank_entries", "counterparty", "description") == [("JANSEN BV", "FACTUUR")]


def test_a_year_of_two_digits_is_of_this_century_or_the_last() -> None:
    content = coda(header(), old_balance("0", "311299"), new_balance("0", "030100"), trailer(2))
    extract, _reading = read(reader, content)
    assert cells(extract, "bank_statements", "from_date", "to_date") == [("1999-12-31", "2000-01-03")]


def test_a_file_that_was_cut_off_is_refused() -> None:
    whole = coda(header(), old_balance("0"), movement(1, "1.00"), new_balance("1"), trailer(3, received="1"))
    records = whole.splitlines(keepends=True)
    for kept in (2, 3):
        with pytest.raises(RefusedFileError, match="is cut off: its last statement ends"):
            read(reader, "".join(records[:kept]))
    extract, _reading = read(reader, "".join(records[:4]))  # all but the trailer, which only counts
    assert statements(extract) == [("007", "2026-01-04", "2026-01-05", "0.00", "1.00", "1", "1.00", "0.00")]


def test_a_statement_without_a_new_balance_before_another_one_is_named() -> None:
    content = coda(
        header(), old_balance("10"), movement(1, "1.00"),
        header(), old_balance("0"), movement(1, "1.00"), new_balance("1"), trailer(3, received="1"),
    )  # fmt: skip
    extract, _reading = read(reader, content)
    assert "ends without a closing balance; load the whole file" in notes(extract)


def test_a_separate_application_is_passed_over_and_named() -> None:
    content = coda(
        header(application="00123"),
        old_balance("0"),
        movement(1, "1.00"),
        new_balance("0", number="000"),
        trailer(3),
    )
    extract, _reading = read(reader, content)
    assert not any(extract.rows.values())
    assert "a separate application of account BE68539007547034" in notes(extract)


def test_letters_line_ends_and_records_without_them_are_read_alike() -> None:
    content = coda(
        header(), old_balance("0"), movement(1, "1.00", "CAFÉ"), new_balance("1"), trailer(3, received="1")
    )
    expected = cells(read(reader, content)[0], "bank_entries", "entry_id", "description")
    assert expected[0][1] == "CAFÉ"
    forms = (
        content.encode("cp1252"), content.encode(), b"\xef\xbb\xbf" + content.encode(),
        content.replace("\r\n", "\n").encode(), content.replace("\r\n", "").encode("cp1252"),
        "\n".join(line.rstrip() for line in content.splitlines()).encode(),
    )  # fmt: skip
    for form in forms:
        assert cells(read(reader, form)[0], "bank_entries", "entry_id", "description") == expected


def test_a_sequence_of_more_details_than_their_numbers_is_one_movement() -> None:
    details = [movement(1, "1.00", detail=count % 10_000, code="60150000") for count in range(1, 10_002)]
    content = coda(
        header(),
        old_balance("0"),
        movement(1, "10001.00", code="20150000"),
        *details,
        new_balance("10001"),
        trailer(0),
    )
    extract, _reading = read(reader, content)
    assert statements(extract)[0][5:] == ("1", "10001.00", "0.00")
    assert len(extract.rows["bank_entries"]) == 10_001


def test_other_files_are_no_coda() -> None:
    assert not reader.recognises(b"")
    assert not reader.recognises(header().encode() + b"\r\n2" + b" " * 127)
    assert not reader.recognises(b"0000,1,2\n1,2,3\n")
    with pytest.raises(RefusedFileError, match=r"a\.cod: holds no bank statement"):
        reader.extract(header().encode(), "a.cod", {})

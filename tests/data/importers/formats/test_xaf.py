"""XML Auditfiles: balances, turnover, customers, and how the accounts of the receivables are known."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.formats import saft, xaf
from tests.data.importers.formats import audit_files as files
from tests.data.importers.formats.audit_files import (
    balances,
    cells,
    entry,
    journal,
    line,
    notes,
    read,
    turnover,
)
from tests.data.importers.formats.xaf_books import BANK, MEMO, NIL, SALES

D = Decimal


def test_the_balance_stands_before_the_year_and_at_the_end_of_each_month() -> None:
    extract, _reading = read(xaf, files.xaf(SALES, BANK, MEMO, opening=NIL))
    days = balances(extract)
    assert len(days) == 13
    assert {
        day: days[day] for day in ("2024-12-31", "2025-01-31", "2025-02-28", "2025-03-31", "2025-12-31")
    } == {
        "2024-12-31": D("0.00"),
        "2025-01-31": D("1210.00"),
        "2025-02-28": D("694.00"),
        "2025-03-31": D("597.20"),
        "2025-12-31": D("597.20"),
    }
    assert "Receivables are the accounts 1300, by their code BVorDeb." in notes(extract)


def test_turnover_is_what_sales_debit_to_the_receivables_less_credit_notes() -> None:
    extract, _reading = read(xaf, files.xaf(SALES, BANK, MEMO, opening=NIL))
    months = turnover(extract)
    assert len(months) == 12
    assert (months["2025-01-31"], months["2025-02-28"], months["2025-03-31"]) == (
        D("1210.00"), D("484.00"), D("0.00"),
    )  # fmt: skip


def test_customers_are_those_of_type_c_or_b() -> None:
    extract, _reading = read(xaf, files.xaf(SALES, opening=NIL))
    assert cells(extract, "customers", "customer_id", "customer_name") == [
        ("D1", "Bakker & Zn"),
        ("D2", "Kwekerij"),
    ]
    assert "Suppliers and others left out: 1." in notes(extract)


OPENED = entry("0", "2025-01-01", line("1300", "90.00"), line("0500", "-90.00"))


@pytest.mark.parametrize(
    ("stated", "kind", "period"), [("", "M", "0"), ("", "O", "1"), ("<openingBalance/>", "O", "1")]
)
def test_an_opening_as_transactions_is_the_opening(stated: str, kind: str, period: str) -> None:
    opened = journal(
        "BEGIN", kind, entry("0", "2025-01-01", line("1300", "90.00"), line("0500", "-90.00"), period=period)
    )
    extract, _reading = read(xaf, files.xaf(opened, SALES, opening=stated))
    assert (balances(extract)["2024-12-31"], balances(extract)["2025-01-31"]) == (D("90.00"), D("1300.00"))
    assert turnover(extract)["2025-01-31"] == D("1210.00")


def test_an_opening_stated_in_both_ways_counts_once_and_another_journal_of_type_o_is_none() -> None:
    stated = files.opening(("1300", "90.00"), ("0500", "-90.00"))
    extract, _reading = read(xaf, files.xaf(journal("B", "O", OPENED), SALES, opening=stated))
    assert balances(extract)["2025-01-31"] == D("1300.00")
    # From 4.0 on O is any other journal.
    other = journal("B", "O", entry("0", "2025-01-01", line("1300", "-5.00"), line("1100", "5.00")))
    extract, _reading = read(xaf, files.xaf(other, SALES, opening=stated))
    assert (balances(extract)["2024-12-31"], balances(extract)["2025-01-31"]) == (D("90.00"), D("1295.00"))


def test_an_entry_of_an_opening_journal_later_in_the_year_is_a_movement() -> None:
    later = entry("1", "2025-01-15", line("1300", "-5.00"), line("1100", "5.00"))
    opened = entry("0", "2025-01-01", line("1300", "90.00"), line("0500", "-90.00"))
    extract, _reading = read(xaf, files.xaf(journal("B", "O", opened, later), opening=""))
    assert (balances(extract)["2024-12-31"], balances(extract)["2025-01-31"]) == (D("90.00"), D("85.00"))


def test_entries_dated_outside_the_year_count_in_its_first_or_last_month() -> None:
    names = {"custSupID": "D1", "invRef": "F"}
    early = files.sale("1", "2024-12-30", "12.10", net="10.00", vat="2.10", **names)
    late = files.sale("2", "2026-01-02", "24.20", net="20.00", vat="4.20", **names)
    extract, _reading = read(xaf, files.xaf(journal("VRK", "S", early, late), opening=NIL))
    assert (balances(extract)["2025-01-31"], balances(extract)["2025-12-31"]) == (D("12.10"), D("36.30"))
    assert (turnover(extract)["2025-01-31"], turnover(extract)["2025-12-31"]) == (D("12.10"), D("24.20"))
    assert "Transactions dated outside its year: 2;" in notes(extract)


def test_without_an_opening_there_is_turnover_and_no_balance() -> None:
    extract, _reading = read(xaf, files.xaf(SALES, opening=""))
    assert "ledger_balances" not in extract.rows
    assert turnover(extract)["2025-02-28"] == D("484.00")
    assert "It states no opening balance" in notes(extract)


def test_declared_totals_that_are_wrong_and_entries_out_of_balance_are_named() -> None:
    odd = journal(
        "MEM",
        "M",
        *(entry(f"{n}", "2025-05-01", line("1100", "7.00"), line("4900", "-6.00")) for n in range(1, 8)),
    )
    totals = {"linesCount": "24", "totalDebit": "1.00", "totalCredit": "1978.00"}
    extract, _reading = read(xaf, files.xaf(SALES, odd, opening=NIL, totals=totals))
    # 9 lines of sales, 14 others; debit 1,210 + 605 + 100 + 21 + 49.
    assert "transactions 10, lines 23, debit 1985.00, credit 1978.00." in notes(extract)
    assert "What it declares does not agree: lines 24, debit 1.00." in notes(extract)
    assert "MEM 1 (1.00), MEM 2 (1.00), MEM 3 (1.00), MEM 4 (1.00), MEM 5 (1.00) and 2 more." in notes(
        extract
    )


def test_a_negative_debit_is_a_credit() -> None:
    turned = line("1300", "121.00", custSupID="D1", invRef="C1").replace("<amnt>", "<amnt>-")
    credit = journal(
        "VRK", "S", entry("1", "2025-01-05", turned, line("8000", "100.00"), line("1800", "21.00"))
    )
    extract, _reading = read(xaf, files.xaf(credit, opening=NIL))
    assert cells(extract, "invoices", "invoice_id", "amount") == [("C1", "-121.00")]


def test_a_period_that_was_not_over_when_the_file_was_made_has_no_balance() -> None:
    extract, _reading = read(xaf, files.xaf(SALES, opening=NIL, made="2025-02-20"))
    assert list(balances(extract)) == ["2024-12-31", "2025-01-31"]
    assert list(turnover(extract)) == ["2025-01-31"]
    # Nothing is booked after February: what is not booked yet says nothing of March.
    later, _reading = read(xaf, files.xaf(SALES, opening=NIL, made="2025-05-05"))
    assert list(balances(later)) == ["2024-12-31", "2025-01-31", "2025-02-28"]


def test_periods_of_other_lengths_have_their_own_ends() -> None:
    periods = "".join(
        f"<period><periodNumber>{number}</periodNumber><endDatePeriod>{day}</endDatePeriod></period>"
        for number, day in ((0, "2025-01-01"), (1, "2025-02-15"), (2, "2025-12-31"), (13, "2025-12-31"))
    )
    text = files.xaf(SALES, opening=f"<periods>{periods}</periods>{NIL}")
    extract, _reading = read(xaf, text)
    assert balances(extract) == {
        "2024-12-31": D("0.00"),
        "2025-02-15": D("1694.00"),
        "2025-12-31": D("1694.00"),
    }


def uncoded(*names: tuple[str, str, str]) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((number, name, kind, "") for number, name, kind in names)


PLAIN = uncoded(
    ("1100", "ING", "B"), ("1300", "Klanten", "B"), ("1600", "Leveranciers", "B"), ("1800", "Btw", "B"),
    ("4900", "Oninbaar", "P"), ("8000", "Verkopen", "P"),
)  # fmt: skip


def test_without_codes_the_account_is_the_one_of_the_lines_with_a_customer() -> None:
    on_all = entry(
        "1", "2025-01-31", line("1300", "121.00", custSupID="D1", invRef="F1"),
        line("8000", "-100.00", custSupID="D1"), line("1800", "-21.00", custSupID="D1"),
    )  # fmt: skip
    bought = journal(
        "INK", "P", entry("1", "2025-01-09", line("1600", "-10.00", custSupID="S1"), line("4900", "10.00"))
    )
    extract, _reading = read(xaf, files.xaf(journal("VRK", "S", on_all), bought, opening=NIL, accounts=PLAIN))
    assert "Receivables are the accounts 1300, which the lines with a customer stand on." in notes(extract)
    assert turnover(extract)["2025-01-31"] == D("121.00")


def test_without_codes_the_offset_of_a_sales_journal_comes_first() -> None:
    text = SALES.replace("<jrnTp>S</jrnTp>", "<jrnTp>S</jrnTp><offsetAccID>1300</offsetAccID>")
    extract, _reading = read(xaf, files.xaf(text, opening=NIL, accounts=PLAIN))
    assert "which its sales journals book against" in notes(extract)


def test_a_journal_that_leaves_out_its_lines_on_the_receivables_gives_no_balance() -> None:
    half = journal("VRK", "S", entry("1", "2025-01-31", line("8000", "-100.00")), offset="1300")
    extract, _reading = read(xaf, files.xaf(half, opening=NIL))
    assert set(extract.rows) == {"customers"}
    assert "Journal VRK leaves out the lines on its offset account 1300" in notes(extract)


def test_where_nothing_tells_the_account_an_option_does() -> None:
    vague = uncoded(("1100", "A", "B"), ("1300", "X", "B"), ("1310", "Y", "B"), ("8000", "Z", "P"))
    both = journal(
        "V",
        "",
        entry("1", "2025-01-31", line("1300", "9.00", custSupID="D1"), line("1310", "-9.00", custSupID="D1")),
    )
    extract, _reading = read(xaf, files.xaf(both, opening=NIL, accounts=vague))
    assert "ledger_balances" not in extract.rows
    assert "No account is known to be that of the receivables" in notes(extract)
    told, _reading = read(xaf, files.xaf(both, opening=NIL, accounts=vague), accounts="1300")
    assert balances(told)["2025-01-31"] == D("9.00")
    with pytest.raises(RefusedFileError, match="has no account 1399"):
        read(xaf, files.xaf(both, opening=NIL, accounts=vague), accounts="1399")


@pytest.mark.parametrize(
    ("namespace", "label"),
    [
        ("", "XAF of"),
        (' xmlns="http://www.auditfiles.nl/XAF/3.1"', "XAF 3.1 of"),
        (' xmlns="http://www.odb.belastingdienst.nl/x/XmlauditfileXAF_4.0"', "XAF 4.0 of"),
    ],
)
def test_every_namespace_and_none_is_read(namespace: str, label: str) -> None:
    extract, _reading = read(xaf, files.xaf(SALES, opening=NIL, namespace=namespace))
    assert balances(extract)["2025-01-31"] == D("1210.00")
    assert notes(extract).startswith(label)


def test_windows_1252_is_read_where_it_is_declared_and_where_it_is_not() -> None:
    customers = (("D1", "Café Zoë", "C"),)
    declared = files.xaf(SALES, opening=NIL, customers=customers, encoding="windows-1252").encode("cp1252")
    wrong = files.xaf(SALES, opening=NIL, customers=customers).encode("cp1252")
    for content, is_said in (
        (declared, False),
        (wrong, True),
        (b"\xef\xbb\xbf" + wrong.replace(b"\xe9", b"e").replace(b"\xeb", b"e"), False),
    ):
        extract, _reading = read(xaf, content)
        assert cells(extract, "customers", "customer_name")[0][0] in {"Café Zoë", "Cafe Zoe"}
        assert ("read as Windows-1252" in notes(extract)) == is_said


def test_only_suppliers_give_no_row_and_a_sentence() -> None:
    bought = journal(
        "INK", "P", entry("1", "2025-01-09", line("1600", "-10.00", custSupID="S1"), line("4900", "10.00"))
    )
    accounts = uncoded(("1600", "Crediteuren", "B"), ("4900", "Kosten", "P"))
    extract, reading = read(xaf, files.xaf(bought, customers=(("S1", "Drukker", "S"),), accounts=accounts))
    assert (extract.rows, reading.rows_read) == ({}, 0)
    assert "suppliers and payables only" in notes(extract)


CLAIR2 = """<?xml version="1.0"?><auditfile><header><auditfileVersion>CLAIR2.00.00</auditfileVersion>
<companyName>Oud</companyName><fiscalYear>2025</fiscalYear><startDate>2025-01-01</startDate>
<endDate>2025-12-31</endDate><currencyCode>EUR</currencyCode><dateCreated>2026-01-05</dateCreated></header>
<generalLedger><ledgerAccount><accountID>1300</accountID><accountDesc>Debiteuren</accountDesc>
<accountType>Balans</accountType></ledgerAccount><ledgerAccount><accountID>8000</accountID>
<accountDesc>Omzet</accountDesc><accountType>Winst en verlies</accountType></ledgerAccount></generalLedger>
<customersSuppliers><customerSupplier><custSupID>D1</custSupID><type>Debiteur</type>
<companyName>Bakker</companyName></customerSupplier></customersSuppliers>
<transactions><numberEntries>2</numberEntries><journal><journalID>V</journalID><type>Verkoopboek</type>
<transaction><transactionID>1</transactionID><period>1</period><transactionDate>2025-01-31</transactionDate>
<line><recordID>1</recordID><accountID>1300</accountID><custSupID>D1</custSupID><documentID>F1</documentID>
<debitAmount>12.10</debitAmount></line><line><recordID>2</recordID><accountID>8000</accountID>
<creditAmount>12.10</creditAmount></line></transaction></journal></transactions></auditfile>"""


def test_the_form_of_2003_is_read() -> None:
    extract, _reading = read(xaf, CLAIR2)
    assert turnover(extract)["2025-01-31"] == D("12.10")
    assert cells(extract, "invoices", "invoice_id", "amount") == [("F1", "12.10")]
    assert cells(extract, "customers", "customer_name") == [("Bakker",)]
    assert "XAF 2 (CLAIR2) of Oud" in notes(extract)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<amnt>1210.00<", "<amnt>1.210,00<", "the amount '1.210,00' on line"),
        ("<trDt>2025-01-31<", "<trDt>31-01-2025<", "the day '31-01-2025' on line"),
        ("<amntTp>D<", "<amntTp>X<", "'X' on line"),
        ("<curCode>EUR<", "<curCode>EURO<", "not known ('EURO')"),
        ("<endDate>2025-12-31<", "<endDate>2024-12-31<", "the day '2024-12-31' on line 1"),
        ("<startDate>2025-01-01</startDate>", "", ""),
    ],
)
def test_what_cannot_be_read_refuses_the_file_in_one_sentence(old: str, new: str, words: str) -> None:
    text = files.xaf(SALES, opening=NIL)
    assert old in text
    if not words:  # the fiscal year tells
        read(xaf, text.replace(old, new))
        return
    with pytest.raises(RefusedFileError) as refused:
        read(xaf, text.replace(old, new))
    assert words in str(refused.value)


def test_other_xml_is_not_recognised() -> None:
    for content in (
        b"<Invoice/>",
        b"<AuditFile xmlns='urn:StandardAuditFile-Taxation-Financial:NO'/>",
        b"a,b\n1,2\n",
        b"",
    ):
        assert not xaf.recognises(content)
    assert not saft.recognises(files.xaf().encode())
    with pytest.raises(RefusedFileError, match="is no audit file"):
        xaf.extract(b"<Invoice/>", "a.xml", {})
    with pytest.raises(RefusedFileError, match="rows is 'all'"):
        xaf.extract(files.xaf().encode(), "a.xml", {"rows": "all"})

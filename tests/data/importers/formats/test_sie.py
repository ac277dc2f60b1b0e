"""SIE files: balances of types 1 to 4, turnover from vouchers, invoices where dimensions name them."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.formats import sie
from tests.data.importers.formats.audit_files import balances, cells, notes, read, turnover

D = Decimal
HEAD = """#FLAGGA 0
#PROGRAM "Test" 1
#FORMAT PC8
#GEN 20260131
#SIETYP 4
#FNAMN "Övning AB"
#RAR 0 20250101 20251231
#RAR -1 20240101 20241231
#KONTO 1510 Kundfordringar
"""
# January: 1,250 invoiced; February: 250 credited, 700 paid. Open: 300 + 1,250 - 250 - 700.
YEAR = """#IB 0 1510 300.00
#UB 0 1510 600.00
#VER A 1 20250131 "Fakturajournal"
{
#TRANS 1510 {} 1250.00
#TRANS 3001 {} -1000
#TRANS 2611 {} -250
}
#VER A 2 20250203 "Kreditfaktura"
{
#TRANS 1510 {} -250
#TRANS 3001 {} 200
#TRANS 2611 {} 50
}
#VER B 1 20250228 "Inbetalning" 20250301
{
   #TRANS\t1930\t{}\t700.00
   #TRANS\t1510\t{}\t-700.00\t20250227\t"text
}
"""


def test_vouchers_give_the_balance_of_every_month_and_its_turnover() -> None:
    extract, reading = read(sie, (HEAD + YEAR).encode("cp437"))
    days = balances(extract)
    assert len(days) == 13
    assert (days["2024-12-31"], days["2025-01-31"], days["2025-02-28"], days["2025-12-31"]) == (
        D("300.00"), D("1550.00"), D("600.00"), D("600.00"),
    )  # fmt: skip
    assert (turnover(extract)["2025-01-31"], turnover(extract)["2025-02-28"]) == (D("1250.00"), D("-250.00"))
    assert "SIE 4 of Övning AB" in notes(extract)
    assert "by the chart BAS" in notes(extract)
    assert set(cells(extract, "turnover", "currency")) == {("SEK",)}
    assert reading.rejected == 0


def test_the_years_are_told_apart_and_the_opening_of_the_later_one_counts() -> None:
    before = "#IB -1 1510 100.00\n#UB -1 1510 300.00\n"
    extract, _reading = read(sie, (HEAD + before + YEAR).encode("cp437"))
    assert (balances(extract)["2023-12-31"], balances(extract)["2024-12-31"]) == (D("100.00"), D("300.00"))
    other, _reading = read(sie, (HEAD + before.replace("300", "299") + YEAR).encode("cp437"))
    assert balances(other)["2024-12-31"] == D("300.00")
    assert "one year closes at 299.00 and the next opens at 300.00" in notes(other)


def test_changes_per_month_give_the_balances_of_types_2_and_3() -> None:
    months = """#IB 0 1510 300.00
#UB 0 1510 600.00
#PSALDO 0 202501 1510 {} 1250.00
#PSALDO 0 202501 1510 {1 "N"} 999.00
#PSALDO 0 202503 1510 {} -950.00
"""
    extract, _reading = read(sie, (HEAD + months).replace("SIETYP 4", "SIETYP 3").encode("cp437"))
    days = balances(extract)
    assert [days[f"2025-{end}"] for end in ("01-31", "02-28", "03-31", "12-31")] == [
        D("1550.00"),
        D("1550.00"),
        D("600.00"),
        D("600.00"),
    ]
    assert days["2024-12-31"] == D("300.00")
    assert "turnover" not in extract.rows


def test_type_1_gives_the_balances_at_both_ends_of_a_year_that_is_over() -> None:
    ends = "#IB 0 1510 300.00\n#UB 0 1510 600.00\n"
    extract, _reading = read(sie, (HEAD + ends).encode("cp437"))
    assert balances(extract) == {"2024-12-31": D("300.00"), "2025-12-31": D("600.00")}
    early, _reading = read(sie, (HEAD + ends).replace("GEN 20260131", "GEN 20251130").encode("cp437"))
    assert balances(early) == {"2024-12-31": D("300.00")}


def test_vouchers_that_do_not_lead_to_the_stated_closing_leave_the_stated_balances() -> None:
    extract, _reading = read(sie, (HEAD + YEAR.replace("UB 0 1510 600", "UB 0 1510 610")).encode("cp437"))
    assert balances(extract) == {"2024-12-31": D("300.00"), "2025-12-31": D("610.00")}
    assert "states 610.00 for the receivables" in notes(extract)
    assert "come to 600.00" in notes(extract)


def test_vouchers_of_a_program_that_invoices_are_one_batch_of_their_month() -> None:
    only = HEAD.replace("#RAR 0 20250101 20251231\n", "#RAR 0 \n") + YEAR.split("\n", 2)[2]
    extract, _reading = read(sie, only.encode("cp437"))
    assert "ledger_balances" not in extract.rows
    assert cells(extract, "turnover", "from_date", "to_date", "part", "amount") == [
        ("2025-01-01", "2025-01-31", "2025-01-31 A 1", "1250.00"),
        ("2025-02-01", "2025-02-28", "2025-01-31 A 1", "-250.00"),
    ]


def test_a_line_added_later_counts_once_and_one_struck_out_not_at_all() -> None:
    changed = """#IB 0 1510 0
#UB 0 1510 150.00
#VER A 1 20250131 "x"
{
#BTRANS 1510 {} 999.00 20250131
#RTRANS 1510 {} 100.00 20250131 "added"
#TRANS 1510 {} 100.00 20250131
#RTRANS 1510 {} 50.00 20250131
#RTRANS 3001 {} -150.00 20250131
}
"""
    extract, _reading = read(sie, (HEAD + changed).encode("cp437"))
    assert balances(extract)["2025-12-31"] == D("150.00")
    assert "lines 3, debit 150.00, credit 150.00" in notes(extract)
    assert "struck out in it and count for nothing: 1." in notes(extract)


def test_dimensions_8_and_10_name_customer_and_invoice() -> None:
    named = """#OBJEKT 8 "77" "Bakka AB"
#IB 0 1510 0.00
#UB 0 1510 25.00
#VER 1 1 20250131 "77, 12"
{
#TRANS 1510 {8 "77" 10 "12"} 125.00
#TRANS 3001 {10 "12"} -100
#TRANS 2611 {10 "12"} -25
}
#VER 2 1 20250210 "77, 12"
{
#TRANS 1930 {} 100.00
#TRANS 1510 {"8" "77" "10" "12"} -100.00
}
"""
    extract, _reading = read(sie, (HEAD + named).encode("cp437"))
    assert cells(
        extract, "invoices", "invoice_id", "customer_id", "amount", "vat_amount", "invoice_date"
    ) == [("12", "77", "125.00", "25.00", "2025-01-31")]
    assert cells(extract, "payments", "payment_id", "invoice_id", "amount") == [("2025 2 1", "12", "100.00")]
    assert cells(extract, "customers", "customer_id", "customer_name") == [("77", "Bakka AB")]


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8", "utf-8-sig"])
def test_letters_are_read_in_the_encoding_they_are_in(encoding: str) -> None:
    extract, _reading = read(sie, (HEAD.replace("Övning", "Övningsföretaget å") + YEAR).encode(encoding))
    assert "of Övningsföretaget å AB" in notes(extract)


def test_accounts_of_another_chart_are_named_by_an_option_and_a_currency_is_kept() -> None:
    text = (HEAD + YEAR).replace("1510", "4711") + "#VALUTA EUR\n"
    extract, _reading = read(sie, text.encode("cp437"))
    assert "ledger_balances" not in extract.rows
    told, _reading = read(sie, text.encode("cp437"), accounts="4711", entity="Nord")
    assert balances(told)["2025-12-31"] == D("600.00")
    assert set(cells(told, "ledger_balances", "currency", "entity")) == {("EUR", "Nord")}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("-700.00", "x", "the amount 'x' on line 27"),
        ("#VER B 1 20250228", "#VER B 1 20250230", "the day '20250230' on line 24"),
        ("#TRANS 3001 {} -1000", "#TRANS 3001 {1 -1000", "a brace on line 15"),
        ("}\n#VER A 2", "#VER A 2", "a brace on line 12"),
        ("#VER A 1", "#XER A 1", "line 13 cannot be read"),
        ("#RAR 0 20250101 20251231", "#RAR 0 20251231 20250101", "the day '20250101' on line 7"),
        ("#SIETYP 4", "#SIETYP 4\n#VALUTA SVK", "not known ('SVK')"),
    ],
)
def test_what_cannot_be_read_refuses_the_file_in_one_sentence(old: str, new: str, words: str) -> None:
    text = HEAD + YEAR
    assert old in text
    with pytest.raises(RefusedFileError) as refused:
        read(sie, text.replace(old, new).encode("cp437"))
    assert words in str(refused.value)


def test_sie_5_is_refused_in_words_and_other_files_are_not_recognised() -> None:
    content = b"<Sie xmlns='http://www.sie.se/sie5'/>"
    assert sie.recognises(content)
    with pytest.raises(RefusedFileError, match="is SIE 5; export it as SIE 4"):
        sie.extract(content, "a.sie", {})
    for other in (b"# a comment\n1,2\n", b"<a/>", b"", b"invoice_id,amount\n#FLAGGA 0\n"):
        assert not sie.recognises(other)

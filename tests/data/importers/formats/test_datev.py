"""DATEV: batches of bookings become turnover and documents, master data customers."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.formats import datev
from tests.data.importers.formats.audit_files import cells, notes, read, turnover

D = Decimal
HEADINGS = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz",
    "WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum",
    "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext", "Fälligkeit", "Generalumkehr (GU)",
)  # fmt: skip


def header(
    *,
    category: int = 21,
    kind: str = "Buchungsstapel",
    length: int = 4,
    chart: str = "03",
    span: str = "20250101;20250331",
) -> str:
    return (
        f'"EXTF";700;{category};"{kind}";13;20250405120000000;;"RE";"";"";1001;456;20250101;{length};{span};'
        f'"Stapel 1";"";1;0;0;"EUR";;;;;{chart};;;"";""'
    )


def booking(amount: str, side: str, account: str, contra: str, day: str, **more: str) -> str:
    values = {"Umsatz (ohne Soll/Haben-Kz)": amount, "Soll/Haben-Kennzeichen": side, "Konto": account}
    values |= {"Gegenkonto (ohne BU-Schlüssel)": contra, "Belegdatum": day}
    headings = {
        "doc": "Belegfeld 1", "doc2": "Belegfeld 2", "skonto": "Skonto", "due": "Fälligkeit",
        "bu": "BU-Schlüssel", "gu": "Generalumkehr (GU)", "wkz": "WKZ Umsatz", "base": "Basis-Umsatz",
        "base_wkz": "WKZ Basis-Umsatz",
    }  # fmt: skip
    values |= {headings[name]: text for name, text in more.items()}
    return ";".join(f'"{values[name]}"' if name in values else "" for name in HEADINGS)


def stack(*bookings: str, encoding: str = "cp1252", **of_header: object) -> bytes:
    lines = [header(**of_header), ";".join(HEADINGS), *bookings]  # type: ignore[arg-type]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


BOOKINGS = (
    booking("1190,00", "S", "10000", "8400", "3101", doc="RE1", due="02032025"),
    booking("119,00", "H", "10000", "8400", "302", doc="GS1"),
    booking("1000,00", "S", "1200", "10000", "2802", doc="RE1"),
    booking("59,50", "S", "10001", "8400", "103", doc="RE2", doc2="150325"),
    booking("58,31", "H", "10001", "1200", "1003", doc="RE2", skonto="1,19"),
    booking("24,95", "S", "4940", "1200", "1103"),
    booking("80,00", "S", "2400", "10000", "3103", doc="RE1"),
)


def test_bookings_on_debtors_become_turnover_and_documents() -> None:
    extract, reading = read(datev, stack(*BOOKINGS))
    assert turnover(extract) == {
        "2025-01-31": D("1190.00"),
        "2025-02-28": D("-119.00"),
        "2025-03-31": D("59.50"),
    }
    assert cells(extract, "invoices", "invoice_id", "customer_id", "invoice_date", "due_date", "amount") == [
        ("RE1", "10000", "2025-01-31", "2025-03-02", "1190.00"),
        ("GS1", "10000", "2025-02-03", "", "-119.00"),
        ("RE2", "10001", "2025-03-01", "2025-03-15", "59.50"),
    ]
    assert cells(extract, "payments", "invoice_id", "payment_date", "amount", "kind") == [
        ("RE1", "2025-02-28", "1000.00", "payment"),
        ("RE1", "2025-03-31", "80.00", "write_off"),
        ("RE2", "2025-03-10", "58.31", "payment"),
        ("RE2", "2025-03-10", "1.19", "discount"),
    ]
    # 7 bookings: S 1,190 + 1,000 + 59.50 + 24.95 + 80, H 119 + 58.31.
    assert "lines 7, debit 2354.45, credit 177.31." in notes(extract)
    # 3 months, 3 documents, 3 settlements; the discount is of the row of its payment.
    assert (reading.rows_read, reading.accepted) == (9, 9)
    assert "Receivables are the debtors' accounts 10000 to 69999." in notes(extract)
    assert "out of balance" not in notes(extract)


def test_batches_of_one_month_are_told_apart() -> None:
    extract, _reading = read(datev, stack(*BOOKINGS))
    assert set(cells(extract, "turnover", "part")) == {("20250101-20250331 Stapel 1",)}


@pytest.mark.parametrize("how", [{"gu": "1"}, {"gu": "G"}, {"bu": "20"}, {"bu": "0023"}])
def test_a_reversal_books_the_same_sides_with_the_other_sign(how: dict[str, str]) -> None:
    bookings = (booking("119,00", "S", "10000", "8400", "0501", doc="RE1"),
                booking("119,00", "S", "10000", "8400", "0601", doc="RE1", **how))  # fmt: skip
    extract, _reading = read(datev, stack(*bookings))
    assert turnover(extract) == {"2025-01-31": D("0.00")}
    assert cells(extract, "payments", "invoice_id", "amount", "kind") == [("RE1", "119.00", "credit")]


def test_a_key_of_taxes_is_no_reversal() -> None:
    extract, _reading = read(datev, stack(booking("119,00", "S", "10000", "8400", "0501", doc="RE1", bu="3")))
    assert turnover(extract) == {"2025-01-31": D("119.00")}


def test_longer_accounts_make_longer_debtors() -> None:
    bookings = (booking("119,00", "S", "1000000", "840000", "0501", doc="RE1"),
                booking("5,00", "S", "10000", "840000", "0501", doc="X"))  # fmt: skip
    extract, _reading = read(datev, stack(*bookings, length=6))
    assert cells(extract, "invoices", "invoice_id", "customer_id") == [("RE1", "1000000")]
    assert "debtors' accounts 1000000 to 6999999" in notes(extract)


def test_the_year_is_that_of_the_period_in_the_header() -> None:
    bookings = (
        booking("10,00", "S", "10000", "8400", "3112", doc="A"),
        booking("20,00", "S", "10000", "8400", "0101", doc="B"),
    )
    broken = stack(*bookings, span="20241201;20250131").replace(b";20250101;4;", b";20240701;4;")
    extract, _reading = read(datev, broken)
    assert cells(extract, "invoices", "invoice_date") == [("2024-12-31",), ("2025-01-01",)]


def test_a_booking_that_cannot_be_read_is_refused_and_no_turnover_is_sure() -> None:
    bad = [
        booking("1.190,00", "S", "10000", "8400", "3101", doc="A"),
        booking("1,00", "X", "10000", "8400", "3101", doc="B"),
        booking("1,00", "S", "10000", "8400", "3002", doc="C"),
        booking("1,00", "S", "", "8400", "3101", doc="D"),
        booking("1,00", "S", "10000", "8400", "3101", doc="E", wkz="USD"),
        "1,00;S",
    ]
    extract, reading = read(datev, stack(*BOOKINGS, *bad))
    assert "turnover" not in extract.rows
    assert reading.rejects["line"].to_list() == [10, 11, 12, 13, 14, 15]
    assert reading.rejects["reason"].to_list() == [
        "Umsatz '1.190,00' is not an amount written like 1234,56",
        "Soll/Haben-Kennzeichen 'X' is neither S nor H",
        "Belegdatum '3002' is not a day of the period in the header",
        "Konto '' is no account number",
        "the amount in USD has no Basisumsatz in the currency of the ledger",
        "2 cells where the heading has 16",
    ]
    assert len(extract.rows["invoices"]) == 3


def test_an_amount_in_another_currency_counts_at_its_base_amount() -> None:
    foreign = booking(
        "110,00", "S", "10000", "8400", "3101", doc="A", wkz="USD", base="100,00", base_wkz="EUR"
    )
    extract, _reading = read(datev, stack(foreign))
    assert cells(extract, "invoices", "amount", "currency") == [("100.00", "EUR")]
    assert "amount in another currency too: 1;" in notes(extract)


def test_what_is_carried_forward_is_an_open_item_and_no_turnover() -> None:
    bookings = (booking("70,00", "S", "10000", "9008", "0101", doc="ALT"),
                booking("30,00", "S", "10001", "9008", "0101"),
                booking("70,00", "H", "10000", "1200", "0501", doc="ALT"))  # fmt: skip
    extract, reading = read(datev, stack(*bookings))
    assert cells(extract, "invoices", "invoice_id", "invoice_date", "amount") == [
        ("ALT", "2024-12-31", "70.00")
    ]
    assert cells(extract, "payments", "invoice_id", "amount") == [("ALT", "70.00")]
    assert reading.rejects["reason"].to_list() == ["an amount carried forward to a debtor names no document"]
    assert turnover(extract) == {}


@pytest.mark.parametrize("chart", ["04", ""])
def test_another_chart_and_none_are_read(chart: str) -> None:
    bookings = (booking("119,00", "S", "10000", "4400", "0501", doc="RE1"),
                booking("119,00", "S", "1800", "10000", "0601", doc="RE1"))  # fmt: skip
    extract, _reading = read(datev, stack(*bookings, chart=chart))
    assert turnover(extract) == {"2025-01-31": D("119.00")}
    assert cells(extract, "payments", "amount", "kind") == [("119.00", "payment")]


def test_a_booking_of_a_debtor_without_a_document_leaves_totals_only() -> None:
    extract, _reading = read(datev, stack(*BOOKINGS, booking("5,00", "S", "1200", "10000", "3103")))
    assert set(extract.rows) == {"turnover"}
    assert "1 of 7 lines on the receivables name no customer or no document" in notes(extract)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-8"])
def test_every_encoding_of_the_format_is_read(encoding: str) -> None:
    extract, _reading = read(datev, stack(*BOOKINGS, encoding=encoding))
    assert cells(extract, "invoices", "due_date")[0] == ("2025-03-02",)


MASTER = (
    "Konto", "Name (Adressatentyp Unternehmen)", "Unternehmensgegenstand",
    "Name (Adressatentyp natürl. Person)", "Vorname (Adressatentyp natürl. Person)",
    "Name (Adressatentyp keine Angabe)", "Adressatentyp", "Kurzbezeichnung", "Straße", "Postleitzahl", "Ort",
    "Land", "E-Mail", "Kreditlimit (Debitor)", "Fälligkeit in Tagen (Debitor)",
)  # fmt: skip


def test_debtors_of_master_data_become_customers() -> None:
    rows = [
        '10000;"Bäcker & Söhne";"";"";"";"";2;"";"Weg 1";"50999";"Köln";"DE";"a@b.de";5000,00;14',
        '10001;"";"";"Muster";"Sabine";"";1;"";"";"";"";"";"";;0',
        '70001;"Lieferant";"";"";"";"";2;"";"";"";"";"";"";;',
    ]
    head = header(category=16, kind="Debitoren/Kreditoren", span=";")
    content = "\r\n".join([head, ";".join(MASTER), *rows]).encode("cp1252")
    extract, reading = read(datev, content)
    columns = (
        "customer_id",
        "customer_name",
        "street",
        "postcode",
        "city",
        "country",
        "credit_limit",
        "payment_terms_days",
    )
    assert cells(extract, "customers", *columns) == [
        ("10000", "Bäcker & Söhne", "Weg 1", "50999", "Köln", "DE", "5000.00", "14"),
        ("10001", "Sabine Muster", "", "", "", "", "", ""),
    ]
    assert reading.rejected == 0
    assert "Suppliers and others left out: 1." in notes(extract)


def test_other_data_and_damaged_headers_are_refused_in_words() -> None:
    with pytest.raises(RefusedFileError, match="of the kind Kontenbeschriftungen"):
        read(datev, stack(category=20, kind="Kontenbeschriftungen"))
    with pytest.raises(RefusedFileError, match="does not say in which year"):
        read(datev, stack(*BOOKINGS, span=";").replace(b";20250101;4;", b";;4;"))
    with pytest.raises(RefusedFileError, match="first line is no DATEV header"):
        datev.extract(header().encode(), "a.csv", {})
    with pytest.raises(RefusedFileError, match="has no column Soll/Haben-Kennzeichen"):
        read(datev, f"{header()}\r\nUmsatz\r\n1,00\r\n".encode())
    for other in (b"EXTF\n", b"a;b\n1;2\n", b"", b"Konto;Name\n10000;x\n"):
        assert not datev.recognises(other)

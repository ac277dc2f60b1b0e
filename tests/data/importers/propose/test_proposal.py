"""Proposals: what is proposed for lists of many kinds, and with which evidence."""

import datetime as dt
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.list_reader import read_list
from data.importers.propose.proposal import Proposal, propose
from tests.data.importers.workbooks import workbook

DUTCH = """Administratie Voorbeeld BV
Openstaande posten per 31-10-2026

Factuurnummer;Debiteur;Factuurdatum;Vervaldatum;Bedrag;Openstaand
2026001;Bakker & Zn;03-09-2026;03-10-2026;1.210,00;1.210,00
2026002;Café Één;21-09-2026;21-10-2026;605,50;100,25
2026003;Bakker & Zn;25-09-2026;25-09-2026;-121,00;-121,00
Totaal;;;;1.694,50;1.189,25
"""
GERMAN = """Rechnungsnummer;Kunde;Rechnungsdatum;Fälligkeitsdatum;Betrag;Offen
R-1;Müller GmbH;05.09.2026;05.10.2026;1.000,00-;1.000,00-
R-2;Müller GmbH;06.09.2026;06.10.2026;2.500,00;2.500,00
"""
AMERICAN = """Invoice #,Customer,Date,Due Date,Amount,Balance Due
1001,"Smith, John",9/13/2026,10/13/2026,"$1,234.50","$1,234.50"
1002,Jones,10/2/2026,11/1/2026,"$99.00","($5.00)"
"""


def parts(proposal: Proposal) -> dict[str, tuple[str, bool]]:
    return {part.key: (part.value, part.is_sure) for part in proposal.parts}


def evidence(proposal: Proposal, key: str) -> str:
    return str(next(part.evidence for part in proposal.parts if part.key == key))


def test_a_dutch_list_below_titles_with_a_total_is_proposed_whole():
    proposal = propose(DUTCH.encode("cp1252"), "export.csv")
    assert parts(proposal) == {
        "header": ("4", True),
        "shape": ("open_items", True),
        "invoice_id": ("Factuurnummer", True),
        "customer_name": ("Debiteur", False),
        "invoice_date": ("Factuurdatum", True),
        "due_date": ("Vervaldatum", True),
        "amount": ("Bedrag", True),
        "open_amount": ("Openstaand", True),
        "date_format": ("DD-MM-YYYY", True),
        "decimal": (",", True),
        "currency": ("EUR", False),
    }
    assert evidence(proposal, "header") == (
        "line 4: 6 of its 6 headings are known; the 2 lines above it are titles"
    )
    assert evidence(proposal, "date_format") == "4 of 6 dates can only be day-month, none only month-day"
    assert evidence(proposal, "decimal") == "8 of 8 amounts end in a comma and decimals, none in a point"
    assert evidence(proposal, "open_amount") == (
        "a heading for it, and never more than 'Bedrag' in 4 of 4 rows"
    )
    assert evidence(proposal, "customer_name") == "its values are names"


def test_german_amounts_with_a_trailing_minus_are_read_as_they_are_written():
    proposal = propose(GERMAN.encode("utf-8"), "opos.csv")
    assert proposal.draft.flags == {"trailing_minus"}
    assert proposal.draft.date_format == "DD.MM.YYYY"
    reading = read_list(GERMAN.encode(), "opos.csv", proposal.preset(), day=dt.date(2026, 10, 31))
    assert reading.grains["invoices"]["amount"].to_list() == [Decimal("-1000.00"), Decimal("2500.00")]
    assert reading.grains["invoices"]["invoice_type"].to_list() == ["credit_note", "invoice"]


def test_american_dates_and_amounts_are_told_by_what_they_can_be():
    proposal = propose(AMERICAN.encode(), "open.csv")
    assert proposal.draft.date_format == "M/D/YYYY"
    assert evidence(proposal, "date_format") == "2 of 4 dates can only be month-day, none only day-month"
    assert proposal.draft.flags == {"parentheses"}
    assert parts(proposal)["currency"] == ("USD", False)
    reading = read_list(AMERICAN.encode(), "open.csv", proposal.preset(), day=dt.date(2026, 10, 31))
    assert reading.grains["invoices"]["customer_id"].to_list() == ["Smith, John", "Jones"]
    assert reading.sum_read == Decimal("1229.50")


def test_dates_that_can_be_read_both_ways_are_left_to_the_user():
    text = "Invoice,Customer,Date,Due date,Amount\n1,A,03/04/2026,05/06/2026,1.00\n"
    (part,) = [part for part in propose(text.encode(), "a.csv").parts if part.key == "date_format"]
    assert (part.value, part.is_sure, part.others) == ("DD/MM/YYYY", False, ("MM/DD/YYYY",))


def test_usual_terms_tell_two_readings_apart_and_are_shown_all_the_same():
    # 3 April + 30 days is 3 May; read the other way it would be 4 March and 5 March.
    text = "Invoice,Customer,Date,Due date,Amount\n1,A,03/04/2026,03/05/2026,1.00\n"
    text += "2,A,02/06/2026,02/07/2026,1.00\n"
    (part,) = [part for part in propose(text.encode(), "a.csv").parts if part.key == "date_format"]
    assert (part.value, part.is_sure) == ("DD/MM/YYYY", False)
    assert str(part.evidence).endswith("like this, 2 of 2 due dates are a usual term later")


def test_amounts_that_can_be_thousands_or_decimals_are_left_to_the_user():
    text = "Factuurnummer;Klant;Factuurdatum;Bedrag\n1;A;31-01-2026;1.234\n2;B;31-01-2026;500\n"
    (part,) = [part for part in propose(text.encode(), "a.csv").parts if part.key == "decimal"]
    assert (part.value, part.is_sure, part.others) == (",", False, (".",))
    assert "1.234" in str(part.evidence)


def test_a_workbook_with_customers_above_their_rows_is_proposed_with_them():
    rows = [
        ["Aged receivables"],
        ["Invoice Number", "Invoice Date", "Due Date", "Total"],
        ["Alpha BV"],
        ["F1", dt.date(2026, 1, 15), dt.date(2026, 2, 14), 1210.1],
        ["Total Alpha BV", "", "", 1210.1],
        ["Total Recall"],
        ["F2", dt.date(2026, 2, 1), dt.date(2026, 3, 3), -50],
        ["Total Total Recall", "", "", -50],
    ]
    content = workbook(Lijst=rows)
    proposal = propose(content, "a.xlsx")
    assert parts(proposal)["group"] == ("customer_name", True)
    assert parts(proposal)["shape"] == ("open_items", False)
    assert evidence(proposal, "date_format") == "the cells are dates already"


def test_words_that_are_not_known_are_not_used():
    text = "Factuurnr;Klant;Factuurdatum;Bedrag;Soort\n1;A;31-01-2026;1,00;Nota X\n"
    proposal = propose(text.encode(), "a.csv")
    assert "invoice_type" not in proposal.draft.columns
    assert "'Nota X'" in evidence(proposal, "invoice_type")


def test_the_preset_written_is_the_preset_proposed():
    proposal = propose(DUTCH.encode("cp1252"), "export.csv", preset_name="ons-pakket")
    preset = proposal.preset()
    assert preset.name == "ons-pakket"
    assert set(preset.known_by) == set(DUTCH.splitlines()[3].split(";"))
    assert preset.checks == ("due_after_invoice", "open_within_amount")


def test_what_has_no_headings_is_refused():
    with pytest.raises(RefusedFileError, match="has no line of headings"):
        propose(b"just a letter\nto somebody\n", "a.txt")


@pytest.mark.parametrize(
    ("number", "name"),
    [("Debiteurnummer", "Debiteur"), ("Debitorennr.", "Debitor"), ("Account Number", "Account"),
     ("Customer ID", "Customer")],
)  # fmt: skip
@pytest.mark.parametrize("is_name_first", [True, False])
def test_what_may_be_a_number_or_a_name_is_the_name_beside_a_number(number, name, is_name_first):
    pair = (name, number) if is_name_first else (number, name)
    values = ("Klant BV;10", "Buur NV;11") if is_name_first else ("10;Klant BV", "11;Buur NV")
    header = f"Invoice no;{';'.join(pair)};Invoice date;Amount"
    rows = [header, *(f"F{who};{value};0{who}-10-2026;1,00" for who, value in enumerate(values, start=1))]
    found = parts(propose("\n".join(rows).encode(), "list.csv"))
    assert (found["customer_id"][0], found["customer_name"][0]) == (number, name)

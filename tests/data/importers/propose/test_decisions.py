"""What somebody decides of a proposal counts, and is given evidence for as what is proposed is."""

from datetime import date
from decimal import Decimal

from data.importers.list_reader import read_sources
from data.importers.propose.decisions import Decisions
from data.importers.propose.proposal import Proposal, propose_for
from data.importers.propose.sample import best_sample
from data.importers.table_source import table_sources

LIST = (
    "Nummer;Relatie;Datum;Bedrag;Restant;Soort\n"
    "1;Bakker;03-04-2026;1.210,00;210,00;VF\n"
    "2;Slager;04-04-2026;-50,00;-50,00;VC\n"
)


def proposal(text: str = LIST, **decided: object) -> Proposal:
    sample = best_sample(table_sources(text.encode(), "lijst.csv"), "lijst.csv")
    return propose_for(
        sample, "lijst.csv", currency="EUR", preset_name="own", decisions=Decisions(**decided)
    )  # fmt: skip


def parts(made: Proposal) -> dict[str, tuple[str, str]]:
    return {part.key: (part.value, str(part.evidence)) for part in made.parts}


def test_a_heading_that_somebody_chose_feeds_the_field_and_one_taken_away_feeds_none():
    made = proposal(shape="invoices", columns={"amount": "Restant", "customer_name": ""})
    assert made.draft.columns["amount"] == "Restant"
    assert "customer_name" not in made.draft.columns
    assert parts(made)["amount"] == ("Restant", "as you chose")


def test_a_heading_whose_values_are_of_another_kind_is_said_to_be():
    made = proposal(shape="invoices", columns={"due_date": "Relatie"})
    assert parts(made)["due_date"] == ("Relatie", "as you chose; its values do not look like it")


def test_dates_are_read_in_the_order_that_somebody_said():
    assert proposal().draft.date_format == "DD-MM-YYYY"
    made = proposal(shape="invoices", date_format="MM-DD-YYYY")
    rows = read_sources(table_sources(LIST.encode(), "x"), "x", made.draft.preset()).grains["invoices"]
    assert rows["invoice_date"].to_list() == [date(2026, 3, 4), date(2026, 4, 4)]


def test_another_sign_before_the_cents_takes_the_sign_between_thousands_along():
    made = proposal("A;Klant;Datum;Bedrag\n1;x;2026-01-02;1.250\n2;y;2026-01-03;2.500\n", decimal=".")
    assert (made.draft.decimal, made.draft.thousands) == (".", ",")
    made = proposal("A;Klant;Datum;Bedrag\n1;x;2026-01-02;1.250\n2;y;2026-01-03;2.500\n")
    assert (made.draft.decimal, made.draft.thousands) == (",", ".")


def test_a_list_that_is_said_to_be_of_open_items_has_its_amount_as_what_is_open():
    made = proposal("Nummer;Relatie;Datum;Bedrag\n1;Bakker;03-04-2026;10,00\n", shape="open_items")
    assert made.draft.columns["open_amount"] == "Bedrag"
    assert "amount" not in made.draft.columns
    assert parts(made)["shape"] == ("open_items", "as you chose")


def test_a_column_with_words_nobody_knows_is_used_once_somebody_says_what_they_mean():
    assert "invoice_type" not in proposal(shape="invoices").draft.columns
    made = proposal(
        shape="invoices",
        columns={"invoice_type": "Soort"},
        words={"invoice_type": {"VF": "invoice", "VC": "credit_note"}},
    )
    assert made.words["invoice_type"] == ("VF", "VC")
    assert made.draft.words["invoice_type"] == {"VF": "invoice", "VC": "credit_note"}
    reading = read_sources(table_sources(LIST.encode(), "x"), "x", made.draft.preset())
    assert reading.grains["invoices"].select("invoice_type", "amount").rows() == [
        ("invoice", Decimal("1210.00")),
        ("credit_note", Decimal("-50.00")),
    ]


def test_a_row_with_a_word_that_means_nothing_is_rejected_with_it():
    made = proposal(
        shape="invoices",
        columns={"invoice_type": "Soort"},
        words={"invoice_type": {"VF": "invoice", "VC": ""}},
    )
    reading = read_sources(table_sources(LIST.encode(), "x"), "x", made.draft.preset())
    assert (reading.rows_read, reading.accepted, reading.rejected) == (2, 1, 1)
    assert "VC" in reading.rejects["reason"][0]


def test_a_currency_of_all_amounts_is_the_one_that_was_said():
    assert proposal().draft.currency == "EUR"
    assert proposal(currency="SEK").draft.currency == "SEK"


def test_customers_stand_above_their_rows_where_somebody_says_so():
    text = "Nummer;Datum;Bedrag\nBakker;;\n1;03-04-2026;10,00\nSlager;;\n2;03-04-2026;20,00\n"
    assert proposal(text, shape="invoices").draft.group == "customer_name"
    assert proposal(text, shape="invoices", is_grouped=False).draft.group == ""


def test_headings_are_looked_for_on_the_line_that_somebody_named():
    text = "Een;Twee;Drie\nNummer;Relatie;Datum\n1;Bakker;03-04-2026\n"
    sources = table_sources(text.encode(), "x")
    assert best_sample(sources, "x").line == 2
    sample = best_sample(sources, "x", header=1)
    assert (sample.line, sample.headings) == (1, ("Een", "Twee", "Drie"))

"""What is asked about a list, in which group, and what must be said before it is used."""

import pytest

from data.importers.propose.decisions import Decisions
from data.importers.propose.proposal import Proposal, propose_for
from data.importers.propose.sample import best_sample
from data.importers.shapes import SHAPES
from data.importers.table_source import table_sources
from reports import language
from reports.answers.data_quality import list_fields, list_questions, preset_draft
from reports.codes import fallback_label

pytestmark = pytest.mark.usefixtures("english")

LIST = (
    "Factuurnummer;Debiteur;Factuurdatum;Vervaldatum;Bedrag;Openstaand\n"
    "1;Bakker Bos BV;03-04-2026;03-05-2026;1.210,00;210,00\n"
)


def choices_of(shape: str, field: str) -> tuple[str, ...]:
    columns = {column.name for column in SHAPES[shape].file_columns}
    return tuple(list_fields.choices_of(shape, field)) if field in columns else ()


def proposal(text: str = LIST, **decided: object) -> Proposal:
    sample = best_sample(table_sources(text.encode(), "x"), "x")
    return propose_for(sample, "x", currency="EUR", preset_name="own", decisions=Decisions(**decided))


def groups(base: Proposal, now: Proposal | None = None) -> dict[str, list[str]]:
    asked = list_questions.questions(base, now or base, [], asks_for_day=True)
    return {
        group: [question.key for question in asked if question.group == group]
        for group in list_questions.GROUPS
    }


def test_questions_stand_under_what_they_are_for():
    assert groups(proposal()) == {
        "unsure": ["customer_name", "date_format", "one_currency", "list_day"],
        "needed": ["invoice_id", "invoice_date", "open_amount"],
        "adding": ["customer_id", "amount", "due_date"],
        "form": ["decimal"],
    }


def test_a_question_stays_where_it_stands_whatever_is_answered():
    base = proposal()
    now = proposal(
        shape="open_items", columns={"due_date": "", "customer_name": ""}, date_format="MM-DD-YYYY"
    )
    assert groups(base, now) == groups(base)


def test_a_field_that_is_needed_and_not_there_is_asked_for_first():
    text = "Factuurnummer;Zus;Factuurdatum;Zo\n1;2;2026-01-02;5.00\n"
    assert groups(proposal(text))["unsure"][:3] == ["customer_name", "customer_id", "amount"]
    assert list_questions.missing(proposal(text)) == {"customer_name", "customer_id", "amount"}


def test_only_what_is_not_sure_and_not_said_is_undecided():
    asked = list_questions.questions(proposal(), proposal(), [], asks_for_day=False)
    waiting = list_questions.undecided(asked, {"date_format"})
    assert [question.key for question in waiting] == ["customer_name", "one_currency"]


def test_what_keeps_a_list_from_being_used_is_said_in_sentences():
    draft = proposal(
        shape="open_items",
        columns={"invoice_id": "", "due_date": "Factuurdatum", "open_amount": "", "customer_name": ""},
    ).draft
    assert preset_draft.hindrances(draft, ["Form of dates"]) == [
        "Choose a heading for: Invoice number, Customer number or Customer name, Amount open.",
        "'Factuurdatum' is chosen for two fields: leave it with one of them.",
        "Say first: Form of dates.",
    ]


def test_every_field_of_a_list_has_a_name_of_its_own():
    for shape in list_fields.shapes():
        fields = [*list_fields.first_fields(shape), *list_fields.other_fields(shape, ())]
        names = [list_fields.field_name(field) for field in set(fields)]
        assert len(set(names)) == len(names)


def test_every_field_and_word_of_a_list_is_said_in_dutch():
    language.use("nl")
    shapes = list_fields.shapes()
    fields = {field for shape in shapes for field in list_fields.other_fields(shape, ())}
    assert {field for field in fields if list_fields.field_name(field) == fallback_label(field)} <= {
        "segment",
        "postcode",
        "credit",
    }
    words = {word for shape in shapes for field in fields for word in choices_of(shape, field)}
    assert {word for word in words if list_fields.choice_name(word) == fallback_label(word)} <= {
        "credit",
        "open",
    }


def test_a_sum_is_of_what_is_open_or_of_the_documents_per_currency():
    text = (
        "Nummer;Klant;Datum;Bedrag;Valuta\n"
        "1;A;2026-01-02;10.00;EUR\n2;A;2026-01-02;5.50;USD\n3;A;2026-01-02;-1.00;EUR\n4;A;x;9.00;EUR\n"
    )
    made = proposal(text, shape="invoices", columns={"invoice_date": "Datum"})
    outcome = preset_draft.read_draft(preset_draft.first_rows(text.encode(), "x"), "x", made.draft, None)
    finding = preset_draft.result(outcome, is_cut=False)
    assert finding.title == "3 of 4 rows can be taken in: €9.00, $5.50"

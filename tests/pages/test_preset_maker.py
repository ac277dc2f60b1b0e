"""A list that nothing knows is described on the screen: proposed, decided, tried, used once or saved."""

from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.store.own_presets import list_presets
from queries import open_books
from tests.apps import words

# Every press of a button is a run of the page.
pytestmark = pytest.mark.slow

AMBIGUOUS = (
    "Overzicht openstaande facturen\n"
    "Factuur;Debiteur;Datum;Vervalt;Bedrag;Openstaand\n"
    "1;Bakker <b>&</b> Zn.;03-04-2026;03-05-2026;1.210,00;210,00\n"
    "2;Slager BV;05-04-2026;05-05-2026;100,00;100,00\n"
    "Totaal;;;;1.310,00;310,00\n"
)
CLEAR = "Factuurnummer;Klantnummer;Factuurdatum;Bedrag;Valuta\nF1;K1;25-11-2026;10,00;EUR\n"


def upload(app: AppTest, text: str, name: str = "lijst.csv") -> AppTest:
    app.file_uploader[0].set_value([(name, text.encode("cp1252"), "text/csv")]).run()
    assert not app.exception
    return app


def box(app: AppTest, kind: str, ending: str) -> Any:
    """Return the one box of a kind whose key ends so."""
    [found] = [one for one in getattr(app, kind) if str(one.key).endswith(ending)]
    return found


def button(app: AppTest, beginning: str) -> Any:
    [found] = [one for one in app.button if str(one.key).startswith(beginning)]
    return found


def press(app: AppTest, beginning: str) -> AppTest:
    button(app, beginning).click().run()
    assert not app.exception
    return app


def decide_all(app: AppTest) -> None:
    """Say of everything that is not sure what it is."""
    box(app, "button", "-all-right").click().run()
    box(app, "radio", "-date_format").set_value("DD-MM-YYYY").run()
    box(app, "date_input", "-list_day").set_value("2026-05-31").run()
    assert not app.exception


def open_amounts(store, as_of: str) -> dict[str, Decimal]:
    with open_books(store) as books:
        rows = books.ask("open_items", as_of=as_of)
        return dict(rows.select("invoice_id", "open_amount").iter_rows())


def test_what_is_not_sure_stands_on_top_and_must_be_said_before_anything_is_used(desk, open_page):
    app = upload(open_page("data", part="upload"), AMBIGUOUS)
    said = words(app)
    assert "A list that nothing here knows yet" in said
    assert said.index("Say which it is") < said.index("Form of dates") < said.index("What a list needs")
    assert button(app, "use-once-").disabled
    assert "Say first: Customer name, Form of dates, Currency of all amounts, Day of this list." in said
    # Both ways to read the dates are shown by one of the file.
    assert [option.replace("\\", "") for option in box(app, "radio", "-date_format").options] == [
        "03-04-2026 = 3 April 2026",
        "03-04-2026 = 4 March 2026",
    ]
    assert not [one for one in app.button if one.key == "upload-publish"]


def test_the_result_follows_what_is_said_and_shows_the_rows_as_they_will_be_stored(desk, open_page):
    app = upload(open_page("data", part="upload"), AMBIGUOUS)
    assert "2 of 2 rows can be taken in: €310.00" in words(app)
    invoices = next(table.value for table in app.dataframe if "due_date" in table.value)
    assert [f"{day:%Y-%m-%d}" for day in invoices["invoice_date"]] == ["2026-04-03", "2026-04-05"]
    box(app, "radio", "-date_format").set_value("MM-DD-YYYY").run()
    invoices = next(table.value for table in app.dataframe if "due_date" in table.value)
    assert [f"{day:%Y-%m-%d}" for day in invoices["invoice_date"]] == ["2026-03-04", "2026-05-04"]


def test_used_once_a_list_goes_on_to_preview_and_publish_and_nothing_is_saved(desk, open_page):
    app = upload(open_page("data", part="upload"), AMBIGUOUS)
    decide_all(app)
    press(app, "use-once-")
    assert "As you said, once" in words(app)
    press(app, "upload-publish")
    assert "Published: 2 new rows" in words(app)
    assert list_presets(desk.store) == []
    assert open_amounts(desk.store, "2026-05-31") == {"1": Decimal("210.00"), "2": Decimal("100.00")}


def test_saved_under_a_name_a_list_with_these_headings_is_known_from_then_on(desk, open_page):
    app = upload(open_page("data", part="upload"), AMBIGUOUS)
    decide_all(app)
    press(app, "save-and-use-")
    assert "Give the preset a name" in words(app)
    [name] = [one for one in app.text_input if str(one.key).startswith("name-")]
    name.set_value("Onze openstaande posten").run()
    press(app, "save-and-use-")
    assert "Onze openstaande posten" in words(app)
    assert [own.name for own in list_presets(desk.store)] == ["onze-openstaande-posten"]
    press(app, "upload-publish")
    later = AMBIGUOUS.replace("210,00", "110,00").replace(";310,00", ";210,00")
    upload(app, later, "later.csv")
    assert "later.csv · Onze openstaande posten" in words(app).replace("**", "")
    assert "give the day below" in words(app)


def test_a_name_that_is_taken_is_refused_until_somebody_says_that_it_gives_way(desk, open_page):
    app = upload(open_page("data", part="upload"), AMBIGUOUS)
    decide_all(app)
    [name] = [one for one in app.text_input if str(one.key).startswith("name-")]
    name.set_value("xero").run()
    press(app, "save-and-use-")
    assert "comes with Kasstroom" in words(app)
    [gives_way] = [one for one in app.checkbox if str(one.key).startswith("replace-")]
    gives_way.check().run()
    press(app, "save-and-use-")
    assert [own.name for own in list_presets(desk.store)] == ["xero"]


def test_boxes_are_of_one_file_and_another_starts_anew(desk, open_page):
    app = upload(open_page("data", part="upload"), AMBIGUOUS)
    box(app, "selectbox", "-due_date").set_value("").run()
    upload(app, AMBIGUOUS + " \n", "andere.csv")
    assert box(app, "selectbox", "-due_date").value == "Vervalt"


def test_a_heading_that_is_chosen_twice_is_named_and_nothing_can_be_used(desk, open_page):
    app = upload(open_page("data", part="upload"), CLEAR)
    assert not button(app, "use-once-").disabled
    box(app, "selectbox", "-due_date").set_value("Factuurdatum").run()
    assert "'Factuurdatum' is chosen for two fields" in words(app)
    assert button(app, "use-once-").disabled


def test_a_field_that_the_list_needs_and_that_no_heading_feeds_is_asked_for(desk, open_page):
    app = upload(open_page("data", part="upload"), CLEAR.replace("Bedrag", "Zus").replace("10,00", "12"))
    assert "Choose a heading for: Amount." in words(app)
    box(app, "selectbox", "-amount").set_value("Zus").run()
    assert "1 of 1 row can be taken in: €12.00" in words(app)


def test_a_field_is_added_from_the_others(desk, open_page):
    text = CLEAR.replace("Valuta", "Valuta;Kostenplaats X").replace("EUR", "EUR;Noord")
    app = upload(open_page("data", part="upload"), text)
    assert not [one for one in app.selectbox if str(one.key).endswith("-segment")]
    box(app, "selectbox", "-add").set_value("segment").run()
    box(app, "selectbox", "-segment").set_value("Kostenplaats X").run()
    customers = next(table.value for table in app.dataframe if "segment" in table.value)
    assert list(customers["segment"]) == ["Noord"]


def test_words_that_nobody_knows_are_given_a_meaning(desk, open_page):
    text = CLEAR.replace("Valuta", "Valuta;Soort").replace("EUR", "EUR;VK") + "F2;K1;26-11-2026;5,00;EUR;VC\n"
    app = upload(open_page("data", part="upload"), text)
    assert "not used: 'VK', 'VC' is not known" in words(app)
    box(app, "selectbox", "-invoice_type").set_value("Soort").run()
    assert "0 of 2 rows can be taken in" in words(app)
    for word, meaning in (("VK", "invoice"), ("VC", "credit_note")):
        [stands] = [one for one in app.selectbox if one.label == word]
        stands.set_value(meaning).run()
    # A credit note written without a sign is below 0.
    assert "2 of 2 rows can be taken in: €5.00" in words(app)


def test_the_line_of_the_headings_can_be_said(desk, open_page):
    app = upload(open_page("data", part="upload"), "Een;Twee;Drie;Vier\n" + CLEAR)
    header = box(app, "number_input", "-header")
    assert header.value == 2
    header.set_value(1).run()
    assert "Een" in box(app, "selectbox", "-invoice_id").options
    box(app, "number_input", "-header").set_value(9).run()
    assert "Line 9 has no headings" in words(app)
    box(app, "number_input", "-header").set_value(2).run()
    assert box(app, "selectbox", "-invoice_id").value == "Factuurnummer"


def test_a_long_list_is_tried_on_its_first_rows_and_used_as_a_whole(desk, open_page):
    rows = "".join(f"F{at};K1;25-11-2026;1,00;EUR\n" for at in range(2, 6_001))
    app = upload(open_page("data", part="upload"), CLEAR + rows)
    assert "These are the first 5,039 rows of a long file" in words(app)
    press(app, "use-once-")
    assert "6,000 of 6,000 rows can be taken in" in words(app)


def test_a_list_is_described_anew_with_what_was_said_before(desk, open_page):
    app = upload(open_page("data", part="upload"), AMBIGUOUS)
    decide_all(app)
    press(app, "use-once-")
    [read_as] = [one for one in app.selectbox if str(one.key).startswith("read-as-")]
    read_as.set_value("by hand").run()
    assert box(app, "radio", "-date_format").value == "DD-MM-YYYY"
    assert not button(app, "use-once-").disabled

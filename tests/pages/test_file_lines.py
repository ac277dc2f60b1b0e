"""Every uploaded file has a line that says what it is, and can be read otherwise by hand."""

import io
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from data.importers.presets import FOLDER
from data.store.own_presets import save_preset
from tests.apps import words
from tests.data.importers.formats.ubl_texts import BUYER, SELLER, ubl
from tests.data.store.preset_texts import TEXT

pytestmark = pytest.mark.slow

OPEN_ITEMS = "Nummer;Relatie;Datum;Bedrag;Rest\nF1;Bakker;2026-10-01;100.00;40.00\n"
OF_OPEN_ITEMS = TEXT.replace('"invoices"', '"open_items"').replace('"Bedrag"]', '"Bedrag", "Rest"]')
OF_OPEN_ITEMS = OF_OPEN_ITEMS.replace("[defaults]", 'Rest = "open_amount"\n[defaults]')
CUSTOMERS = "customer_id,customer_name,segment,country,payment_terms_days,credit_limit\nC1,Bakker,A,NL,30,\n"
NOTICE = '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"></Document>'
CLEARED = (
    "factuurnummer;klantnummer;klantnaam;factuurdatum;vervaldatum;bedrag;betaald_op\n"
    "F1;K1;Bakker;05-01-2026;04-02-2026;1.234,56;\n"
)


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return content.getvalue()


def upload(app: AppTest, *files: tuple[str, str | bytes]) -> AppTest:
    sent = [(name, text.encode() if isinstance(text, str) else text, "") for name, text in files]
    app.file_uploader[0].set_value(sent).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return words(app).replace("**", "")


def read_as(app: AppTest, code: str) -> AppTest:
    [choice] = [one for one in app.selectbox if str(one.key).startswith("read-as-")]
    choice.set_value(code).run()
    assert not app.exception
    return app


def test_a_file_is_named_for_what_its_content_shows_with_its_rows_and_notes(desk, open_page):
    app = upload(open_page("data", part="upload"), ("x.txt", CLEARED), ("klanten.dat", CUSTOMERS))
    assert "x.txt · Invoices with their payment date" in said(app)
    assert "klanten.dat · Kasstroom's own form: customers" in said(app)
    assert said(app).count("1 row · 1 taken in") == 2


def test_a_list_that_does_not_say_its_day_is_asked_for_it_on_its_line(desk, open_page):
    save_preset(desk.store, OF_OPEN_ITEMS, "Open items of ours")
    app = upload(open_page("data", part="upload"), ("open.csv", OPEN_ITEMS))
    assert "open.csv · Open items of ours" in said(app)
    assert "does not say of which day this list of open items is; give the day below" in said(app)
    [day] = [one for one in app.date_input if str(one.key).startswith("list-day-")]
    day.set_value("2026-11-15").run()
    assert "1 row · 1 taken in" in said(app)
    app.button(key="upload-publish").click().run()
    assert not app.exception
    assert desk.rows(
        "select cast(list_date as varchar), cast(open_amount as varchar) from open_item_at(null)"
    ) == [("2026-11-15", "40.00")]


def test_a_zip_file_is_the_files_inside_it_and_what_is_passed_over_says_why(desk, open_page):
    content = zipped(map__customers_dot_csv=CUSTOMERS, foto_dot_png="x", afschrift_dot_xml=NOTICE)
    app = upload(open_page("data", part="upload"), ("alles.zip", content))
    assert "customers.csv · Kasstroom's own form: customers" in said(app)
    assert app.expander[0].label == "2 files passed over"
    assert "afschrift.xml: camt.054" in said(app)
    assert "foto.png: " in said(app)
    app.button(key="upload-publish").click().run()
    assert desk.rows("select customer_name from customer_at(null)") == [("Bakker",)]


def test_a_damaged_zip_file_refuses_the_load(desk, open_page):
    app = upload(
        open_page("data", part="upload"), ("kapot.zip", b"PK\x03\x04rest"), ("customers.csv", CUSTOMERS)
    )
    assert "kapot.zip: is a damaged zip file" in said(app)
    assert app.button(key="upload-publish").disabled


def test_one_refused_file_refuses_the_whole_load_until_it_is_taken_out(desk, open_page):
    app = upload(open_page("data", part="upload"), ("afschrift.xml", NOTICE), ("customers.csv", CUSTOMERS))
    assert "camt.054: a notice" in said(app)
    assert "One refused file refuses the whole load" in said(app)
    assert app.button(key="upload-publish").disabled
    # A notice of a bank is no list that somebody could describe.
    assert not [one for one in app.button if str(one.key).startswith("say-")]
    upload(app, ("customers.csv", CUSTOMERS))
    assert not app.button(key="upload-publish").disabled


def test_a_file_is_read_by_hand_with_another_preset_or_one_from_a_file(desk, open_page):
    app = upload(open_page("data", part="upload"), ("x.csv", CLEARED))
    read_as(app, "ibm")
    assert "x.csv · IBM sample" in said(app)
    assert "One refused file" not in said(app)  # nothing else was uploaded
    read_as(app, "by file")
    text = (FOLDER / "cleared-nl.toml").read_text("utf-8").replace('title = "', 'title = "Mine: ')
    for content, shown in ((text, "x.csv · Mine: Invoices with"), ("name =", "own.toml is not TOML")):
        [box] = [one for one in app.file_uploader if str(one.key).startswith("preset-file-")]
        box.set_value([("mine.toml", content.encode(), "")]).run()
        assert shown in said(app)


def test_two_presets_that_fit_are_both_named_and_one_is_chosen_by_hand(desk, open_page):
    for title in ("Eerste", "Tweede"):
        save_preset(desk.store, TEXT, title)
    app = upload(
        open_page("data", part="upload"), ("x.csv", "Nummer;Relatie;Datum;Bedrag\n1;B;2026-01-02;5.00\n")
    )
    assert "eerste, tweede" in said(app)
    read_as(app, "tweede")
    assert "x.csv · Tweede" in said(app)


def test_a_damaged_own_preset_is_named_and_files_are_read_with_the_others(desk, open_page):
    save_preset(desk.store, TEXT, "Heel")
    (desk.store / "presets" / "stuk.toml").write_text("name = ")
    app = upload(open_page("data", part="upload"), ("customers.csv", CUSTOMERS))
    assert "stuk.toml is not TOML" in said(app)
    assert "1 row · 1 taken in" in said(app)


def test_a_refused_list_of_another_form_can_be_described(desk, open_page):
    app = upload(
        open_page("data", part="upload"),
        ("invoices.csv", "Nummer;Relatie;Datum;Bedrag\n1;B;2026-01-02;5.00\n"),
    )
    [say] = [one for one in app.button if str(one.key).startswith("say-")]
    say.click().run()
    assert "What is in this file" in said(app)
    assert "1 of 1 row can be taken in: €5.00" in said(app)


def test_names_from_files_are_shown_letter_by_letter(desk, open_page):
    evil = "<img src=x onerror=alert(1)> ![x](http://evil.example/x.png)"
    app = upload(
        open_page("data", part="upload"),
        (f"{evil}.csv", f'Nummer;Relatie;Datum;Bedrag;"{evil}"\n1;"{evil}";2026-01-02;5.00;"{evil}"\n'),
    )
    for part in (*app.markdown, *app.caption):
        assert "![x]" not in part.value
        assert "http://evil" not in part.value


def test_a_second_press_of_publish_does_not_load_the_files_again(desk, open_page):
    app = upload(open_page("data", part="upload"), ("customers.csv", CUSTOMERS))
    app.button(key="upload-publish").click().run()
    assert "Published: 1 new row" in said(app)
    assert [link.label for link in app.get("page_link") if "To" in link.label] == [
        "To Ageing",
        "To Cash position",
    ]


def test_e_invoices_ask_who_we_are_and_the_number_goes_into_the_settings(desk, open_page):
    bought = ubl("9", seller=BUYER, buyer=SELLER)
    app = upload(open_page("data", part="upload"), ("1.xml", ubl("1")), ("9.xml", bought))
    assert said(app).count("1 row · 1 taken in") == 0
    app.text_input(key="upload-own-number").set_value("nl 1234").run()
    assert "nl 1234 is none of the three." in said(app)
    app.text_input(key="upload-own-number").set_value("NL 123456789 B01").run()
    assert said(app).count("1 row · 1 taken in") == 2
    app.button(key="upload-publish").click().run()
    assert not app.exception
    assert desk.rows("select invoice_id from invoice_at(null)") == [("1",)]
    assert desk.rows("select bill_id from bill_at(null)") == [("9",)]
    settings = desk.ask("settings")
    assert {"key": "company_vat_id", "value": "NL123456789B01"} in settings


def test_a_list_of_opportunities_in_a_zip_file_is_passed_over_and_alone_it_is_refused(desk, open_page):
    deals = "Opportunity Name,Stage,Amount,Close Date\nNew oven,Proposal,5000.00,2026-12-31\n"
    archive = zipped(deals_dot_csv=deals, klanten_dot_csv=CUSTOMERS)
    app = upload(open_page("data", part="upload"), ("export.zip", archive))
    assert "1 file passed over" in [expander.label for expander in app.expander]
    assert "deals.csv: a list of sales opportunities" in said(app)
    assert not app.button(key="upload-publish").disabled
    alone = upload(open_page("data", part="upload"), ("deals.csv", deals), ("klanten.csv", CUSTOMERS))
    assert "nobody owes them yet" in said(alone)
    assert alone.button(key="upload-publish").disabled

"""A CRM in the books: whom to speak to and what was done, of the right customer; no figure changes."""

from datetime import date

import pytest

from data.importers import load_preset, read_file, recognise, shipped_presets
from data.store.load import load
from tests.data.importers.list_presets import notes, reasons
from tests.data.importers.vendors.case import text

CUSTOMERS = [
    ("1001", "Bakkerij Jansen B.V.", "", "NL", 30, None),
    ("1002", "Müller & Söhne GmbH", "", "DE", 30, None),
    ("1003", "De Vries", "", "NL", 30, None),
    ("1004", "De Vries", "", "NL", 30, None),
    ("1005", "Smit N.V.", "", "NL", 30, None),
]
INVOICES = [
    (f"F{number}", number, "invoice", "2026-09-01", "2026-10-01", "EUR", "100.00")
    for number, *_rest in CUSTOMERS
]
# Record 1001 is no debtor 1001; two companies are called Bakker; Smit B.V. is not Smit N.V.
COMPANIES = text(
    "Record ID,Company name,Company Domain Name,Company owner,Phone Number,City,Klantnummer",
    "1001,BAKKERIJ JANSEN BV,jansen.nl,Sarah,0318 111,Ede,",
    "1002,De Vries,,Sarah,0318 222,Ede,",
    "1003,Smit B.V.,,Sarah,0318 333,Ede,",
    "1004,Muller en Zonen,,Sarah,0318 444,Bonn,1002",
    "1005,Nobody Ltd,,Sarah,0318 555,Bonn,",
)
PERSONS = text(
    "Record ID,First Name,Last Name,Email,Job Title,Contact owner,Associated Company",
    "1,Piet,Jansen,piet@example.nl,Directeur,Sarah,Bakkerij Jansen B.V.",
    "2,Anna,Boek,anna@example.nl,Hoofd boekhouding,Sarah,Bakkerij Jansen B.V.",
    "3,Kees,Smit,kees@example.nl,Directeur,Sarah,Smit NV",
    "4,Kim,Smit,kim@example.nl,Inkoper,Sarah,Smit NV",
    "5,Lost,Soul,lost@example.nl,,Sarah,",
)
CALLS = text(
    "Record ID,Call Title,Activity date,Call direction,Call outcome,Call notes,Activity assigned to,"
    "Associated Company IDs,Associated Company",
    "9001,Order,2026-10-05 14:30,Outbound,Connected,<p>Will order &amp; pay</p>,Sarah,1001,",
    "9002,Question,10/6/2026 2:30 PM,Inbound,No answer,,Sarah,,Smit N.V.",
    "9003,Old,2026-10-07 10:00,Outbound,Connected,,Sarah,,De Vries",
)
PRESETS = {"companies": "hubspot-companies", "persons": "hubspot-contacts", "calls": "hubspot-calls"}
FILES = {
    "companies": COMPANIES,
    "persons": PERSONS,
    "calls": CALLS.replace(b"10/6/2026 2:30 PM", b"2026-10-06 14:30"),
}

pytestmark = pytest.mark.slow  # each loads stores


def load_crm(desk, *names):
    for name in names:
        path = desk.home / f"{name}.csv"
        path.write_bytes(FILES[name])
        load(desk.store, [path], preset=load_preset(PRESETS[name]))
        desk.close()


def phones(desk):
    rows = desk.rows("select customer_id, phone, contact_name from customer_at(null) order by customer_id")
    return {customer: (phone, person) for customer, phone, person in rows}


EXPECTED = {
    "1001": ("0318 111", "Anna Boek"),
    "1002": ("0318 444", None),
    "1003": (None, None),
    "1004": (None, None),
    "1005": (None, None),
    "hubspot:1002": ("0318 222", None),
    "hubspot:1003": ("0318 333", None),
    "hubspot:1005": ("0318 555", None),
}


def test_a_company_is_the_customer_whose_number_or_whole_name_it_has_and_no_other(desk):
    desk.load(customers=CUSTOMERS, invoices=INVOICES)
    load_crm(desk, "companies", "persons")
    assert phones(desk) == EXPECTED
    names = dict(desk.rows("select customer_id, customer_name from customer_at(null)"))
    # The books' own names stand, also where the CRM has the number.
    assert names["1002"] == "Müller & Söhne GmbH"


def test_the_order_in_which_books_and_crm_are_loaded_does_not_matter(desk):
    load_crm(desk, "calls", "persons", "companies")
    desk.load(customers=CUSTOMERS, invoices=INVOICES)
    assert phones(desk) == EXPECTED
    assert called(desk) == CALLED


CALLED = [
    ("1001", date(2026, 10, 5), "out", "call", "other", "Order: Will order & pay"),
    ("1005", date(2026, 10, 6), "in", "call", "no_answer", "Question"),
    # Two customers of the books are called De Vries: it stays with the company of the CRM.
    ("hubspot:1002", date(2026, 10, 7), "out", "call", "other", "Old"),
]


def called(desk):
    columns = "customer_id, contact_date, direction, kind, outcome, note"
    return desk.rows(f"select {columns} from contact_at(null) order by contact_date")


def test_what_was_done_is_a_contact_of_the_customer_it_was_with(desk):
    desk.load(customers=CUSTOMERS, invoices=INVOICES)
    load_crm(desk, "companies", "calls")
    assert called(desk) == CALLED
    assert [
        row["contact_date"] for row in desk.ask("contacts", as_of=date(2026, 10, 31), customer="1001")
    ] == [date(2026, 10, 5)]


@pytest.mark.parametrize(
    "query", ["ageing", "open_items", "kpi", "tie_out", "worklist_items", "data_quality"]
)
def test_companies_without_invoices_change_no_figure(desk, query):
    desk.load(customers=CUSTOMERS, invoices=INVOICES)
    as_of = date(2026, 10, 31)
    before = desk.ask(query, as_of=as_of) if query != "data_quality" else desk.ask("findings", as_of=as_of)
    desk.close()
    load_crm(desk, "companies", "persons")
    after = desk.ask(query, as_of=as_of) if query != "data_quality" else desk.ask("findings", as_of=as_of)
    assert without_reach(after) == without_reach(before)


def without_reach(rows):
    """Leave out whom to speak to, which is what a CRM adds."""
    return [
        {key: value for key, value in row.items() if key not in {"phone", "email", "contact_name"}}
        for row in rows
    ]


def test_persons_that_cannot_be_told_apart_are_left_out_and_counted(tmp_path):
    path = tmp_path / "persons.csv"
    path.write_bytes(PERSONS)
    reading = read_file(path, recognise(PERSONS, path.name, shipped_presets()))
    assert reasons(reading) == []
    assert (reading.rows_read, reading.accepted) == (1, 1)
    assert any(note.startswith("4 persons were left out") for note in notes(reading))


def test_a_salesforce_number_of_fifteen_characters_is_that_of_eighteen(desk):
    accounts = text(
        "Id,Name,AccountNumber,Phone,BillingCity,OwnerId", "0011A00000bvc8vQAA,Smit N.V.,,0318 999,Ede,005"
    )
    tasks = text(
        "Id,WhoId,AccountId,Subject,ActivityDate,Status,TaskSubtype,CallType,Description",
        "00T1,003,0011A00000bvc8v,Called,2026-10-05,Completed,Call,Outbound,About F1005",
        "00T2,003,0011A00000bvc8v,To do,2026-11-05,Not Started,Task,,",
    )
    desk.load(customers=CUSTOMERS, invoices=INVOICES)
    for name, content, preset in (("a", accounts, "salesforce-accounts"), ("t", tasks, "salesforce-tasks")):
        path = desk.home / f"{name}.csv"
        path.write_bytes(content)
        assert recognise(content, path.name, shipped_presets()).name == preset
        load(desk.store, [path], preset=load_preset(preset))
    assert phones(desk)["1005"][0] == "0318 999"
    assert called(desk) == [("1005", date(2026, 10, 5), "out", "Call", None, "Called: About F1005")]

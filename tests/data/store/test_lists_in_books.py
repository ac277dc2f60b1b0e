"""Lists of other programs in the books: on the day of each list a document is open as the list says."""

from datetime import date
from decimal import Decimal

import pytest

from data.store.load import load
from tests.data.importers.list_presets import open_items_preset

FIRST, SECOND = date(2026, 9, 30), date(2026, 10, 31)

pytestmark = pytest.mark.slow  # each loads stores


def load_list(desk, day, *lines):
    path = desk.home / f"lijst-{day}.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    report = load(desk.store, [path], preset=open_items_preset(), source_date=day)
    desk.close()
    return report


def open_on(desk, day):
    """Return number -> amount and what is open of it."""
    rows = desk.ask("open_items", as_of=day)
    return {row["invoice_id"]: (row["amount"], row["open_amount"]) for row in rows}


def money(*texts):
    return tuple(map(Decimal, texts))


def test_a_list_without_amounts_of_documents_leaves_the_first_ones_standing(desk):
    load_list(desk, SECOND, "Nummer;Klant;Datum;Open", "F1;D1;01-09-2026;40,00", "F2;D1;02-10-2026;70,00")
    load_list(desk, FIRST, "Nummer;Klant;Datum;Open", "F1;D1;01-09-2026;100,00")
    assert open_on(desk, FIRST) == {"F1": money("100.00", "100.00")}
    assert open_on(desk, SECOND) == {"F1": money("100.00", "40.00"), "F2": money("70.00", "70.00")}


def test_money_on_a_list_is_what_is_left_of_it_on_each(desk):
    header = "Nummer;Klant;Datum;Bedrag;Open;Soort"
    load_list(
        desk,
        FIRST,
        header,
        "F1;D1;01-09-2026;100,00;100,00;Factuur",
        "G1;D1;15-09-2026;-80,00;-80,00;Betaling",
    )
    load_list(
        desk,
        SECOND,
        header,
        "F1;D1;01-09-2026;100,00;50,00;Factuur",
        "G1;D1;15-09-2026;-80,00;-30,00;Betaling",
    )
    assert open_on(desk, FIRST) == {"F1": money("100.00", "100.00"), "G1": money("-80.00", "-80.00")}
    assert open_on(desk, SECOND) == {"F1": money("100.00", "50.00"), "G1": money("-80.00", "-30.00")}
    assert all(row["difference"] == 0 for row in desk.ask("tie_out", as_of=SECOND))


def test_instalments_of_a_list_age_on_their_own_days(desk):
    load_list(
        desk, SECOND, "Nummer;Klant;Datum;Vervalt;Bedrag;Open", "F1;D1;01-09-2026;01-10-2026;600,00;600,00",
        "F1;D1;01-09-2026;01-12-2026;400,00;400,00",
    )  # fmt: skip
    ageing = desk.ask("ageing", as_of=SECOND)
    assert [(row["not_due"], row["d1_30"], row["total"]) for row in ageing] == [
        money("400.00", "600.00", "1000.00")
    ]


def test_a_document_with_its_day_of_payment_is_paid_on_that_day(desk):
    text = "Nummer;Klant;Datum;Vervalt;Bedrag;Open;Betaald op"
    preset = open_items_preset(columns='"Betaald op" = "cleared_date"')
    path = desk.home / "lijst.csv"
    path.write_text(f"{text}\nF1;D1;01-09-2026;01-10-2026;100,00;0,00;05-10-2026\n", encoding="utf-8")
    load(desk.store, [path], preset=preset, source_date=SECOND)
    assert open_on(desk, date(2026, 10, 4)) == {"F1": money("100.00", "100.00")}
    assert open_on(desk, date(2026, 10, 5)) == {}
    assert desk.rows("select kind, post_date from item where kind <> 'invoice'") == [
        ("payment", date(2026, 10, 5))
    ]


def test_the_report_of_a_load_counts_every_row_once(desk):
    report = load_list(
        desk, SECOND, "Nummer;Klant;Datum;Vervalt;Bedrag;Open", "F1;D1;01-09-2026;01-10-2026;600,00;600,00",
        "F1;D1;01-09-2026;01-12-2026;400,00;400,00", "F2;D1;01-09-2026;31-02-2026;5,00;5,00",
        "F3;D1;01-09-2026;01-10-2026;5,00;5,00", "F3;D1;01-09-2026;01-10-2026;5,00;5,00",
    )  # fmt: skip
    (file,) = report.files
    assert (file.rows_read, file.accepted, file.rejected, file.duplicate) == (5, 3, 1, 1)

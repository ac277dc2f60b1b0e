"""The KPI trends screen: its tiles, the table above them and their file."""

import pytest

from pages.parts.widgets import exports
from tests.apps import words
from tests.books import BOOKS

pytestmark = pytest.mark.usefixtures("english")


def said(app) -> str:
    return words(app).replace("\u00a0", " ")


@pytest.mark.slow
def test_money_on_account_is_above_zero_in_tile_table_sentence_and_file(desk, open_page, monkeypatch):
    """25 came in September, 75 more on 5 November; none of it names an invoice."""
    free = [("P2", "C1", "", "2026-09-15", "EUR", "25.00"), ("P3", "C1", "", "2026-11-05", "EUR", "75.00")]
    desk.load(**{**BOOKS, "payments": [*BOOKS["payments"], *free]})
    files: dict = {}

    def keep(name, _view, rows, **_words):
        files[name] = rows

    monkeypatch.setattr(exports, "downloads", keep)

    app = open_page("kpi_trends", as_of="2026-11-20", group="risk", compare="month")
    assert "On account: up from €25 to €100" in said(app)
    table = app.table[0].value
    (row,) = (line for line in table.values.tolist() if line[0] == "On account")
    assert row[1:] == [100, 25, 75]
    assert files["kpi-trend"]["unapplied"].cast(float).to_list() == [25, 25, 100]
    (line,) = files["kpi"].filter(kpi_name="On account").rows()
    assert [float(value) for value in line[2:]] == [100, 25, 75]

    app = open_page("kpi_trends", as_of="2026-11-20", part="customers", group="risk")
    owed = app.dataframe[0].value.set_index("customer_name")["unapplied"]
    assert float(owed["Halsema Techniek"]) == 100

    app = open_page("kpi_trends", as_of="2026-10-31", group="risk")
    assert "On account €25" in said(app)


def test_a_target_stands_in_its_tile_and_the_link_to_set_one_is_gone(desk, open_page):
    """1,875 is open on 20 November."""
    desk.load(**BOOKS)
    app = open_page("kpi_trends", as_of="2026-11-20")
    assert [link.label for link in app.get("page_link")].count("Set a target") == 1
    desk.load(settings=[("target_receivables", "1500.00"), ("target_on_time_share", "90")])
    app = open_page("kpi_trends", as_of="2026-11-20")
    assert "Set a target" not in [link.label for link in app.get("page_link")]
    assert "target €1.5k: €375 above" in said(app)
    # Nothing was paid on its due day: what never changes has a tile all the same.
    assert "target 90%: 90 pt below" in said(app)
    # Of the segment no amount is set.
    app = open_page("kpi_trends", as_of="2026-11-20", segment="Groot")
    assert "target €" not in said(app)
    assert "target 90%" in said(app)


@pytest.mark.slow
def test_days_in_stock_that_are_set_hold_for_kpi_trends_and_what_if_until_the_address_gives_others(
    desk, open_page
):
    """Open 1,875 of 1,915 billed in 90 days is 88.1 days; of bills of 900 is 450 open: 45 days."""
    bills = [
        ("B1", "S1", "2026-10-05", "2026-12-05", "EUR", "450.00", ""),
        ("B2", "S1", "2026-10-05", "2026-11-05", "EUR", "450.00", "2026-11-01"),
    ]
    desk.load(**BOOKS, bills=bills)
    app = open_page("kpi_trends", as_of="2026-11-20", group="cash")
    (link,) = (link for link in app.get("page_link") if link.label == "Fill in days in stock")
    assert link.page == "settings"
    assert "part=cash" in link.query_string

    desk.load(settings=[("days_in_stock", "20")])
    app = open_page("kpi_trends", as_of="2026-11-20", group="cash", segment="Groot")
    assert "Load the bills of suppliers" not in [link.label for link in app.get("page_link")]
    assert "Bills have no segment: the cash cycle is that of all customers together." in said(app)
    app = open_page("kpi_trends", as_of="2026-11-20", group="cash")
    assert "Bills have no segment" not in said(app)
    assert "Fill in days in stock" not in [link.label for link in app.get("page_link")]
    row = next(line for line in app.table[0].value.values.tolist() if line[0] == "Cash cycle")
    assert row[1] == pytest.approx(1875 / 1915 * 90 + 20 - 45)

    app = open_page("what_if", as_of="2026-11-20", part="capital")
    assert [metric.value for metric in app.metric[:4]] == ["88.1", "20.0", "45.0", "63.1"]
    app = open_page("what_if", as_of="2026-11-20", part="capital", dio="50")
    assert [metric.value for metric in app.metric[:4]] == ["88.1", "50.0", "45.0", "93.1"]

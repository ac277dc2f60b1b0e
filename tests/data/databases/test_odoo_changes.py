"""A second reading of an Odoo: only what changed comes, and it is right, also as known on earlier moments."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.databases.source import SourceReading, read_source
from data.store.load import load
from tests.books import Desk
from tests.data.databases.odoo_books import EUR, Entry, OdooBooks
from tests.data.databases.odoo_loads import load_source, moment, open_items
from tests.data.databases.postgres_server import PostgresServer
from tests.exhaustive import exhaustive

pytestmark = pytest.mark.slow
D = Decimal
END = date(2026, 12, 31)
LATER = "2026-08-01 09:00:00"


@pytest.fixture(params=[18, *exhaustive([14])])
def odoo(request: pytest.FixtureRequest, postgres: PostgresServer) -> OdooBooks:
    return OdooBooks(postgres, request.param, {"Noord B.V.": EUR})


@pytest.fixture
def one_paid(odoo: OdooBooks, loading_desk: Desk) -> Iterator[tuple[OdooBooks, Desk]]:
    """An invoice of 121.00 paid in part by 100.00, one of 50.00 open; loaded once."""
    who = odoo.partner("Bakker")
    invoice, _sales = odoo.move(
        "out_invoice", "2026-01-10", [Entry("121.00", who, "2026-02-09")], name="INV/1"
    )
    odoo.move("out_invoice", "2026-01-20", [Entry("50.00", who, "2026-02-19")], name="INV/2")
    paid, _bank = odoo.payment("2026-02-01", [Entry("-100.00", who)], name="BNK/1")
    odoo.reconcile(invoice, paid, "100.00")
    load_source(odoo.address, loading_desk.store)
    assert total(loading_desk, END) == D("71.00")
    return odoo, loading_desk


def total(desk: Desk, day: date, **more: object) -> Decimal:
    return sum(open_items(desk.store, [day], **more)[day].values(), D(0))


def rows_of(reading: SourceReading) -> dict[str, list[str]]:
    """Return the rows of each file, without the header, by kind."""
    return {
        file.name.partition("_odoo-")[0]: file.content.decode().splitlines()[1:] for file in reading.files
    }


def changed_rows(reading: SourceReading) -> int:
    return int(str(reading.notes[0]).rpartition(": ")[2].removesuffix("."))


def test_where_nothing_changed_nothing_is_read_again_or_loaded(one_paid: tuple[OdooBooks, Desk]) -> None:
    odoo, desk = one_paid
    reading = read_source(odoo.address, desk.store)
    assert (reading.files, changed_rows(reading)) == ((), 0)


def test_a_corrected_amount_is_a_newer_version_and_the_older_one_stays_known(
    one_paid: tuple[OdooBooks, Desk],
) -> None:
    odoo, desk = one_paid
    before = moment(desk.store)
    odoo.run("update account_move_line set balance = 60.00, write_date = %s where balance = 50.00", LATER)
    odoo.run("update account_move_line set balance = -60.00, write_date = %s where balance = -50.00", LATER)
    reading, report = load_source(odoo.address, desk.store)
    # Of 5 entries, moves, reconciliations and partners only the one of the receivable is read again.
    assert changed_rows(reading) == 1
    assert set(rows_of(reading)) == {"invoices", "ledger_balances"}
    assert report is not None
    assert total(desk, END) == D("81.00")
    assert total(desk, date(2026, 1, 19)) == D("121.00")
    assert total(desk, END, known_on=before) == D("71.00")


def test_an_amount_that_goes_back_is_loaded_though_the_same_bytes_were_before(
    one_paid: tuple[OdooBooks, Desk],
) -> None:
    odoo, desk = one_paid
    for amount in ("60.00", "50.00", "60.00", "50.00"):
        odoo.run("update account_move_line set balance = %s where date_maturity = '2026-02-19'", amount)
        load_source(odoo.address, desk.store)
        assert total(desk, END) == D("21.00") + D(amount)


def test_a_reconciliation_that_is_undone_opens_the_invoice_and_leaves_the_money_on_account(
    one_paid: tuple[OdooBooks, Desk],
) -> None:
    odoo, desk = one_paid
    before = moment(desk.store)
    odoo.run("delete from account_partial_reconcile")
    reading, _report = load_source(odoo.address, desk.store)
    assert changed_rows(reading) == 1
    assert set(rows_of(reading)) == {"payments"}
    assert desk.ageing("2026-02-05") == {"1": {"not_due": D("171.00"), "unapplied": D("-100.00")}}
    assert desk.ageing("2026-02-05", known_on=before) == {"1": {"not_due": D("71.00")}}
    # And done again.
    lines = odoo.connection.execute(
        "select (select id from account_move_line where balance = 121.00), "
        "(select id from account_move_line where balance = -100.00)"
    ).fetchone()
    assert lines
    odoo.reconcile(lines[0], lines[1], "100.00")
    load_source(odoo.address, desk.store)
    assert desk.ageing("2026-02-05") == {"1": {"not_due": D("71.00")}}


def test_what_is_deleted_is_out_of_the_books_on_every_day_and_stays_known(
    one_paid: tuple[OdooBooks, Desk],
) -> None:
    odoo, desk = one_paid
    before = moment(desk.store)
    odoo.run("delete from account_partial_reconcile")
    odoo.run("delete from account_move_line where move_id in (1, 3)")
    odoo.run("delete from account_move where id in (1, 3)")
    reading, _report = load_source(odoo.address, desk.store)
    assert "No longer in Odoo, and taken out of the books: 1 documents, 1 payments." in [
        str(note) for note in reading.notes
    ]
    assert desk.ageing("2026-01-15") == {}
    assert desk.ageing("2026-02-28") == {"1": {"d1_30": D("50.00")}}
    assert desk.ageing("2026-01-15", known_on=before) == {"1": {"not_due": D("121.00")}}
    assert read_source(odoo.address, desk.store).files == ()
    (tied,) = desk.ask("tie_out", as_of="2026-12-31")
    assert (tied["receivables"], tied["ledger_balance"], tied["is_tied"]) == (D("50.00"), D("50.00"), True)


def test_an_invoice_reset_to_draft_leaves_and_comes_back(one_paid: tuple[OdooBooks, Desk]) -> None:
    odoo, desk = one_paid
    for state, expected in (("draft", "21.00"), ("posted", "71.00")):
        odoo.run("update account_move set state = %s, write_date = %s where name = 'INV/2'", state, LATER)
        odoo.run("update account_move_line set parent_state = %s where move_id = 2", state)
        load_source(odoo.address, desk.store)
        assert total(desk, END) == D(expected)


def test_two_instalments_become_one(odoo: OdooBooks, loading_desk: Desk) -> None:
    who = odoo.partner("Bakker")
    parts = [Entry("60.00", who, "2026-02-09"), Entry("40.00", who, "2026-04-10")]
    odoo.move("out_invoice", "2026-01-10", parts, name="INV/1")
    load_source(odoo.address, loading_desk.store)
    odoo.run("delete from account_move_line where balance = 40.00")
    odoo.run("update account_move_line set balance = 100.00 where balance = 60.00")
    load_source(odoo.address, loading_desk.store)
    assert loading_desk.ageing("2026-02-28") == {"1": {"d1_30": D("100.00")}}
    assert loading_desk.ask("findings", as_of="2026-12-31") == []
    assert read_source(odoo.address, loading_desk.store).files == ()


def test_a_dispute_is_closed_when_the_invoice_is_blocked_no_more(
    one_paid: tuple[OdooBooks, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    odoo, desk = one_paid
    monkeypatch.setattr("data.clock.today", lambda: date(2026, 8, 20))

    def block(*, is_blocked: bool, written: str) -> None:
        if odoo.version >= 18:
            state = "blocked" if is_blocked else "partial"
            odoo.run(
                "update account_move set payment_state = %s, write_date = %s where name = 'INV/1'",
                state, written,
            )  # fmt: skip
        else:
            odoo.run(
                "update account_move_line set blocked = %s, write_date = %s where balance = 121.00",
                is_blocked, written,
            )  # fmt: skip

    def disputes() -> list[tuple]:
        return desk.rows(
            "select invoice_id, cast(opened_date as varchar), cast(closed_date as varchar), amount "
            "from dispute_at(null) order by all"
        )

    block(is_blocked=True, written=LATER)
    load_source(odoo.address, desk.store)
    assert disputes() == [("INV/1", "2026-08-01", None, D("21.00"))]
    # Written again for another reason: the day on which it was first seen stays.
    block(is_blocked=True, written="2026-08-10 09:00:00")
    assert read_source(odoo.address, desk.store).files == ()
    block(is_blocked=False, written="2026-08-15 09:00:00")
    load_source(odoo.address, desk.store)
    assert disputes() == [("INV/1", "2026-08-01", "2026-08-20", D("21.00"))]


def test_what_other_files_said_of_a_customer_stays(one_paid: tuple[OdooBooks, Desk]) -> None:
    odoo, desk = one_paid
    desk.load(customers=[("1", "Bakker", "Groot", "NL", "14", "900.00")])
    assert read_source(odoo.address, desk.store).files == ()
    odoo.run("update res_partner set name = 'Bakker & Zn', write_date = %s where id = 1", LATER)
    load_source(odoo.address, desk.store)
    assert desk.rows(
        "select customer_name, segment, country, payment_terms_days, credit_limit from customer_at(null)"
    ) == [("Bakker & Zn", "Groot", "NL", 14, D("900.00"))]


def test_a_load_that_failed_leaves_no_gap(one_paid: tuple[OdooBooks, Desk]) -> None:
    odoo, desk = one_paid
    odoo.run("update account_move_line set balance = 60.00 where balance = 50.00")
    lost = read_source(odoo.address, desk.store)
    again = read_source(odoo.address, desk.store)
    assert changed_rows(again) == 0
    assert again.files == lost.files


def test_a_try_leaves_nothing_behind(odoo: OdooBooks, loading_desk: Desk) -> None:
    odoo.move("out_invoice", "2026-01-10", [Entry("10.00", odoo.partner("Bakker"))], name="INV/1")
    assert read_source(odoo.address, loading_desk.store, keeps_rows=False).files
    assert not loading_desk.store.exists()


def test_rows_kept_of_the_last_reading_may_be_lost_or_wrong(one_paid: tuple[OdooBooks, Desk]) -> None:
    odoo, desk = one_paid
    (kept,) = (desk.store / "sources").iterdir()
    content = kept.read_bytes()
    kept.write_bytes(content[: len(content) // 2])
    assert read_source(odoo.address, desk.store).files == ()
    kept.unlink()
    assert read_source(odoo.address, desk.store).files == ()
    assert changed_rows(read_source(odoo.address, desk.store)) == 0


def test_the_store_is_the_same_when_it_is_made_anew(one_paid: tuple[OdooBooks, Desk], tmp_path: Path) -> None:
    odoo, desk = one_paid
    before = moment(desk.store)
    odoo.run("delete from account_partial_reconcile")
    load_source(odoo.address, desk.store)
    after = moment(desk.store)
    load(tmp_path / "anew", [desk.store / "raw"])
    for known_on in (before, after, None):
        days = [date(2026, 1, 31), date(2026, 2, 28)]
        assert open_items(tmp_path / "anew", days, known_on) == open_items(desk.store, days, known_on)
    # It knows whose rows it holds.
    assert read_source(odoo.address, tmp_path / "anew").files == ()


def test_another_odoo_in_the_same_store_has_numbers_of_its_own(
    one_paid: tuple[OdooBooks, Desk], postgres: PostgresServer
) -> None:
    first, desk = one_paid
    second = OdooBooks(postgres, 17, {"Zuid B.V.": EUR})
    second.run("insert into ir_config_parameter values (1, 'database.uuid', 'another')")
    who = second.partner("De Wit")
    second.move("out_invoice", "2026-01-10", [Entry("10.00", who, "2026-02-09")], name="INV/1")
    load_source(second.address, desk.store)
    items = open_items(desk.store, [END])[END]
    assert sorted(items.values()) == [D("10.00"), D("71.00")]
    assert len({customer for _entity, customer in items}) == 2
    assert read_source(first.address, desk.store).files == ()
    assert read_source(second.address, desk.store).files == ()


def test_names_that_are_hostile_come_in_and_nothing_is_lost(odoo: OdooBooks, loading_desk: Desk) -> None:
    who = odoo.partner(' =cmd|"x",\n\tBakker\u00a0')
    odoo.move("out_invoice", "2026-01-10", [Entry("10.00", who)], name='\tINV "1",\r\n\u00a0')
    # Once cleaned, the number of the other one.
    odoo.move("out_invoice", "2026-01-11", [Entry("20.00", who)], name='INV "1",')
    _reading, report = load_source(odoo.address, loading_desk.store)
    assert report is not None
    assert sum(file.rejected for file in report.files) == 0
    assert loading_desk.rows("select invoice_id, amount from invoice_at(null) order by 1") == [
        ('INV "1",', D("10.00")), ('INV "1",~2', D("20.00")),
    ]  # fmt: skip
    odoo.move("out_invoice", "2026-01-12", [Entry("5.005", who)], name="INV/3")
    _reading, report = load_source(odoo.address, loading_desk.store)
    assert report is not None
    (wrong,) = [file for file in report.files if file.kind == "invoices"]
    assert (wrong.rows_read, wrong.rejected) == (1, 1)
    assert "amount '5.005' has more than 2 decimals" in wrong.rejects["reason"].to_list()

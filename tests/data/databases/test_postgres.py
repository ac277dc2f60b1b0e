"""Reading PostgreSQL: in one snapshot that cannot be written, or a sentence that says what to do."""

import re

import pytest

from data.databases.postgres import open_books
from data.databases.source import read_source
from data.errors import SourceError
from tests.books import Desk
from tests.data.databases.odoo_books import EUR, Entry, OdooBooks
from tests.data.databases.postgres_server import PostgresServer
from tests.paths import ROOT

pytestmark = pytest.mark.slow


def refusal(address: str, desk: Desk) -> str:
    with pytest.raises(SourceError) as refused:
        read_source(address, desk.store)
    return str(refused.value)


def test_nothing_can_be_written_whatever_the_address_asks_for(postgres: PostgresServer) -> None:
    address = postgres.address(postgres.database())
    address += "&options=-c%20default_transaction_read_only%3Doff"
    with (
        pytest.raises(SourceError, match="read-only transaction"),
        open_books(address) as books,
    ):
        books.rows("create table kasstroom (id integer)")
    with pytest.raises(SourceError, match="before any query"), open_books(address) as books:
        books.rows("select set_config('transaction_read_only', 'off', false)")


def test_what_others_write_meanwhile_is_not_seen(postgres: PostgresServer) -> None:
    odoo = OdooBooks(postgres, 17, {"Noord B.V.": EUR})
    with open_books(odoo.address) as books:
        before = books.rows("select count(*)::text from res_partner")
        odoo.partner("Bakker")
        assert books.rows("select count(*)::text from res_partner") == before == [("0",)]


@pytest.mark.parametrize("version", [14, 17, 18])
def test_the_rights_that_the_document_names_are_enough_and_less_is_told(
    version: int, postgres: PostgresServer, desk: Desk
) -> None:
    odoo = OdooBooks(postgres, version, {"Noord B.V.": EUR})
    who = odoo.partner("Bakker", country_id=1)
    odoo.move("out_invoice", "2026-01-10", [Entry("10.00", who)], name="INV/1")
    for role in ("looker", "stranger"):
        odoo.run(f"drop role if exists {role}")
        odoo.run(f"create role {role} login")
    text = (ROOT / "docs" / "odoo.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"grant select on\s+(.*?)\s+to kasstroom", text, re.DOTALL)
    tables = set(re.split(r",\s+", named))
    tables |= {"account_account_type"} if version <= 15 else set()
    tables |= {"ir_property"} if version <= 17 else set()
    odoo.run(f"grant select on {', '.join(sorted(tables))} to looker")
    assert {file.name.partition("_")[0] for file in read_source(
        postgres.address(odoo.name, "looker"), desk.store
    ).files} == {"customers", "invoices", "ledger"}  # fmt: skip
    told = refusal(postgres.address(odoo.name, "stranger"), desk)
    assert told.startswith(f"The database {odoo.name} refuses to be read (permission denied for table ")
    assert told.endswith("give its user the right to SELECT from Odoo's tables.")
    odoo.run("drop owned by looker")


def test_the_password_is_in_no_sentence(desk: Desk) -> None:
    for address in (
        "postgresql://odoo:geheim@127.0.0.1:1/odoo",
        "postgresql://odoo:geheim@[x/odoo",
        "geheim",
    ):
        told = refusal(address, desk)
        assert "geheim" not in told
    assert told == (
        "The address of the database cannot be read: write it as postgresql://USER:PASSWORD@HOST/DATABASE."
    )


def test_a_database_that_is_not_there_is_named(postgres: PostgresServer, desk: Desk) -> None:
    told = refusal(postgres.address("nergens"), desk)
    assert told.startswith(f"The database nergens on {postgres.folder} cannot be opened (")


def test_a_database_of_another_program_is_refused(postgres: PostgresServer, desk: Desk) -> None:
    name = postgres.database()
    with postgres.connect(name) as connection:
        connection.execute("create table invoices (id integer)")
    assert refusal(postgres.address(name), desk) == (
        f"The database {name} holds no books that can be read: it has no tables of Odoo's accounting in the "
        "schema public. Check the name of the database."
    )


def test_an_older_odoo_is_refused_by_its_columns(postgres: PostgresServer, desk: Desk) -> None:
    odoo = OdooBooks(postgres, 14, {"Noord B.V.": EUR})
    odoo.run("update ir_module_module set latest_version = '13.0.1.3'")
    odoo.run("alter table account_move rename column move_type to type")
    assert refusal(odoo.address, desk) == (
        f"The database {odoo.name} is of Odoo 13.0, whose tables lack account_move.move_type: versions 14 to "
        "18 can be read."
    )


def test_an_amount_that_is_none_is_refused(postgres: PostgresServer, desk: Desk) -> None:
    odoo = OdooBooks(postgres, 14, {"Noord B.V.": EUR})
    odoo.run(
        "insert into account_move_line (id, move_id, date, parent_state, company_id, account_id, balance, "
        "amount_currency, currency_id) values (1, 1, '2026-01-01', 'posted', 1, 11, 'NaN', 0, 1)"
    )
    odoo.run(
        "insert into account_move (id, date, state, move_type, journal_id) "
        "values (1, '2026-01-01', 'posted', 'entry', 13)"
    )
    assert "holds an amount or day that cannot be read" in refusal(odoo.address, desk)

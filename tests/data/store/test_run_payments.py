"""Entries that a bank books as one sum, split into the payments of the collection or payment run they are of.

Each case has an account of its own, so that all of them are in one store.
"""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.store.load import load
from tests.books import Desk
from tests.data.importers.formats.bank.camt_texts import (
    OWN,
    balance,
    camt_053,
    entry,
    statement,
    transaction,
)
from tests.data.importers.formats.bank.pain_texts import Payment, file_of, run

pytestmark = pytest.mark.slow
D = Decimal
DAY = date(2026, 3, 5)
Rows = list[tuple]


def entry_row(amount: str, *, later: int = 0, **texts: str) -> dict:
    """Return an entry so many days after that of the runs; what it is called follows from its day."""
    day = DAY + timedelta(days=later)
    return {"entry_id": f"L{later}", "currency": "EUR", "entry_date": day, "amount": amount, **texts}


def run_rows(name: str, *amounts: str, later: int = 0, **texts: str) -> list[dict]:
    """Return the payments of a run; it is a collection unless `kind` says otherwise."""
    return [
        {
            "run_id": name, "line_id": str(place), "kind": "collection", "currency": "EUR",
            "run_date": DAY + timedelta(days=later), "amount": amount, "run_reference": name,
            "counterparty": f"Naam {place}", "end_to_end_id": f"E{place}", **texts,
        }
        for place, amount in enumerate(amounts, start=1)
    ]  # fmt: skip


def runs_of(account: str, runs: list[dict]) -> list[dict]:
    """Return payments of runs on an account."""
    return [{"account": account, **row, "run_id": f"{account} {row['run_id']}"} for row in runs]


def entries_of(account: str, entries: list[dict]) -> list[dict]:
    """Return entries of an account, unless they name another."""
    return [{"account": account, **row} for row in entries]


# Case, which is the account of its run -> payments of runs, entries, and the amounts that are booked.
CASES: dict[str, tuple[list[dict], list[dict], list[str]]] = {
    "day": (run_rows("RUN-1", "60.00", "40.00"), [entry_row("100.00")], ["60.00", "40.00"]),
    "days later": (
        run_rows("RUN-1", "60.00", "40.00"), [entry_row("100.00", later=7)],
        ["60.00", "40.00"],
    ),
    "too late": (
        run_rows("RUN-1", "60.00", "40.00"), [entry_row("100.00", later=8)], ["100.00"]
    ),
    "named late": (
        run_rows("RUN-1", "60.00", "40.00"),
        [entry_row("100.00", later=30, description="Batch run-1, incasso")], ["60.00", "40.00"],
    ),
    "other sum": (run_rows("RUN-1", "60.00", "40.00"), [entry_row("99.99")], ["99.99"]),
    "money out": (
        run_rows("RUN-1", "60.00", "40.00", kind="payment"), [entry_row("-100.00")],
        ["-60.00", "-40.00"],
    ),
    "wrong side": (
        run_rows("RUN-1", "60.00", "40.00", kind="payment"), [entry_row("100.00")],
        ["100.00"],
    ),
    "two entries": (
        run_rows("RUN-1", "60.00", "40.00"),
        [entry_row("100.00"), entry_row("100.00", entry_id="L9")],
        ["100.00", "100.00"],
    ),
    "one of two is named": (
        run_rows("RUN-1", "60.00", "40.00"),
        [
            entry_row("100.00"),
            entry_row("100.00", entry_id="L9", reference="RUN-1"),
        ],
        ["100.00", "60.00", "40.00"],
    ),
    "two runs": (
        run_rows("RUN-1", "60.00", "40.00") + run_rows("RUN-2", "50.00", "50.00"),
        [entry_row("100.00")], ["100.00"],
    ),
    "a run a week": (
        run_rows("RUN-1", "60.00", "40.00")
        + run_rows("RUN-2", "70.00", "30.00", later=7),
        [entry_row("100.00", later=7), entry_row("100.00")],
        ["60.00", "40.00", "70.00", "30.00"],
    ),
    "another run is named": (
        run_rows("RUN-1", "60.00", "40.00")
        + run_rows("RUN-2", "60.00", "41.00"),
        [entry_row("100.00", description="/PREF/RUN-2/NRTX/2")], ["100.00"],
    ),
    "from somebody": (
        run_rows("RUN-1", "60.00", "40.00"),
        [entry_row("100.00", counterparty_account="NL20INGB0001234567")], ["100.00"],
    ),
    "came back": (
        run_rows("RUN-1", "60.00", "40.00"),
        [entry_row("100.00", return_reason="MS03")], ["100.00"],
    ),
    "other number of payments": (
        run_rows("RUN-1", "60.00", "40.00"),
        [entry_row("100.00", description="/PREF/RUN-1/NRTX/3")], ["100.00"],
    ),
    "in parts already": (
        run_rows("RUN-1", "60.00", "40.00"),
        [entry_row("100.00", batch_entry="X", batch_amount="100.00")], ["100.00"],
    ),
    "alone without a name": (
        run_rows("RUN-1", "100.00"), [entry_row("100.00")],
        ["100.00"],
    ),
    "alone of somebody": (
        run_rows("RUN-1", "100.00", end_to_end_id="OURS"),
        [entry_row("100.00", counterparty="Jan", end_to_end_id="THEIRS")], ["100.00"],
    ),
    "a file as one": (
        run_rows("RUN-1", "60.00", message_id="MSG-7")
        + run_rows("RUN-2", "40.00", message_id="MSG-7"),
        [entry_row("100.00")], ["60.00", "40.00"],
    ),
    "a file and its runs": (
        run_rows("RUN-1", "60.00", message_id="MSG-7")
        + run_rows("RUN-2", "25.00", "15.00", message_id="MSG-7"),
        [
            entry_row("40.00"),
            entry_row("100.00", entry_id="L9"),
        ],
        ["25.00", "15.00", "100.00"],
    ),
    "NL91ABNA0417164300": (
        run_rows("RUN-1", "60.00", "40.00"), [entry_row("100.00", account="417164300")],
        ["60.00", "40.00"],
    ),
    "DE89370400440532013000": (
        run_rows("RUN-1", "1.00", "2.00"), [entry_row("3.00", account="37040044/532013000")],
        ["1.00", "2.00"],
    ),
    "alike": (
        run_rows("RUN-1", "5.00", "5.00", end_to_end_id="SAME", counterparty="Jan"),
        [entry_row("10.00")], ["5.00", "5.00"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("runs"))
    desk.load(
        run_payments=[row for account, case in CASES.items() for row in runs_of(account, case[0])],
        bank_entries=[row for account, case in CASES.items() for row in entries_of(account, case[1])],
    )
    yield desk
    desk.close()


@pytest.mark.parametrize("case", CASES)
def test_an_entry_is_split_where_exactly_one_run_fits(books: Desk, case: str) -> None:
    account = CASES[case][1][0].get("account", case)
    rows = books.rows("select account, amount from booked_entry_at(null)")
    assert sorted(f"{amount:.2f}" for of, amount in rows if of == account) == sorted(CASES[case][2])


def test_a_part_is_called_after_its_own_reference_and_says_of_what_it_is_a_part(books: Desk) -> None:
    rows = books.rows(
        "select entry_id, amount, batch_entry, batch_amount, counterparty, end_to_end_id "
        "from booked_entry_at(null) where account = 'alike' order by length(entry_id), entry_id"
    )
    names = [row[0] for row in rows]
    assert [row[1:] for row in rows] == [(D("5.00"), "L0", D("10.00"), "Jan", "SAME")] * 2
    digests = [name.removeprefix("2026-03-05/").removesuffix("/SAME") for name in names]
    assert len(digests[0]) == 12
    assert digests[1] == f"{digests[0]}-2"


JAN = Payment("F1", "60.00", "Jan", "factuur F1", "NL20INGB0001234567", "MND-1")
PIET = Payment("F2", "40.00", "Piet", "factuur F2", "NL02ABNA0123456789", "MND-2")
FILES = {
    "run.xml": file_of(run(JAN, PIET)),
    "statement.xml": camt_053(
        statement(
            balance("OPBD", "0.00", "2026-03-04"), balance("CLBD", "107.00", "2026-03-05"),
            entry("100.00", reference="B1"), entry("7.00", reference="B2"),
        )
    ),
}  # fmt: skip


def answers(store: Path) -> tuple[Rows, Rows, Rows]:
    desk = Desk(store.parent)
    desk.store = store
    columns = (
        "entry_id, amount, counterparty, description, counterparty_account, batch_amount, bank_reference"
    )
    rows = desk.rows(f"select {columns} from booked_entry_at(null) order by entry_id")
    statements = [tuple(row.values()) for row in desk.ask("bank_statements")]
    balances = desk.rows("select * from bank_closing_at(null) order by all")
    desk.close()
    return rows, statements, balances


def test_the_order_of_loads_makes_no_difference_and_a_repeat_none(tmp_path: Path) -> None:
    seen = []
    for place, names in enumerate([*itertools.permutations(FILES), ("all",)]):
        home = tmp_path / str(place)
        home.mkdir()
        for name, content in FILES.items():
            (home / name).write_bytes(content)
        loads = [[home / name] for name in names] if names != ("all",) else [[home / name for name in FILES]]
        for files in [*loads, *loads]:
            load(home / "store", files)
        seen.append(answers(home / "store"))
    assert seen[1:] == seen[:-1]
    rows, statements, _balances = seen[0]
    parts = [row for row in rows if row[5] == D("100.00") and row[6] == "B1"]
    assert sorted((row[1], *row[2:5]) for row in parts) == [
        (D("40.00"), "Piet", "factuur F2 /MARF/MND-2", "NL02ABNA0123456789"),
        (D("60.00"), "Jan", "factuur F1 /MARF/MND-1", "NL20INGB0001234567"),
    ]
    assert sorted(row[0].rpartition("/")[2] for row in parts) == ["F1", "F2"]
    # Two lines booked, whatever they are split into; the run moves no money.
    assert [row[7:10] for row in statements] == [(2, D("107.00"), D("0.00"))]


def test_a_run_without_its_statement_counts_no_money(tmp_path: Path) -> None:
    (tmp_path / "run.xml").write_bytes(FILES["run.xml"])
    load(tmp_path / "store", [tmp_path / "run.xml"])
    assert answers(tmp_path / "store") == ([], [], [])


def test_parts_that_the_statement_has_stay_in_front(tmp_path: Path) -> None:
    parts = [
        transaction(
            refs=f"<EndToEndId>{name}</EndToEndId>", money=f'<Amt Ccy="EUR">{amount}</Amt>', text="bank"
        )
        for name, amount in (("F1", "60.00"), ("F2", "40.00"))
    ]
    (tmp_path / "run.xml").write_bytes(FILES["run.xml"])
    (tmp_path / "statement.xml").write_bytes(camt_053(statement(entry("100.00", *parts))))
    load(tmp_path / "store", [tmp_path / "run.xml", tmp_path / "statement.xml"])
    rows, _statements, _balances = answers(tmp_path / "store")
    assert [(row[3], row[5]) for row in rows] == [("bank", D("100.00"))] * 2


INVOICES = {
    "customers": [("C1", "Jan", "x", "NL", 30, ""), ("C2", "Piet", "x", "NL", 30, "")],
    "invoices": [
        ("F2026-1", "C1", "invoice", "2026-02-01", "2026-03-03", "EUR", "60.00"),
        ("F2026-2", "C2", "invoice", "2026-02-01", "2026-03-03", "EUR", "40.00"),
    ],
}  # fmt: skip


def test_money_of_a_collection_is_applied_per_invoice_and_comes_back_per_invoice(desk: Desk) -> None:
    runs = runs_of(OWN, run_rows("RUN-1", "60.00", "40.00"))
    runs[0] |= {"end_to_end_id": "F2026-1"}
    runs[1] |= {"end_to_end_id": "INC-77", "description": "factuur F2026-2"}
    returned = entry_row("-40.00", later=3, end_to_end_id="INC-77", return_reason="MS03")
    entries = entries_of(OWN, [entry_row("100.00", bank_reference="B1"), returned])
    desk.load(**INVOICES, bank_entries=entries)
    assert {row["status"] for row in desk.ask("cash_application", as_of=DAY)} != {"applied"}
    desk.load(run_payments=runs)
    rows = desk.ask("cash_application", as_of=DAY + timedelta(days=9))
    assert sorted((row["invoice_id"], row["kind"], row["applied_amount"], row["status"]) for row in rows) == [
        ("F2026-1", "invoice", D("60.00"), "applied"),
        ("F2026-2", "invoice", D("40.00"), "applied"),
        ("F2026-2", "return", D("-40.00"), "applied"),
    ]
    still = {row["invoice_id"]: row["open_amount"] for row in desk.ask("open_items", as_of=date(2026, 3, 31))}
    assert still == {"F2026-2": D("40.00")}


def test_an_entry_on_which_somebody_decided_stays_whole(desk: Desk) -> None:
    decided = [(OWN, "L0", "confirmed", "C1", "F2026-1", "60.00")]
    desk.load(**INVOICES, bank_entries=entries_of(OWN, [entry_row("100.00")]), cash_decisions=decided)
    desk.load(run_payments=runs_of(OWN, run_rows("RUN-1", "60.00", "40.00")))
    assert [row[0] for row in desk.rows("select amount from booked_entry_at(null)")] == [D("100.00")]

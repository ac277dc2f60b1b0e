"""The commands that print the worklist and the early warnings."""

import json
from datetime import timedelta

import pytest

from cli import main
from tests.worklist_ledger import DAY, ago, customer, invoice


@pytest.mark.slow
def test_the_command_of_the_worklist_prints_lines_as_json_and_table(desk, capsys):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5), invoice("F2", "C1", 6)])

    def run(*more: str) -> tuple[str, str]:
        capsys.readouterr()
        assert (
            main(
                [
                    "--store",
                    str(desk.store),
                    *more,
                    "worklist",
                    "--as-of",
                    DAY.isoformat(),
                    "--format",
                    "json",
                ]
            )
            == 0
        )
        return capsys.readouterr()

    out, err = run()
    (line,) = json.loads(out)
    assert (line["customer_id"], line["step"], line["amount"]) == ("C1", "friendly_reminder", "200.00")
    assert sorted(line["invoice_ids"]) == ["F1", "F2"]
    assert "1 customer to contact, €200 overdue" in err
    assert run("--lang", "nl")[0] == out
    assert (line["chance"], line["value"]) == (None, None)
    assert main(["--lang", "nl", "--store", str(desk.store), "worklist", "--as-of", DAY.isoformat()]) == 0
    assert "Vriendelijke herinnering" in capsys.readouterr().out


@pytest.mark.slow
def test_the_command_of_warnings_prints_and_keeps_and_speaks_both_languages(desk, capsys, monkeypatch):
    monkeypatch.setenv("KASSTROOM_TODAY", DAY.isoformat())
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 30)])

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["--store", str(desk.store), *words])
        out, err = capsys.readouterr()
        return code, out, err

    code, out, err = run("warnings", "--as-of", DAY.isoformat(), "--format", "json", "--record")
    rows = json.loads(out)
    assert code == 0
    assert {row["rule"] for row in rows} >= {"share_overdue", "level_now"}
    row = next(row for row in rows if row["rule"] == "share_overdue")
    assert (row["value"], row["limit"], row["amount"], row["since_date"]) == (1.0, 0.5, "100.00", ago(29))
    assert row["hit_rate"] is None  # one customer's past is too little
    assert "Early warnings kept" in err
    code, out, err = run("--lang", "nl", "warnings", "--as-of", DAY.isoformat(), "--record")
    assert "Grotendeels vervallen" in out
    assert "Niets nieuw" in err
    code, out, err = run("warnings", "--as-of", (DAY + timedelta(days=1)).isoformat(), "--record")
    assert (code, out) == (1, "")
    assert "is still to come" in err


@pytest.mark.slow
def test_the_lists_of_one_administration_are_of_its_documents_only(desk, capsys):
    """F1 is of A, F2 of B, and C2 owes B alone; a name the books do not know is refused with theirs."""
    names = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")
    rows = [
        {**dict(zip(names, row, strict=True)), "entity": entity}
        for row, entity in [
            (invoice("F1", "C1", 5, "100.00"), "A"), (invoice("F2", "C1", 6, "30.00"), "B"),
            (invoice("G1", "C2", 7, "50.00"), "B"),
        ]
    ]  # fmt: skip
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=rows,
        contacts=[("C2", "G1", ago(3), "email", "in", "reply")],
    )
    store = ["--store", str(desk.store), "--lang", "en"]

    def run(*words: str) -> tuple[int, list[dict]]:
        capsys.readouterr()
        code = main([*store, *words, "--as-of", DAY.isoformat(), "--format", "json"])
        return code, json.loads(capsys.readouterr().out or "[]")

    assert [(row["customer_id"], row["amount"]) for row in run("worklist", "--entity", "A")[1]] == [
        ("C1", "100.00")
    ]
    assert {row["invoice_id"] for row in run("query", "claims", "--entity", "B")[1]} == {"F2", "G1"}
    assert run("warnings", "--entity", "A", "--no-forecast")[0] == 0
    assert main([*store, "worklist", "--entity", "C"]) == 1
    assert "There is no administration 'C' in the books; known are A, B." in capsys.readouterr().err
    assert main([*store, "warnings", "--entity", "A", "--record"]) == 2

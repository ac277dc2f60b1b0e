"""What somebody chose for one file of a load is of that file alone."""

from datetime import date

from data.importers import load_preset
from data.store.file_choices import FileChoice
from data.store.load import load
from tests.data.store.preset_texts import TEXT

ROWS = "Nummer;Relatie;Datum;Bedrag\n{id};Bakker;2026-01-02;{amount}\n"
NATIVE = (
    "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
    "N1,C1,invoice,2026-01-02,,EUR,5.00\n"
)


def test_each_file_is_read_as_was_chosen_for_it(desk, tmp_path):
    (tmp_path / "own.toml").write_text(TEXT)
    preset = load_preset(str(tmp_path / "own.toml"))
    first, second, native = (tmp_path / name for name in ("a.csv", "b.csv", "invoices.csv"))
    first.write_text(ROWS.format(id="A1", amount="10.00"))
    second.write_text(ROWS.format(id="A1", amount="20.00"))
    native.write_text(NATIVE)
    choices = {
        first: FileChoice(preset, date(2026, 3, 1)),
        second: FileChoice(preset, date(2026, 2, 1)),
    }
    load(desk.store, [first, second, native], choices=choices)
    # The file of the later day has the newer version, though it was loaded first.
    rows = desk.rows("select invoice_id, amount::varchar from invoice_at(null) order by invoice_id")
    assert rows == [("A1", "10.00"), ("N1", "5.00")]

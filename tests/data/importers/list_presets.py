"""A preset of an open-items list for tests, with whatever statements a test adds."""

from data.importers.list_reader import read_list
from data.importers.preset_statement import preset_from
from data.toml_text import parse_toml

OPEN_ITEMS = """
shape = "open_items"
headings = "plain"
date_format = {dates}
amounts = {amounts}
{more}
[columns]
"Nummer" = "invoice_id"
"Klant" = "customer_id"
"Naam" = "customer_name"
"Datum" = "invoice_date"
"Vervalt" = "due_date"
"Bedrag" = "amount"
"Open" = "open_amount"
"Debet" = "debit"
"Credit" = "credit"
"Zijde" = "side"
"Soort" = "document_type"
"Stand" = "state"
"Valuta" = "currency"
{columns}
[defaults]
currency = "EUR"
[choices.side]
D = "debit"
C = "credit"
[choices.document_type]
Factuur = "invoice"
Betaling = "payment"
[choices.state]
open = "open"
betaald = "paid"
concept = "draft"
vervallen = "void"
{tables}
"""
DUTCH, ENGLISH = '["1.234,56"]', '["1,234.56"]'


def open_items_preset(more="", *, columns="", tables="", dates='["D-M-YYYY"]', amounts=DUTCH):
    """Return the preset; `more` are statements, `columns` further ones, `tables` further tables."""
    text = OPEN_ITEMS.format(more=more, columns=columns, tables=tables, dates=dates, amounts=amounts)
    return preset_from(parse_toml(text), "own", text.encode())


def read_lines(*lines, preset=None, day=None):
    """Read a text of lines."""
    content = "".join(f"{line}\n" for line in lines).encode()
    return read_list(content, "lijst.csv", preset or open_items_preset(), day=day)


def open_amounts(reading):
    """Return number -> amount and what is open of it, both as text."""
    whole = dict(reading.grains["invoices"].select("invoice_id", "amount").iter_rows())
    rows = reading.grains["open_items"].select("invoice_id", "open_amount").iter_rows()
    return {number: (str(whole[number]), str(amount)) for number, amount in rows}


def reasons(reading):
    """Return line and reason of each reject."""
    return reading.rejects.select("line", "reason").rows()


def notes(reading):
    """Return the notes of a reading as texts."""
    return [str(note) for note in reading.notes]

"""Small audit files written for these tests, and what a reader makes of them."""

import json
from collections.abc import Mapping
from decimal import Decimal
from types import ModuleType

import pytest

from data.importers.formats.extract import Extract, reading_of
from data.importers.reading import Reading
from tests.paths import SAMPLES

needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="../shared/samples is not there")


def sample_facts(kind: str) -> list[tuple[str, dict[str, object]]]:
    """Return the samples of a kind that the manifest lists, each with its facts; none without samples."""
    manifest = SAMPLES / "MANIFEST.tsv"
    if not manifest.exists():
        return []
    lines = [line.split("\t") for line in manifest.read_text(encoding="utf-8").splitlines()[1:]]
    return [(file, json.loads(facts)) for of, file, _source, _licence, facts in lines if of == kind]


def read(module: ModuleType, content: bytes | str, **options: str) -> tuple[Extract, Reading]:
    """Return what a reader makes of a file, and what of that is accepted."""
    content = content.encode() if isinstance(content, str) else content
    assert module.recognises(content)
    extract = module.extract(content, "a.xml", options)
    reading = reading_of(extract, name="a.xml", sha256="0", preset="p", preset_sha256="1")
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    return extract, reading


def notes(extract: Extract) -> str:
    """Return the sentences about a file."""
    return "\n".join(map(str, extract.notes))


def balances(extract: Extract) -> dict[str, Decimal]:
    """Return day -> balance."""
    return {
        row.cells["balance_date"]: Decimal(row.cells["balance"])
        for row in extract.rows.get("ledger_balances", [])
    }


def turnover(extract: Extract) -> dict[str, Decimal]:
    """Return last day -> turnover."""
    return {row.cells["to_date"]: Decimal(row.cells["amount"]) for row in extract.rows.get("turnover", [])}


def cells(extract: Extract, kind: str, *columns: str) -> list[tuple[str, ...]]:
    """Return columns of the rows of a grain, in their order."""
    return [tuple(row.cells.get(column, "") for column in columns) for row in extract.rows.get(kind, [])]


def line(account: str, amount: str, **more: str) -> str:
    """Return a line of an XML Auditfile; a negative amount is a credit."""
    side = "C" if amount.startswith("-") else "D"
    words = "".join(f"<{name}>{text}</{name}>" for name, text in more.items())
    money = f"<amnt>{amount.lstrip('-')}</amnt><amntTp>{side}</amntTp>"
    return f"<trLine><accID>{account}</accID>{money}{words}</trLine>\n"


def entry(number: str, day: str, *lines: str, period: str = "") -> str:
    """Return a transaction of an XML Auditfile."""
    period = period or str(int(day[5:7]))
    return (
        f"<transaction><nr>{number}</nr><periodNumber>{period}</periodNumber><trDt>{day}</trDt>\n"
        f"{''.join(lines)}</transaction>\n"
    )


def journal(number: str, kind: str, *entries: str, offset: str = "") -> str:
    """Return a journal of an XML Auditfile."""
    words = f"<offsetAccID>{offset}</offsetAccID>" if offset else ""
    return f"<journal><jrnID>{number}</jrnID><jrnTp>{kind}</jrnTp>{words}\n{''.join(entries)}</journal>\n"


def opening(*lines: tuple[str, str], items: str = "") -> str:
    """Return an opening balance of an XML Auditfile: pairs of account and amount, and its open items."""
    rows = "".join(
        f"<obLine><nr>{number}</nr><accID>{account}</accID><amnt>{amount.lstrip('-')}</amnt>"
        f"<amntTp>{'C' if amount.startswith('-') else 'D'}</amntTp></obLine>\n"
        for number, (account, amount) in enumerate(lines, start=1)
    )
    return f"<openingBalance>{rows}{items}</openingBalance>\n"


ACCOUNTS = (
    ("1100", "Bank", "B", "BLimBan"),
    ("1300", "Debiteuren", "B", "BVorDebHad"),
    ("1390", "Voorziening dubieuze debiteuren", "B", "BVorDebVdd"),
    ("1600", "Crediteuren", "B", "BSchCreHac"),
    ("1800", "Te betalen btw", "B", "BSchBepBtw"),
    ("4900", "Oninbaar", "P", "WBedAlkOni"),
    ("8000", "Omzet", "P", "WOmzNopOlh"),
)
CUSTOMERS = (("D1", "Bakker & Zn", "C"), ("D2", "Kwekerij", "B"), ("S1", "Drukker", "S"))


def xaf(
    *journals: str,
    opening: str = "<openingBalance/>",
    accounts: tuple[tuple[str, str, str, str], ...] = ACCOUNTS,
    customers: tuple[tuple[str, str, str], ...] = CUSTOMERS,
    made: str = "2026-03-15",
    totals: Mapping[str, str] | None = None,
    more: str = "",
    namespace: str = ' xmlns="http://www.auditfiles.nl/XAF/3.2"',
    encoding: str = "UTF-8",
) -> str:
    """Return an XML Auditfile of 2025."""
    parties = "".join(
        f"<customerSupplier><custSupID>{number}</custSupID>"
        f"<custSupName>{name.replace('&', '&amp;')}</custSupName>"
        f"<custSupTp>{kind}</custSupTp></customerSupplier>\n"
        for number, name, kind in customers
    )
    ledger = "".join(
        f"<ledgerAccount><accID>{number}</accID><accDesc>{name}</accDesc><accTp>{kind}</accTp>"
        f"<leadReference>{code}</leadReference></ledgerAccount>\n"
        for number, name, kind, code in accounts
    )
    declared = "".join(f"<{name}>{text}</{name}>" for name, text in (totals or {}).items())
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<auditfile{namespace}>\n'
        "<header><fiscalYear>2025</fiscalYear><startDate>2025-01-01</startDate><endDate>2025-12-31</endDate>"
        f"<curCode>EUR</curCode><dateCreated>{made}</dateCreated></header>\n<company>"
        f"<companyName>Voorbeeld</companyName>\n<customersSuppliers>{parties}</customersSuppliers>\n"
        f"<generalLedger>{ledger}</generalLedger>\n"
        "<vatCodes><vatCode><vatID>H</vatID><vatToPayAccID>1800</vatToPayAccID></vatCode></vatCodes>\n"
        f"{opening}<transactions>{declared}{''.join(journals)}{more}</transactions></company></auditfile>\n"
    )


def sale(number: str, day: str, gross: str, *, net: str, vat: str, **names: str) -> str:
    """Return a transaction that invoices."""
    return entry(number, day, line("1300", gross, **names), line("8000", f"-{net}"), line("1800", f"-{vat}"))

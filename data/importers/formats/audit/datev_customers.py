"""The debtors in the master data of DATEV (Debitoren/Kreditoren, category 16)."""

import re
from collections.abc import Mapping
from decimal import Decimal

from data.importers import audit_reasons as reasons
from data.importers.formats.audit.audit_extract import stated_rows
from data.importers.formats.audit.datev_table import DatevTable, is_debtor
from data.importers.formats.extract import Extract, Row


def customers(table: DatevTable) -> Extract:
    """Return the debtors of master data; its accounts of creditors are counted and left out."""
    columns = {
        "name": table.column("Name (Adressatentyp Unternehmen)", place=1),
        "person": table.column("Name (Adressatentyp natürl. Person)", place=3),
        "first_name": table.column("Vorname (Adressatentyp natürl. Person)", place=4),
        "other": table.column("Name (Adressatentyp keine Angabe)", place=5),
        "short": table.column("Kurzbezeichnung", place=7),
        "street": table.column("Straße"),
        "postcode": table.column("Postleitzahl"),
        "city": table.column("Ort"),
        "country": table.column("Land"),
        "phone": table.column("Telefon"),
        "email": table.column("E-Mail"),
        "contact_name": table.column("Ansprechpartner"),
        "credit_limit": table.column("Kreditlimit (Debitor)"),
        "payment_terms_days": table.column("Fälligkeit in Tagen (Debitor)"),
    }
    place = table.column("Konto", place=0)
    rows, others = [], 0
    for row in table.rows:
        texts = {
            name: row.cells[at].strip() if at is not None and at < len(row.cells) else ""
            for name, at in columns.items()
        }
        account = row.cells[place].strip() if place is not None and place < len(row.cells) else ""
        if is_debtor(account, table.account_length):
            rows.append(Row(row.line, _customer_cells(account, texts), row.raw))
        else:
            others += 1
    notes = [reasons.SUPPLIERS_LEFT_OUT(count=others)] if others else []
    if not rows:
        notes.append(reasons.ONLY_PAYABLES())
    return Extract(
        "customers", {"customers": stated_rows("customers", rows)} if rows else {}, (), tuple(notes)
    )


def _customer_cells(account: str, texts: Mapping[str, str]) -> dict[str, str]:
    person = " ".join(filter(None, (texts["first_name"], texts["person"])))
    limit = texts["credit_limit"].replace(".", "").replace(",", ".")
    terms = texts["payment_terms_days"]
    return {
        "customer_id": account,
        "customer_name": texts["name"] or person or texts["other"] or texts["short"],
        # A limit or term of zero stands for none.
        "credit_limit": limit if re.fullmatch(r"[0-9]+(\.[0-9]+)?", limit) and Decimal(limit) else "",
        "payment_terms_days": terms if terms.isdecimal() and int(terms) else "",
        **{
            name: texts[name]
            for name in ("street", "postcode", "city", "country", "phone", "email", "contact_name")
        },
    }

"""Companies, persons and activities of a CRM, as customers, whom to speak to, and contacts.

A company is the customer whose number in the books the CRM has. Otherwise it is known by its number in the
CRM, with the CRM before it (`hubspot:1001`), so that it is never taken for a customer of that number; where
a row has a name only, by that (`hubspot:name:Acme`). Which customer of the books it is then is told in the
store, by its whole name and only if one customer alone has it (`sql/macros/crm.sql`).
"""

import html
import re

import polars as pl

from data.grains import BY_NAME
from data.importers import list_reasons
from data.importers.cells import DTYPES
from data.importers.shapes import conform
from data.message_templates import Message

# Salesforce writes a number with 15 characters or with three more that say nothing.
_SALESFORCE, _SALESFORCE_LENGTH = "salesforce", 15
# Functions of those who pay invoices, in Dutch, English and German.
_FINANCE = (
    r"(?i)financ|accounts? payable|\bap\b|bookkeep|account(?:ant|ing)|controller|\bcfo\b|treasur|crediteur|"
    r"boekhoud|administrat|finanz|buchhalt|rechnungswesen|kreditor"
)
_TAG = re.compile(r"<[^>]*>")
_NOTE_LENGTH = 1_000
_LINE_NUMBERS = ("line", "last")


def companies_of(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return companies as customers.

    Args:
        rows: columns of `list_grains.CRM_COMPANIES` and `line`.
    """
    number = _company_number()
    customers = rows.with_columns(
        customer_id=pl.coalesce("customer_id", number),
        customer_name=pl.coalesce("company_name", number),
        crm_id=number,
        phone=pl.coalesce("phone", "mobile"),
    ).unique("customer_id", keep="first", maintain_order=True)
    return {"customers": _as_customers(customers)}


def persons_of(rows: pl.DataFrame) -> tuple[dict[str, pl.DataFrame], list[Message]]:
    """Return whom to speak to at each company: its only person, or the only one whose function is of finance.

    Args:
        rows: columns of `list_grains.CRM_PERSONS` and `line`.
    """
    several = pl.col("company_id").str.contains(";") | pl.col("company_name").str.contains(";")
    named = rows.with_columns(
        name=pl.coalesce(
            "full_name", pl.concat_str("first_name", "last_name", separator=" ", ignore_nulls=True)
        ),
        number=_company_number(),
        finance=pl.col("contact_function").str.contains(_FINANCE).fill_null(value=False),
    ).filter(~several.fill_null(value=False) & pl.col("number").is_not_null())
    persons = named.with_columns(
        persons=pl.len().over("number"), of_finance=pl.col("finance").sum().over("number")
    )
    chosen = persons.filter((pl.col("persons") == 1) | (pl.col("finance") & (pl.col("of_finance") == 1)))
    customers = chosen.with_columns(
        customer_id=pl.col("number"),
        crm_id=pl.col("number"),
        customer_name=pl.coalesce("company_name", "number"),
        contact_name=pl.col("name"),
        phone=pl.coalesce("phone", "mobile"),
    )
    left_out = rows.height - chosen.height
    notes = [list_reasons.PERSONS_LEFT_OUT(count=left_out)] if left_out else []
    return {"customers": _as_customers(customers)}, notes


def activities_of(rows: pl.DataFrame) -> tuple[dict[str, pl.DataFrame], list[Message]]:
    """Return what was done as contacts; what is only planned is none.

    Args:
        rows: columns of `list_grains.CRM_ACTIVITIES` and `line`.
    """
    planned = (pl.col("progress") == "planned").fill_null(value=False)
    done = rows.filter(~planned & _company_number().is_not_null())
    texts = pl.concat_str("subject", "note", separator=": ", ignore_nulls=True)
    contacts = done.with_columns(
        customer_id=_company_number(),
        contact_id=pl.coalesce(
            pl.concat_str("crm", "activity_id", separator=":"),
            pl.concat_str("crm", pl.col("line").cast(pl.String), separator=":line "),
        ),
        channel=pl.coalesce("channel", "kind"),
        direction=pl.coalesce("direction", pl.lit("out")),
        note=texts.map_elements(_plain_text, return_dtype=pl.String),
    )
    grain = BY_NAME["contacts"]
    absent = [column.name for column in grain.columns if column.name not in contacts.columns]
    contacts = contacts.with_columns(pl.lit(None).alias(name) for name in absent)
    left_out = rows.height - done.height
    notes = [list_reasons.TASKS_LEFT_OUT(count=left_out)] if left_out else []
    return {"contacts": conform(contacts, grain).sort("line")}, notes


def _company_number() -> pl.Expr:
    """Return by what a company is known in the CRM."""
    is_salesforce = pl.col("crm") == _SALESFORCE
    number = (
        pl.when(is_salesforce)
        .then(pl.col("company_id").str.slice(0, _SALESFORCE_LENGTH))
        .otherwise("company_id")
    )
    return pl.coalesce(
        pl.concat_str("crm", number, separator=":"), pl.concat_str("crm", "company_name", separator=":name:")
    )


def _as_customers(rows: pl.DataFrame) -> pl.DataFrame:
    grain = BY_NAME["customers"]
    absent = [column for column in grain.columns if column.name not in rows.columns]
    filled = rows.with_columns(
        pl.lit(None, dtype=DTYPES[column.type]).alias(column.name) for column in absent
    )
    return conform(filled, grain).sort("line")


def _plain_text(text: str) -> str:
    """Return a text of a CRM without its markup."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())[:_NOTE_LENGTH]

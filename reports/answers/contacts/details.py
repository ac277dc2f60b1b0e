"""Whom to speak to at a customer and where: in words, and what somebody types over it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.grains import CONTACT_DETAILS
from reports.answers.shared.forms import text
from reports.translation import _, _p

ASSIGNED = "assigned_to"
FIELDS = (*CONTACT_DETAILS, ASSIGNED)


def who(customer: Mapping[str, Any]) -> list[str]:
    """Return the person to ask for, with the function; from data."""
    name, function = customer["contact_name"], customer["contact_function"]
    return [f"{name} ({function})" if name and function else part for part in [name or function] if part]


def where(customer: Mapping[str, Any]) -> list[str]:
    """Return the address, and who follows the customer up; from data."""
    town = " ".join(part for part in (customer["postcode"], customer["city"]) if part)
    address = ", ".join(part for part in (customer["street"], town) if part)
    by = customer[ASSIGNED]
    return [part for part in (address, _("follow-up by {name}", name=by) if by else "") if part]


def current_values(customer: Mapping[str, Any]) -> dict[str, str]:
    """Return what the form opens with, per field."""
    return {field: customer[field] or "" for field in FIELDS}


def field_name(field: str) -> str:
    """Return the label of a field."""
    return {
        "contact_name": _("Contact person"),
        "contact_function": _p("field", "Function"),
        "phone": _p("field", "Phone"),
        "email": _p("field", "E-mail"),
        "street": _("Street and number"),
        "postcode": _("Postal code"),
        "city": _p("field", "City"),
        ASSIGNED: _("Follow-up by"),
    }[field]


def changes(customer: str, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """Return the rows to write, by kind: only the fields that were typed over; an empty one clears it.

    Args:
        customer: number of the customer.
        before: per field what the form opened with.
        after: per field what it holds.
    """
    typed = {field: text(after[field]) for field in FIELDS if text(after[field]) != before[field]}
    rows: dict[str, pl.DataFrame] = {}
    fields = [(customer, field, value or None) for field, value in typed.items() if field != ASSIGNED]
    if fields:
        schema = {"customer_id": pl.String, "field": pl.String, "value": pl.String}
        rows["contact_details"] = pl.DataFrame(fields, schema=schema, orient="row")
    if ASSIGNED in typed:
        schema = {"customer_id": pl.String, "assigned_to": pl.String}
        rows["assignments"] = pl.DataFrame([(customer, typed[ASSIGNED] or None)], schema=schema, orient="row")
    return rows

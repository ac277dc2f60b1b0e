"""Customers from Odoo's partners: the columns of `customers.csv`, with terms and limits, per version."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import polars as pl

from data.databases.odoo.schema import Schema
from data.databases.postgres import PostgresBooks
from data.importers.payment_terms import are_payment_terms

NO_PARTNER = {"nl": "Zonder relatie in Odoo", "en": "Without a partner in Odoo"}
COLUMNS = (
    "customer_id", "customer_name", "country", "payment_terms_days", "credit_limit", "payment_terms",
    "customer_type", "email", "phone", "street", "postcode", "city", "language", "parent_id",
)  # fmt: skip
_TERM, _LIMIT = "property_payment_term_id", "credit_limit"
_SHARE = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2}0*)?")


@dataclass(frozen=True)
class Agreements:
    """What is agreed with partners.

    Attributes:
        terms: id of a payment term -> the text of the column `payment_terms`; terms it cannot say are absent.
        properties: (partner, name) -> the value for the first company that has one, as text.
    """

    terms: Mapping[str, str]
    properties: Mapping[tuple[str, str], str]


def read_agreements(books: PostgresBooks, schema: Schema) -> Agreements:
    """Read the payment terms, and what versions to 17 keep of a partner in `ir_property`."""
    terms: dict[str, str] = {}
    if schema.has("account_payment_term_line", "payment_id"):
        lines: dict[str, list[Mapping[str, str | None]]] = {}
        for row in books.rows(_term_lines(schema)):
            line = dict(zip(_TERM_COLUMNS, row, strict=True))
            lines.setdefault(str(line["payment_id"]), []).append(line)
        terms = {number: text for number, parts in lines.items() if (text := payment_terms(parts))}
    properties: dict[tuple[str, str], str] = {}
    if schema.has("ir_property", "res_id"):
        for name, partner, reference, number in books.rows(_properties(schema)):
            value = str(reference or "").rpartition(",")[2] if name == _TERM else number
            if value:
                properties.setdefault((str(partner), str(name)), value)
    return Agreements(terms, properties)


_TERM_COLUMNS = (
    "payment_id", "value", "value_amount", "days", "option", "delay_type", "months", "end_month",
    "days_after",
)  # fmt: skip


def _term_lines(schema: Schema) -> str:
    table = "account_payment_term_line"
    listed = ", ".join(
        schema.first_of(table, ("nb_days", "days") if column == "days" else (column,), "t")
        for column in _TERM_COLUMNS
    )
    order = "t.sequence, t.id" if schema.has(table, "sequence") else "t.id"
    return f"select {listed} from {table} as t order by t.payment_id, {order}"


def _properties(schema: Schema) -> str:
    number = schema.text("ir_property", "value_float", "p")
    return f"""
        select p.name::text, split_part(p.res_id, ',', 2), p.value_reference::text, {number}
        from ir_property as p
        where p.name in ('{_TERM}', '{_LIMIT}') and p.res_id like 'res.partner,%%'
        order by p.company_id nulls last, p.id
        """


def payment_terms(lines: Sequence[Mapping[str, str | None]]) -> str | None:
    """Return terms as `payment_terms` writes them; None where it has no form for them.

    Args:
        lines: of one payment term, in their order, columns of `_TERM_COLUMNS`.
    """
    spans = [_span(line) for line in lines]
    shares = [_plain(line["value_amount"]) for line in lines]
    is_said = (
        None not in spans
        and all(
            line["value"] == "percent" and _SHARE.fullmatch(line["value_amount"] or "") for line in lines[:-1]
        )
        and lines[-1]["value"] in {"balance", "percent"}
        and (len(lines) > 1 or lines[0]["value"] == "balance" or shares[0] == "100")
    )
    if not is_said:
        return None
    parts = [f"{share}%@{span}" for share, span in zip(shares[:-1], spans[:-1], strict=True)]
    return " ".join([*parts, f"rest@{spans[-1]}"]) if parts else spans[0]


def _span(line: Mapping[str, str | None]) -> str | None:
    """Return when one part falls due, as `30`, `eom+30`, `30+eom` or `15-next`."""
    days, after = line["days"] or "0", line["days_after"] or "0"
    delay = line["delay_type"] or line["option"] or "days_after"
    if line["end_month"] == "true":
        delay = "days_after_end_of_month" if days == "0" else "end_of_month_after_days"
    forms = {
        "days_after": days,
        "day_after_invoice_date": days,
        "days_after_end_of_month": _after_month(after if line["end_month"] == "true" else days),
        "after_invoice_month": _after_month(days),
        "day_following_month": f"{days}-next",
        "end_of_month_after_days": f"{days}+eom" if after == "0" else None,
    }
    return forms.get(delay) if line["months"] in {None, "0"} else None


def _after_month(days: str) -> str:
    return "eom" if days == "0" else f"eom+{days}"


def _plain(number: str | None) -> str:
    """Return a number without zeros behind its decimals: `50.0` is `50`."""
    text = number or "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def customers(partners: pl.DataFrame, agreements: Agreements, *, language: str, prefix: str) -> pl.DataFrame:
    """Return the rows of `customers.csv`: all partners read, and the customer of entries without one.

    Args:
        partners: rows of the table `partner`, all text.
        agreements: terms and limits.
        language: `nl` or another, of the name of that customer.
        prefix: put before every id.
    """
    rows = [_row(partner, agreements, prefix) for partner in partners.iter_rows(named=True)]
    name = NO_PARTNER.get(language, NO_PARTNER["en"])
    rows.append({"customer_id": f"{prefix}no-partner", "customer_name": name})
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String()), orient="row")
    is_said = pl.when(are_payment_terms("payment_terms"))
    return frame.with_columns(is_said.then("payment_terms"), is_said.then("payment_terms_days"))


def _row(partner: Mapping[str, str | None], agreements: Agreements, prefix: str) -> dict[str, str | None]:
    number = str(partner["id"])
    parent = partner["commercial_partner_id"]
    terms = agreements.terms.get(_property(partner, agreements, _TERM) or "")
    is_person = partner["is_company"] == "false" and not partner["vat"] and parent in {None, number}
    return {
        "customer_id": prefix + number,
        "customer_name": partner["name"] or f"Odoo {number}",
        "country": partner["country"],
        "payment_terms_days": terms if terms and terms.isdigit() else None,
        "credit_limit": _limit(_property(partner, agreements, _LIMIT)),
        "payment_terms": terms,
        "customer_type": "consumer" if is_person else "business",
        "email": partner["email"],
        "phone": partner["phone"],
        "street": partner["street"],
        "postcode": partner["zip"],
        "city": partner["city"],
        "language": (partner["lang"] or "").partition("_")[0] or None,
        "parent_id": f"{prefix}{parent}" if parent not in {None, number} else None,
    }


def _property(partner: Mapping[str, str | None], agreements: Agreements, name: str) -> str | None:
    """Return a value that may differ per company: that of the first one that has it."""
    own = partner[name]
    if own is None:
        return agreements.properties.get((str(partner["id"]), name))
    try:
        kept = json.loads(own, parse_float=str, parse_int=str)
    except ValueError:
        return None
    if not isinstance(kept, dict):
        return own
    numbered = sorted((int(key), value) for key, value in kept.items() if key.isdigit() and value)
    return str(numbered[0][1]) if numbered else None


def _limit(text: str | None) -> str | None:
    """Return a credit limit, which Odoo keeps as a float; 0 is none."""
    try:
        limit = Decimal(text or "0").quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return str(limit) if limit > 0 else None

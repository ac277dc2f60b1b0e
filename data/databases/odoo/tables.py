"""The questions to Odoo's tables, per version: every one is a SELECT, and every cell comes as text.

Each row has a stamp: a hash over what is read of it and the time it was last written. A later reading asks
for ids and stamps alone, and for the rows whose stamp is another one. So it also sees what a long transaction
wrote with an earlier time, and what was changed without Odoo, which `write_date` alone does not tell.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from data.databases.odoo.schema import Schema

_OF_IDS = "%(ids)s::bigint[]"


@dataclass(frozen=True)
class OdooTable:
    """One kind of row that is read row by row.

    Attributes:
        name: what its rows are called here.
        source: the FROM clause of the rows themselves, and the WHERE clause that says which are wanted.
        of_row: name -> what a row has by itself; the stamp is over these.
        joins: what is looked up beside a row, of the wanted ids only where `{ids}` stands.
        looked_up: name -> what comes from there.
    """

    name: str
    source: tuple[str, str]
    of_row: Mapping[str, str]
    joins: str = ""
    looked_up: Mapping[str, str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of a row, `id` and `stamp` first."""
        return ("id", "stamp", *self.of_row, *(self.looked_up or {}))

    @property
    def stamps(self) -> str:
        """The question for ids and stamps of all rows."""
        return f"select r.id::text, {self._stamp} from {self.source[0]} where {self.source[1]}"

    def rows(self, *, some: bool) -> str:
        """Return the question for rows: all, or those of the parameter `ids`."""
        listed = ", ".join([*self.of_row.values(), *(self.looked_up or {}).values()])
        joins = self.joins.replace("{ids}", f"= any({_OF_IDS})" if some else "is not null")
        of_ids = f" and r.id = any({_OF_IDS})" if some else ""
        return (
            f"select r.id::text, {self._stamp}, {listed} from {self.source[0]} {joins} "
            f"where {self.source[1]}{of_ids}"
        )

    @property
    def _stamp(self) -> str:
        return f"md5(row({', '.join(self.of_row.values())})::text)"


def tables(schema: Schema) -> tuple[OdooTable, ...]:
    """Return the tables: entries, their moves, reconciliations, partners."""
    lines = f"select l.{{}} from account_move_line as l where {posted(schema, 'l')}"
    ids, moves, partners = (lines.format(name) for name in ("id", "move_id", "partner_id"))
    commercial = (
        f" or r.id in (select p.commercial_partner_id from res_partner as p where p.id in ({partners}))"
        if schema.has("res_partner", "commercial_partner_id")
        else ""
    )
    return (
        OdooTable("line", ("account_move_line as r", posted(schema, "r")), _line(schema)),
        OdooTable("move", ("account_move as r", f"r.id in ({moves})"), _move(schema), *_beside_move(schema)),
        OdooTable(
            "partial",
            (
                "account_partial_reconcile as r",
                f"(r.debit_move_id in ({ids}) or r.credit_move_id in ({ids}))",
            ),
            _partial(schema),
        ),
        OdooTable(
            "partner",
            ("res_partner as r", f"(r.id in ({partners}){commercial})"),
            _partner(schema),
            *_beside_partner(schema),
        ),
    )


def form(wanted: tuple[OdooTable, ...]) -> str:
    """Return a hash over the questions: rows that were read by others are not comparable."""
    return hashlib.sha256("\n".join(table.rows(some=False) for table in wanted).encode()).hexdigest()


def posted(schema: Schema, alias: str) -> str:
    """Return which entries count: posted ones on trade accounts receivable, drafts and cancelled ones not."""
    return f"{alias}.parent_state = 'posted' and {alias}.account_id in ({schema.accounts})"


def daily_totals(schema: Schema) -> str:
    """Return the question for what receivables change by per company and day, summed by the server.

    Entries on their date, less reconciliations on the later date of both sides: what is open on any past day.
    """
    return f"""
        with entry as (
            select l.id, l.company_id, l.date, l.balance
            from account_move_line as l where {posted(schema, "l")}
        ),
        change as (
            select e.company_id, e.date as day, e.balance as amount from entry as e
            union all
            select e.company_id, p.max_date, -p.amount
            from account_partial_reconcile as p inner join entry as e on e.id = p.debit_move_id
            union all
            select e.company_id, p.max_date, p.amount
            from account_partial_reconcile as p inner join entry as e on e.id = p.credit_move_id
        )
        select c.company_id::text, c.day::text, sum(c.amount)::text
        from change as c group by c.company_id, c.day having sum(c.amount) <> 0 order by 1, 2
        """


def not_trade(schema: Schema) -> str | None:
    """Return the question for what stands on receivables that are not trade; None if there are none."""
    if not schema.has("account_account", "non_trade"):
        return None
    return f"""
        select count(*)::text, sum(l.balance)::text
        from account_move_line as l
        where l.parent_state = 'posted' and l.account_id in (
            select a.id from account_account as a where {schema.is_receivable} and a.non_trade
        )
        group by l.company_id order by l.company_id
        """


def companies(schema: Schema) -> str:
    """Return the question for the companies: id, name, currency and its id, language."""
    language = "null::text"
    if schema.has("res_company", "partner_id") and schema.has("res_partner", "lang"):
        language = "(select p.lang::text from res_partner as p where p.id = c.partner_id)"
    return f"""
        select c.id::text, c.name::text, u.name::text, c.currency_id::text, {language}
        from res_company as c left join res_currency as u on u.id = c.currency_id order by c.id
        """


def _line(schema: Schema) -> dict[str, str]:
    name = "account_move_line"
    return {
        "move_id": "r.move_id::text",
        "company_id": "r.company_id::text",
        "partner_id": "r.partner_id::text",
        "date": "r.date::text",
        "balance": "r.balance::text",
        "amount_currency": "r.amount_currency::text",
        "currency_id": "r.currency_id::text",
        "date_maturity": "r.date_maturity::text",
        "is_blocked": f"{schema.flag(name, 'blocked', 'r')}::text",
        "payment_id": schema.text(name, "payment_id", "r"),
        "statement_line_id": schema.text(name, "statement_line_id", "r"),
        "write_date": schema.text(name, "write_date", "r"),
    }


def _move(schema: Schema) -> dict[str, str]:
    name = "account_move"
    return {
        "name": "r.name::text",
        "move_type": "r.move_type::text",
        "journal_id": "r.journal_id::text",
        "ref": schema.text(name, "ref", "r"),
        "invoice_date_due": schema.text(name, "invoice_date_due", "r"),
        "payment_state": schema.text(name, "payment_state", "r"),
        "reversed_entry_id": schema.text(name, "reversed_entry_id", "r"),
        "total": schema.text(name, "amount_total_signed", "r"),
        "untaxed": schema.text(name, "amount_untaxed_signed", "r"),
        "payment_id": schema.first_of(name, ("origin_payment_id", "payment_id"), "r"),
        "statement_line_id": schema.text(name, "statement_line_id", "r"),
        "write_date": schema.text(name, "write_date", "r"),
    }


def _beside_move(schema: Schema) -> tuple[str, dict[str, str]]:
    """Return what is looked up beside a move: its journal, its payment or bank line, its other entries."""
    exchange = "false"
    joins = "left join account_journal as journal on journal.id = r.journal_id"
    if schema.has("res_company", "currency_exchange_journal_id"):
        exchange = (
            "exists (select 1 from res_company as c where c.currency_exchange_journal_id = r.journal_id)"
        )
    looked_up = {"journal_type": "journal.type::text", "is_exchange": f"({exchange})::text"}
    for table, alias in (("account_payment", "paid"), ("account_bank_statement_line", "banked")):
        amounts = {"amount": "null::text", "currency_id": "null::text", "move_id": "null::text"}
        if schema.has(table, "move_id"):
            joins += f"""
                left join (
                    select distinct on (t.move_id) t.* from {table} as t
                    where t.move_id {{ids}} order by t.move_id, t.id
                ) as {alias} on {alias}.move_id = r.id"""
            amounts = {column: schema.text(table, column, alias) for column in amounts}
        looked_up |= {f"{alias}_{column}": text for column, text in amounts.items()}
    discount = "false"
    if schema.has("account_move_line", "display_type"):
        discount = "coalesce(bool_or(o.display_type = 'epd'), false)"
    joins += f"""
        left join (
            select o.move_id, bool_and({schema.is_expense}) as is_expense, {discount} as is_discount
            from account_move_line as o left join account_account as a on a.id = o.account_id
            where o.move_id {{ids}} and o.account_id is not null and o.account_id not in ({schema.accounts})
                and o.parent_state = 'posted'
            group by o.move_id
        ) as other on other.move_id = r.id and r.move_type = 'entry'"""
    looked_up |= {
        "is_expense": "coalesce(other.is_expense, false)::text",
        "is_discount": "coalesce(other.is_discount, false)::text",
    }
    return joins, looked_up


def _partial(schema: Schema) -> dict[str, str]:
    name = "account_partial_reconcile"
    return {
        "debit_line_id": "r.debit_move_id::text",
        "credit_line_id": "r.credit_move_id::text",
        "amount": "r.amount::text",
        "max_date": "r.max_date::text",
        "exchange_move_id": schema.text(name, "exchange_move_id", "r"),
        "write_date": schema.first_of(name, ("write_date", "create_date"), "r"),
    }


def _partner(schema: Schema) -> dict[str, str]:
    plain = (
        "commercial_partner_id", "is_company", "vat", "email", "phone", "street", "zip", "city", "lang",
        "country_id", "credit_limit", "property_payment_term_id", "write_date",
    )  # fmt: skip
    name = "coalesce(nullif(trim(r.name), ''), {})::text".format(
        "r.display_name" if schema.has("res_partner", "display_name") else "null"
    )
    return {"name": name} | {column: schema.text("res_partner", column, "r") for column in plain}


def _beside_partner(schema: Schema) -> tuple[str, dict[str, str]]:
    if not (schema.has("res_country", "code") and schema.has("res_partner", "country_id")):
        return "", {"country": "null::text"}
    return (
        "left join res_country as country on country.id = r.country_id",
        {"country": "country.code::text"},
    )

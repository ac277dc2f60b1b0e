"""The table macros kept in the ledger file, which every query reads through.

They live in the file because temporary macros are invisible to cursors. A store gets them when it is made: a
store of another layout is refused, so that the macros in a store are always those of the program that reads
it. The `<table>_at(in_known_on)` macros of the facts have one shape, so they are made from the grains.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

import duckdb

from data import law
from data.grains import BY_NAME, DOCUMENT_LINES, GRAINS, SETTLEMENTS, Grain
from data.grains.balances import FORMS
from data.law import post
from data.store.batches import in_file
from data.store.statements import plain, script

# The macros of sql/macros/, in the order in which they are created.
_FILES = tuple(
    f"macros/{subject}.sql"
    for subject in (
        "cash_sources",
        "crm",
        "days",
        "batches",
        "rates",
        "items",
        "recovery",
        "documents",
        "discounts",
        "schedules",
        "receivables",
        "currencies",
        "lists",
        "facts",
        "post",
        "bank_runs",
        "bank",
        "bank_loads",
        "sources",
        "cash_application",
        "ageing",
        "disputes",
        "interest",
        "write_offs",
        "allocation",
        "set_off",
        "debts",
        "customers",
        "promises",
        "payment_plans",
        "follow_up",
        "worklist",
        "steps",
        "balances",
        "billings",
        "payments",
        "survival",
        "bills",
        "planned_cash",
        "kpi",
        "dso_bridge",
        "flows",
        "claims",
        "late_payments",
        "terms",
    )
)
_WORD = re.compile(r"\w+")
_OF_JOURNAL = re.compile(r"\bjournal \. (\w+)")
_MADE = re.compile(r"create or replace macro (\w+)")
_IS_THERE = {"zero": "and f.{column} <> 0", "empty": "and f.{column} is not null", None: ""}


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create all macros in the ledger; the journal and the tables in memory must be attached."""
    for statement in statements():
        connection.execute(statement)


def statements() -> list[str]:
    """Return the statements that create the macros, in an order in which each finds those it uses."""
    return [
        *_of_settlements(),
        _reversals_at(),
        *(_OWN_SHAPE.get(grain.name, _facts_at)(grain) for grain in GRAINS),
        _form_rank(),
        _published_delivery_rule(),
        _published_interest(),
        *(text for name in _FILES for text in script(name)),
    ]


def reads(sql: str, name: str) -> bool:
    """Tell whether a statement reads a macro, itself or through others."""
    return not _readers(name).isdisjoint(_WORD.findall(plain(sql)))


def journal_tables(sql: str) -> frozenset[str]:
    """Return the tables of the journal that a statement reads, itself or through macros."""
    words = _words_of_macros()
    texts, waiting = [plain(sql)], set(_WORD.findall(plain(sql)))
    seen: set[str] = set()
    while more := (waiting & words.keys()) - seen:
        seen |= more
        texts += [words[macro] for macro in more]
        waiting = {word for macro in more for word in _WORD.findall(words[macro])}
    return frozenset(table for text in texts for table in _OF_JOURNAL.findall(text))


@cache
def _words_of_macros() -> dict[str, str]:
    """Return the text of each macro."""
    texts = map(plain, statements())
    return {made[1]: text for text in texts if (made := _MADE.match(text))}


@cache
def _readers(name: str) -> frozenset[str]:
    """Return a macro and all those that read it."""
    words = {macro: set(_WORD.findall(text)) for macro, text in _words_of_macros().items()}
    readers = {name}
    while more := {macro for macro, used in words.items() if macro not in readers and used & readers}:
        readers |= more
    return frozenset(readers)


def _of_settlements() -> list[str]:
    """Return the macros that tell what a kind of settlement is, made from their table.

    `is_receipt`: money, received or paid back; `is_settlement`: it changes what is open on a document;
    `is_payment`: what customers pay, by which days to pay are counted; `is_credited`: it lowers what was to
    be paid; `is_loss`: written off, or taken back from that; `is_listed`: settled by the day of a list,
    nobody knows when; `tie_out_line`: where an item row is added up.
    """
    lines = [*DOCUMENT_LINES, *((kind.name, kind.line) for kind in SETTLEMENTS)]
    branches = " ".join(f"when '{name}' then '{line}'" for name, line in lines)
    sets = {
        "is_receipt": [kind.name for kind in SETTLEMENTS if kind.is_cash],
        "is_settlement": [kind.name for kind in SETTLEMENTS if kind.settles],
        "keeps_promise": [kind.name for kind in SETTLEMENTS if kind.keeps_promise],
        "is_payment": [kind.name for kind in SETTLEMENTS if kind.is_cash and kind.name != "reversal"],
        "is_credited": [kind.name for kind in SETTLEMENTS if kind.line in {"credited", "discounts"}],
        "is_loss": [kind.name for kind in SETTLEMENTS if kind.line in {"written_off", "recovered"}],
        "is_listed": [kind.name for kind in SETTLEMENTS if not kind.is_timed],
    }
    return [
        f"create or replace macro tie_out_line(in_kind) as case in_kind {branches} end",
        *(
            f"create or replace macro {name}(in_kind) as in_kind in ({', '.join(map(repr, names))})"
            for name, names in sets.items()
        ),
    ]


def _facts_at(grain: Grain) -> str:
    """Return the macro that gives the versions of a grain valid at a moment (null: now).

    A version whose amount withdraws the row overtakes earlier versions as any other, and is left out here.
    So is a contact that was reversed, and what was noted in it.
    """
    return f"""
    create or replace macro {grain.table}_at(in_known_on) as table
    {_valid_versions(grain)} {_is_there(grain)} {_is_not_reversed(grain)}
    """


def _versions_at(grain: Grain) -> str:
    """Return the macro that gives the versions of a grain valid at a moment; its `_at` macro is in a file."""
    return f"""
    create or replace macro {grain.table}_version_at(in_known_on) as table
    {_valid_versions(grain)} {_is_not_reversed(grain)}
    """


def _invoices_at(grain: Grain) -> str:
    """Return the macro that gives the documents valid at a moment (null: now).

    Where no file says what a document comes to (an amount of 0.00) it is what was open of it on the first
    list that shows it, whatever the order in which lists were loaded; a document that is on none is none.
    """
    return f"""
    create or replace macro invoice_at(in_known_on) as table
    with first_listed as (
        select
            f.invoice_id,
            arg_min(f.open_amount, (f.list_date, -abs(f.open_amount), -f.open_amount)) as amount,
        from ({_valid_versions(BY_NAME["open_items"])}) as f
        where f.open_amount <> 0
        group by f.invoice_id
    )
    select f.* replace (coalesce(nullif(f.amount, 0), first_listed.amount) as amount)
    from ({_valid_versions(grain)}) as f
    left join first_listed on first_listed.invoice_id = case when f.amount = 0 then f.invoice_id end
    where f.amount <> 0 or first_listed.amount is not null
    """


def _payments_at(grain: Grain) -> str:
    """Return the macro that gives the payments as files state them; which of them count is in a file."""
    return f"""
    create or replace macro {grain.table}_stated_at(in_known_on) as table
    {_valid_versions(grain)} {_is_there(grain)}
    """


def _reversals_at() -> str:
    """Return the macro that gives the numbers of the contacts that were reversed by a moment (null: now)."""
    return f"""
    create or replace macro contact_reversal_at(in_known_on) as table
    select distinct reversing.reverses as contact_id
    from ({_valid_versions(BY_NAME["contacts"])}) as reversing
    where reversing.reverses is not null
    """


def _is_there(grain: Grain) -> str:
    """Return the condition that a version does not withdraw its row."""
    return _IS_THERE[grain.withdrawn_by].format(column=grain.withdrawn_in)


def _is_not_reversed(grain: Grain) -> str:
    if "contact_id" not in {column.name for column in grain.columns}:
        return ""
    is_contact = "and f.reverses is null" if grain.name == "contacts" else ""
    return f"""{is_contact} and not exists (
        select 1 from contact_reversal_at(in_known_on) as reversal where reversal.contact_id = f.contact_id
    )"""


def _valid_versions(grain: Grain) -> str:
    """Return the question for the versions of a grain valid at `in_known_on`; a condition may follow."""
    return f"""select f.* from {in_file(grain.database, grain.table)} as f
    anti join (
        select s.batch_id, s.line from {in_file(grain.database, "superseded")} as s
        where s.grain = '{grain.name}' and (in_known_on is null or s.known_until <= in_known_on)
    ) as o on o.batch_id = f.batch_id and o.line = f.line
    where (in_known_on is null or f.recorded_at <= in_known_on)"""


def _form_rank() -> str:
    """Return the macro that ranks the forms of statements: the one that tells most first, typed ones last."""
    ranks = " ".join(f"when '{form}' then {place}" for place, form in enumerate(FORMS, start=1))
    return f"""
    create or replace macro form_rank(in_form) as case in_form {ranks} else {len(FORMS) + 1} end
    """


def _published_delivery_rule() -> str:
    """Return the macro that gives the published rules of postal delivery, one row each."""
    rows = ", ".join(
        f"(date '{rule.valid_from}', {rule.ordinal}, '{' '.join(rule.weekdays)}')"
        for rule in post.delivery_rules()
    )
    return f"""
    create or replace macro published_delivery_rule() as table
    select rule.* from (values {rows}) as rule (valid_from, delivery_day, weekdays)
    """


def _published_interest() -> str:
    """Return the macro that gives the published rates of statutory interest, one row each."""
    kinds: tuple[law.RateKind, ...] = ("commercial", "consumer")
    rows = ", ".join(
        f"('{kind}', date '{rate.valid_from}', cast({rate.percent} as decimal(18, 10)))"
        for kind in kinds
        for rate in law.rates(kind)
    )
    return f"""
    create or replace macro published_interest() as table
    select rate.* from (values {rows}) as rate (kind, valid_from, percent)
    """


# Facts whose `_at` macro is more than their valid versions.
_OWN_SHAPE: Mapping[str, Callable[[Grain], str]] = {
    "invoices": _invoices_at,
    "payments": _payments_at,
    "customers": _versions_at,
    "contacts": _versions_at,
}

"""What must hold between the cells of a row, per grain.

Only what cannot be true is here. What is unusual but can happen (a payment before its invoice, a due
date before the invoice date, a credit note larger than the invoice) goes in and is named by `check`.
"""

from dataclasses import dataclass

import polars as pl

from data import clock
from data.grains import (
    CASH_SOURCES,
    COMPANY_SIZES,
    FEES,
    LETTER_LANGUAGES,
    SET_OFF_RULES,
    STEP_DAYS,
    VAT_PERIODS,
    WARNING_RULES,
    WARNING_SWITCHES,
)
from data.importers import bank_reasons, reasons
from data.importers.currencies import THREE_DECIMALS, active_currencies
from data.importers.payment_terms import are_payment_terms
from data.importers.steps import are_steps
from data.law import post
from data.message_templates import Template

MONDAY = 1
# A link people are sent: nothing in it that a mail program would read as the end of it.
_LINK = (
    r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?"
    r"(/([A-Za-z0-9._~:/?#@!$&()*+,;=%-]|\{(invoice|amount|currency|customer)\})*)?$"
)
_ADDRESS = r"^[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"

# Eight digits here; elsewhere the country and whatever its register counts with.
_REGISTER = r"^([0-9]{8}|[A-Z]{2} ?[0-9A-Za-z][0-9A-Za-z ./-]{1,28})$"
_VAT_ID = r"^(NL[0-9]{9}B[0-9]{2}|([A-MO-Z][A-Z]|N[A-KM-Z])[0-9A-Z+*]{2,13})$"

_HUNDREDS = "[12][0-9]{2}|3[0-5][0-9]|36[0-5]"
_DAYS = rf"^([0-9]{{1,2}}|{_HUNDREDS})$"
_DAYS_AFTER = rf"^(0?[1-9]|[1-9][0-9]|{_HUNDREDS})$"

# Null for other settings, so that the files of the time zones are looked into for this one alone.
_ZONE = pl.when(pl.col("key") == "time_zone").then(pl.col("value"))

_CLOSED_UNTIL = pl.when(pl.col("key").str.contains("^closed_until(@|$)")).then(pl.col("value"))

_STEPS = pl.when(pl.col("key").str.contains("^steps([/@]|$)")).then(pl.col("value"))

_DELIVERY = pl.when(pl.col("key") == "post_delivery").then(pl.col("value"))


@dataclass(frozen=True)
class Rule:
    """One thing that cannot be true.

    Attributes:
        column: the grain's column it is reported on.
        broken: whether the row breaks it; null counts as kept.
        reason: what is wrong, of the column's `label`.
        other: column whose label the reason's `other` is; empty where it names none.
    """

    column: str
    broken: pl.Expr
    reason: Template
    other: str = ""


def _order(earlier: str, later: str) -> Rule:
    return Rule(later, pl.col(later) < pl.col(earlier), reasons.IS_BEFORE, earlier)


def _not_negative(column: str) -> Rule:
    return Rule(column, pl.col(column) < 0, reasons.NEGATIVE)


def _above_zero(column: str) -> Rule:
    return Rule(column, pl.col(column) <= 0, reasons.NOT_ABOVE_ZERO)


def _is_there(column: str) -> Rule:
    return Rule(column, pl.col(column).is_null(), reasons.EMPTY_CELL)


def _not_zero(column: str) -> Rule:
    return Rule(column, pl.col(column) == 0, reasons.ZERO)


def _setting(*keys: str, pattern: str, reason: Template) -> Rule:
    """Return what the values of some settings must look like."""
    key = pl.col("key").str.replace("[/@].*", "")
    return Rule("value", key.is_in(keys) & ~pl.col("value").str.contains(pattern), reason)


def _one_of(words: tuple[str, ...]) -> str:
    return f"^({'|'.join(words)})$"


def _is_day(text: pl.Expr) -> pl.Expr:
    """Tell whether a text is a day; null where there is none."""
    is_written = text.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    is_there = text.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    return pl.when(text.is_not_null()).then(is_written & is_there)


_is_credit = pl.col("invoice_type") == "credit_note"

_CONTRACT_INTEREST = Rule(
    "contract_interest_percent", ~pl.col("contract_interest_percent").is_between(0, 100), reasons.NOT_PERCENT
)

_PAYMENT_TERMS = Rule("payment_terms", ~are_payment_terms("payment_terms"), reasons.NOT_TERMS)

_INVOICE_RULES = (
    Rule("amount", ~_is_credit & (pl.col("amount") <= 0), reasons.INVOICE_NOT_ABOVE_ZERO),
    Rule("amount", _is_credit & (pl.col("amount") >= 0), reasons.CREDIT_NOTE_NOT_BELOW_ZERO),
    Rule(
        "vat_amount",
        pl.col("vat_amount") * pl.col("amount").sign() < 0,
        reasons.OTHER_SIGN,
        "amount",
    ),
    Rule("vat_amount", pl.col("vat_amount").abs() > pl.col("amount").abs(), reasons.MORE_THAN, "amount"),
    Rule("discount_percent", ~pl.col("discount_percent").is_between(0, 100), reasons.NOT_PERCENT),
)

# Columns that a list may write in more than one way, so that no cell by itself must be filled.
_LIST_RULES = (
    *(_is_there(name) for name in ("invoice_id", "customer_id", "invoice_date", "currency", "amount")),
    Rule("amount", pl.col("amount") == 0, reasons.ZERO),
    *_INVOICE_RULES,
    _not_negative("credit_limit"),
)

RULES: dict[str, tuple[Rule, ...]] = {
    "customers": (
        _not_negative("credit_limit"),
        _CONTRACT_INTEREST,
        _PAYMENT_TERMS,
        # After an @ a setting names an administration.
        Rule("dunning_group", pl.col("dunning_group").str.contains("@", literal=True), reasons.NOT_A_GROUP),
    ),
    "cash_decisions": (
        Rule(
            "settled_amount",
            pl.col("settles").is_not_null() & pl.col("settled_amount").is_null(),
            reasons.EMPTY_CELL,
        ),
        _not_zero("settled_amount"),
    ),
    "invoices": (*_INVOICE_RULES, _CONTRACT_INTEREST, _PAYMENT_TERMS),
    "cleared_invoices": (*_INVOICE_RULES, _not_negative("credit_limit")),
    "invoice_list": _LIST_RULES,
    "open_items_list": (*_LIST_RULES, _is_there("open_amount")),
    "entries": tuple(rule for rule in _LIST_RULES if rule.column not in {"invoice_id", "vat_amount"}),
    "payables": (
        *(_is_there(name) for name in ("bill_id", "supplier", "bill_date", "due_date", "currency", "amount")),
        _not_zero("amount"),
    ),
    "bank_list": tuple(_is_there(name) for name in ("account", "entry_date", "currency", "amount")),
    "settlement_list": (
        *(_is_there(name) for name in ("provider", "kind", "created_date", "currency", "net")),
        Rule("net", pl.col("net") != pl.col("gross") + pl.col("fee"), bank_reasons.NOT_GROSS_AND_FEE),
    ),
    "provider_payments": (
        Rule("net", pl.col("net") != pl.col("gross") + pl.col("fee"), bank_reasons.NOT_GROSS_AND_FEE),
    ),
    "run_payments": (_above_zero("amount"),),
    "payments": (
        Rule(
            "settled_amount",
            pl.col("settled_amount") * pl.col("amount").sign() < 0,
            reasons.OTHER_SIGN,
            "amount",
        ),
        Rule("settled_amount", (pl.col("settled_amount") == 0) & (pl.col("amount") != 0), reasons.ZERO),
    ),
    "instalments": (_not_zero("amount"),),
    "turnover": (_order("from_date", "to_date"),),
    "attachments": (
        Rule("sha256", ~pl.col("sha256").str.contains("^[0-9a-f]{64}$"), reasons.NOT_A_HASH),
        _not_negative("size"),
    ),
    "bank_statements": (
        _order("from_date", "to_date"),
        *(_not_negative(name) for name in ("entries", "credits", "debits")),
    ),
    "bills": (
        _not_zero("amount"),
        Rule(
            "paid_amount",
            pl.col("paid_amount") * pl.col("amount").sign() < 0,
            reasons.OTHER_SIGN,
            "amount",
        ),
        Rule(
            "paid_amount", pl.col("paid_amount").abs() > pl.col("amount").abs(), reasons.MORE_THAN, "amount"
        ),
    ),
    "fx_rates": (_above_zero("rate"),),
    "planned_cash": (_order("first_date", "until"),),
    "billing_plan": (Rule("week_start", pl.col("week_start").dt.weekday() != MONDAY, reasons.NOT_MONDAY),),
    "disputes": (_order("opened_date", "closed_date"),),
    "settings": (
        Rule(
            "value",
            (pl.col("key") == "reporting_currency") & pl.col("value").is_in(sorted(THREE_DECIMALS)),
            reasons.CURRENCY_OF_THREE_DECIMALS,
        ),
        Rule(
            "value",
            (pl.col("key") == "reporting_currency")
            & ~pl.col("value").is_in(sorted(active_currencies())).fill_null(value=False),
            reasons.NOT_A_CURRENCY,
        ),
        _setting(
            "cost_of_money",
            "target_d90_plus_share",
            "target_on_time_share",
            pattern=r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)$",
            reason=reasons.NOT_A_RATE_OF_MONEY,
        ),
        _setting("demo_company", pattern="^yes$", reason=reasons.NOT_YES),
        _setting("minimum_cash", pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$", reason=reasons.NOT_A_BALANCE),
        _setting(
            "waive_below",
            "credit_line",
            "target_receivables",
            "target_overdue",
            *FEES,
            pattern=r"^[0-9]{1,15}(\.[0-9]{1,2})?$",
            reason=reasons.NOT_A_LEAST_AMOUNT,
        ),
        _setting(
            "target_dso_countback",
            "days_in_stock",
            pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$",
            reason=reasons.NOT_SPAN_OF_DAYS,
        ),
        _setting("target_days_late", pattern=r"^-?[0-9]{1,3}(\.[0-9]{1,2})?$", reason=reasons.NOT_DAYS_LATE),
        _setting("step_pre_due_days", "contact_gap_days", pattern=_DAYS, reason=reasons.NOT_A_STEP),
        _setting(
            *(name for name in STEP_DAYS if name not in {"step_pre_due_days", "contact_gap_days"}),
            pattern=_DAYS_AFTER,
            reason=reasons.NOT_AFTER_DUE,
        ),
        Rule("value", ~_STEPS.map_elements(are_steps, return_dtype=pl.Boolean), reasons.NOT_STEPS),
        _setting("payment_link", pattern=_LINK, reason=reasons.NOT_A_LINK),
        _setting("company_iban", pattern=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$", reason=reasons.NOT_AN_IBAN),
        _setting("company_email", pattern=_ADDRESS, reason=reasons.NOT_AN_ADDRESS),
        _setting("company_kvk", pattern=_REGISTER, reason=reasons.NOT_A_REGISTER_NUMBER),
        _setting("company_vat_id", pattern=_VAT_ID, reason=reasons.NOT_A_VAT_ID),
        _setting("language", pattern=_one_of(LETTER_LANGUAGES), reason=reasons.NOT_A_LANGUAGE),
        _setting("company_size", pattern=_one_of(COMPANY_SIZES), reason=reasons.NOT_A_SIZE),
        _setting("vat_period", pattern=_one_of(VAT_PERIODS), reason=reasons.NOT_A_PERIOD),
        Rule(
            "value",
            ~_DELIVERY.map_elements(post.is_delivery_setting, return_dtype=pl.Boolean),
            reasons.NOT_A_DELIVERY,
        ),
        _setting("cash_source", pattern=_one_of(CASH_SOURCES), reason=reasons.NOT_A_CASH_SOURCE),
        Rule("value", ~_is_day(_CLOSED_UNTIL), reasons.NOT_A_DAY),
        _setting("discount_grace_days", pattern=r"^[0-9]{1,2}$", reason=reasons.NOT_GRACE_DAYS),
        _setting("set_off", pattern=_one_of(SET_OFF_RULES), reason=reasons.NOT_A_SET_OFF),
        _setting("warning_share", pattern=r"^([1-9]|[1-4][0-9]|50)$", reason=reasons.NOT_A_WARNING_SHARE),
        _setting(
            *(f"warning_rule_{rule}" for rule in WARNING_RULES),
            pattern=_one_of(WARNING_SWITCHES),
            reason=reasons.NOT_A_SWITCH,
        ),
        Rule("value", ~_ZONE.map_elements(clock.is_zone, return_dtype=pl.Boolean), reasons.NOT_A_ZONE),
    ),
    "contacts": (
        _order("contact_date", "received_date"),
        _order("contact_date", "next_date"),
        _not_negative("amount"),
    ),
    "promises": (_order("made_date", "promised_date"), _above_zero("amount")),
    "collection_cases": (
        _order("opened_date", "closed_date"),
        _not_negative("claimed"),
        _not_negative("recovered"),
        _not_negative("cost"),
    ),
    "signals": (_order("since_date", "raised_date"), _order("raised_date", "cleared_date")),
    "mutes": (_order("muted_date", "until"),),
    "payment_plans": (_order("agreed_date", "due_date"), _not_negative("amount")),
    "expected_dates": (_order("noted_date", "expected_date"),),
}

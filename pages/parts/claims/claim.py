"""The claim on one customer, per overdue invoice, with the interest and payments of a picked one."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.claims import hand_over
from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports.answers.claims import text as claims_text
from reports.language import _, _p

_PHONE = ("invoice_id", "total", "days_overdue")
_PHONE_PERIODS = ("from_date", "rate_percent", "interest")
_PHONE_PAYMENTS = ("payment_date", "amount", "to_principal")


def block(view: View, customer: str) -> None:
    """Draw the claim on a customer; nothing if no invoice is overdue."""
    claims = books.ask("claims", view, customer=customer)
    if claims.is_empty():
        return
    currency = view.display_currency
    ready = hand_over.at_the_step(view, customer, claims)
    finding = claims_text.claim(claims, currency, view.as_of, ready)
    with st.container(border=True, key="card-claim"):
        sheets = _sheets(view, customer, claims)
        blocks.heading_with_export(finding, sheets, view, key="claim", name=f"{customer}-claim")
        if rates_notice := claims_text.rates_notice(view.as_of):
            st.warning(escape.plain(rates_notice), icon=":material/event_busy:")
        notices = claims_text.notices(claims, view.as_of)
        blocks.points([escape.plain(notice) for notice in notices], key="claim")
        picked = tables.show(
            claims,
            view,
            key="claim",
            columns=claims_text.COLUMNS,
            phone=_PHONE,
            select=True,
            alt=finding.title,
        )
        if picked is not None:
            _invoice(view, customer, picked)
        assumptions = (
            claims_text.rate(claims), claims_text.principal_note(),
            claims_text.costs_with_vat(claims, currency), claims_text.limits(),
        )  # fmt: skip
        st.caption(escape.plain(" ".join(sentence for sentence in assumptions if sentence)))


def _sheets(view: View, customer: str, claims: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {
        _p("sheet", "Claim"): claims,
        _("Interest by period"): books.ask("claim_periods", view, customer=customer),
        _("Payments by 6:44"): books.ask("claim_payments", view, customer=customer),
    }


def _invoice(view: View, customer: str, row: dict[str, Any]) -> None:
    """Draw the claim on one invoice: interest by period, and how payments were applied."""
    invoice = row["invoice_id"]
    periods = books.ask("claim_periods", view, customer=customer).filter(invoice_id=invoice)
    payments = books.ask("claim_payments", view, customer=customer).filter(invoice_id=invoice)
    finding = claims_text.invoice(row, view.display_currency)
    blocks.heading(finding, key="claim-one")
    tables.facts(claims_text.facts(row, view.display_currency), key="claim")
    tables.show(
        periods, view, key="claim-periods", columns=claims_text.PERIODS, phone=_PHONE_PERIODS,
        alt=finding.title,
    )  # fmt: skip
    if payments.height:
        st.caption(escape.plain(claims_text.payments_method()))
        tables.show(
            payments,
            view,
            key="claim-payments",
            columns=claims_text.PAYMENTS,
            phone=_PHONE_PAYMENTS,
            alt=finding.title,
        )

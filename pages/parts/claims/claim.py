"""The claim on one customer: what may be claimed per overdue invoice, and how a picked one is built up."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports.answers.claims import text as claims_text
from reports.language import _, _p

_PHONE = ("invoice_id", "total", "days_overdue")
_PHONE_PERIODS = ("from_date", "rate_percent", "interest")
_PHONE_PAYMENTS = ("payment_date", "amount", "to_principal")


def block(view: View, customer: str) -> None:
    """Draw what may be claimed of a customer; nothing where no invoice of it is overdue."""
    claims = books.ask("claims", view, customer=customer)
    if claims.is_empty():
        return
    title, method = claims_text.found(claims, view.shown_currency), claims_text.method(view.as_of)
    with st.container(border=True, key="card-claim"):
        with st.container(horizontal=True, horizontal_alignment="distribute", key="bar-claim"):
            blocks.heading(escape.plain(title), escape.plain(method), key="claim")
            tables.downloads(
                f"{customer}-claim", view, _sheets(view, customer, claims), title=title, method=method,
                key="claim",
            )  # fmt: skip
        if stale := claims_text.stale(view.as_of):
            st.warning(escape.plain(stale), icon=":material/event_busy:")
        blocks.points([escape.plain(one) for one in claims_text.notices(claims, view.as_of)], key="claim")
        picked = tables.show(
            claims, view, key="claim", columns=claims_text.COLUMNS, phone=_PHONE, select=True, alt=title
        )
        if picked is not None:
            _built_up(view, customer, picked)
        with_vat = claims_text.costs_with_vat(claims, view.shown_currency)
        said = (claims_text.rate(claims), claims_text.principal_differs(), with_vat, claims_text.limits())
        st.caption(escape.plain(" ".join(one for one in said if one)))


def _sheets(view: View, customer: str, claims: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {
        _p("sheet", "Claim"): claims,
        _("Interest by period"): books.ask("claim_periods", view, customer=customer),
        _("Payments by 6:44"): books.ask("claim_payments", view, customer=customer),
    }


def _built_up(view: View, customer: str, row: dict[str, Any]) -> None:
    """Draw the periods of one invoice's interest and what payments paid first."""
    currency, invoice = view.shown_currency, row["invoice_id"]
    periods = books.ask("claim_periods", view, customer=customer).filter(invoice_id=invoice)
    payments = books.ask("claim_payments", view, customer=customer).filter(invoice_id=invoice)
    title = claims_text.invoice(row, currency)
    blocks.heading(escape.plain(title), _("Interest by period and rate, oldest first."), key="claim-one")
    tables.facts(claims_text.facts(row, currency), key="claim")
    tables.show(
        periods, view, key="claim-periods", columns=claims_text.PERIODS, phone=_PHONE_PERIODS, alt=title
    )
    if payments.height:
        st.caption(escape.plain(claims_text.payments_method()))
        tables.show(
            payments,
            view,
            key="claim-payments",
            columns=claims_text.PAYMENTS,
            phone=_PHONE_PAYMENTS,
            alt=title,
        )

"""Ageing: how much is open, how old it is, which invoices make up a bucket, and whose they are."""

import streamlit as st

from pages.parts.ageing import ageing
from pages.parts.customer import customer as customer_blocks
from pages.parts.shell import page
from reports.language import _

view = page.begin(__file__, _("Ageing of receivables"))

found = page.ask("ageing_buckets", view)
if found["invoices"].sum() == 0:
    page.filter_is_empty()
    page.tie_out(view)
    st.stop()

ageing.strip(found, view)

left, right = page.pair("ageing", 3, 2)
with left, page.card("trend"):
    ageing.trend(view)
with right, page.card("segments"):
    ageing.segments(view)

customer = ageing.invoices(view)
if customer is not None:
    customer_blocks.panel(view, customer)

page.tie_out(view)

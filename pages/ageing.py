"""Ageing: how much is open, how old it is, and which documents of which customers make up a bucket."""

import streamlit as st

from pages.parts.ageing import ageing
from pages.parts.context import books
from pages.parts.customer import customer as customer_blocks
from pages.parts.shell import page
from pages.parts.widgets import blocks
from reports.language import _p

view = page.begin(__file__, _p("page", "Ageing"))

buckets = books.ask("ageing_buckets", view)
if buckets["invoices"].sum() == 0:
    page.filter_is_empty()
    page.tie_out(view)
    st.stop()

ageing.strip(buckets, view)

left, right = blocks.pair("ageing", 3, 2)
with left, blocks.card("trend"):
    ageing.trend(view)
with right, blocks.card("segments"):
    ageing.segments(view)

customer, invoice = ageing.documents(view)
if customer is not None:
    customer_blocks.panel(view, customer, invoice)
ageing.groups(view)

page.tie_out(view)

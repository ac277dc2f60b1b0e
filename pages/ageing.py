"""Ageing: how much is open, how old it is, which invoices make up a bucket, and whose they are."""

import streamlit as st

from pages.parts import buckets, frame, people
from reports.language import _

view = frame.begin(__file__, _("Ageing of receivables"))

found = frame.ask("ageing_buckets", view)
if found["invoices"].sum() == 0:
    frame.filter_is_empty()
    frame.tie_out(view)
    st.stop()

buckets.strip(found, view)

left, right = frame.pair("ageing", 3, 2)
with left, frame.card("trend"):
    buckets.trend(view)
with right, frame.card("segments"):
    buckets.segments(view)

customer = buckets.invoices(view)
if customer is not None:
    people.panel(view, customer)

frame.tie_out(view)

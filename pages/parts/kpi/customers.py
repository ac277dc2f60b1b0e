"""Block of the figures per customer: the choice of a group of figures, and the customers."""

import streamlit as st

from pages.parts.context import kpi_figures, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, links
from reports.answers.kpi import compared, customers_text
from reports.answers.shared import comparison, kpi_groups
from reports.language import _

_ROWS = 20


def customers(view: View) -> None:
    """Draw every customer with the figures of a chosen group; a picked one leads to its page."""
    head = st.container(key="customers-head")
    group = url_choices.pick("group", _("Group of figures"), list(kpi_groups.GROUPS), kpi_groups.group_name)
    day = view.compare_day
    rows = compared.customers(*kpi_figures.customers(view), day)
    columns = compared.customer_columns(customers_text.columns(rows, group), day)
    picked = blocks.table(
        customers_text.customers(rows, view.display_currency),
        rows,
        view,
        key="kpi-customers",
        table_key=f"kpi-customers-{group}",
        name="kpi-customers",
        head=head,
        empty=_("No customer has anything billed or open."),
        columns=columns,
        headings=comparison.table_headings(compared.first_figure(columns), day),
        phone=customers_text.PHONE,
        select=True,
        page_rows=_ROWS,
    )
    if picked is not None:
        with st.container(key="link-kpi-customer"):
            links.customer(picked["customer_id"])

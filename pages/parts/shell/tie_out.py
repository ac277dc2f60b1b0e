"""The tie-out of the books: a banner under the title if they do not, else the last line of a page."""

import polars as pl
import streamlit as st

from pages.parts.context import books, browser, filters
from pages.parts.context.view import View
from pages.parts.shell import notices
from pages.parts.widgets import escape
from reports import language
from reports.answers.data_quality import tie_out_text
from reports.language import _


def banner(view: View) -> None:
    """Draw under the title what does not tie out, and amounts left out because a rate is missing."""
    rows = books.ask("tie_out", view)
    for place, row in enumerate(rows.filter(~pl.col("is_tied")).iter_rows(named=True)):
        part = "checks" if row["difference"] else "ledger"
        notices.write(
            escape.plain(tie_out_text.difference(row)), key=f"not-tied-{place}", level="error",
            link="data", label=_("See the comparison"), part=part,
        )  # fmt: skip
    missing_rates = None if view.currency else tie_out_text.missing_rates(rows)
    if missing_rates:
        notices.write(
            escape.plain(missing_rates), key="unconverted", icon="currency_exchange",
            link="data", label=_("Load exchange rates"), part="upload",
        )  # fmt: skip


def tie_out(view: View) -> None:
    """Draw the last line of every page: that the books tie out, and to the general ledger of which day."""
    rows = books.ask("tie_out", view)
    beside = not browser.is_phone()  # the link
    with st.container(horizontal=beside, vertical_alignment="center", gap="small", key="last-line"):
        if rows["is_tied"].all():
            with st.container(width="stretch", gap=None, key="tie-out"):
                for (currency,), part in rows.group_by(["currency"], maintain_order=True):
                    st.caption(_line(part, str(currency), view))
        with st.container(width="content", key="link-checks"):
            st.page_link("pages/data.py", label=_("All checks"), query_params=filters.link())


def _line(part: pl.DataFrame, currency: str, view: View) -> str:
    # The tie-out ignores the filter on a segment, because a ledger balance has no segments.
    whole = _("all segments together") if view.segment else None
    parts = [
        tie_out_text.equation(part, currency),
        tie_out_text.ledger_match(part),
        whole,
        _("as of {day}", day=language.in_sentence(view.as_of)),
    ]
    return f":blue[:material/check_circle:] **{_('Ties out to the cent')}** · " + " · ".join(
        text for text in parts if text
    ).replace("$", "\\$")

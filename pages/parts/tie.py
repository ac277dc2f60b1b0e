"""The last line of every page: whether the books tie out, to the cent."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts import books, device, filters
from pages.parts.view import View
from reports import language
from reports.answers.sums import total
from reports.language import _


def tie_out(view: View) -> None:
    """Write the last line of every page: whether the books tie out; a red banner where they do not."""
    rows = books.ask("tie_out", view)
    broken = rows.filter(~pl.col("is_tied"))
    for row in broken.iter_rows(named=True):
        st.error(_broken(row), icon=":material/error:")
    for row in rows.filter(pl.col("unconverted_amount") != 0).iter_rows(named=True):
        amount = language.money(row["unconverted_amount"], row["currency"])
        st.warning(
            _(
                "{amount} is left out: there is no exchange rate on its document date. Load fx_rates.csv.",
                amount=amount,
            )
        )
    if broken.is_empty():
        _tied_line(rows, view)
    with st.container(key="link-checks"):
        st.page_link("pages/data.py", label=_("All checks"), query_params=filters.link())


def _tied_line(rows: pl.DataFrame, view: View) -> None:
    with st.container(key="tie-out"):
        for (currency,), part in rows.group_by(["currency"], maintain_order=True):
            sums = {
                name: language.money(total(part[name]), str(currency))
                for name in ("opening", "invoiced", "credited", "received", "written_off", "receivables")
            }
            declared = part["ledger_balance"].drop_nulls()
            ledger = " · " + _("general ledger equal") if len(declared) else ""
            st.caption(
                ":blue[:material/check_circle:] **"
                + _("Ties out to the cent")
                + "** · "
                + _(
                    "opening {opening} + invoiced {invoiced} − credited {credited} − received {received} "
                    "− written off {written_off} = {receivables}",
                    **sums,
                ).replace("$", "\\$")
                + ledger
                + " · "
                + language.day(view.as_of)
            )


def _broken(row: dict[str, Any]) -> str:
    where = " · ".join(device.plain(part) for part in (row["entity"], row["currency"]) if part)
    if row["difference"]:
        return _(
            "Does not tie out: {amount} between documents and buckets ({where}). Run `kasstroom.py check`.",
            amount=language.money(row["difference"], row["currency"]),
            where=where,
        )
    return _(
        "Does not tie out: {amount} against the general ledger on {day} ({where}). "
        "See which documents are missing.",
        amount=language.money(row["ledger_difference"], row["currency"]),
        day=language.day(row["ledger_date"]),
        where=where,
    )

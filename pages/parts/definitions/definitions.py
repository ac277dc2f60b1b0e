"""Blocks of the Definitions screen: the search, and an entry per figure and per query."""

import re

import streamlit as st

import queries
from data.errors import KasstroomError
from pages.parts.context import address_bar, books, browser, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, exports, opened_rows, tables, text_tables
from reports.answers.definitions import definitions
from reports.answers.definitions.definitions import Definition
from reports.answers.kpi import kpi_rows
from reports.answers.shared.finding import Finding
from reports.answers.shared.rows_behind import RowsBehind
from reports.language import _, _n, _p
from reports.sentences import translate

_ROWS = 10
_LINE = 140  # letters of a sentence beside a title


def search() -> str:
    """Draw the search box and return its text; kept in the URL."""
    if "definitions-search" not in st.session_state:
        st.session_state["definitions-search"] = filters.parameter("search") or ""
    text = st.text_input(
        _p("field", "Search"),
        key="definitions-search",
        placeholder=_("Search: overdue, countback, dispute"),
        label_visibility="collapsed",
        icon=":material/search:",
        max_chars=80,
    )
    filters.remember(search=text or None)
    return text or ""


def address_entry(view: View) -> Definition | None:
    """Draw the entry named in the address, opened, and return it; None if the address names none."""
    name = filters.parameter("figure")
    if filters.parameter("show") not in {None, "rows"}:
        filters.report_missing("show")
    if not name:
        return None
    definition = definitions.find(name)
    if definition is None:
        st.warning(_("There is no figure or query {name}.", name=escape.plain(name)))
        return None
    with st.container(border=True, key="asked"):
        with st.container(horizontal=True, vertical_alignment="top"):
            blocks.heading(definitions.entry_heading(definition), key="asked")
            st.button(_p("button", "Close"), icon=":material/close:", type="tertiary", on_click=_close)
        _entry(definition, view, key="asked")
    return definition


def entries(listed: list[Definition], heading: Finding, view: View, *, key: str) -> None:
    """Draw definitions below each other, closed; the rows of each are queried when it is opened.

    Args:
        listed: the definitions.
        heading: above them.
        view: for the live rows.
        key: unique on the page.
    """
    if not listed:
        return
    blocks.heading(heading, key=key)
    with st.container(gap="xsmall", key=f"entries-{key}"):
        for definition in listed:
            with st.expander(
                _label(definition),
                key=f"entry-{key}-{definition.name}",
                on_change="rerun",
            ) as entry:
                if entry.open:
                    _entry(definition, view, key=f"{key}-{definition.name}")


def _entry(definition: Definition, view: View, *, key: str) -> None:
    query = queries.find(definition.rows)
    values = view.parameters(query.name)
    rows_first = key == "asked" and filters.parameter("show") == "rows"
    if rows_first:
        _rows(query, values, view, definition, key)
    st.markdown(escape.sentence(definition.sentence))
    if definition.example:
        st.markdown(f"**{_('Worked example')}**  \n{escape.sentence(definition.example)}")
    if definition.why:
        st.markdown(f"**{_('Why it differs')}**  \n{escape.sentence(definition.why)}")
    if not rows_first:
        _rows(query, values, view, definition, key)
    with st.expander(_("For developers"), icon=":material/code:"):
        _for_developers(query, values, definition, view, key)


def _for_developers(
    query: queries.Query, values: dict[str, object], definition: Definition, view: View, key: str
) -> None:
    """Draw the command line that gives the same rows, and what the query takes and gives."""
    st.caption(_("The same on the command line"))
    st.code(definitions.command_line(query.name, values), language="bash", wrap_lines=True)
    if definition.is_figure:
        return
    takes, gives = definitions.parameters(query), definitions.columns(query)
    if takes.height:
        st.caption(_n("{count} parameter", "{count} parameters", takes.height))
        text_tables.table(takes, view, key=f"takes-{key}", columns=_on_a_phone("parameter"), own="meaning")
    st.caption(_n("{count} column", "{count} columns", gives.height))
    text_tables.table(gives, view, key=f"gives-{key}", columns=_on_a_phone("column"), own="meaning")


def _on_a_phone(name: str) -> list[str] | None:
    return [name, "meaning"] if browser.is_phone() else None


def _rows(
    query: queries.Query, values: dict[str, object], view: View, definition: Definition, key: str
) -> None:
    """Draw the rows on the present view, with their export: those that give a figure, or all of a query."""
    if definition.is_figure and (behind := kpi_rows.on_day(definition.name, books.source(view))) is not None:
        _rows_of_figure(behind, definition, view, key)
        return
    unset = definitions.unset_parameters(query, values)
    if unset:
        st.caption(
            _(
                "Needs {names}; open it from the page of one customer.",
                names=escape.plain(", ".join(unset)),
            )
        )
        return
    try:
        rows = books.ask(query.name, view)
    except KasstroomError as error:
        st.warning(escape.sentence(translate(error.message)))
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"rows-head-{key}"):
        st.caption(
            _("Rows behind it, on this view: {query}", query=f"`{query.name}`") if definition.is_figure
            else _("Rows on this view")
        )  # fmt: skip
        exports.downloads(
            query.name, view, rows, title=definition.title, method=definition.sentence, key=f"rows-{key}"
        )
    if rows.is_empty():
        st.caption(_("No rows on this view."))
        return
    tables.show(rows, view, key=f"rows-{key}", phone=rows.columns[:3], page_rows=_ROWS)


def _rows_of_figure(behind: RowsBehind, definition: Definition, view: View, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"rows-head-{key}"):
        st.caption(escape.plain(behind.finding.title))
        exports.downloads(
            definition.name.replace("_", "-"), view, behind.rows,
            title=behind.finding.title, method=definition.sentence, key=f"rows-{key}",
        )  # fmt: skip
    if behind.rows.is_empty():
        st.caption(_("No rows on this view."))
        return
    opened_rows.table(behind, view, key=f"rows-{key}")


def _label(definition: Definition) -> str:
    """Return the title with the first sentence, where that fits beside it; a question is its sentence."""
    # A full stop ends a sentence where a capital follows: "excl. VAT" goes on.
    first = re.split(r"\.\s+(?=[A-ZÀ-Þ])", definition.sentence, maxsplit=1)[0].rstrip(".")
    if not definition.is_figure:
        return f"{escape.sentence(first)} · `{definition.name}`"
    title = escape.bold(definition.title)
    return f"{title} · {escape.sentence(first)}" if len(first) <= _LINE else title


def _close() -> None:
    address_bar.write_now(figure=None, show=None)

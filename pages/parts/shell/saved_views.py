"""Saved views in the sidebar: a dialog that saves this one, and opens, renames and removes the others."""

from datetime import date

import polars as pl
import streamlit as st

from data.errors import KasstroomError
from data.store.snapshot import default_folder
from pages.parts.context import address_bar, books, navigation
from pages.parts.widgets import dialogs, edit_session, escape
from reports import language
from reports.answers.shared import forms, saved_views
from reports.language import _, _p
from reports.sentences import translate

_NAME, _RENAMED, _REMOVED = "view-name", "view-renamed", "view-removed"


def button() -> None:
    """Draw the button that opens the dialog."""
    if st.button(_("Saved views"), icon=":material/bookmark:", key="views-open", width="stretch"):
        dialogs.show(
            _("Saved views"), _dialog, st.session_state["page"], language.current(), on_dismiss=_forget
        )


def _forget() -> None:
    """Forget what was half done in the dialog."""
    for key in (_RENAMED, _REMOVED, "said-views", "refused-views"):
        st.session_state.pop(key, None)


def _dialog(page: str, spoken: str) -> None:
    language.use(spoken)  # a press of a button in the dialog runs this alone
    newest_day = books.books().default_as_of
    views = dict(books.ask("saved_views").iter_rows())
    edit_session.show_result("views")
    refused = st.session_state.pop("refused-views", None)
    if refused:
        st.error(escape.sentence(refused), icon=":material/block:")
    with st.container(gap="xsmall", key="views"):
        if not views:
            st.caption(_("Nothing saved yet. A view keeps filters, columns and order of this screen."))
        for place, (name, address) in enumerate(views.items()):
            _line(place, name, address, newest_day)
    with st.container(horizontal=True, vertical_alignment="bottom", key="views-save"):
        st.text_input(
            _("Name for this view"), key=_NAME, max_chars=saved_views.LONGEST_NAME, placeholder=_example(page)
        )
        st.button(
            _p("button", "Save"), icon=":material/save:", key="view-save", on_click=_save, args=(page, spoken)
        )


def _example(page: str) -> str:
    return next(_p("page", screen.title) for screen in navigation.SCREENS if screen.name == page)


def _line(place: int, name: str, address: str, newest_day: date) -> None:
    """Draw the link to a view with the buttons that rename and remove it."""
    page, asked = saved_views.parameters(address, newest_day)
    screen = next((screen for screen in navigation.SCREENS if screen.name == page), None)
    if st.session_state.get(_RENAMED) == name:
        _rename_boxes(place, name, address)
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-view-{place}", gap="small"):
        with st.container():
            if screen is None:
                st.write(escape.plain(name))
            else:
                st.page_link(
                    f"pages/{page}.py",
                    label=escape.plain(name),
                    icon=f":material/{screen.icon}:",
                    query_params={**asked, "lang": language.current()},
                )
        if st.session_state.get(_REMOVED) == name:
            st.button(_p("button", "Remove"), key=f"view-remove-{place}", on_click=_remove, args=(name,))
            st.button(
                _p("button", "Cancel"),
                key=f"view-leave-{place}",
                type="tertiary",
                on_click=_ask,
                args=(None,),
            )
            return
        st.button(
            "", icon=":material/edit:", help=_p("button", "Rename"), type="tertiary",
            key=f"view-rename-{place}", on_click=_start_renaming, args=(name,),
        )  # fmt: skip
        st.button(
            "", icon=":material/delete:", help=_p("button", "Remove"), type="tertiary",
            key=f"view-ask-{place}", on_click=_ask, args=(name,),
        )  # fmt: skip


def _rename_boxes(place: int, name: str, address: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"row-view-{place}"):
        st.session_state.setdefault(f"view-name-{place}", name)
        st.text_input(
            _p("field", "Name"), key=f"view-name-{place}", max_chars=saved_views.LONGEST_NAME,
            label_visibility="collapsed",
        )  # fmt: skip
        st.button(
            _p("button", "Rename"),
            key=f"view-rename-{place}-yes",
            on_click=_rename,
            args=(place, name, address),
        )


def _start_renaming(name: str) -> None:
    for key in [key for key in st.session_state if str(key).startswith("view-name-")]:
        del st.session_state[key]
    st.session_state[_RENAMED] = name


def _ask(name: str | None) -> None:
    st.session_state[_REMOVED] = name


def _save(page: str, spoken: str) -> None:
    language.use(spoken)
    seen, name = edit_session.latest_batch_at(), forms.text(st.session_state.get(_NAME))
    address_bar.read()
    address = saved_views.view_address(page, address_bar.everything(), books.books().default_as_of)
    views = dict(books.ask("saved_views").iter_rows())
    # The second of two clicks finds the very view saved.
    others = {other: saved for other, saved in views.items() if (other, saved) != (name, address)}
    problem = saved_views.name_problem(name, others)
    if problem:
        st.session_state["refused-views"] = problem
    elif name in views or _write(saved_views.saved_view_row(name, address), seen):
        st.session_state["said-views"] = _("Saved as “{name}”.", name=name)


def _rename(place: int, before: str, address: str) -> None:
    seen, after = edit_session.latest_batch_at(), forms.text(st.session_state.get(f"view-name-{place}"))
    views = dict(books.ask("saved_views").iter_rows())
    views.pop(before, None)
    problem = None if after == before else saved_views.name_problem(after, views)
    if problem:
        st.session_state["refused-views"] = problem
        return
    if after == before or _write(saved_views.renamed_rows(before, after, address), seen):
        st.session_state.pop(_RENAMED, None)


def _remove(name: str) -> None:
    if _write(saved_views.saved_view_row(name, None), edit_session.latest_batch_at()):
        st.session_state.pop(_REMOVED, None)
        st.session_state["said-views"] = _("“{name}” is removed.", name=name)


def _write(rows: pl.DataFrame, seen: object) -> bool:
    try:
        forms.save(default_folder(), {"saved_views": rows}, seen)  # type: ignore[arg-type]  # an instant
    except KasstroomError as error:
        st.session_state["refused-views"] = translate(error.message)
        return False
    return True

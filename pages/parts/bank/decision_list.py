"""The decisions that wait to be published, kept for the visit, and the publication of all of them at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
import streamlit as st

from data.errors import AlreadySavedError, ChangedMeanwhileError, KasstroomError
from data.store import decision_rows
from data.store.snapshot import default_folder
from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import edit_session, escape
from reports import language
from reports.answers.bank import decisions
from reports.answers.bank import text as bank_text
from reports.answers.bank.decisions import Choice, DecidedPart, EntryDecision
from reports.answers.bank.entries import EntryKey
from reports.answers.shared import forms
from reports.language import Language, _, _p
from reports.sentences import translate

_KEY = "bank-desk"


@dataclass(frozen=True)
class Publication:
    """What was published last.

    Attributes:
        number: of the publication.
        count: of its decisions.
        undo: the rows that undo it.
        seen: instant of the last batch right after it.
    """

    number: int
    count: int
    undo: pl.DataFrame
    seen: datetime | None


@dataclass
class DecisionDesk:
    """The decisions of a visit.

    Attributes:
        listed: entry -> what was decided on it and is not published.
        names: customer -> name, of those that were searched for.
        number: of the next publication: a second click carries that of the one before.
        last: what was published last, while it can be undone.
        said: what to say of the last publication or undo.
        refusal: why the last publication was refused.
        language: spoken where the list was drawn.
    """

    listed: dict[EntryKey, EntryDecision] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    number: int = 1
    last: Publication | None = None
    said: str = ""
    refusal: str = ""
    language: Language = "nl"


def desk() -> DecisionDesk:
    """Return the decisions of this visit."""
    known: DecisionDesk = st.session_state.setdefault(_KEY, DecisionDesk())
    known.language = language.current()
    return known


def add(
    entry: Mapping[str, Any], choice: Choice, parts: tuple[DecidedPart, ...], seen: datetime | None
) -> None:
    """Put a decision on the list; a second one on the same entry takes its place.

    Args:
        entry: row of `entries.entries`; `drawn_on` is the day of the sample that it was drawn in, if any.
        choice: the button that was pressed.
        parts: what is said of the entry.
        seen: instant of the last batch in the books that the entry was drawn from.
    """
    key = (str(entry["account"]), str(entry["entry_id"]))
    known = desk()
    known.said = known.refusal = ""
    known.listed[key] = EntryDecision(
        key,
        choice,
        parts,
        str(entry["counterparty"] or ""),
        entry["amount"],
        str(entry["currency"]),
        seen,
        entry.get("drawn_on"),
    )


def show(known: DecisionDesk, names: Mapping[str, str], view: View) -> None:
    """Draw the decisions that wait, each with a button that removes it, and the one that publishes them."""
    if known.said or known.refusal:
        _outcome(known)
    if not known.listed or not edit_session.is_open(view):
        return
    all_names = {**names, **known.names}
    with st.container(border=True, key="decisions"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="decisions-bar"):
            st.button(
                bank_text.publish_button(len(known.listed)), icon=":material/publish:", type="primary",
                key="decisions-save", shortcut="P", on_click=_publish, args=(known, known.number),
            )  # fmt: skip
            st.text_input(
                _("Your name"), key="decided-by", placeholder=_("Your name (may be left out)"),
                label_visibility="collapsed", width=240,
            )  # fmt: skip
        with st.container(height=220 if len(known.listed) > 4 else "content", border=False, gap=None):  # noqa: PLR2004 - lines seen at once
            for place, (key, decision) in enumerate(known.listed.items()):
                with st.container(horizontal=True, vertical_alignment="center", key=f"decision-{place}"):
                    st.markdown(escape.plain(bank_text.decision_words(decision, all_names)), width="stretch")
                    st.button(
                        _p("button", "Remove"), icon=":material/close:", type="tertiary",
                        key=f"remove-{place}", on_click=_remove, args=(known, key),
                    )  # fmt: skip


def _remove(known: DecisionDesk, key: EntryKey) -> None:
    known.listed.pop(key, None)


def _outcome(known: DecisionDesk) -> None:
    if known.refusal:
        st.error(escape.plain(known.refusal), icon=":material/block:")
    if not known.said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="decisions-done"):
        st.markdown(f":material/check: {escape.plain(known.said)}", width="content")
        if known.last is not None:
            st.button(
                _p("button", "Undo"), icon=":material/undo:", key=f"decisions-undo-{known.last.number}",
                on_click=_undo, args=(known, known.last.number),
            )  # fmt: skip


def _publish(known: DecisionDesk, number: int) -> None:
    """Publish the list, if it is still the one that was drawn; runs before the page is drawn."""
    language.use(known.language)
    if number != known.number or not known.listed:
        return  # a second click
    chosen = list(known.listed.values())
    standing = books.ask("cash_decisions")
    rows = decisions.published_rows(chosen, standing, st.session_state.get("decided-by") or "")
    known.said = known.refusal = ""
    if not _write(known, rows, {one.key: one.seen for one in chosen}):
        return
    seen = forms.last_recorded(books.ask("batches"))
    known.last = Publication(number, len(chosen), decisions.undo_rows(rows, standing), seen)
    known.said = bank_text.published(len(chosen))
    known.listed.clear()
    known.number += 1


def _undo(known: DecisionDesk, number: int) -> None:
    """Undo the last publication; twice is once."""
    language.use(known.language)
    if known.last is None or known.last.number != number:
        return  # a second click
    last = known.last
    keys = {(account, entry) for account, entry in last.undo.select("account", "entry_id").iter_rows()}
    known.refusal = ""
    if _write(known, last.undo, dict.fromkeys(keys, last.seen)):
        known.last, known.said = None, bank_text.undone(last.count)


def _write(known: DecisionDesk, rows: pl.DataFrame, seen: Mapping[EntryKey, datetime | None]) -> bool:
    try:
        forms.write_patiently(lambda: decision_rows.publish(default_folder(), rows, seen))
    except AlreadySavedError:
        pass  # by an earlier click that was cut off before it could say so
    except (ChangedMeanwhileError, KasstroomError) as error:
        known.refusal = translate(error.message)
        return False
    return True

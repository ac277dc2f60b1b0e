"""The boxes with which a list is described: a heading per field, and how dates and amounts are written."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from data.importers.currencies import active_currencies
from data.importers.propose.alternatives import DateMeaning, DecimalMeaning
from data.importers.propose.decisions import Decisions
from data.importers.propose.proposal import Proposal
from pages.parts.context import browser_boxes, choices
from pages.parts.widgets import escape
from reports.answers.data_quality import list_fields, preset_draft
from reports.answers.data_quality.list_questions import LIST_DAY, ONE_CURRENCY, Question
from reports.language import _
from reports.sentences import translate

_FEW = 3  # options that are drawn side by side


@dataclass(frozen=True)
class Boxes:
    """The boxes of one list, read as of one shape.

    Attributes:
        key: begins their keys.
    """

    key: str

    @property
    def more(self) -> list[str]:
        """The fields that somebody asked for."""
        fields: list[str] = st.session_state.setdefault(f"{self.key}-more", [])
        return fields

    def decisions(self, base: Proposal) -> Decisions:
        """Return what the boxes say; those that were not drawn yet say what is proposed.

        Args:
            base: as the file shows.
        """
        headings = preset_draft.heading_options(base)
        columns = {
            field: self._settled(field, headings, _heading_words, base.draft.columns.get(field, ""))
            for field in preset_draft.fields(base, self.more)
        }
        words: dict[str, dict[str, str]] = st.session_state.get(f"{self.key}-words", {})
        return Decisions(
            shape=base.draft.shape,
            columns=columns,
            date_format=self._said("date_format") or "",
            decimal=self._said("decimal") or "",
            currency=self._said(ONE_CURRENCY) or "",
            is_grouped=self._said("group"),
            words={
                field: {word: self._said(_word_key(field, word), stands) for word, stands in of_field.items()}
                for field, of_field in words.items()
            },
        )

    def day(self, stated: date | None) -> date | None:
        """Return the day of the list that somebody said, else the one that it states."""
        day: date | None = self._said(LIST_DAY)
        return day or stated

    def is_decided(self, question: Question, base: Proposal) -> bool:
        """Tell whether somebody gave another answer, or said that the proposed one is right."""
        if self._said(f"right-{question.key}"):
            return True
        if question.is_field:
            return bool(self._said(question.key) != base.draft.columns.get(question.key, ""))
        if question.key == ONE_CURRENCY:
            return bool(self._said(question.key, base.draft.currency) != base.draft.currency)
        if question.key in {"date_format", "decimal", LIST_DAY}:
            return self._said(question.key) is not None
        return False

    def draw(self, question: Question, proposal: Proposal, *, is_open: bool, day: date | None) -> None:
        """Draw a question: what it asks, the box, and what the file shows.

        Args:
            question: to draw.
            proposal: with what somebody chose.
            is_open: somebody must still say it.
            day: of the list, as far as it is known.
        """
        with st.container(key=f"question-{self.key}-{question.key}"):
            left, middle, right = st.columns([3, 4, 6], vertical_alignment="center", gap="small")
            with left:
                st.markdown(f"{':orange[:material/help:] ' if is_open else ''}{escape.plain(question.name)}")
                if question.adds:
                    st.caption(escape.plain(question.adds))
            with middle:
                self._box(question, proposal, day)
            with right:
                self._evidence(question, proposal)
        if question.is_field and question.key in proposal.words:
            self._word_boxes(question, proposal)

    def all_right(self, questions: Sequence[Question]) -> None:
        """Draw the button that says of several questions that what is proposed is right."""
        ticked = [question.key for question in questions if _has_tick(question)]
        if len(ticked) > 1:
            st.button(
                _("All of these are right"),
                icon=":material/done_all:",
                key=f"{self.key}-all-right",
                on_click=self._tick,
                args=(ticked,),
            )

    def add_field(self, fields: Sequence[str]) -> None:
        """Draw the list from which another field of ours is taken."""
        choices.selectbox(
            _("Add a field"),
            list(fields),
            key=browser_boxes.box(f"{self.key}-add"),
            words=_field_words,
            index=None,
            placeholder=_("Add a field"),
            label_visibility="collapsed",
            width=420,
            on_change=self._add,
        )

    def _box(self, question: Question, proposal: Proposal, day: date | None) -> None:
        key = f"{self.key}-{question.key}"
        if question.is_field:
            choices.selectbox(
                question.name, preset_draft.heading_options(proposal), key=key, words=_heading_words,
                label_visibility="collapsed",
            )  # fmt: skip
        elif question.key == "date_format":
            self._few(question, preset_draft.date_options(proposal), proposal.draft.date_format)
        elif question.key == "decimal":
            self._few(question, preset_draft.decimal_options(proposal), proposal.draft.decimal)
        elif question.key == ONE_CURRENCY:
            browser_boxes.box(key, proposal.draft.currency)
            st.selectbox(
                question.name, sorted({*active_currencies(), proposal.draft.currency}), key=key,
                label_visibility="collapsed", width=140,
            )  # fmt: skip
        elif question.key == LIST_DAY:
            browser_boxes.box(key, day)
            st.date_input(
                question.name,
                value=None,
                key=key,
                format="DD-MM-YYYY",
                label_visibility="collapsed",
                width=180,
            )
        else:
            browser_boxes.box(key, bool(proposal.draft.group))
            st.checkbox(question.name, key=key)

    def _few(
        self, question: Question, meanings: Sequence[DateMeaning | DecimalMeaning], current: str
    ) -> None:
        """Draw the ways in which a value can be meant; one that is not sure is not chosen beforehand."""
        words = {_code(meaning): escape.plain(_meaning_words(meaning)) for meaning in meanings}
        key = f"{self.key}-{question.key}"
        if len(words) == 1:
            st.markdown(next(iter(words.values())))
            return
        if st.session_state.get(key) not in words:
            st.session_state.pop(key, None)
        browser_boxes.box(key, None if question.is_unsure else current)
        choices.radio(
            question.name, list(words), key=key, words=words.__getitem__,
            label_visibility="collapsed", **({} if key in st.session_state else {"index": None}),
        )  # fmt: skip

    def _evidence(self, question: Question, proposal: Proposal) -> None:
        if question.is_field:
            heading = self._said(question.key, "")
            if text := preset_draft.samples(proposal, heading):
                st.markdown(escape.plain(text))
        if question.evidence is not None:
            st.caption(escape.plain(translate(question.evidence)))
        if question.is_unsure and _has_tick(question):
            key = browser_boxes.box(f"{self.key}-right-{question.key}")
            st.checkbox(_("This is right"), key=key)

    def _word_boxes(self, question: Question, proposal: Proposal) -> None:
        """Draw, for a field of which only a few words can be meant, what each word of the file stands for."""
        field = question.key
        stand = proposal.draft.words.get(field, {})
        held = st.session_state.setdefault(f"{self.key}-words", {})
        held[field] = {word: stand.get(word, "") for word in proposal.words[field]}
        options = ["", *list_fields.choices_of(proposal.draft.shape, field)]
        with st.container(horizontal=True, key=f"words-{self.key}-{field}"):
            for word, stands in held[field].items():
                key = f"{self.key}-{_word_key(field, word)}"
                browser_boxes.box(key, stands)
                choices.selectbox(escape.plain(word), options, key=key, words=_choice_words, width=180)

    def _settled(self, name: str, options: Sequence[str], words: Any, proposed: str) -> str:
        """Return what a list of options says, before it is drawn; the proposed one until somebody chose."""
        key = f"{self.key}-{name}"
        browser_boxes.box(key, proposed)
        choices.settle(key, options, words)
        chosen: str = choices.read(key)
        if chosen not in options:
            chosen = st.session_state[key] = proposed
        return chosen

    def _said(self, name: str, default: Any = None) -> Any:
        return choices.read(f"{self.key}-{name}", default)

    def _tick(self, names: Sequence[str]) -> None:
        for name in names:
            st.session_state[f"{self.key}-right-{name}"] = True

    def _add(self) -> None:
        field = choices.read(f"{self.key}-add")
        if field is not None and field not in self.more:
            self.more.append(field)
        st.session_state[f"{self.key}-add"] = None


def _has_tick(question: Question) -> bool:
    """Tell whether a proposed answer is said to be right by a tick; others are chosen or typed."""
    return question.is_field or question.key in {ONE_CURRENCY, "group"}


def _heading_words(heading: str) -> str:
    return heading or _("– not in this file –")


def _field_words(field: str) -> str:
    adds = list_fields.adds(field)
    return f"{list_fields.field_name(field)}: {adds}" if adds else list_fields.field_name(field)


def _choice_words(code: str) -> str:
    return list_fields.choice_name(code) if code else _("– means nothing here –")


def _meaning_words(meaning: DateMeaning | DecimalMeaning) -> str:
    if isinstance(meaning, DateMeaning):
        return preset_draft.date_words(meaning)
    return preset_draft.decimal_words(meaning)


def _code(meaning: DateMeaning | DecimalMeaning) -> str:
    return meaning.form if isinstance(meaning, DateMeaning) else meaning.sign


def _word_key(field: str, word: str) -> str:
    return f"word-{field}-{zlib.crc32(word.encode()):x}"

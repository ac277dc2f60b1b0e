"""Making a preset: what a list seems to hold, beside what stands in it, until somebody says it is right."""

import zlib
from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from data import clock
from data.errors import RefusedFileError
from data.importers import display_name
from data.importers.propose.decisions import Decisions
from data.importers.propose.proposal import Proposal, propose_for
from data.importers.propose.sample import Sample, best_sample
from data.importers.table_source import TableSource
from data.store.reporting_currency import reporting_currency
from data.store.snapshot import default_folder
from pages.parts.context import browser, browser_boxes, choices
from pages.parts.context.view import View
from pages.parts.data_quality import preset_result, upload_session
from pages.parts.data_quality.question_boxes import Boxes
from pages.parts.widgets import blocks, escape
from reports.answers.data_quality import list_fields, list_questions, preset_draft, proposals
from reports.answers.data_quality.list_questions import Question
from reports.answers.data_quality.preset_draft import DraftReading
from reports.answers.data_quality.unpacking import UploadedFile
from reports.answers.shared.finding import Finding
from reports.language import _, _p, number
from reports.sentences import translate

NAME = "own"  # of a preset that is used once


@dataclass(frozen=True)
class OpenedList:
    """A list, as far as its first rows show it.

    Attributes:
        name: of its file, printable.
        sources: its first rows, by each way in which it may be cut into rows.
        sample: its header, and the rows below it.
    """

    name: str
    sources: list[TableSource]
    sample: Sample

    @property
    def is_cut(self) -> bool:
        """Whether more rows follow."""
        return self.sample.source.is_cut


def show(file: UploadedFile, view: View) -> None:
    """Draw what a list holds, field by field, what would be read, and the ways to use that.

    Args:
        file: the list; every box is of this file alone.
        view: for tables.
    """
    finding = Finding(
        _("What is in this file"),
        _("Proposed from its headings and values. Nothing is used before you have looked at it."),
    )
    blocks.heading(finding, key=f"maker-{file.key}")
    with st.container(horizontal=not browser.is_phone(), key=f"where-{file.key}"):
        shape_place, where_place = (
            st.container(width="stretch"),
            st.container(horizontal=True, width="content"),
        )
    try:
        seen = _opened_list(file, where_place)
    except RefusedFileError as error:
        st.error(escape.sentence(translate(error.message)), icon=":material/block:")
        return
    if seen is None:
        return
    with shape_place:
        shape = _shape(file, seen)
    boxes = Boxes(f"make-{file.key}-{_where(seen.sample)}-{shape}")
    base = _proposal(file, seen, Decisions(shape=shape), "base")
    decisions = boxes.decisions(base)
    proposal = _proposal(file, seen, decisions, "proposal")
    stated = _read(file, seen, proposal, None, "day")
    stated_day = stated.day
    day = boxes.day(stated_day)
    asks_for_day = preset_draft.asks_for_day(stated)
    # What would be read is shown before its day is known; until then it cannot be used.
    shown_day = day or (clock.today() if asks_for_day else None)
    reading = _read(file, seen, proposal, None if shown_day == stated_day else shown_day, "reading")
    asked = list_questions.questions(base, proposal, boxes.more, asks_for_day=asks_for_day)
    decided = {question.key for question in asked if boxes.is_decided(question, base)}
    _draw(boxes, asked, decided, proposal, day)
    names = [question.name for question in list_questions.undecided(asked, decided)]
    preset_result.show(
        file, proposal.draft, reading, view,
        day=None if day == stated_day else day,
        hindrances=preset_draft.hindrances(proposal.draft, names), is_cut=seen.is_cut,
    )  # fmt: skip


def _opened_list(file: UploadedFile, place: Place) -> OpenedList | None:
    """Draw where a list begins, and return it; None if it cannot begin there.

    Args:
        file: the list.
        place: where to draw.

    Raises:
        RefusedFileError: nothing of the file can be read for sure.
    """
    name = display_name(file.upload.name)
    sources = upload_session.once(
        file, "first rows", name, lambda: preset_draft.first_rows(file.upload.content, name)
    )
    # What the file shows must be there before anybody can say otherwise.
    shown = upload_session.once(file, "sample as shown", name, lambda: best_sample(sources, name))
    with place:
        sheet = _sheet(file, sources, shown)
        header_key = f"make-{file.key}-{zlib.crc32(sheet.encode()):x}-header"
        browser_boxes.box(header_key, _sample(file, sources, sheet, 0).line)
        header = st.number_input(
            proposals.part_name("header"), min_value=1, max_value=1_000_000, key=header_key, width=180
        )
    try:
        return OpenedList(name, sources, _sample(file, sources, sheet, header))
    except RefusedFileError:
        st.warning(_("Line {line} has no headings: give the line that has them.", line=number(header)))
        return None


def _sheet(file: UploadedFile, sources: list[TableSource], shown: Sample) -> str:
    """Draw the choice among the sheets of a workbook, and return it; empty if there is no choice."""
    if not shown.source.is_workbook or len(sources) == 1:
        return ""
    key = f"make-{file.key}-sheet"
    browser_boxes.box(key, shown.source.title)
    sheets = [source.title for source in sources]
    sheet: str = st.selectbox(proposals.part_name("sheet"), sheets, key=key, width=260)
    return sheet


def _sample(file: UploadedFile, sources: list[TableSource], sheet: str, header: int) -> Sample:
    name = display_name(file.upload.name)
    return upload_session.once(
        file,
        "sample" if header else "sample of sheet",
        (sheet, header),
        lambda: best_sample(sources, name, sheet=sheet, header=header),
    )


def _where(sample: Sample) -> str:
    """Return what tells one table of a file from another, for the keys of its boxes."""
    return f"{zlib.crc32(sample.source.title.encode()):x}-{sample.line}"


def _shape(file: UploadedFile, seen: OpenedList) -> str:
    """Draw the choice of what a list holds, and return it."""
    proposed = _proposal(file, seen, Decisions(), "unasked")
    shapes = list_fields.shapes()
    key = f"make-{file.key}-{_where(seen.sample)}-shape"
    browser_boxes.box(key, proposed.draft.shape if proposed.draft.shape in shapes else shapes[0])
    shape: str = choices.radio(
        _p("part of a preset", "What it lists"), shapes, key=key, words=proposals.shape_name, horizontal=True
    )
    parts = preset_draft.parts_by_key(proposed)
    shown = [parts["header"], *([parts["shape"]] if shape == parts["shape"].value else [])]
    marks = [part for part in shown if not part.is_sure]
    evidence = " · ".join(escape.plain(translate(part.evidence)) for part in shown)
    st.caption(f":orange[:material/help:] {evidence}" if marks else evidence)
    return shape


def _proposal(file: UploadedFile, seen: OpenedList, decisions: Decisions, what: str) -> Proposal:
    question = (seen.sample.source.title, seen.sample.line, repr(decisions))
    return upload_session.once(
        file,
        what,
        question,
        lambda: propose_for(
            seen.sample,
            seen.name,
            currency=reporting_currency(default_folder()),
            preset_name=NAME,
            decisions=decisions,
        ),
    )


def _read(
    file: UploadedFile, seen: OpenedList, proposal: Proposal, day: date | None, what: str
) -> DraftReading:
    draft = proposal.draft
    return upload_session.once(
        file,
        what,
        (draft.text(), day),
        lambda: preset_draft.read_draft(seen.sources, seen.name, draft, day),
    )


def _draw(
    boxes: Boxes, asked: list[Question], decided: set[str], proposal: Proposal, day: date | None
) -> None:
    """Draw the questions, group by group."""
    waiting = {question.key for question in list_questions.undecided(asked, decided)}
    waiting |= list_questions.missing(proposal)
    for group in list_questions.GROUPS:
        of_group = [question for question in asked if question.group == group]
        if not of_group and group != "adding":
            continue
        with st.container(key=f"questions-{group}-{boxes.key}", gap="small"):
            st.markdown(f"**{list_questions.group_name(group)}**")
            for question in of_group:
                is_open = question.key in waiting
                boxes.draw(question, proposal, is_open=is_open, day=day)
            if group == "unsure":
                boxes.all_right(list_questions.undecided(of_group, decided))
            if group == "adding":
                boxes.add_field(list_fields.other_fields(proposal.draft.shape, (q.key for q in asked)))

"""One line per uploaded file: what it is, how many rows of it are taken in, and another way to read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from data.errors import KasstroomError
from data.importers import AnyPreset, display_name
from data.message_templates import Message
from pages.parts.context import browser_boxes, choices
from pages.parts.context.view import View
from pages.parts.data_quality import preset_maker, preset_result, upload_session
from pages.parts.widgets import blocks, escape
from reports.answers.data_quality import imports, own_number, preset_draft, recognition_text, unpacking
from reports.answers.data_quality.imports import Preview, Upload
from reports.answers.data_quality.preset_choices import preset_choices
from reports.answers.data_quality.unpacking import Unpacked, UploadedFile
from reports.language import _, _n
from reports.sentences import translate

_BY_CONTENT, _BY_HAND, _BY_FILE = "by content", "by hand", "by file"
_OWN_NUMBER = "upload-own-number"
_MOST_LINES, _MOST_PASSED_OVER = 20, 200


@dataclass(frozen=True)
class LineOfFile:
    """A file as somebody wants it read, and how it would be.

    Attributes:
        file: the file.
        upload: its bytes with what was chosen.
        preview: how it is read.
    """

    file: UploadedFile
    upload: Upload
    preview: Preview

    @property
    def needs_somebody(self) -> bool:
        """Whether it cannot be published as it is."""
        return self.preview.reading is None

    @property
    def is_passed_over(self) -> bool:
        """Whether it holds nothing for the books and nobody chose it: the files beside it go in alone."""
        return self.file.is_inside and self.preview.no_receivables is not None


def show(held: Mapping[str, Unpacked], view: View) -> list[LineOfFile]:
    """Draw a line per file, those that need somebody first, and return how all of them are read.

    Args:
        held: what the browser sent, by its id.
        view: for the tables of a preset that is being made.
    """
    presets, damage = upload_session.known_presets()
    if damage is not None:
        st.warning(escape.sentence(translate(damage.message)), icon=":material/warning:")
    for unpacked in held.values():
        if unpacked.fault is not None:
            st.error(escape.sentence(translate(unpacked.fault)), icon=":material/block:")
    lines = _lines(unpacking.data_files(held), presets)
    unwanted = [line for line in lines if line.is_passed_over]
    lines = [line for line in lines if not line.is_passed_over]
    _own_number(lines)
    waiting = [line for line in lines if line.needs_somebody]
    shown = [*waiting, *(line for line in lines if not line.needs_somebody)][:_MOST_LINES]
    made = next((line for line in waiting if line.preview.is_unknown), None)
    for line in shown:
        _draw(line, presets, view, is_made=line is made)
    upload_session.keep(
        [
            beginning
            for line in lines
            for beginning in (
                f"make-{line.file.key}-",
                preset_result.read_as_key(line.file),
                preset_result.day_key(line.file),
            )
        ]
    )
    if len(lines) > len(shown):
        st.caption(_n("and {count} more file", "and {count} more files", len(lines) - len(shown)))
    _passed_over(held, unwanted)
    return lines


def own_settings() -> list[Upload]:
    """Return the file of settings made of the number by which e-invoices know us, if one was typed."""
    file = own_number.own_number(str(st.session_state.get(_OWN_NUMBER) or ""))
    return [file] if file else []


def _own_number(lines: Sequence[LineOfFile]) -> None:
    """Draw the box for the number by which e-invoices know us, where one is refused without it."""
    typed = st.session_state.get(_OWN_NUMBER)
    if not typed and not any(recognition_text.asks_for_number(line.preview) for line in lines):
        return
    st.text_input(
        _("VAT number, chamber of commerce number or IBAN of your company"),
        key=browser_boxes.box(_OWN_NUMBER),
        max_chars=40,
        width=420,
        help=_("It tells invoices that you sent from those you received, and goes into the settings."),
    )
    if typed and not own_settings():
        st.warning(_("{number} is none of the three.", number=escape.plain(str(typed))))


def _lines(files: Sequence[UploadedFile], presets: Sequence[AnyPreset]) -> list[LineOfFile]:
    """Return files with what was chosen for them, and how each is read."""
    lines: dict[str, LineOfFile] = {}
    readable: list[tuple[UploadedFile, Upload]] = []
    for file in files:
        read_as, preset, fault = _choice(file, presets)
        key = preset_result.day_key(file)
        day, own_day = st.session_state.get(key), st.session_state.get(f"{key}-own")
        upload = replace(file.upload, preset=preset, day=None if day == own_day else day)
        if read_as == _BY_HAND or fault is not None:
            name = display_name(file.upload.name)
            preview = Preview(name, None, fault, is_unknown=read_as == _BY_HAND)
            lines[file.key] = LineOfFile(file, upload, preview)
        else:
            readable.append((file, upload))
    settings = own_number.typed_settings(imports.preview(own_settings()))
    previews = upload_session.previews(readable, presets, settings)
    for (file, upload), preview in zip(readable, previews, strict=True):
        lines[file.key] = LineOfFile(file, upload, preview)
        if upload.day is None:
            own_day = preset_draft.list_day(preview.reading)
            st.session_state[f"{preset_result.day_key(file)}-own"] = own_day
    return [lines[file.key] for file in files]


def _choice(file: UploadedFile, presets: Sequence[AnyPreset]) -> tuple[str, AnyPreset | None, Message | None]:
    """Return how a file is to be read: the option, its preset, and why that cannot be used."""
    options = _options(file, presets)
    choices.settle(preset_result.read_as_key(file), list(options), options.__getitem__)
    read_as = choices.read(preset_result.read_as_key(file), _BY_CONTENT)
    if read_as not in options:
        read_as = st.session_state[preset_result.read_as_key(file)] = _BY_CONTENT
    if read_as == preset_result.ONCE:
        return read_as, st.session_state[preset_result.preset_key(file)], None
    if read_as == _BY_FILE:
        return read_as, *_preset_of_file(file)
    chosen = preset_choices(presets).get(read_as)
    return read_as, chosen[1] if chosen else None, None


def _options(file: UploadedFile, presets: Sequence[AnyPreset]) -> dict[str, str]:
    """Return the ways to read a file, each in words."""
    made: AnyPreset | None = st.session_state.get(preset_result.preset_key(file))
    return {
        _BY_CONTENT: _("As its content shows"),
        **({preset_result.ONCE: _("This once, as you said")} if made else {}),
        _BY_HAND: _("Say what is in it"),
        _BY_FILE: _("With a preset from a file (.toml)"),
        **{code: words for code, (words, _preset) in preset_choices(presets).items()},
    }


def _preset_of_file(file: UploadedFile) -> tuple[AnyPreset | None, Message | None]:
    text = st.session_state.get(_preset_text_key(file))
    if text is None:
        return None, None
    try:
        return imports.read_preset(text), None
    except KasstroomError as error:
        return None, error.message


def _draw(line: LineOfFile, presets: Sequence[AnyPreset], view: View, *, is_made: bool) -> None:
    """Draw a file: what it is, what becomes of it, and what it needs."""
    file, preview = line.file, line.preview
    with st.container(key=f"row-file-{file.key}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"file-{file.key}"):
            what = escape.plain(recognition_text.what_it_is(preview))
            st.markdown(
                " · ".join(part for part in (escape.bold(preview.name), what) if part), width="stretch"
            )
            _read_as(file, presets)
        if outcome := recognition_text.outcome(preview):
            st.caption(" · ".join([outcome, *map(escape.plain, recognition_text.notes(preview))]))
        if preview.is_unknown:
            if is_made:
                preset_maker.show(file, view)
            else:
                st.caption(_("Waits until the list above is done."))
        elif preview.fault is not None:
            _refusal(preview)
        if recognition_text.takes_a_day(preview):
            _day_of_list(file)
        elif preview.fault is not None and _can_be_described(line):
            _say_what_is_in_it(file)


def _refusal(preview: Preview) -> None:
    """Draw why a file is refused; where only an answer is missing that is a question, and no warning."""
    sentence = escape.sentence(recognition_text.refusal(preview))
    if recognition_text.asks(preview):
        st.markdown(f":orange[:material/help:] {sentence}")
    else:
        st.error(sentence, icon=":material/block:")


def _read_as(file: UploadedFile, presets: Sequence[AnyPreset]) -> None:
    """Draw the choice of how a file is read, folded away."""
    options = _options(file, presets)
    with st.popover(_("Read as"), key=f"read-as-menu-{file.key}"):
        read_as = choices.selectbox(
            _("Read as"),
            list(options),
            key=browser_boxes.box(preset_result.read_as_key(file)),
            words=options.__getitem__,
            width=420,
        )
        if read_as == _BY_FILE:
            opened = st.file_uploader(_("Preset (.toml)"), type=["toml"], key=f"preset-file-{file.key}")
            text = None if opened is None else opened.getvalue().decode("utf-8", "replace")
            if text != st.session_state.get(_preset_text_key(file)):
                st.session_state[_preset_text_key(file)] = text
                st.rerun()  # the file is read above


def _preset_text_key(file: UploadedFile) -> str:
    return f"preset-text-{file.key}"


def _day_of_list(file: UploadedFile) -> None:
    key = preset_result.day_key(file)
    if st.session_state.get(key) is None:
        st.session_state[key] = st.session_state.get(f"{key}-own")
    browser_boxes.box(key)
    st.date_input(
        _("Day of this list"),
        value=None,  # the browser shows an empty day in red, unless it may be empty
        format="DD-MM-YYYY",
        width=220,
        key=key,
        help=_("What is on it was open at the end of this day."),
    )


def _can_be_described(line: LineOfFile) -> bool:
    """Tell whether a refused file is a list that somebody may describe."""
    return recognition_text.may_be_described(line.preview) and upload_session.once(
        line.file, "is a list", None, lambda: preset_draft.is_list(line.upload)
    )


def _say_what_is_in_it(file: UploadedFile) -> None:
    st.button(
        _("Say what is in it"),
        icon=":material/edit_note:",
        key=f"say-{file.key}",
        on_click=_say_by_hand,
        args=(file,),
    )


def _say_by_hand(file: UploadedFile) -> None:
    st.session_state[preset_result.read_as_key(file)] = _BY_HAND


def _passed_over(held: Mapping[str, Unpacked], unwanted: Sequence[LineOfFile]) -> None:
    """Draw the files inside zip files that are not taken in, each with the reason."""
    files = [
        (Path(line.preview.name), line.preview.no_receivables)
        for line in unwanted
        if line.preview.no_receivables
    ]
    files += [passed for unpacked in held.values() for passed in unpacked.passed_over]
    if files:
        title = _n("{count} file passed over", "{count} files passed over", len(files))
        with st.expander(title, key="passed-over"):
            shown = recognition_text.passed_over(files[:_MOST_PASSED_OVER])
            blocks.points([escape.plain(line) for line in shown], key="passed-over")

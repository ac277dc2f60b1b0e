"""The first hour: a card where there are no books yet, and the demo company with the way out of it."""

import streamlit as st

from data.errors import KasstroomError
from data.store.set_aside import set_aside
from data.store.snapshot import default_folder
from pages.parts.context import books
from pages.parts.widgets import escape
from reports.answers.demo import company
from reports.language import _, _p
from reports.sentences import translate

UPLOAD = {"part": "upload"}


def no_books(*, is_data_page: bool = False) -> None:
    """Draw that there are no books yet, with the two ways on: load files, or see the demo company."""
    with st.container(border=True, key="no-books"):
        st.markdown(f"**{_('No books yet')}**")
        st.write(_("Load your own files, or look around in an invented company first."))
        with st.container(horizontal=True, key="no-books-ways"):
            if not is_data_page:
                st.page_link(
                    "pages/data.py", label=_("Load files"), icon=":material/upload_file:", query_params=UPLOAD
                )
            if st.button(_("See the demo company"), icon=":material/storefront:", key="see-demo"):
                _build_demo()


def _build_demo() -> None:
    doing = _("Building the demo company")
    bar = st.progress(0.0, doing)

    def show_progress(_text: str, share: float) -> None:
        bar.progress(min(share, 1.0), doing)

    try:
        company.build(default_folder(), progress=show_progress)
    except KasstroomError as error:
        bar.empty()
        st.error(escape.sentence(translate(error.message)))
        return
    forget_visit()
    st.rerun()


def demo_line() -> None:
    """Name the demo company on its own books, with the button that starts own books."""
    if not is_demo():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="demo-line"):
        st.badge(_("Demo company"), icon=":material/storefront:", color="gray")
        if st.button(
            _("Start your own books"),
            key="leave-demo",
            type="tertiary",
            help=_("The demo company is set aside, with all that was noted in it, and can be built again."),
        ):
            leave_demo()


def is_demo() -> bool:
    """Tell whether the published books are the demo company's."""
    try:
        return company.is_demo(books.ask("settings"))
    except KasstroomError:
        return False


def leave_demo() -> None:
    """Set the demo company aside and open the page that loads files; a second click finds it gone."""
    try:
        if is_demo():
            set_aside(default_folder())
    except KasstroomError as error:
        st.error(escape.sentence(translate(error.message)))
        return
    forget_visit()
    st.switch_page("pages/data.py", query_params=UPLOAD)


def demo_takes_no_files() -> None:
    """Draw, in the place of the upload, that own files start books of their own."""
    with st.container(border=True, key="demo-no-files"):
        st.write(_("This is the demo company. Your own files go into books of their own."))
        if st.button(_("Start your own books"), icon=":material/arrow_forward:", key="leave-demo-upload"):
            leave_demo()


def renew_visit() -> None:
    """Start the visit over if other books were published meanwhile: the demo company came or went.

    What a session holds of the other books, such as a half-typed note, must not end up in these. Runs before
    anything of the page is drawn, so that a form sent from the old books is not taken in.
    """
    now = is_demo()
    before = st.session_state.get("books-are-demo", now)
    if before != now:
        forget_visit()
        st.session_state["books-are-demo"] = now
        st.rerun()
    st.session_state["books-are-demo"] = now


def forget_visit() -> None:
    """Forget what the session holds of the books; language and entry stay."""
    for key in list(st.session_state):
        if key not in {"language", "url_language", "entered", "f_language", "language-of-choices"}:
            del st.session_state[key]


def ways_on() -> None:
    """Draw the ways from loaded files to their first figures."""
    with st.container(horizontal=True, key="ways-on"):
        for page, label in (
            ("ageing", _p("link", "To Ageing")),
            ("cash_position", _p("link", "To Cash position")),
        ):
            st.page_link(f"pages/{page}.py", label=label, icon=":material/arrow_forward:")

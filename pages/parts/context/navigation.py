"""The screens with their groups, and the language of a visit."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from data.errors import KasstroomError
from pages.parts.context import address_bar, books
from reports import language
from reports.language import _p, mark_p

ROOT = Path(__file__).parents[3]
_BARS = (
    '<rect x="1" y="12" width="4.5" height="9" rx="1"/><rect x="7.5" y="7" width="4.5" height="14" rx="1"/>'
    '<rect x="14" y="2" width="4.5" height="19" rx="1"/>'
)
# Our own pictures: for the browser's tab an icon by name would be fetched from Google's servers.
_TAB = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 24 24"><g fill="#4A86C5">{_BARS}</g></svg>'
_MARK = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 24" height="24"><g fill="#4A86C5">{_BARS}</g>'
    """<text x="26" y="18" font-family="'Source Sans','Source Sans 3','Segoe UI',Arial,sans-serif" """
    'font-size="17" font-weight="700" fill="#4A86C5">Kasstroom</text></svg>'
)

SIDEBAR = 224  # pixels
UNKNOWN = "page"  # parameter of the address: a path without a screen


@dataclass(frozen=True)
class Screen:
    """One screen: its file in `pages/` and URL, English title, icon, group in the sidebar, charts or none."""

    name: str
    title: str
    icon: str
    group: str
    has_charts: bool = True


SCREENS: tuple[Screen, ...] = (
    Screen(
        "cash_position", mark_p("page", "Cash position"), "account_balance_wallet", mark_p("menu", "Cash")
    ),
    Screen("liquidity_forecast", mark_p("page", "Liquidity forecast"), "show_chart", mark_p("menu", "Cash")),
    Screen("what_if", mark_p("page", "What-if"), "tune", mark_p("menu", "Cash")),
    Screen("ageing", mark_p("page", "Ageing"), "bar_chart", mark_p("menu", "Debtors")),
    Screen("customer", mark_p("page", "Customer"), "person", mark_p("menu", "Debtors")),
    Screen("bank", mark_p("page", "Bank"), "account_balance", mark_p("menu", "Debtors"), has_charts=False),
    Screen("kpi_trends", mark_p("page", "KPI trends"), "area_chart", mark_p("menu", "Debtors")),
    Screen("early_warning", mark_p("page", "Early warning"), "notifications", mark_p("menu", "Follow-up")),
    Screen(
        "worklist", mark_p("page", "Worklist"), "checklist", mark_p("menu", "Follow-up"), has_charts=False
    ),
    Screen("disputes", mark_p("page", "Disputes"), "gavel", mark_p("menu", "Follow-up")),
    Screen("payment_terms", mark_p("page", "Payment terms"), "event", mark_p("menu", "Follow-up")),
    Screen("data", mark_p("page", "Data"), "database", mark_p("menu", "Records"), has_charts=False),
    Screen("settings", mark_p("page", "Settings"), "settings", mark_p("menu", "Records"), has_charts=False),
    Screen(
        "definitions", mark_p("page", "Definitions"), "menu_book", mark_p("menu", "Records"), has_charts=False
    ),
)


def configure() -> None:
    """Configure every page, and note that the entry file ran, which a deep link may skip."""
    st.set_page_config(page_title="Kasstroom", page_icon=_TAB, layout="wide", initial_sidebar_state=SIDEBAR)
    address_bar.read()
    language.use(visitor_language())
    st.logo(_MARK, size="medium")
    st.session_state["entered"] = True


def visitor_language() -> language.Language:
    """Return the language of the URL, the one chosen on this visit, the company's, or the browser's."""
    asked = address_bar.get("lang")
    if asked in language.LANGUAGES and asked != st.session_state.get("url_language"):
        st.session_state["language"] = asked
        st.session_state["url_language"] = asked
    for chosen in (st.session_state.get("language"), _company_language()):
        if chosen in language.LANGUAGES:
            return chosen
    return language.preferred(st.context.locale)


def _company_language() -> str | None:
    """Return the language among the settings; None where none is set, or the store cannot be read."""
    try:
        return dict(books.ask("settings").iter_rows()).get("language")
    except KasstroomError:
        return None


def pages() -> dict[str, list[st.Page]]:
    """Return the pages by group, with their titles in the current language."""
    grouped: dict[str, list[st.Page]] = {}
    for screen in SCREENS:
        page = st.Page(
            ROOT / "pages" / f"{screen.name}.py",
            title=_p("page", screen.title),
            icon=f":material/{screen.icon}:",
            url_path=screen.name,
            default=screen is SCREENS[0],
        )
        grouped.setdefault(_p("menu", screen.group), []).append(page)
    return grouped


def current_page() -> st.Page:
    """Draw the navigation of the sidebar and return the page of the address."""
    return st.navigation(pages(), expanded=True)

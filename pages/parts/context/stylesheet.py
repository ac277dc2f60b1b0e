"""The one style sheet; its selectors are the keys of containers only."""

import streamlit as st

from pages.parts.context import browser
from reports import language


def apply() -> None:
    """Add the styles of blocks, rows and tiles to the page."""
    theme = browser.theme()
    st.html(
        f"""<style>
:root {{--language: {language.current()}}}
[class*="st-key-head-"] h2 {{padding: 0 !important}}
[class*="st-key-head-"] p, [class*="st-key-head-"] [data-testid="stMarkdownContainer"] {{
    margin: 0 !important}}
[class*="st-key-head-"] {{padding-right: 2rem; padding-bottom: .3rem}}
button[aria-disabled="true"] {{opacity: .5; cursor: wait}}
[class*="st-key-row-"] {{border-top: 1px solid {theme.hair}; padding-top: .7rem}}
[class*="st-key-warned-"] button, .st-key-quick-days button {{min-height: 0; padding: .1rem 0}}
[class*="st-key-warned-text-"] p {{font-size: .9rem; line-height: 1.4}}
[class*="st-key-tile-"] {{padding: .7rem .9rem .5rem}}
[class*="st-key-row-"] a, [class*="st-key-tile-"] a, [class*="st-key-cell-"] a, [class*="st-key-link-"] a {{
    padding-left: 0; background: none}}
[class*="st-key-row-"] a, [class*="st-key-row-"] a * {{
    height: auto; white-space: normal; line-height: 1.35}}
[class*="st-key-tile-"] a p, [class*="st-key-link-"] a p {{font-weight: 400}}
[class*="st-key-cell-"] a p {{font-size: 1.25rem; font-weight: 600; line-height: 1.3}}
[class*="st-key-cell-"] {{position: relative; border: 1px solid transparent; border-radius: .5rem;
    padding: .35rem .5rem; margin: 0 -.5rem}}
[class*="st-key-cell-"]:hover, [class*="st-key-cell-"]:focus-within {{border-color: {theme.axis};
    background: {theme.surface}}}
[class*="st-key-cell-"] a::after {{content: ""; position: absolute; inset: 0}}
[class*="st-key-cell-"] :has(> a), [class*="st-key-cell-"] :has(a) {{position: static}}
[class*="st-key-opens-"] {{margin-top: -.6rem}}
.back-to-origin {{border: 0; background: none; padding: 0; cursor: pointer; font: inherit;
    color: {theme.cash}}}
.st-key-places {{position: absolute; height: 0; overflow: hidden}}
[class*="st-key-figure-"] {{position: relative}}
[class*="st-key-export-"] button[aria-haspopup] {{padding: .1rem .25rem}}
[class*="st-key-export-"] button[aria-haspopup] p {{font-size: 0}}
[class*="st-key-picture-"] {{position: fixed; top: 0; left: -9000px; width: 4000px !important;
    visibility: hidden; pointer-events: none}}
[class*="st-key-head-"] p, .st-key-tie-out p, [class*="st-key-under-"] p {{color: {theme.muted}}}
[class*="st-key-head-"] [data-testid="stCaptionContainer"],
[class*="st-key-row-"] [data-testid="stCaptionContainer"],
[class*="st-key-under-"] [data-testid="stCaptionContainer"],
.st-key-tie-out [data-testid="stCaptionContainer"] {{opacity: 1; color: {theme.muted}}}
.st-key-tie-out strong {{color: {theme.ink}}}
[class*="st-key-table-"] [data-testid="stElementToolbar"] {{
    top: 0 !important; right: 0; transform: scale(.78); transform-origin: top right}}
[class*="st-key-points-"] ul {{margin: 0; padding-left: 1.1rem}}
[class*="st-key-points-"] [data-testid="stMarkdownContainer"] {{margin-bottom: 0}}
[class*="st-key-points-"] li {{font-size: .875rem; margin: .15rem 0}}
[class*="st-key-wordy-"] {{overflow-x: auto}}
[class*="st-key-facts-"] td:last-child, [class*="st-key-facts-"] td:last-child p {{
    text-align: right !important}}
[data-testid="stFileUploaderDropzoneInstructions"] {{display: none}}
[data-testid="stMain"] :is(a, button, input, summary, [role="radio"], [role="tab"]):focus-visible,
section[data-testid="stSidebar"] :is(a, button, input, [role="radio"]):focus-visible {{
    outline: 2px solid {theme.cash}; outline-offset: 1px}}
.st-key-search-results [data-testid="stCaptionContainer"] {{margin: -.5rem 0 .2rem 2rem}}
@media (hover: none) {{
    [data-testid="stElementToolbar"] {{display: none}}
}}
@media print {{
    section[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stElementToolbar"],
    [data-testid="stBaseButton-elementToolbar"], [class*="st-key-save-"], [class*="st-key-export-"],
    .st-key-filters button, .st-key-extras {{display: none !important}}
    [data-testid="stMain"], [data-testid="stAppViewContainer"], [data-testid="stApp"] {{
        overflow: visible !important; height: auto !important; position: static !important}}
    [data-testid="stMainBlockContainer"] {{padding: 0 !important; max-width: 100% !important}}
    [class*="st-key-tile-"], [class*="st-key-card-"], [class*="st-key-figure-"], [class*="st-key-row-"],
    [data-testid="stDataFrame"] {{break-inside: avoid}}
}}
@media (max-width: 1100px) {{
    [data-testid="stMainBlockContainer"]:has(.st-key-title-row) {{padding-left: 2rem; padding-right: 2rem}}
    [class*="st-key-tile-"] {{padding: .6rem .6rem .4rem}}
    .st-key-title-row > div:has(.st-key-filters) {{flex: 1 1 100% !important; width: 100% !important}}
    .st-key-filters {{justify-content: flex-start !important}}
    .st-key-filters > .st-key-f_as_of {{flex: 0 0 136px !important; width: 136px !important}}
    .st-key-filters > .st-key-f_entity {{flex: 0 0 180px !important; width: 180px !important}}
    .st-key-filters > .st-key-f_segment {{flex: 0 0 160px !important; width: 160px !important}}
    [class*="st-key-tile-"] :has(> [data-testid="stMetricDeltaDescription"]) {{flex-wrap: wrap; row-gap: 0}}
    [class*="st-key-tile-"] [data-testid="stMetricDeltaDescription"] {{flex-basis: 100%}}
    [class*="st-key-tile-"] [data-testid="stMetricValue"] {{font-size: 1.25rem}}
    [class*="st-key-tile-"] [data-testid="stMetricLabel"] *,
    [class*="st-key-tile-"] [data-testid="stMetricDelta"] * {{white-space: normal !important;
        overflow: visible !important; text-overflow: clip !important}}
    [class*="st-key-tile-"] a p {{font-size: .87rem}}
    [class*="st-key-tile-"] a {{gap: .2rem}}
    [class*="st-key-wordy-"] th, [class*="st-key-wordy-"] td {{padding-left: .3rem; padding-right: .3rem}}
    [class*="st-key-pair-"] [data-testid="stColumn"] {{min-width: 100%}}
}}
@media (max-width: 640px) {{
    [class*="st-key-bar-"], [class*="-head "], [class$="-head"] {{
        flex-direction: column !important; align-items: stretch !important}}
    [class*="st-key-bar-"] > *, [class*="-head "] > *, [class$="-head"] > * {{flex: none !important}}
    [class*="st-key-bar-"] {{position: relative}}
    [class*="st-key-bar-"]:has([class*="st-key-head-"]) [class*="st-key-head-"] {{padding-right: 3.5rem}}
    [class*="st-key-bar-"]:has([class*="st-key-head-"]) [class*="st-key-menu-"],
    [class*="st-key-bar-"]:has([class*="st-key-head-"]) > [class*="st-key-export-"],
    [class*="st-key-bar-"]:has([class*="st-key-head-"]) > div > [class*="st-key-export-"] {{
        position: absolute; right: 0; top: 0; width: auto !important}}
}}
</style>"""
    )

"""The terms sheet: one A4 to print, for sales and customer service."""

from collections.abc import Sequence
from html import escape

from reports.answers.terms.terms_sheet import FactRows, Sheet
from reports.packs.print_page import document
from reports.translation import _

_STYLE = """
body {font: 9.5pt/1.3 system-ui, sans-serif; color: #1b2733; max-width: 46rem;
    margin: 2rem auto; padding: 0 1rem}
h1 {font-size: 17pt; margin: 0; overflow-wrap: anywhere} h2 {font-size: 11pt; margin: 0 0 .2rem}
p {margin: .2rem 0 .8rem} .muted {color: #5b6875; font-size: 8.5pt; margin: .3rem 0}
.blocks {display: grid; grid-template-columns: 1fr 1fr; gap: .9rem 1.6rem}
table {border-collapse: collapse; width: 100%; font-size: 9pt}
th, td {border-bottom: 1px solid #d5dbe1; padding: .16rem .3rem .16rem 0; text-align: left;
    vertical-align: top; font-weight: 400; overflow-wrap: anywhere}
th {color: #5b6875} td {font-weight: 600}
section th {width: 45%} .worst th {width: auto !important}
section + section {margin-top: .9rem}
.worst td + td, .worst th + th {text-align: right; white-space: nowrap; overflow-wrap: normal}
.worst td {font-weight: 400}
ul {margin: .2rem 0 0; padding-left: 1.1rem} li {margin: .15rem 0}
.say {border: 1px solid #8795a3; border-radius: 4px; padding: .6rem .8rem}
section, .say {break-inside: avoid} .wide {margin: .9rem 0}
@page {size: A4 portrait; margin: 12mm} @media print {body {margin: 0; max-width: none; padding: 0}}
@media (max-width: 34rem) {.blocks {grid-template-columns: 1fr}}
"""


def sheet_bytes(sheet: Sheet) -> bytes:
    """Return the page as UTF-8: all text escaped, without scripts, links or anything from elsewhere."""
    first, *others = (_block(heading, facts) for heading, facts in sheet.blocks)
    body = (
        f"<h1>{escape(sheet.title)}</h1><p class='muted'>{escape(sheet.about)}</p>"
        "<div class='blocks'>"
        + _list(_("You can promise"), sheet.promise)
        + _list(_("Do not promise"), sheet.refuse)
        + f"<div>{first}</div><div>{''.join(others)}</div></div>"
        + _worst(sheet.worst)
        + "".join(f"<p class='muted'>{escape(method)}</p>" for method in sheet.methods)
    )
    return document(sheet.title, _STYLE, body).encode()


def _list(heading: str, sentences: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<div class='say'><h2>{escape(heading)}</h2><ul>{rows}</ul></div>"


def _block(heading: str, facts: FactRows) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(word)}</th><td>{escape(value)}</td></tr>" for word, value in facts
    )
    return f"<section><h2>{escape(heading)}</h2><table>{rows}</table></section>"


def _worst(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head, *lines = rows
    titles = "".join(f"<th scope='col'>{escape(word)}</th>" for word in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
    table = f"<table class='worst'><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"
    return f"<section class='wide'>{table}</section>"

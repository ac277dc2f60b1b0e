"""Definitions: formula and worked example of every figure and query, with the rows behind it."""

from pages.parts.definitions import definitions as definitions_blocks
from pages.parts.shell import page
from reports.answers.definitions import definitions
from reports.language import _, _p

view = page.begin(__file__, _p("page", "Definitions"), needs_invoices=False)
text = definitions_blocks.search()
definitions_blocks.address_entry(view)

figures = definitions.search(text, definitions.figures())
queries = definitions.search(text, definitions.of_queries())
if not figures and not queries:
    page.nothing_here(_("Nothing is called that. Try fewer or other words."))

definitions_blocks.entries(figures, definitions.figures_heading(), view, key="figures")
definitions_blocks.entries(queries, definitions.queries_heading(), view, key="queries")

page.tie_out(view)

"""Definitions: formula and worked example of every figure, and the questions to the books behind a tab."""

from pages.parts.context import filters, url_choices
from pages.parts.definitions import definitions as definitions_blocks
from pages.parts.shell import page
from reports.answers.definitions import definitions
from reports.language import _, _p

view = page.begin(
    __file__,
    _p("page", "Definitions"),
    needs_invoices=False,
    drawn=filters.ALL if filters.parameter("figure") is not None else (),
)
text = definitions_blocks.search()
definitions_blocks.address_entry(view)

figures = definitions.search(text, definitions.figures())
questions = definitions.search(text, definitions.of_queries())
part = url_choices.pick("part", _("Part of the screen"), definitions.PARTS, definitions.part_name)
if part == "figures":
    for group, (heading, members) in definitions.figure_groups(figures).items():
        definitions_blocks.entries(members, heading, view, key=group)
else:
    definitions_blocks.entries(questions, definitions.queries_heading(), view, key="queries")
if not (figures if part == "figures" else questions):
    page.nothing_here(
        _("Nothing is called that here. Try fewer or other words, or the other part of the screen.")
    )

page.tie_out(view)

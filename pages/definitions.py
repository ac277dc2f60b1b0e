"""Definitions: what every figure and query means, worked out in numbers, with the rows behind it."""

from pages.parts import frame, reference
from reports.answers import definitions
from reports.language import _

view = frame.begin(__file__, _("Definitions"), needs_invoices=False)
text = reference.search()
reference.asked(view)

figures = definitions.search(text, definitions.figures())
queries = definitions.search(text, definitions.of_queries())
if not figures and not queries:
    frame.nothing_here(_("Nothing is called that. Try fewer or other words."))

reference.entries(
    figures, _("Figures"), _("Formula, worked example and the rows behind it"), view, key="figures"
)
reference.entries(
    queries,
    _("Queries"),
    _("What one row is, what it takes and gives; also on the command line"),
    view,
    key="queries",
)

frame.tie_out(view)

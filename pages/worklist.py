"""Worklist: customers to contact today, with reasons, reminder and forms to log the contact."""

from pages.parts.shell import page
from pages.parts.widgets import links
from pages.parts.worklist import worklist
from reports.language import _, _p

view = page.begin(__file__, _p("page", "Worklist"))


def draw() -> None:
    """Draw the lines, the chosen line with its reminder and forms, and the invoices that wait."""
    day_list = worklist.worklist_of(view)
    line = worklist.lines(day_list, view)
    if line is not None:
        worklist.one_line(day_list, line, view)
    worklist.waits(day_list, view)
    links.settings("steps", _("Steps and costs of the follow-up"))


page.guard(draw)
page.tie_out(view)

"""Disputes and invoice quality: blocked money, days added by faults, recoveries of agencies."""

from pages.parts.claims import agencies
from pages.parts.context import url_choices
from pages.parts.disputes import disputes
from pages.parts.shell import page
from reports.answers.disputes import text as disputes_text
from reports.language import _, _p

view = page.begin(__file__, _p("page", "Disputes"))
part = url_choices.pick("part", _("Part of the screen"), disputes_text.PARTS, disputes_text.part_name)

match part:
    case "quality":
        page.guard(lambda: disputes.invoice_quality(view))
    case "agencies":
        page.guard(lambda: agencies.agencies(view))
    case _:
        page.guard(lambda: disputes.disputes(view))

page.tie_out(view)

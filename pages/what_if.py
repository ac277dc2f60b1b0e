"""What-if: what other terms, a discount or a late payer do to cash, and what working capital ties up."""

from functools import partial

from pages.parts.context import url_choices
from pages.parts.shell import page
from pages.parts.whatif import screen
from reports.language import _, _p

view = page.begin(__file__, _p("page", "What-if"))
part = url_choices.pick("part", _("Part of the screen"), screen.PARTS, screen.part_name)
page.guard(partial(screen.show, part, view))
page.tie_out(view)

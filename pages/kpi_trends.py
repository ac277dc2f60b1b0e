"""KPI trends: what every figure did in 24 months, why DSO moved, how the book pays and what it may lose."""

from pages.parts.context import books, url_choices
from pages.parts.kpi import sections, small_multiples
from pages.parts.shell import page
from reports.language import _

view = page.begin(__file__, _("KPI trends"))
part = url_choices.pick("part", _("Part of the screen"), sections.PARTS, sections.part_name)

match part:
    case "dso":
        sections.methods(books.ask("dso_methods", view), books.ask("kpi_trend", view), view)
        head, since = sections.since(view)
        steps = books.ask("dso_bridge", view, **{"from": since})
        segments = books.ask("dso_bridge_segments", view, **{"from": since})
        sections.bridge(steps, segments, view, head, since)
    case "flow":
        sections.roll_rates(books.ask("roll_rate_average", view), books.ask("roll_rates", view), view)
        sections.provision(books.ask("provision_matrix", view), view)
    case "recovery":
        sections.recovery(books.ask("recovery_curve", view), books.ask("cohort_map", view), view)
    case _:
        small_multiples.show(books.ask("kpi_trend", view), view)

page.tie_out(view)

"""KPI trends: every figure over 24 months, why DSO changed, how the book pays and the loss it may bring."""

from pages.parts.context import books, kpi_figures, url_choices
from pages.parts.kpi import customers, dso, flow, recovery, tabs, trends
from pages.parts.shell import notices, page
from reports.language import _

view = page.begin(__file__, _("KPI trends"))
notices.lists(view)
tab = url_choices.pick("part", _("Part of the screen"), tabs.TABS, tabs.name)

match tab:
    case "customers":
        customers.customers(view)
    case "dso":
        dso.methods(books.ask("dso_methods", view), kpi_figures.trend(view), view)
        dso.own_days(view)
        head, since = dso.first_day(view)
        steps = books.ask("dso_bridge", view, **{"from": since})
        segments = books.ask("dso_bridge_segments", view, **{"from": since})
        dso.bridge(steps, segments, view, head, since)
    case "flow":
        flow.roll_rates(books.ask("roll_rate_average", view), books.ask("roll_rates", view), view)
        flow.provision(books.ask("provision_matrix", view), view)
    case "recovery":
        recovery.curve(books.ask("recovery_curve", view), view)
        recovery.due_months(books.ask("cohort_map", view), view)
    case _:
        trends.trends(view)

page.tie_out(view)

"""KPI trends: what every figure did in 24 months, why DSO moved, how the book pays and what it may lose."""

from pages.parts import choices, frame, kpi_blocks, kpi_tiles
from reports.language import _

view = frame.begin(__file__, _("KPI trends"))
part = choices.pick("part", _("Part of the screen"), kpi_blocks.PARTS, kpi_blocks.part_name)

match part:
    case "dso":
        kpi_blocks.methods(frame.ask("dso_methods", view), frame.ask("kpi_trend", view), view)
        head, since = kpi_blocks.since(view)
        steps = frame.ask("dso_bridge", view, **{"from": since})
        segments = frame.ask("dso_bridge_segments", view, **{"from": since})
        kpi_blocks.bridge(steps, segments, view, head, since)
    case "flow":
        kpi_blocks.roll_rates(frame.ask("roll_rate_average", view), frame.ask("roll_rates", view), view)
        kpi_blocks.provision(frame.ask("provision_matrix", view), view)
    case "recovery":
        kpi_blocks.recovery(frame.ask("recovery_curve", view), frame.ask("cohort_map", view), view)
    case _:
        kpi_tiles.show(frame.ask("kpi_trend", view), view)

frame.tie_out(view)

"""Disputes and invoice quality: what waits, what faults cost in days, what agencies bring in."""

from pages.parts import choices, disputed, frame, recovery
from reports.answers import dispute_words as told
from reports.language import _

view = frame.begin(__file__, _("Disputes and invoice quality"))
part = choices.pick("part", _("Part of the screen"), told.PARTS, told.part_name)

match part:
    case "quality":
        frame.guarded(lambda: disputed.quality(view))
    case "agencies":
        frame.guarded(lambda: recovery.agencies(view))
    case _:
        frame.guarded(lambda: disputed.disputes(view))

frame.tie_out(view)

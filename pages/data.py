"""Data: what was loaded and whether it ties out, what was rejected and why, and loading more."""

from pages.parts import choices, frame, records, uploads
from reports.language import _

view = frame.begin(__file__, _("Data"), needs_invoices=False, without_store=uploads.show)
part = choices.pick("part", _("Part of the screen"), records.PARTS, records.part_name)

match part:
    case "files":
        batch = records.files(frame.ask("batches", view), view)
        records.rejects(frame.ask("rejects", batch=batch), view, batch)
    case "ledger":
        records.ledger(frame.ask("ledger_reconciliation", view), view)
    case "upload":
        uploads.show(view)
    case _:
        batches = frame.ask("batches", view)
        records.last_load(batches, view)
        records.checked(frame.ask("tie_out", view), frame.ask("ledger_reconciliation", view), view)
        records.whole(batches)
        records.oddities(frame.ask("findings", view), view)

frame.tie_out(view)

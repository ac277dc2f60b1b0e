"""Data: loaded files, tie-out and findings, rejected rows, general ledger, and loading files."""

from pages.parts.context import books, url_choices
from pages.parts.data_quality import exchange, findings, first_steps, uploads
from pages.parts.shell import page
from reports.language import _, _p

view = page.begin(__file__, _p("page", "Data"), needs_invoices=False, without_store=uploads.show)
part = url_choices.pick("part", _("Part of the screen"), findings.PARTS, findings.part_name)

match part:
    case "files":
        batch = findings.files(books.ask("batches", view), view)
        findings.rejects(view, batch)
    case "ledger":
        findings.ledger(books.ask("ledger_reconciliation", view), view)
        findings.turnover(books.ask("turnover_reconciliation", view), view)
        exchange.differences(view)
    case "upload":
        uploads.show_or_refuse(view)
    case _:
        batches = books.ask("batches", view)
        first_steps.show()
        findings.source_states(view)
        findings.sources(books.ask("sources", view), view)
        findings.last_load(batches, view)
        findings.tie_outs(books.ask("tie_out", view), books.ask("ledger_reconciliation", view), view)
        findings.store_faults(batches)
        findings.findings(books.ask("findings", view), view)
        findings.settled_by_lists(books.ask("listed_documents", view), view)

page.tie_out(view)

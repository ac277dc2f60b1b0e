"""Cash position: what is in the bank, what is owed, what is late, and who to call first."""

from pages.parts import device, filters, frame, notes, rows, tiles
from reports.answers import position as told
from reports.figures import bank_line
from reports.language import _

view = frame.begin(__file__, _("Cash position"))

notes.stale_bank(view)
position = rows.position(view)
tiles.row(told.tiles(position))

if filters.shown("accounts"):
    rows.accounts(position.accounts, view)

found = told.bank_found(position.weeks, view.shown_currency)
method = told.bank_method(position.accounts)
frame.heading(found, method, key="bank")
line = bank_line(
    position.weeks, theme=device.theme(), currency=view.shown_currency, compact=device.is_phone()
)
frame.chart(line, name="bank", finding=found, view=view, key="bank", rows=position.weeks, method=method)

left, right = frame.pair("cash")
with left, frame.card("overdue"):
    rows.top_overdue(frame.ask("top_overdue", view), view)
with right, frame.card("movement"):
    rows.movement(view)

frame.tie_out(view)

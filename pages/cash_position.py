"""Cash position: what is in the bank, where it is going, what is owed and late, and who to call first."""

import streamlit as st

from pages.parts import cash_ahead, changes, filters, frame, notes, rows, runs, tiles, todo
from reports.answers import forecast_words
from reports.answers import position as told
from reports.language import _

view = frame.begin(__file__, _("Cash position"))

notes.stale_bank(view)
position = rows.position(view)
bank, *others = told.tiles(position)
lowest = tiles.row([bank, None, *others])

if filters.shown("accounts"):
    rows.accounts(position.accounts, view)

ahead = st.container(key="ahead")
changed, to_do = (side.empty() for side in frame.pair("ahead", 5, 4))
for place in (changed, to_do):
    place.skeleton(320)

left, right = frame.pair("cash")
with left, frame.card("overdue"):
    rows.top_overdue(frame.ask("top_overdue", view), view)
with right, frame.card("movement"):
    rows.movement(view)

frame.tie_out(view)


def forecast() -> None:
    """Draw what the forecast says in the places kept for it; the rest of the page does not wait for it."""
    found = runs.forecast(view)
    cash_ahead.notes(found, view)
    cash_ahead.fan(found, view)
    for place in lowest:
        tiles.fill(place, forecast_words.low_tile(found))
    with to_do.container(height="stretch"), frame.card("todo"):
        todo.card(found, view)
    with changed.container(height="stretch"), frame.card("changes"):
        frame.guarded(lambda: changes.card(found, view))


with ahead:
    frame.guarded(forecast)

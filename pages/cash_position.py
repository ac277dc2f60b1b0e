"""Cash position: what is in the bank, where it is going, what is owed and late, and who to call first."""

import streamlit as st

from pages.parts.cash import actions_card, cash_position, changes_card
from pages.parts.context import background_runs, books, filters
from pages.parts.forecast import forecast as forecast_blocks
from pages.parts.shell import notices, page
from pages.parts.widgets import blocks, tiles
from reports.answers.cash import cash_position as cash_position_answers
from reports.answers.forecast import text as forecast_text
from reports.language import _

view = page.begin(__file__, _("Cash position"))

notices.stale_bank(view)
position = cash_position.position(view)
bank, *others = cash_position_answers.tiles(position)
lowest = tiles.row([bank, None, *others])

if filters.shown("accounts"):
    cash_position.accounts(position.accounts, view)

ahead = st.container(key="ahead")
changed, to_do = (side.empty() for side in blocks.pair("ahead", 5, 4))
for place in (changed, to_do):
    place.skeleton(320)

left, right = blocks.pair("cash")
with left, blocks.card("overdue"):
    cash_position.top_overdue(books.ask("top_overdue", view), view)
with right, blocks.card("movement"):
    cash_position.movement(view)

page.tie_out(view)


def forecast() -> None:
    """Draw what the forecast says in the places kept for it; the rest of the page does not wait for it."""
    found = background_runs.forecast(view)
    forecast_blocks.notes(found, view)
    forecast_blocks.fan(found, view)
    for place in lowest:
        tiles.fill(place, forecast_text.low_tile(found))
    with to_do.container(height="stretch"), blocks.card("todo"):
        actions_card.card(found, view)
    with changed.container(height="stretch"), blocks.card("changes"):
        page.guarded(lambda: changes_card.card(found, view))


with ahead:
    page.guarded(forecast)

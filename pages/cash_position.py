"""Cash position: bank balance, forecast, receivables and overdue amounts, and the customers to call first."""

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

if filters.is_block_open("accounts"):
    cash_position.accounts(position.accounts, view)

ahead = blocks.reserved("ahead")
changes, to_do = (side.empty() for side in blocks.pair("ahead", 5, 4))
for place in (changes, to_do):
    place.skeleton(320)

left, right = blocks.pair("cash")
with left, blocks.card("overdue"):
    cash_position.late_payers(books.ask("top_overdue", view), view)
with right, blocks.card("movement"):
    cash_position.movement(view)

page.tie_out(view)


def forecast() -> None:
    """Draw the blocks of the forecast in their places; the rest of the page does not wait for them."""
    cash_forecast = background_runs.forecast(view)
    notices.forecast_notes(cash_forecast, view)
    forecast_blocks.fan(cash_forecast, view)
    for place in lowest:
        tiles.fill(place, forecast_text.low_tile(cash_forecast))
    with to_do.container(height="stretch"), blocks.card("todo"):
        actions_card.card(cash_forecast, view)
    with changes.container(height="stretch"), blocks.card("changes"):
        page.guard(lambda: changes_card.card(cash_forecast, view))


with ahead:
    page.guard(forecast)

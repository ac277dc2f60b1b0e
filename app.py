"""The dashboard: page config and navigation; every screen is a file of `pages/`."""

from pages.parts.context import address_bar, errors, navigation
from pages.parts.widgets import row_picks

navigation.configure()
try:
    errors.guard(navigation.current_page().run)
finally:
    row_picks.keep()
    address_bar.write()

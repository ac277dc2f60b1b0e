"""The dashboard: page config and navigation; every screen is a file of `pages/`."""

from pages.parts.context import address_bar, errors, navigation
from pages.parts.widgets import picked_rows

navigation.configure()
try:
    errors.guard(navigation.current_page().run)
finally:
    picked_rows.keep()
    address_bar.write()

"""The dashboard: page config and navigation; every screen is a file of `pages/`."""

from pages.parts.context import address_bar, errors, navigation

navigation.configure()
try:
    errors.guard(navigation.current_page().run)
    errors.end()
finally:
    address_bar.write()

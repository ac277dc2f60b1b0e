"""The dashboard: page config and navigation; every screen is a file of `pages/`."""

from pages.parts import address, guard, navigation

navigation.configure()
try:
    guard.guarded(navigation.current_page().run)
finally:
    address.write()

"""The dashboard: page config and navigation; every screen is a file of `pages/`."""

from pages.parts import guard, navigation

navigation.configure()
guard.guarded(navigation.current_page().run)

"""What is said of presets that are kept with a store."""

from data.message_templates import MESSAGE, template

NO_NAME = template("Give the preset a name, with a letter or a digit in it.")
SHIPS = template(
    "A preset called {name} comes with Kasstroom; give yours another name, or tick that it takes its place."
)
IS_THERE = template(
    "There is an own preset called {name} already; give another name, or tick that this one takes its place."
)
GONE = template("There is no own preset called {name} any more.")
UNWRITABLE = template(
    "The preset cannot be written to {folder} ({cause}); make room there, or mend its permissions.",
    cause=MESSAGE,
)
CLASHES = (SHIPS, IS_THERE)
"""Refusals that fall away if a preset may take the place of another."""

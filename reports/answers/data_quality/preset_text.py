"""The presets of these books in words."""

from pathlib import PurePath

from data.errors import KasstroomError
from data.importers import display_name
from reports.answers.data_quality import imports
from reports.answers.shared.finding import Finding
from reports.translation import _, _n


def own_presets(count: int) -> Finding:
    """Return how many presets were made for these books."""
    if not count:
        return Finding(_("No own presets"))
    return Finding(
        _n("{count} own preset", "{count} own presets", count),
        _("Made for the lists of your program; a list with these headings is known from now on"),
    )


def title_of(text: str, file_name: str) -> str:
    """Return what a preset calls itself; one that cannot be read is called by its file.

    Args:
        text: its TOML.
        file_name: of it.
    """
    try:
        return imports.read_preset(text).title
    except KasstroomError:
        return PurePath(display_name(file_name)).stem

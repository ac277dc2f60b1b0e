"""Tiles: a figure, its change, its sparkline, and a link to its rows."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from pages.parts.context import browser, filters
from reports.answers.shared.tile import Tile
from reports.figures import sparkline_svg

_ON_A_PHONE = 4
_DELTA: dict[str, Literal["blue", "orange", "gray"]] = {
    "cash": "blue",
    "out": "orange",
    "neutral": "gray",
    "ink": "gray",
}


def row(tiles: Sequence[Tile | None]) -> list[Place]:
    """Draw the tiles side by side; on a phone the first four, two by two, without lines.

    Returns:
        The places of the tiles that are not calculated yet (None), to `fill` later.
    """
    compact = browser.is_phone()
    shown = tiles[:_ON_A_PHONE] if compact else tiles
    waiting: list[Place] = []
    with st.container(key="tiles"):
        grid = st.grid(2 if compact else len(shown), min_column_width=125, gap="small")
    for tile in shown:
        with grid.cell():
            if tile is not None:
                fill(st.container(height="stretch"), tile)
            else:
                waiting.append(st.empty())
                waiting[-1].skeleton(110 if compact else 150)
    return waiting


def fill(place: Place, tile: Tile) -> None:
    """Draw one tile in its place."""
    with place.container(border=True, key=f"tile-{tile.key}", gap="xxsmall", height="stretch"):
        _draw(tile, compact=browser.is_phone())


def _draw(tile: Tile, *, compact: bool) -> None:
    st.metric(
        tile.label,
        tile.value,
        tile.change or "–",  # nothing to compare with; the tiles stay as high as each other
        delta_arrow="off",
        delta_color=_DELTA[tile.tone],
        delta_description=tile.since,
        help=None if compact else tile.method,
    )
    if not compact:
        st.html(sparkline_svg(tile.series, tile.tone, browser.theme(), alt=tile.series_alt))
    st.page_link(
        f"pages/{tile.page}.py",
        label=tile.opens,
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=filters.link(**tile.own),
    )

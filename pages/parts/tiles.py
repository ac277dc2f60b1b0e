"""Tiles: a figure, its change, its line, and the way to its rows."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from pages.parts import device, filters
from reports.answers.tile import Tile
from reports.figures import sparkline_svg

_ON_A_PHONE = 4
_DELTA: dict[str, Literal["blue", "orange", "gray"]] = {
    "cash": "blue",
    "out": "orange",
    "neutral": "gray",
    "ink": "gray",
}


def row(tiles: Sequence[Tile]) -> None:
    """Draw the tiles side by side; on a phone the first four, two by two, without lines."""
    compact = device.is_phone()
    shown = tiles[:_ON_A_PHONE] if compact else tiles
    grid = st.grid(2 if compact else len(shown), min_column_width=125, gap="small")
    for tile in shown:
        with grid.cell(), st.container(border=True, key=f"tile-{tile.key}", gap="xxsmall", height="stretch"):
            _draw(tile, compact=compact)


def _draw(tile: Tile, *, compact: bool) -> None:
    st.metric(
        tile.label,
        tile.value,
        tile.change,
        delta_arrow="off",
        delta_color=_DELTA[tile.tone],
        delta_description=tile.since if tile.change else None,
        help=None if compact else tile.method,
    )
    if not compact:
        st.html(sparkline_svg(tile.series, tile.tone, device.theme(), alt=tile.series_said))
    st.page_link(
        f"pages/{tile.page}.py",
        label=tile.opens,
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=filters.link(**tile.own),
    )

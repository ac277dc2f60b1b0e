"""The colours of screens, figures and packs.

Colour carries meaning or is grey: blue brings cash, orange costs it or makes it wait, red is only for a
broken minimum or check and always beside words. Blue and orange, and neighbouring buckets, can be told
apart in normal, deutan, protan and tritan sight. `.streamlit/config.toml` repeats these values; a test
compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

ThemeName = Literal["light", "dark"]
Tone = Literal["cash", "out", "neutral", "ink"]


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as `#RRGGBB`.

    Attributes:
        ink: text, and actual amounts.
        muted: second line, tick labels.
        hair: gridlines, row lines.
        axis: base line, today.
        bg: page.
        surface: sidebar, inputs, table header.
        cash: expected, brings cash, better.
        out: costs cash or makes it wait, worse; fills only, as text use `out_text`.
        out_text: orange that is legible as text.
        base: totals, base case.
        neutral: points, lines without a meaning of their own.
        alarm: minimum cash, failed check.
        buckets: not due, then the four overdue buckets; the older, the further from the background.
        band_opacity: of the 95% and the 80% band.
    """

    name: ThemeName
    ink: str
    muted: str
    hair: str
    axis: str
    bg: str
    surface: str
    cash: str
    out: str
    out_text: str
    base: str
    neutral: str
    alarm: str
    buckets: tuple[str, str, str, str, str]
    band_opacity: tuple[float, float]

    def tone(self, tone: Tone) -> str:
        """Return the colour of a tone."""
        return {"cash": self.cash, "out": self.out, "neutral": self.neutral, "ink": self.ink}[tone]

    def overdue(self, count: int) -> list[str]:
        """Return the colours of that many overdue buckets, youngest first, between the four measured ones."""
        four = self.buckets[1:]
        if count == 1:
            return [four[1]]
        steps = [place * (len(four) - 1) / (count - 1) for place in range(count)]
        return [mix(four[int(step)], four[min(int(step) + 1, 3)], step % 1) for step in steps]


LIGHT = Theme(
    name="light",
    ink="#0F1823",
    muted="#55626F",
    hair="#E6EAEE",
    axis="#C3CCD5",
    bg="#FFFFFF",
    surface="#F4F6F8",
    cash="#1D5FA8",
    out="#C2600F",
    out_text="#9A4708",
    base="#6B7885",
    neutral="#8795A3",
    alarm="#B3261E",
    buckets=("#D3DBE3", "#EFB978", "#D6832F", "#A9560B", "#64290A"),
    band_opacity=(0.10, 0.20),
)
DARK = Theme(
    name="dark",
    ink="#E6EBF0",
    muted="#A3B0BD",
    hair="#222D37",
    axis="#3A4855",
    bg="#10161D",
    surface="#18212A",
    cash="#6FB1F2",
    out="#E8954A",
    out_text="#F2AC6E",
    base="#93A1AF",
    neutral="#7C8B99",
    alarm="#FF8A80",
    buckets=("#313D49", "#754B22", "#A96C2D", "#DC984C", "#FBD6A6"),
    band_opacity=(0.12, 0.24),
)
THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})


_LINEAR_BELOW = 0.04045  # of sRGB
_STEPS = 200
LEGIBLE = 5.5  # contrast of text, at the least


def theme_of(name: str | None) -> Theme:
    """Return the theme of that name; light if the browser names none."""
    return THEMES.get(name or "light", LIGHT)


def mix(start: str, end: str, share: float) -> str:
    """Return the colour `share` (0-1) of the way from start to end."""
    return "#" + "".join(
        f"{round(a + (b - a) * share):02X}" for a, b in zip(_channels(start), _channels(end), strict=True)
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1-21. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(background: str) -> str:
    """Return the text colour, of the two inks, that reads better on a background."""
    return max((LIGHT.ink, LIGHT.bg), key=lambda ink: contrast(ink, background))


def heat(background: str, tone: str, share: float) -> str:
    """Return the colour of a heat map's cell for a share (0-1), always legible with one of the two inks.

    Between a light and a dark tone lies a range where both inks are faint. It is left out, so a larger share
    always has the stronger colour.
    """
    legible = _legible(background, tone)
    return legible[round(share * (len(legible) - 1))]


@lru_cache(maxsize=16)
def _legible(background: str, tone: str) -> tuple[str, ...]:
    steps = [mix(background, tone, step / _STEPS) for step in range(_STEPS + 1)]
    return tuple(colour for colour in steps if contrast(ink_on(colour), colour) >= LEGIBLE)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (s / 12.92 if s <= _LINEAR_BELOW else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

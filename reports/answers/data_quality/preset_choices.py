"""The presets among which somebody chooses how a file is read, each under words of its own."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import tomli_w

from data.importers import AnyPreset
from data.importers.formats.registry import FORMATS, FormatPreset
from reports.answers.data_quality.recognition_text import preset_title
from reports.translation import _

_DIRECTION = "direction"


def preset_choices(presets: Sequence[AnyPreset]) -> dict[str, tuple[str, AnyPreset]]:
    """Return code -> words and preset, by their words.

    A format whose files can be of either side, ours or another's, is one choice per side. Presets with the
    same title have their names behind it.

    Args:
        presets: those that may be used unseen.
    """
    titled = [(each, title) for preset in presets for each, title in _sides(preset)]
    counts = Counter(title for _preset, title in titled)
    choices = {
        _code(preset): (f"{title} ({preset.name})" if counts[title] > 1 else title, preset)
        for preset, title in titled
    }
    return dict(sorted(choices.items(), key=lambda choice: choice[1][0].casefold()))


def _sides(preset: AnyPreset) -> list[tuple[AnyPreset, str]]:
    title = preset_title(preset)
    if not isinstance(preset, FormatPreset) or _DIRECTION in preset.options:
        return [(preset, title)]
    directions = FORMATS[preset.reader].options.get(_DIRECTION, ())
    words = {
        "sales": _("{title}: that we sent", title=title),
        "purchases": _("{title}: that we received", title=title),
    }
    return [(_of_side(preset, side), words.get(side, title)) for side in directions] or [(preset, title)]


def _of_side(preset: FormatPreset, side: str) -> FormatPreset:
    options = {**preset.options, _DIRECTION: side}
    stated = {"name": preset.name, "title": preset.title, "reader": preset.reader, "options": options}
    text = tomli_w.dumps(stated).encode()
    return replace(preset, options=options, text=text, sha256=hashlib.sha256(text).hexdigest())


def _code(preset: AnyPreset) -> str:
    side = preset.options.get(_DIRECTION) if isinstance(preset, FormatPreset) else None
    return f"{preset.name}:{side}" if side else preset.name

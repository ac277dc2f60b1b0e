"""Files somebody hands over: kept for a moment, looked at before anything is published, then loaded."""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data.errors import KasstroomError, StoreBusyError
from data.grains import GRAINS
from data.importers import (
    Preset,
    Reading,
    display_name,
    load_preset,
    preset_names,
    read_file,
    reasons,
)
from data.importers.presets import FOLDER
from data.store.load import Progress, load
from data.store.load_report import FileReport, LoadReport
from reports.answers import sentences
from reports.formats import number
from reports.sentences import translate
from reports.translation import _, _n, _p

SHOWN_ROWS = 8
_FILES = pl.Schema(
    {
        "file_name": pl.String(),
        "kind": pl.String(),
        "rows_read": pl.Int64(),
        "accepted": pl.Int64(),
        "rejected": pl.Int64(),
        "duplicate": pl.Int64(),
        "sum_read": pl.Decimal(38, 2),
        "sum_accepted": pl.Decimal(38, 2),
    }
)


@dataclass(frozen=True)
class Handed:
    """A file as a browser hands it over: the name as it comes, which may be anything, and the bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Preview:
    """How one file would be read; nothing of it is published.

    Attributes:
        name: printable, without folders.
        reading: what came of its rows; None where the file is refused.
        refusal: the sentence why it is refused; empty where it is not.
    """

    name: str
    reading: Reading | None
    refusal: str = ""

    def rows(self) -> dict[str, pl.DataFrame]:
        """Return, per kind of row, the first ones as they will be stored, without empty columns."""
        if self.reading is None:
            return {}
        return {
            kind: _filled(rows.head(SHOWN_ROWS)) for kind, rows in self.reading.grains.items() if rows.height
        }


@contextmanager
def on_disk(handed: Sequence[Handed]) -> Iterator[dict[Path, str]]:
    """Keep files in a temporary folder while the block runs; nothing is left of them after it.

    Yields:
        Path -> printable name. The path is made of plain letters, whatever the name holds.
    """
    with tempfile.TemporaryDirectory(prefix="kasstroom-upload-") as folder:
        names: dict[Path, str] = {}
        for position, file in enumerate(handed):
            shown = display_name(file.name)
            # A folder for each: two files may share a name, and the name decides the order of loading.
            path = Path(folder) / f"{position:04d}" / re.sub(r"[^A-Za-z0-9._-]", "_", shown)
            path.parent.mkdir()
            path.write_bytes(file.content)
            names[path] = shown
        yield names


def preview(handed: Sequence[Handed], preset: Preset | None) -> list[Preview]:
    """Read files without publishing anything; a file that cannot be read brings its sentence."""
    with on_disk(handed) as names:
        return [_previewed(path, shown, preset) for path, shown in names.items()]


def publish(
    store: Path,
    handed: Sequence[Handed],
    preset: Preset | None,
    source_date: date | None = None,
    progress: Progress = lambda _text, _share: None,
) -> LoadReport:
    """Load files into the store as one publication.

    Args:
        store: the folder.
        handed: the files.
        preset: how they are written; None for the native form.
        source_date: the day the files speak of, where it is told.
        progress: told what is being done, in words, and the share done.

    Raises:
        KasstroomError: a file is refused, the store is busy, or the books would not tie out; the sentence
            says what to do, and nothing was published.
    """
    with on_disk(handed) as names:
        try:
            return load(
                store,
                list(names),
                preset=preset,
                source_date=source_date,
                names=names,
                progress=_told(progress),
            )
        except StoreBusyError:
            raise StoreBusyError(sentences.SOMEBODY_LOADS()) from None


def shipped() -> list[str]:
    """Return the names of the presets that ship."""
    return preset_names()


def shipped_text(name: str) -> str:
    """Return the text of a preset that ships, to start an own one from."""
    if name not in preset_names():
        raise KasstroomError(reasons.NO_SUCH_PRESET(name=repr(name[:60]), names=", ".join(preset_names())))
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def preset_of(text: str) -> Preset:
    """Read a preset from its TOML text.

    Raises:
        KasstroomError: it is not one; the sentence says what is wrong.
    """
    with on_disk([Handed("own.toml", text.encode())]) as names:
        return load_preset(str(next(iter(names))))


def native_names() -> list[str]:
    """Return the names of the files of Kasstroom's own form."""
    return [f"{grain.name}.csv" for grain in GRAINS]


def title(name: str) -> str:
    """Return what a preset that ships is called."""
    return _(load_preset(name).title)


def preview_sentence(previews: Sequence[Preview]) -> str:
    """Return what would come of the files that can be read."""
    found = [one.reading for one in previews if one.reading is not None]
    return _n(
        "{accepted} of {count} row can be taken in",
        "{accepted} of {count} rows can be taken in",
        sum(one.rows_read for one in found),
        accepted=number(sum(one.accepted for one in found)),
    )


def outcome_sentence(report: LoadReport) -> str:
    """Return what a load did."""
    if report.snapshot is None:
        return _("Nothing new: these files are already in the books")
    accepted = sum(one.accepted for one in report.files)
    return _n("Published: {count} new row", "Published: {count} new rows", accepted)


def summary(readings: Sequence[Preview]) -> pl.DataFrame:
    """Return one row per file that can be read: what it holds and what would come of its rows."""
    found = [one.reading for one in readings if one.reading is not None]
    return _table(found)


def outcome(report: LoadReport) -> pl.DataFrame:
    """Return one row per file of a load: what it held and what came of its rows."""
    return _table(report.files)


def _filled(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("line", *(name for name in rows.columns if name != "line" and rows[name].count()))


def _previewed(path: Path, shown: str, preset: Preset | None) -> Preview:
    try:
        return Preview(shown, read_file(path, preset, name=shown))
    except KasstroomError as error:
        return Preview(shown, None, translate(error.message))


def _table(files: Sequence[Reading] | Sequence[FileReport]) -> pl.DataFrame:
    rows = [
        {
            "file_name": one.name if isinstance(one, Reading) else one.file_name,
            **{name: getattr(one, name) for name in _FILES if name != "file_name"},
        }
        for one in files
    ]
    return pl.DataFrame(rows, schema=_FILES)


def _told(progress: Progress) -> Callable[[str, float], None]:
    """Return a listener that puts the load's stages in words; between them it is told file names."""
    words = {
        "derive": _("Working out the balances"),
        "verify": _("Checking the totals"),
        "done": _p("progress", "Published"),
    }
    return lambda text, share: progress(words.get(text, text), share)

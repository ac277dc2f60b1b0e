"""A preset: how the export of another program is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.errors import RefusedFileError
from data.grains import Grain
from data.importers import reasons
from data.importers.cells import Feed
from data.importers.layout import Layout, refuse_wrong_header
from data.importers.shapes import NEEDS, SHAPES, kind_of
from data.importers.value_formats import Formats


@dataclass(frozen=True)
class Preset:
    """One preset, checked.

    Attributes:
        name, title, source: what it is called, and which program's export it reads.
        shape: `grain` (one row of the file is one row of `grain`), or that of a list (`shapes.SHAPES`).
        grain: the columns its file feeds.
        encoding, delimiter: how the bytes become cells; empty in a list's preset: as the file shows.
        formats: how dates and amounts are written.
        columns: header in the file -> column of the grain.
        optional: headers of `columns` the file may lack.
        ignored: headers that are known and not used.
        defaults: column of the grain -> text in native form, for columns the file does not have.
        choices: column of the grain -> the file's word -> ours.
        total_row: (header, text) that marks a row of totals, or None.
        is_list: its headings are found wherever they stand, and compared without case, accents, spaces and
            signs; title lines, totals and page breaks are no rows; other columns count for nothing.
        group: column of the grain that is stated on a line above the rows of each customer; empty if none is.
        empty: texts that stand for an empty cell.
        has_serials: days may be written as Excel counts them (45000).
        sheet: the sheet of a workbook; empty: the one that has the headings.
        known_by: headings by which a list is known for one of this preset; without them it must be asked for.
        checks: relations that held when the preset was made; a file in which they do not is refused.
        sha256: of the preset's file.
        text: the preset's file itself, to be kept beside the files it read.
    """

    name: str
    title: str
    source: str
    shape: str
    grain: Grain
    encoding: str
    delimiter: str
    formats: Formats
    columns: Mapping[str, str]
    optional: frozenset[str]
    ignored: tuple[str, ...]
    defaults: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    total_row: tuple[str, str] | None
    sha256: str
    text: bytes
    is_list: bool = False
    group: str = ""
    empty: frozenset[str] = frozenset()
    has_serials: bool = False
    sheet: str = ""
    known_by: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Name of the grain its rows mainly become."""
        return kind_of(self.shape) if self.shape in SHAPES else self.grain.name

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """Of each of these sets of columns a file must have one."""
        fed = (("currency",),) if "currency" not in self.defaults else ()
        if self.shape in NEEDS:
            return NEEDS[self.shape] + (fed if self.shape != "cleared_invoices" else ())
        return tuple(
            (column.name,)
            for column in self.grain.columns
            if column.needed and not column.may_be_empty and column.name not in self.defaults
        )

    def layout(self, header: Sequence[str], name: str) -> Layout:
        """Return how a file with this header is read.

        Raises:
            RefusedFileError: the header is not the preset's.
        """
        if len(header) == 1 and self.delimiter not in header[0]:
            sign = reasons.TABS() if self.delimiter == "\t" else repr(self.delimiter)
            raise RefusedFileError(reasons.ONE_CELL_HEADER(name=name, preset=self.name, sign=sign))
        known = [*self.columns, *self.ignored]
        refuse_wrong_header(
            header, name, known=known, needed=[c for c in self.columns if c not in self.optional]
        )
        positions = tuple(self._feed(cell) if cell in self.columns else None for cell in header)
        with_source = {feed.column.name for feed in positions if feed}
        constants = tuple(
            (Feed(self.grain.column(column), column), text)
            for column, text in self.defaults.items()
            if column not in with_source
        )
        return Layout(self.grain, positions, constants)

    def list_layout(self, header: Sequence[str], found: Mapping[str, int], day: str) -> Layout:
        """Return how the rows of a list are read, whose cells come in the order of `found`, then the group's.

        Args:
            header: the cells of the header as they stand.
            found: column of the grain -> place of its heading.
            day: of the list, as the native form writes it; empty if it is not known.
        """
        feeds = [self._feed_of(column, header[place]) for column, place in found.items()]
        if self.group:
            feeds.append(self._feed_of(self.group, self.group))
        stated = {feed.column.name for feed in feeds}
        texts = dict(self.defaults) | ({"list_date": day} if day and self.shape == "open_items" else {})
        constants = tuple(
            (Feed(self.grain.column(column), column), text)
            for column, text in texts.items()
            if column not in stated
        )
        return Layout(self.grain, tuple(feeds), constants)

    def _feed(self, header: str) -> Feed:
        return self._feed_of(self.columns[header], header)

    def _feed_of(self, column: str, label: str) -> Feed:
        words = self.choices.get(column)
        return Feed(self.grain.column(column), label, self.formats, words)

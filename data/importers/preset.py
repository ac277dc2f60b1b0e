"""A preset: how the export of another program is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from data.errors import RefusedFileError
from data.grains import Grain
from data.importers import reasons
from data.importers.cells import Feed
from data.importers.headings import plain
from data.importers.layout import Layout, refuse_wrong_header
from data.importers.list_groups import fields
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
        formats: how dates and amounts are written; in a list's preset by the first of its forms.
        date_forms: the forms a list's dates may be written in; one file is written in one of them.
        amount_forms: likewise the signs before the cents and between thousands.
        columns: header in the file -> column of the grain.
        optional: headers of `columns` the file may lack.
        ignored: headers that are known and not used.
        defaults: column of the grain -> text in native form, for columns the file does not have.
        choices: column of the grain -> the file's word -> ours.
        total_row: (header, text) that marks a row of totals, or None.
        is_list: its headings are found wherever they stand, and compared without case, accents, spaces and
            signs; title lines, totals and page breaks are no rows; other columns count for nothing.
        groups: how the lines above the rows of each customer are written: `{customer_id} {customer_name}`.
        fallback: header -> column it feeds in the rows where the column's own header has nothing.
        fill: column -> text in native form, for cells that are empty.
        line_amounts: money columns of which each row has a part where several rows are one document; all
            others are the document's own, on each of its rows.
        trusts_totals: a total that the rows do not explain is a row that is refused; else it is only named.
        has_float_numbers: numbers may be written with `.0` behind them.
        has_sides: amounts may have Dr or Cr behind them.
        has_credits: most documents may be below zero; elsewhere such a list is one of payables.
        empty: texts that stand for an empty cell.
        cells: of a list without headings: `#1` for a column -> how its cells look, as a regular expression.
        title_cells: likewise of the line above its rows, if it has one.
        titles: `#1` -> column that a cell of that line feeds.
        has_serials: days may be written as Excel counts them (45000).
        sheet: the sheet of a workbook; empty: the one that has the headings.
        known_by: headings by which a list is known for one of this preset; without them it must be asked for.
        also_known_by: further sets of headings, each of which does too.
        unless: headings that a list of this preset never has.
        checks: relations that held when the preset was made; a file in which they do not is refused.
        is_of_entries: it is for lists of entries, read as one of open items.
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
    date_forms: tuple[str, ...] = ()
    amount_forms: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    fallback: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, str] = field(default_factory=dict)
    line_amounts: tuple[str, ...] = ()
    trusts_totals: bool = True
    has_float_numbers: bool = False
    has_sides: bool = False
    has_credits: bool = False
    empty: frozenset[str] = frozenset()
    cells: Mapping[str, str] = field(default_factory=dict)
    title_cells: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    has_serials: bool = False
    sheet: str = ""
    known_by: tuple[str, ...] = ()
    also_known_by: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    is_of_entries: bool = False

    @property
    def kind(self) -> str:
        """Name of the grain its rows mainly become."""
        return kind_of(self.shape) if self.shape in SHAPES else self.grain.name

    @property
    def headings(self) -> Mapping[str, str]:
        """Every heading of a list that feeds a column -> the column."""
        return {**self.columns, **self.fallback}

    @cached_property
    def heading_words(self) -> frozenset[str]:
        """The headings as they are compared."""
        return frozenset(plain(heading) for heading in self.headings)

    @property
    def group_columns(self) -> tuple[str, ...]:
        """The columns that stand on the lines above the rows of each customer."""
        return tuple(dict.fromkeys(name for template in self.groups for name in fields(template)))

    @property
    def of_open_items(self) -> "Preset":
        """The preset for a list of entries none of which is matched: that is a list of open items."""
        grain = SHAPES["open_items"]
        known = {column.name for column in grain.columns}
        columns, fallback = (
            {heading: column for heading, column in headings.items() if column in known}
            for headings in (self.columns, self.fallback)
        )
        return replace(
            self, shape="open_items", grain=grain, columns=columns, fallback=fallback, is_of_entries=True
        )

    @property
    def variants(self) -> list["Preset"]:
        """The preset once for each set of headings it is known by."""
        return [replace(self, known_by=known) for known in (self.known_by, *self.also_known_by)]

    @cached_property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """Of each of these sets of columns a file must have one."""
        has_currency = any(column.name == "currency" for column in self.grain.columns)
        fed = (("currency",),) if has_currency and "currency" not in self.defaults else ()
        if self.shape in NEEDS:
            needs = NEEDS["entries" if self.is_of_entries else self.shape]
            unstated = tuple(columns for columns in needs if not {*columns} & {*self.defaults})
            return unstated + (fed if self.shape != "cleared_invoices" else ())
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

    def list_layout(
        self, feeds: Sequence[Feed], day: str, currency: str, titles: Sequence[tuple[Feed, str]] = ()
    ) -> Layout:
        """Return how the rows of a list are read.

        Args:
            feeds: where each of their cells goes.
            day: of the list, as the native form writes it; empty if it is not known.
            currency: that the headings name; empty if they name none.
            titles: what the lines above its rows say of all of them; it comes before the preset's own.
        """
        stated = {feed.column.name for feed in (*feeds, *(feed for feed, _text in titles))}
        texts = dict(self.defaults)
        texts |= {"list_date": day} if day and self.shape == "open_items" else {}
        texts |= {"currency": currency} if currency else {}
        constants = tuple(
            (Feed(self.grain.column(column), column), text)
            for column, text in texts.items()
            if column not in stated
        )
        return Layout(self.grain, tuple(feeds), (*titles, *constants))

    def feed_of(self, column: str, label: str) -> Feed:
        """Return the feed of a column from the header with that label."""
        return Feed(self.grain.column(column), label, self.formats, self.choices.get(column))

    def _feed(self, header: str) -> Feed:
        return self.feed_of(self.columns[header], header)

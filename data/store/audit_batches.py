"""Documents of audit files that give way: they are taken back when the same administration comes from a list.

An audit file that is all of the receivables gives invoices and payments. If a list, an e-invoice or a
database brings the same administration, each document would count twice, under the number of its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from data import sentences
from data.importers import AnyPreset, Reading
from data.importers.formats.registry import AUDIT_READERS, FormatPreset
from data.message_templates import Message
from data.store import raw_files

# Kinds of row that bring documents.
_DOCUMENTS = ("invoices", "open_items")
# Files that a load writes itself, of documents that are in the books already.
_OWN_FILES = ("invoices_missing.csv", "payments_missing.csv")
_PRESETS = "select batch_id, preset, preset_sha256 from batch where preset is not null order by batch_id"
_ENTITIES = """
    with documents as (
        select f.batch_id, f.entity from invoice_at(null) as f
        union all
        select f.batch_id, f.entity from open_item_at(null) as f
    )
    select distinct coalesce(d.entity, '')
    from documents as d
    inner join batch as b on b.batch_id = d.batch_id
    where not list_contains($audit, d.batch_id) and not list_contains($own_files, b.file_name)
    order by all
    """
# Until now these versions were valid.
_WITHDRAW = """
    insert into superseded
    select $grain, f.batch_id, f.line, cast($recorded_at as timestamp)
    from {table} as f
    anti join superseded as s on s.grain = $grain and s.batch_id = f.batch_id and s.line = f.line
    where list_contains($batches, f.batch_id)
        and (
            coalesce(f.entity, '') = '' or list_contains($entities, '')
            or list_contains($entities, f.entity)
        )
    """


def is_audit_file(preset: AnyPreset | None) -> bool:
    """Tell whether a preset reads audit files."""
    return isinstance(preset, FormatPreset) and preset.reader in AUDIT_READERS


def gives_way(preset: AnyPreset | None) -> bool:
    """Tell whether an audit file brings documents only where nothing else does."""
    return is_audit_file(preset) and isinstance(preset, FormatPreset) and _rows(preset.options) == "auto"


def _rows(options: Mapping[str, str]) -> str:
    return options.get("rows") or "auto"


def same_administration(one: str, other: str) -> bool:
    """Tell whether two names may be of one administration: a file without a name says nothing of it."""
    return one == other or not one or not other


def entities_of(reading: Reading) -> set[str]:
    """Return the administrations of which a file brings documents; an empty text stands for none named."""
    if reading.name in _OWN_FILES:
        return set()
    frames = [reading.grains[kind] for kind in _DOCUMENTS if kind in reading.grains]
    return {
        entity or ""
        for frame in frames
        if frame.height
        for entity in (frame["entity"].unique().to_list() if "entity" in frame.columns else [""])
    }


@dataclass
class AuditBatches:
    """The batches of audit files in a store.

    Attributes:
        all: their numbers.
        yielding: of those whose documents give way.
    """

    all: set[int] = field(default_factory=set)
    yielding: set[int] = field(default_factory=set)
    # Administrations of which the documents of all these were taken back.
    _gave_way: set[str] = field(default_factory=set)

    @classmethod
    def of_store(cls, connection: duckdb.DuckDBPyConnection, folder: Path) -> "AuditBatches":
        """Return those of a store.

        Args:
            connection: a reader's or the writer's.
            folder: the store, whose presets are beside its raw files.
        """
        batches, known = cls(), dict[tuple[str, str], AnyPreset | None]()
        for number, name, digest in connection.execute(_PRESETS).fetchall():
            if (name, digest) not in known:
                known[name, digest] = raw_files.preset_of(folder / "raw", name, digest)
            batches.add(number, known[name, digest])
        return batches

    def add(self, number: int, preset: AnyPreset | None) -> None:
        """Note a batch, if it is of an audit file."""
        if is_audit_file(preset):
            self.all.add(number)
        if gives_way(preset):
            self.yielding.add(number)
            self._gave_way.clear()

    def other_entities(self, connection: duckdb.DuckDBPyConnection) -> set[str]:
        """Return the administrations of which other batches brought documents."""
        values = {"audit": sorted(self.all), "own_files": list(_OWN_FILES)}
        return {entity for (entity,) in connection.execute(_ENTITIES, values).fetchall()}

    def may_withdraw(self, reading: Reading) -> bool:
        """Tell whether a file of another source may have documents to take back.

        Thousands of files of one administration take them back once.
        """
        if not self.yielding:
            return False
        entities = entities_of(reading)
        return bool(entities) and "" not in self._gave_way and not entities <= self._gave_way

    def withdraw(
        self, connection: duckdb.DuckDBPyConnection, reading: Reading, recorded_at: datetime
    ) -> Message | None:
        """Take back the documents of audit files of which a file of another source brings the administration.

        Args:
            connection: the writer's.
            reading: the file, of another source.
            recorded_at: UTC instant since when they count no longer.

        Returns:
            How many there were; None if there were none.
        """
        if not self.may_withdraw(reading):
            return None
        entities = entities_of(reading)
        self._gave_way |= entities
        counts = []
        for grain, table in (("invoices", "invoice"), ("payments", "settlement")):
            values = {
                "grain": grain,
                "recorded_at": recorded_at,
                "batches": sorted(self.yielding),
                "entities": sorted(entities),
            }
            rows = connection.execute(_WITHDRAW.format(table=table), values).fetchall()
            counts.append(int(rows[0][0]) if rows else 0)
        if not any(counts):
            return None
        return sentences.AUDIT_WITHDRAWN(invoices=counts[0], settlements=counts[1])

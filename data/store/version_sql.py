"""The statements that put rows into the store as versions, for one kind of row and the columns a file states.

They work on temporary tables: `incoming` (the rows of the file and their line), `valid` (the valid version of
each key in the file), `differing` (the incoming rows that say something new), `stated` (one row per key and
file that spoke of it), `combined` (one row per key: each column as the newest file stated it), `outcome` (per
key, which version is valid from now on), `repeated` (valid rows the file repeats, with the day it speaks of).
"""

from collections.abc import Collection
from dataclasses import dataclass

from data.grains import Grain
from data.store.batches import in_file, table_of

TEMPORARY = ("incoming", "valid", "differing", "stated", "combined", "outcome", "repeated")
# An instalment schedule is agreed as a whole: a newer one replaces all its rows.
_WHOLE_SETS = {"instalments": ("invoice_id",)}
# The last column of the key numbers the rows of the others, from 1. A file states all places of a set: one
# that it has no row for is taken back. So each place is versioned by itself, column by column, as any row is.
_PLACES = {"payments": "place"}


def _same(names: Collection[str], left: str, right: str) -> str:
    return " and ".join(f"{left}.{name} is not distinct from {right}.{name}" for name in names)


@dataclass(frozen=True)
class VersionSql:
    """The statements for a kind of row.

    Attributes:
        grain: the kind of row.
        stated: the columns the file states; it says nothing of the others.
    """

    grain: Grain
    stated: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the kind."""
        return tuple(column.name for column in self.grain.columns)

    @property
    def is_whole_set(self) -> bool:
        """Whether the rows of a key are replaced together."""
        return self.grain.name in _WHOLE_SETS

    @property
    def all(self) -> list[str]:
        """Every statement of the kind, in the order of use."""
        return [*self.until_valid, *self.after_valid]

    @property
    def until_valid(self) -> list[str]:
        """The statements up to and including `finding_valid`, in the order of use."""
        return [*self.emptying_places, self.finding_valid]

    @property
    def after_valid(self) -> list[str]:
        """The statements after `finding_valid`, in the order of use."""
        if self.is_whole_set:
            between = [*self.widening, self.inserting, self.superseding_sets]
        else:
            between = [self.inserting, *self.superseding, *self.superseding_places]
        return [self.finding_differing, *between, *self.confirming]

    @property
    def for_new_keys(self) -> list[str]:
        """Those of `after_valid` that do something where `valid` is empty: no row overtakes another."""
        return [self.finding_differing, self.inserting]

    @property
    def emptying_places(self) -> list[str]:
        """Add to `incoming` a row of 0.00 for each place that the store has and the file's set does not."""
        place = _PLACES.get(self.grain.name)
        if place is None:
            return []
        of_set = [name for name in self._key if name != place]
        cells = ", ".join("0.00" if name == "amount" else f"f.{name}" for name in self.columns)
        in_order = ", ".join(f"f.{name}" for name in self._key)
        return [
            f"""
            insert into incoming ({self._listed}, line)
            with stored as (
                select f.*, s.batch_id is null as is_valid,
                from {table_of(self.grain)} as f
                left join {self._beside("superseded")} as s
                    on s.grain = $grain and s.batch_id = f.batch_id and s.line = f.line
                where f.{place} > 1
                    and exists (select 1 from incoming as n where {_same(of_set, "f", "n")})
                    and not exists (select 1 from incoming as n where {_same(self._key, "f", "n")})
                qualify row_number() over (
                    partition by {in_order} order by is_valid desc, f.batch_id desc, f.line desc
                ) = 1
            )
            select {cells},
                (select max(n.line) from incoming as n) + row_number() over (order by {in_order})
            from stored as f
            """
        ]

    @property
    def superseding_places(self) -> list[str]:
        """Mark new rows at places of a set that a later dated file stated without them."""
        place = _PLACES.get(self.grain.name)
        if place is None:
            return []
        of_set = [name for name in self._key if name != place]
        return [
            f"""
            insert into {self._beside("superseded")}
            select $grain, cast($batch as integer), n.line, cast($recorded_at as timestamp)
            from differing as n
            inner join valid as c on {_same(of_set, "c", "n")} and c.{place} = 1
            where
                n.{place} > 1
                and not exists (select 1 from valid as o where {_same(self._key, "o", "n")})
                and c.valid_from > coalesce($source_date, cast($recorded_at as date))
            """
        ]

    @property
    def finding_valid(self) -> str:
        """Make `valid`: the valid rows of the keys the file names, each with the day since which it holds.

        Only these keys: a day's few rows must not copy years of ledger. Not through `<table>_at`: that leaves
        out rows that are withdrawn, which are versions like any other.
        """
        return f"""
            create or replace temp table valid as
            select
                {", ".join(f"f.{name}" for name in self.columns)},
                f.batch_id,
                f.line,
                coalesce(f.source_date, cast(f.recorded_at as date)) as own_day,
                b.unsaid,
                greatest(own_day, c.valid_from) as valid_from,
            from {table_of(self.grain)} as f
            inner join {self._beside("batch")} as b on b.batch_id = f.batch_id
            anti join {self._beside("superseded")} as s
                on s.grain = $grain and s.batch_id = f.batch_id and s.line = f.line
            left join (
                select c.batch_id, c.line, max(c.valid_from) as valid_from
                from {self._beside("confirmed")} as c where c.grain = $grain group by all
            ) as c on c.batch_id = f.batch_id and c.line = f.line
            where exists (select 1 from incoming as n where {_same(self._key, "f", "n")})
            """

    @property
    def finding_differing(self) -> str:
        """Make `differing`: the incoming rows that are not what is valid in a column they state."""
        return f"""
            create or replace temp table differing as
            select n.* from incoming as n
            where not exists (select 1 from valid as c where {self._same_row})
            """

    @property
    def widening(self) -> list[str]:
        """Widen `differing` to whole sets: one changed, added or missing row makes the set a new version."""
        names = ", ".join(self._key)
        return [
            f"""
            create or replace temp table changed_set as
            select {names} from differing union
            select {names} from valid as c where ({names}) in (select {names} from incoming)
                and not exists (select 1 from incoming as n where {self._same_row})
            """,
            f"""
            create or replace temp table differing as select * from incoming as n
            where ({", ".join(f"n.{name}" for name in self._key)}) in (select {names} from changed_set)
            """,
            "drop table temp.changed_set",
        ]

    @property
    def inserting(self) -> str:
        """Insert the differing rows as versions."""
        return f"""
            insert into {table_of(self.grain)} ({self._listed}, line, batch_id, source_date, recorded_at)
            select {self._listed}, line, $batch, $source_date, $recorded_at from differing order by line
            """

    @property
    def superseding_sets(self) -> str:
        """Mark the sets that new ones overtake, or the new ones if a later dated set is already there."""
        later = "coalesce($source_date, cast($recorded_at as date)) >= c.valid_from"
        same_key = _same(self._key, "c", "n")
        return f"""
            insert into {self._beside("superseded")}
            select distinct $grain, c.batch_id, c.line, cast($recorded_at as timestamp)
            from valid as c inner join differing as n on {same_key} where {later}
            union all
            select distinct $grain, cast($batch as integer), n.line, cast($recorded_at as timestamp)
            from valid as c inner join differing as n on {same_key} where not ({later})
            """

    @property
    def superseding(self) -> list[str]:
        """Combine all that files state of the keys that differ, and make that the valid version of each."""
        grain, key = self.grain, self._key
        of_key = ", ".join(f"f.{name}" for name in self.columns)
        return [
            f"""
            create or replace temp table stated as
            with named as (
                select f.*, coalesce(b.unsaid, $unsaid) as unsaid,
                from {table_of(grain)} as f
                left join {self._beside("batch")} as b on b.batch_id = f.batch_id
                where exists (
                    select 1 from differing as n
                    inner join valid as c on {_same(key, "c", "n")}
                    where {_same(key, "f", "n")}
                )
            )
            select
                {of_key},
                coalesce(f.source_date, cast(f.recorded_at as date)) as day,
                f.batch_id as by_batch_id,
                f.unsaid,
            from named as f
            where f.line > 0
            union all
            select {of_key}, c.valid_from, c.by_batch_id, b.unsaid
            from named as f
            inner join {self._beside("confirmed")} as c
                on c.grain = $grain and c.batch_id = f.batch_id and c.line = f.line
            inner join {self._beside("batch")} as b on b.batch_id = c.by_batch_id
            """,
            f"""
            create or replace temp table combined as
            with ranked as (
                select t.*, row_number() over (
                    partition by {", ".join(key)} order by t.day, t.by_batch_id
                ) as rank
                from stated as t
            )
            select {", ".join([f"t.{name}" for name in key] + self._newest)}
            from ranked as t
            group by {", ".join(f"t.{name}" for name in key)}
            """,
            f"""
            create or replace temp table outcome as
            select
                {", ".join(f"s.{name}" for name in self.columns)},
                n.line as new_line,
                c.batch_id as old_batch_id,
                c.line as old_line,
                {_same(self.columns, "s", "c")} as is_old,
                {_same(self.columns, "s", "n")} as is_new,
            from combined as s
            inner join differing as n on {_same(key, "n", "s")}
            inner join valid as c on {_same(key, "c", "s")}
            """,
            f"""
            insert into {table_of(grain)} ({self._listed}, line, batch_id, source_date, recorded_at)
            select {self._listed}, -new_line, $batch, $source_date, $recorded_at from outcome
            where not is_old and not is_new order by new_line
            """,
            f"""
            insert into {self._beside("superseded")}
            select $grain, old_batch_id, old_line, cast($recorded_at as timestamp) from outcome
            where not is_old
            union all
            select $grain, cast($batch as integer), new_line, cast($recorded_at as timestamp)
            from outcome where is_old or not is_new
            """,
        ]

    @property
    def confirming(self) -> list[str]:
        """Note the valid rows the file repeats, if that says more than their own file did."""
        confirmed = self._beside("confirmed")
        # Of files of the same columns the newest is enough.
        of_same_width = (
            f"c.grain = $grain and c.by_batch_id in "
            f"(select b.batch_id from {self._beside('batch')} as b where b.unsaid = $unsaid)"
        )
        return [
            f"""
            create or replace temp table repeated as
            select c.batch_id, c.line, coalesce($source_date, cast($recorded_at as date)) as day
            from incoming as n
            inner join valid as c on {self._same_row}
            where
                n.line not in (select line from differing)
                and not (c.line > 0 and c.own_day >= day and c.unsaid in ('', $unsaid))
            """,
            f"""
            delete from repeated as s using {confirmed} as c where {of_same_width}
                and c.batch_id = s.batch_id and c.line = s.line and c.valid_from > s.day
            """,
            f"""
            delete from {confirmed} as c using repeated as s where {of_same_width}
                and c.batch_id = s.batch_id and c.line = s.line
            """,
            f"insert into {confirmed} select $grain, batch_id, line, $batch, day from repeated",
        ]

    @property
    def _key(self) -> tuple[str, ...]:
        return _WHOLE_SETS.get(self.grain.name, self.grain.key)

    @property
    def _listed(self) -> str:
        return ", ".join(self.columns)

    @property
    def _same_row(self) -> str:
        return f"{_same(self._key, 'c', 'n')} and {_same(self.stated, 'c', 'n')}"

    @property
    def _newest(self) -> list[str]:
        """Per column outside the key: the newest value stated, or the newest of all if no file states it."""
        values = []
        for name in self.columns:
            if name not in self._key:
                states = f"not list_contains(string_split(t.unsaid, ' '), '{self.grain.name}.{name}')"
                last = f"arg_max_null(t.{name}, t.rank)"
                values.append(
                    f"case when count(*) filter ({states}) > 0 "
                    f"then {last} filter ({states}) else {last} end as {name}"
                )
        return values

    def _beside(self, name: str) -> str:
        """Return a table of the file the kind is kept in, as `superseded`."""
        return in_file(self.grain.database, name)

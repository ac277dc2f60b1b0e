"""The statements that put rows into the store as versions, for one kind of row and the columns files state.

They work on temporary tables. `arrived` has rows of files that are not in the store yet, with the facts of
their batches (BATCH_FACTS); `incoming` those of a turn, in which every key comes from one file; `repeating`
rows that are as the store has them already, of any number of files. Of a turn: `valid` (the valid version of
each key), `differing` (the incoming rows that say something new), `stated` (one row per key and file that
spoke of it), `combined` (one row per key: each column as the newest file stated it), `outcome` (per key,
which version is valid from now on), `repeated` (valid rows that files repeat, with the day they speak of).
"""

from collections.abc import Collection
from dataclasses import dataclass

from data.grains import Grain
from data.store.batches import in_file, table_of

TEMPORARY = (
    "bundle", "arrived", "incoming", "repeating", "valid", "differing", "stated", "combined", "outcome",
    "repeated",
)  # fmt: skip
# What each arriving row says of its batch; `day` is the one its file speaks of, `last_line` that of its rows.
BATCH_FACTS = ("batch_id", "source_date", "recorded_at", "day", "unsaid", "last_line")
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
        stated: the columns that every file states.
        stated_by_some: those that only some of the files state; the files say nothing of the others.
    """

    grain: Grain
    stated: tuple[str, ...]
    stated_by_some: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the kind."""
        return tuple(column.name for column in self.grain.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """What identifies a version."""
        return _WHOLE_SETS.get(self.grain.name, self.grain.key)

    @property
    def set_key(self) -> tuple[str, ...]:
        """The key, without the place of a row in its set."""
        return tuple(name for name in self.key if name != _PLACES.get(self.grain.name))

    @property
    def is_whole_set(self) -> bool:
        """Whether the rows of a key are replaced together."""
        return self.grain.name in _WHOLE_SETS

    @property
    def is_by_key(self) -> bool:
        """Whether each row is a version by itself, whatever other rows its file has."""
        return not self.is_whole_set and self.grain.name not in _PLACES

    @property
    def all(self) -> list[str]:
        """Every statement of a turn, in the order of use."""
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
        cells = ", ".join("0.00" if name == "amount" else f"f.{name}" for name in self.columns)
        in_order = ", ".join(f"f.{name}" for name in self.key)
        facts = ", ".join(f"f.by_{name}" for name in BATCH_FACTS)
        return [
            f"""
            insert into incoming ({self._listed}, line, {", ".join(BATCH_FACTS)})
            with arriving as (
                select distinct
                    {", ".join(self.set_key)}, {", ".join(f"{name} as by_{name}" for name in BATCH_FACTS)},
                from incoming
            ),
            last_line as (
                select f.batch_id, max(f.line) as line
                from {table_of(self.grain)} as f
                where f.batch_id >= (select min(batch_id) from incoming)
                group by f.batch_id
            ),
            stored as (
                select f.*, n.* exclude ({", ".join(self.set_key)}), s.batch_id is null as is_valid,
                from {table_of(self.grain)} as f
                inner join arriving as n on {_same(self.set_key, "f", "n")}
                left join {self._beside("superseded")} as s
                    on s.grain = $grain and s.batch_id = f.batch_id and s.line = f.line
                where f.{place} > 1
                    and not exists (select 1 from incoming as n where {_same(self.key, "f", "n")})
                qualify row_number() over (
                    partition by {in_order} order by is_valid desc, f.batch_id desc, f.line desc
                ) = 1
            )
            select {cells},
                greatest(f.by_last_line, l.line)
                    + row_number() over (partition by f.by_batch_id order by {in_order}),
                {facts},
            from stored as f
            left join last_line as l on l.batch_id = f.by_batch_id
            """
        ]

    @property
    def superseding_places(self) -> list[str]:
        """Mark new rows at places of a set that a later dated file stated without them."""
        place = _PLACES.get(self.grain.name)
        if place is None:
            return []
        return [
            f"""
            insert into {self._beside("superseded")}
            select $grain, n.batch_id, n.line, n.recorded_at
            from differing as n
            inner join valid as c on {_same(self.set_key, "c", "n")} and c.{place} = 1
            where
                n.{place} > 1
                and not exists (select 1 from valid as o where {_same(self.key, "o", "n")})
                and c.valid_from > n.day
            """
        ]

    @property
    def finding_valid(self) -> str:
        """Make `valid`: the valid rows of the keys of a turn, each with the day since which it holds."""
        return self.valid_of("incoming")

    def valid_of(self, rows: str) -> str:
        """Return the statement that makes `valid` for the keys in a table.

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
            inner join {self._batches} as b on b.batch_id = f.batch_id
            anti join {self._beside("superseded")} as s
                on s.grain = $grain and s.batch_id = f.batch_id and s.line = f.line
            left join (
                select c.batch_id, c.line, max(c.valid_from) as valid_from
                from {self._beside("confirmed")} as c where c.grain = $grain group by all
            ) as c on c.batch_id = f.batch_id and c.line = f.line
            where exists (select 1 from {rows} as n where {_same(self.key, "f", "n")})
            """

    @property
    def finding_differing(self) -> str:
        """Make `differing`: the incoming rows that are not what is valid in a column they state."""
        return f"""
            create or replace temp table differing as
            select n.* from incoming as n
            where not exists (select 1 from valid as c where {self.same_row})
            """

    @property
    def widening(self) -> list[str]:
        """Widen `differing` to whole sets: one changed, added or missing row makes the set a new version."""
        names = ", ".join(self.key)
        return [
            f"""
            create or replace temp table changed_set as
            select {names} from differing union
            select {names} from valid as c where ({names}) in (select {names} from incoming)
                and not exists (select 1 from incoming as n where {self.same_row})
            """,
            f"""
            create or replace temp table differing as select * from incoming as n
            where ({", ".join(f"n.{name}" for name in self.key)}) in (select {names} from changed_set)
            """,
            "drop table temp.changed_set",
        ]

    @property
    def inserting(self) -> str:
        """Insert the differing rows as versions."""
        return f"""
            insert into {table_of(self.grain)} ({self._listed}, line, batch_id, source_date, recorded_at)
            select {self._listed}, line, batch_id, source_date, recorded_at
            from differing order by batch_id, line
            """

    @property
    def superseding_sets(self) -> str:
        """Mark the sets that new ones overtake, or the new ones if a later dated set is already there."""
        later = "n.day >= c.valid_from"
        same_key = _same(self.key, "c", "n")
        return f"""
            insert into {self._beside("superseded")}
            select distinct $grain, c.batch_id, c.line, n.recorded_at
            from valid as c inner join differing as n on {same_key} where {later}
            union all
            select distinct $grain, n.batch_id, n.line, n.recorded_at
            from valid as c inner join differing as n on {same_key} where not ({later})
            """

    @property
    def superseding(self) -> list[str]:
        """Combine all that files state of the keys that differ, and make that the valid version of each."""
        grain, key = self.grain, self.key
        of_key = ", ".join(f"f.{name}" for name in self.columns)
        return [
            f"""
            create or replace temp table stated as
            with named as (
                select f.*, b.unsaid,
                from {table_of(grain)} as f
                inner join {self._batches} as b on b.batch_id = f.batch_id
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
            inner join {self._batches} as b on b.batch_id = c.by_batch_id
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
                n.batch_id as new_batch_id,
                n.source_date,
                n.recorded_at,
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
            select {self._listed}, -new_line, new_batch_id, source_date, recorded_at from outcome
            where not is_old and not is_new order by new_batch_id, new_line
            """,
            f"""
            insert into {self._beside("superseded")}
            select $grain, old_batch_id, old_line, recorded_at from outcome
            where not is_old
            union all
            select $grain, new_batch_id, new_line, recorded_at
            from outcome where is_old or not is_new
            """,
        ]

    @property
    def confirming(self) -> list[str]:
        """Note the valid rows the files of a turn repeat, if that says more than their own file did."""
        return self.confirming_of("incoming")

    def confirming_of(self, rows: str) -> list[str]:
        """Return the statements that note the valid rows which those of a table repeat."""
        confirmed = self._beside("confirmed")
        is_new = ""
        if rows == "incoming":
            is_new = """
                not exists (
                    select 1 from differing as d where d.batch_id = n.batch_id and d.line = n.line
                )
                and"""
        # Of files of the same columns the newest is enough.
        of_same_width = (
            "c.grain = $grain and b.batch_id = c.by_batch_id and b.unsaid = s.unsaid "
            "and c.batch_id = s.batch_id and c.line = s.line"
        )
        return [
            f"""
            create or replace temp table repeated as
            select
                c.batch_id, c.line, n.unsaid,
                max(n.day) as day,
                arg_max(n.batch_id, (n.day, n.batch_id)) as by_batch_id,
            from {rows} as n
            inner join valid as c on {self.same_row}
            where{is_new} not (c.line > 0 and c.own_day >= n.day and c.unsaid in ('', n.unsaid))
            group by c.batch_id, c.line, n.unsaid
            """,
            f"""
            delete from repeated as s using {confirmed} as c, {self._batches} as b
            where {of_same_width} and c.valid_from > s.day
            """,
            f"""
            delete from {confirmed} as c using repeated as s, {self._batches} as b
            where {of_same_width}
            """,
            f"insert into {confirmed} select $grain, batch_id, line, by_batch_id, day from repeated",
        ]

    @property
    def _batches(self) -> str:
        """The batches of the file the kind is kept in, with those that are being put in."""
        stored = f"select batch_id, unsaid from {self._beside('batch')}"
        return f"({stored} union all select batch_id, unsaid from temp.bundle)"

    @property
    def _listed(self) -> str:
        return ", ".join(self.columns)

    @property
    def same_row(self) -> str:
        """The condition that row `n` says what valid row `c` does, in the columns that its file states."""
        every = f"{_same(self.key, 'c', 'n')} and {_same(self.stated, 'c', 'n')}"
        by_some = [
            f"(list_contains(string_split(n.unsaid, ' '), '{self.grain.name}.{name}') "
            f"or c.{name} is not distinct from n.{name})"
            for name in self.stated_by_some
        ]
        return " and ".join([every, *by_some])

    @property
    def _newest(self) -> list[str]:
        """Per column outside the key: the newest value stated, or the newest of all if no file states it."""
        values = []
        for name in self.columns:
            if name not in self.key:
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

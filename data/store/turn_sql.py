"""The statements that part the rows of many files into turns, in each of which a key comes from one file.

Rows of one key are versions of one another, in the order of their files; rows of different keys are none of
each other's business. So the first file of every key goes in at once, then the second of every key. Most
files repeat what the store has by then: those rows are noted together, however many they are.
"""

from data.store.version_sql import VersionSql


def taking_turn(sql: VersionSql) -> list[str]:
    """Return the statements that move the rows of the first file of each key from `arrived` to `incoming`."""
    return [
        f"""
        create or replace temp table incoming as
        select * from arrived qualify batch_id = min(batch_id) over (partition by {", ".join(sql.set_key)})
        """,
        _without("incoming"),
    ]


def skipping(sql: VersionSql) -> list[str]:
    """Return the statements that note rows of `arrived` which repeat what is valid, and take them out.

    Of each key those count that come before the first file with something else to say. Sets of rows are
    left alone: a file that repeats each of its rows may lack another.
    """
    if not sql.is_by_key:
        return []
    return [
        sql.valid_of("arrived"),
        f"""
        create or replace temp table repeating as
        with compared as (
            select n.*, exists (select 1 from valid as c where {sql.same_row}) as is_same,
            from arrived as n
        )
        select * from compared qualify batch_id < coalesce(
            min(batch_id) filter (not is_same) over (partition by {", ".join(sql.key)}), batch_id + 1
        )
        """,
        _without("repeating"),
        *sql.confirming_of("repeating"),
    ]


def _without(rows: str) -> str:
    """Return the statement that takes the rows of a table out of `arrived`."""
    return f"""
        create or replace temp table arrived as
        select a.* from arrived as a
        anti join {rows} as n on n.batch_id = a.batch_id and n.line = a.line
        """

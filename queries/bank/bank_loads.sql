-- name: bank_loads
-- One row per load that brought files of a bank, the newest first: what came with it, and whether it was taken back.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns load_number: BIGINT  of the load, counted over all loads
-- returns recorded_at: TIMESTAMP  when it was loaded, UTC
-- returns file_names: VARCHAR  names of its files, separated by commas
-- returns accounts: VARCHAR  accounts of its new rows, separated by commas; null: it had none
-- returns from_date: DATE  first day of its new rows; null: it had none
-- returns to_date: DATE  last day of its new rows; null: it had none
-- returns statements: BIGINT  statements that no earlier file had
-- returns entries: BIGINT  entries that no earlier file had, batches in their parts; lines of payment providers as well
-- returns repeated: BIGINT  rows that an earlier file had as well
-- returns is_taken_back: BOOLEAN  somebody took the load back
with row_of_load as (
    select
        batch.load_number,
        string_agg(distinct row.account, ', ' order by row.account) as accounts,
        min(row.from_date) as from_date,
        max(row.to_date) as to_date,
        count(*) filter (row.grain = 'bank_statements') as statements,
        count(*) filter (row.grain in ('bank_entries', 'provider_payments')) as entries,
    from bank_row_at($known_on) as row
    inner join bank_batch_at($known_on) as batch on batch.batch_id = row.batch_id
    group by batch.load_number
),
file_of_load as (
    select
        batch.load_number,
        min(batch.recorded_at) as recorded_at,
        string_agg(batch.file_name, ', ' order by batch.batch_id) as file_names,
        cast(sum(batch.duplicate) as bigint) as repeated,
        bool_and(batch.is_taken_back) as is_taken_back,
    from bank_batch_at($known_on) as batch
    group by batch.load_number
)
select
    file.load_number,
    file.recorded_at,
    file.file_names,
    rows.accounts,
    rows.from_date,
    rows.to_date,
    coalesce(rows.statements, 0) as statements,
    coalesce(rows.entries, 0) as entries,
    file.repeated,
    file.is_taken_back,
from file_of_load as file
left join row_of_load as rows on rows.load_number = file.load_number
order by file.recorded_at desc, file.load_number

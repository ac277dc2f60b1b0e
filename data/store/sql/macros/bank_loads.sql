-- Whether a file was written to take a load back, or in again: it says nothing of its own.
create or replace macro is_of_reversal(in_file_name) as ends_with(in_file_name, '_by_reversal.csv');

-- One row per row of a bank that a file was the first to have as it is.
create or replace macro bank_row_at(in_known_on) as table
with bank_row as (
    select 'bank_entries' as grain, f.batch_id, f.line, f.account, f.entry_date as from_date, f.entry_date as to_date
    from bank_entry as f
    union all
    select 'bank_statements', f.batch_id, f.line, f.account, coalesce(f.from_date, f.to_date), f.to_date
    from bank_statement as f
    union all
    select 'bank_balances', f.batch_id, f.line, f.account, f.balance_date, f.balance_date
    from bank_balance as f
    union all
    select 'provider_payments', f.batch_id, f.line, f.provider, f.created_date, f.created_date
    from provider_payment as f
)
select row.*
from bank_row as row
inner join batch on batch.batch_id = row.batch_id
where row.line > 0 and (in_known_on is null or batch.recorded_at <= in_known_on);

-- One row per batch that came from a file of a bank: the load it came with, and whether somebody took it back.
-- The files of one load are a microsecond apart.
create or replace macro bank_batch_at(in_known_on) as table
with batch_in_order as (
    select
        batch.*,
        strftime(batch.recorded_at, '%Y-%m-%dT%H:%M:%S.%f') as loaded_at,
        epoch_us(batch.recorded_at) - lag(epoch_us(batch.recorded_at)) over (order by batch.batch_id) = 1 as goes_on,
    from batch_at(in_known_on) as batch
),
batch_of_load as (
    select
        batch.*,
        count(*) filter (not coalesce(batch.goes_on, false)) over (order by batch.batch_id) as load_number,
    from batch_in_order as batch
)
select
    batch.batch_id,
    batch.load_number,
    batch.recorded_at,
    batch.loaded_at,
    batch.source_date,
    batch.file_name,
    batch.preset,
    batch.preset_sha256,
    batch.sha256,
    batch.duplicate,
    coalesce(reversal.state = 'taken_back', false) as is_taken_back,
from batch_of_load as batch
left join bank_load_reversal_at(in_known_on) as reversal
    on reversal.loaded_at = batch.loaded_at
where
    batch.kind in ('bank_entries', 'bank_statements', 'bank_balances', 'provider_payments')
    and not is_of_reversal(batch.file_name);

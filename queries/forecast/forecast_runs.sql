-- name: forecast_runs
-- One row per part of a forecast that was kept, the latest week first.
--
-- param as_of: DATE  only forecasts from this day or before it
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns as_of: DATE  last day known to the forecast; its first week starts the day after
-- returns part: VARCHAR  weeks, invoices or payments
-- returns currency: VARCHAR  reporting currency of its amounts
-- returns row_count: INTEGER  rows of the part
-- returns file_hash: VARCHAR  SHA-256 of its Parquet file, which is its name under frozen/
-- returns kept_at: TIMESTAMP  when it was kept, UTC
select run.as_of, run.part, run.currency, run.row_count, run.file_hash, run.recorded_at as kept_at
from forecast_run_at($known_on) as run
where run.as_of <= $as_of
order by run.as_of desc, run.part

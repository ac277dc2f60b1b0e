-- name: source_runs
-- One row per source of `sources.toml` that was ever loaded: what came of its last run, when it last brought something
-- new, and how far it goes.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns source_name: VARCHAR  its name
-- returns run_outcome: VARCHAR  of the last run: loaded, nothing_new or failed
-- returns recorded_at: TIMESTAMP  of the last run, UTC
-- returns new_at: TIMESTAMP  when it last brought something new, UTC; null: never
-- returns files: BIGINT  files taken in at the last run
-- returns accepted: BIGINT  rows taken in then
-- returns rejected: BIGINT  rows refused then
-- returns last_date: DATE  last day in what it ever brought
-- returns message: VARCHAR  why the last run failed, as template and values (JSON); null if it did not
with ranked_run as (
    select
        run.*,
        row_number() over (partition by run.source_name order by run.run_id desc) as place,
        max(run.recorded_at) filter (where run.outcome = 'loaded') over (partition by run.source_name) as new_at,
        max(run.last_date) over (partition by run.source_name) as last_date_ever,
    from source_run_at($known_on) as run
)
select
    run.source_name,
    run.outcome as run_outcome,
    run.recorded_at,
    run.new_at,
    cast(run.files as bigint) as files,
    cast(run.accepted as bigint) as accepted,
    cast(run.rejected as bigint) as rejected,
    run.last_date_ever as last_date,
    run.message,
from ranked_run as run
where run.place = 1
order by run.source_name

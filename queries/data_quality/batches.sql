-- name: batches
-- One row per imported file, newest first: its rows read, accepted, refused and repeated.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns batch_id: INTEGER  number of the batch
-- returns recorded_at: TIMESTAMP  when it was loaded, UTC
-- returns kind: VARCHAR  kind of its rows
-- returns file_name: VARCHAR  name of the file as it came
-- returns preset: VARCHAR  the preset it was read with; null for the native format
-- returns sha256: VARCHAR  hash of the file's bytes
-- returns rows_read: BIGINT  data rows in the file
-- returns accepted: BIGINT  rows with something new
-- returns rejected: BIGINT  rows refused, listed by rejects
-- returns duplicate: BIGINT  rows that repeat known ones
-- returns sum_read: DECIMAL(38,2)  control total of the rows read; null where the kind has none
-- returns sum_accepted: DECIMAL(38,2)  control total of the rows accepted
-- returns source_date: DATE  day the file itself speaks of, if told
select
    batch.batch_id,
    batch.recorded_at,
    batch.kind,
    batch.file_name,
    batch.preset,
    batch.sha256,
    batch.rows_read,
    batch.accepted,
    batch.rejected,
    batch.duplicate,
    batch.sum_read,
    batch.sum_accepted,
    batch.source_date,
from batch_at($known_on) as batch
order by batch.batch_id desc

-- name: rejects
-- One row per refused row of an imported file, newest file first: where it stands, why, and what it said.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param batch: INTEGER = null  only this batch
-- returns batch_id: INTEGER  number of the batch
-- returns file_name: VARCHAR  name of the file as it came
-- returns line: BIGINT  line in the file, the header is line 1
-- returns column: VARCHAR  column it is about; null for the whole row
-- returns reason: VARCHAR  why it was refused
-- returns raw: VARCHAR  the row as it came
select
    reject.batch_id,
    batch.file_name,
    reject.line,
    reject.column_name as "column",
    reject.reason,
    reject.raw,
from reject_at($known_on) as reject
inner join batch_at($known_on) as batch on batch.batch_id = reject.batch_id
where $batch is null or reject.batch_id = $batch
order by reject.batch_id desc, reject.line, reject.column_name, reject.reason

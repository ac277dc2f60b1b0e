-- name: rejects
-- One row per refused row of an imported file, newest file first: where it stands, why, and what it said.
--
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param batch: INTEGER = null  only this batch
-- returns batch_id: INTEGER  number of the batch
-- returns file_name: VARCHAR  name of the file as it came
-- returns line: BIGINT  line in the file, the header is line 1
-- returns column: VARCHAR  column it is about; null for the whole row
-- returns reason: VARCHAR  why it was refused
-- returns raw: VARCHAR  the row as it came
select
    r.batch_id,
    b.file_name,
    r.line,
    r.column_name as "column",
    r.reason,
    r.raw,
from reject_at($known_on) as r
inner join batch_at($known_on) as b on b.batch_id = r.batch_id
where $batch is null or r.batch_id = $batch
order by r.batch_id desc, r.line, r.column_name, r.reason

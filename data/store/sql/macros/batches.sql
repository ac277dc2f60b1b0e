-- One row per batch of both files, as known on a moment (null: now).
create or replace macro batch_at(in_known_on) as table
with batch_of_both_files as (
    select batch.* from batch
    union all
    select batch.* from journal.batch as batch
)
select batch.*
from batch_of_both_files as batch
where in_known_on is null or batch.recorded_at <= in_known_on;

-- One row per refused row of the files of those batches.
create or replace macro reject_at(in_known_on) as table
with reject_of_both_files as (
    select reject.* from reject
    union all
    select reject.* from journal.reject as reject
)
select reject.*
from reject_of_both_files as reject
semi join batch_at(in_known_on) as batch on batch.batch_id = reject.batch_id;

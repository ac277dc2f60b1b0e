-- The batches and refused rows of both files, as known on a moment (null: now).

create or replace macro batch_at(in_known_on) as table
with every as (
    select b.* from batch as b
    union all
    select b.* from journal.batch as b
)
select e.*
from every as e
where in_known_on is null or e.recorded_at <= in_known_on;

create or replace macro reject_at(in_known_on) as table
with every as (
    select r.* from reject as r
    union all
    select r.* from journal.reject as r
)
select e.*
from every as e
semi join batch_at(in_known_on) as b on b.batch_id = e.batch_id;

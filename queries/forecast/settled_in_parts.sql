-- name: settled_in_parts
-- One row per document, day it falls due and day something was settled on it, but for documents settled at once.
-- With them what was open on any earlier day can be told; a document closed by its one settlement needs none.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns document_id: VARCHAR  the document
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns post_date: DATE  day of the settlement
-- returns amount: DECIMAL(38,2)  what the open amount fell by; negative where it rose
with settled as (
    select
        i.document_id,
        i.instalment,
        i.post_date,
        cast(-sum(i.amount) as decimal(38, 2)) as amount,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.post_date <= $as_of
        and i.due_date is not null
        and i.kind not in ('invoice', 'credit_note')
    group by all
    having sum(i.amount) <> 0
),
open_part as (
    select i.document_id, i.instalment
    from item_at($known_on, $currency, $entity, $segment) as i
    where i.post_date <= $as_of and i.due_date is not null
    group by i.document_id, i.instalment
    having sum(i.amount) <> 0
),
counted as (
    select
        s.*,
        count(*) over (partition by s.document_id, s.instalment) as days,
        o.document_id is not null as is_open,
    from settled as s
    left join open_part as o on o.document_id = s.document_id and o.instalment = s.instalment
)
select
    c.document_id,
    c.instalment,
    c.post_date,
    c.amount,
from counted as c
where c.days > 1 or c.is_open
order by c.document_id, c.instalment, c.post_date

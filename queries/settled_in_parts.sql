-- name: settled_in_parts
-- One row per document, day it falls due and day something was settled on it, for documents settled on several days.
-- With them what was open on any earlier day can be told; a document settled at once needs none.
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
counted as (
    select s.*, count(*) over (partition by s.document_id, s.instalment) as days
    from settled as s
)
select
    c.document_id,
    c.instalment,
    c.post_date,
    c.amount,
from counted as c
where c.days > 1
order by c.document_id, c.instalment, c.post_date

-- name: settled_in_parts
-- One row per document, day it falls due and day something was settled on it, but for documents settled at once. They
-- give the amount open on any earlier day; a document closed by its only settlement needs no row for that.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns document_id: VARCHAR  the document
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns post_date: DATE  day of the settlement
-- returns amount: DECIMAL(38,2)  decrease of the open amount; negative where it rose
with open_part as (
    select item.document_id, item.instalment
    from item_at($known_on, $currency, $entity, $segment) as item
    where item.post_date <= $as_of and item.due_date is not null
    group by item.document_id, item.instalment
    having sum(item.amount) <> 0
),
days_of_part as (
    select
        settled.*,
        count(*) over (partition by settled.document_id, settled.instalment) as days,
        part.document_id is not null as is_open,
    from settled_day_at($as_of, $known_on, $currency, $entity, $segment) as settled
    left join open_part as part on part.document_id = settled.document_id and part.instalment = settled.instalment
)
select
    settled.document_id,
    settled.instalment,
    settled.post_date,
    settled.amount,
from days_of_part as settled
where settled.days > 1 or settled.is_open
order by settled.document_id, settled.instalment, settled.post_date

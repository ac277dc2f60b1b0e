-- name: settled_days
-- One row per document, day it falls due and day something was settled on it, by the day. They give the amount open on
-- any earlier day, and the day a document was closed as seen from then.
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
-- returns received_amount: DECIMAL(38,2)  money received of it, less reversals
select
    settled.document_id,
    settled.instalment,
    settled.post_date,
    settled.amount,
    settled.received_amount,
from settled_day_at($as_of, $known_on, $currency, $entity, $segment) as settled
order by settled.document_id, settled.instalment, settled.post_date

-- One row per promise made by the end of a day (null: any day) and how it stands then. settled_amount: what came off
-- its document from the day it was made to the promised day, write-offs apart. It is due from the end of its promised
-- day, and kept when what was settled reaches it. Amounts in the currency of the document.
create or replace macro promise_outcome_at(in_as_of, in_known_on) as table
with settled_promise as (
    select
        promise.invoice_id,
        promise.made_date,
        promise.promised_date,
        promise.amount,
        coalesce(-sum(item.document_amount), 0) as settled_amount,
    from promise_at(in_known_on) as promise
    left join item_at(in_known_on, null, null, null) as item
        on
            item.document_id = promise.invoice_id
            and item.due_date is not null
            and keeps_promise(item.kind)
            and item.event_date >= promise.made_date
            -- least() skips a null: without a day everything up to the promised day counts.
            and item.event_date <= least(promise.promised_date, in_as_of)
    where in_as_of is null or promise.made_date <= in_as_of
    group by all
)
select
    promise.*,
    in_as_of is null or promise.promised_date <= in_as_of as is_due,
    promise.settled_amount >= promise.amount as is_kept,
    row_number() over (partition by promise.invoice_id order by promise.made_date desc) = 1 as is_latest,
from settled_promise as promise;

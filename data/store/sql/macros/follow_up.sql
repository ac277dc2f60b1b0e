-- One row per promise or dispute about a document in the books, with its amount in the currency shown, at the rate the
-- document itself was converted at. A promise ends on the promised day, a dispute on the day it was closed. A promise has
-- a row per spell, from known_from until known_until, in which is_kept is so: money that came back ends one, and so does a
-- list that shows the document settled (is_kept is null from then: nobody knows).
create or replace macro follow_up_at(in_known_on, in_currency, in_entity, in_segment) as table
with recorded as (
    select
        'promise' as kind,
        promise.invoice_id,
        promise.made_date as start_date,
        promise.promised_date as end_date,
        promise.amount,
        promise.is_kept,
        promise.from_date as known_from,
        promise.until_date as known_until,
    from promise_course_at(null, in_known_on) as promise
    union all
    select
        'dispute' as kind,
        dispute.invoice_id,
        dispute.opened_date as start_date,
        dispute.closed_date as end_date,
        dispute.amount,
        false as is_kept,
        dispute.opened_date as known_from,
        null as known_until,
    from dispute_at(in_known_on) as dispute
),
document_item as (
    select item.*
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where
        is_document(item.kind)
        and item.due_date is not null
        and item.document_id in (select record.invoice_id from recorded as record)
),
rated_document as (
    select
        item.document_id,
        sum(item.amount) / nullif(sum(item.document_amount), 0) as rate,
        max(item.post_date) as document_date,
    from unreversed('document_item') as item
    group by item.document_id
)
select
    record.kind,
    record.invoice_id,
    record.start_date,
    record.end_date,
    cast(round(record.amount * document.rate, 2) as decimal(18, 2)) as amount,
    record.is_kept,
    -- Of a document that is not there yet nothing is known.
    greatest(record.known_from, document.document_date) as known_from,
    record.known_until,
from recorded as record
inner join rated_document as document on document.document_id = record.invoice_id;

-- One row per day: the promises due by then and how many were kept, and how long disputes took. A promise is due from
-- the end of its promised day: kept or broken, and if a later list shows the document settled, neither.
create or replace macro follow_up_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select asked.day from day_in(in_days) as asked
),
recorded as (
    select
        record.kind,
        record.start_date,
        record.end_date,
        record.is_kept,
        record.known_from,
        record.known_until,
        count(*) as records,
        sum(record.amount) as amount,
    from follow_up_at(in_known_on, in_currency, in_entity, in_segment) as record
    group by all
),
promises_due as (
    select
        point.day,
        coalesce(sum(promise.records) filter (promise.is_kept), 0) / sum(promise.records) as kept_share,
        coalesce(sum(promise.amount) filter (promise.is_kept), 0) / nullif(sum(promise.amount), 0)
            as kept_amount_share,
    from point
    inner join recorded as promise
        on
            promise.start_date <= point.day
            and promise.end_date <= point.day
            and promise.known_from <= point.day
            and still_runs(promise.known_until, point.day)
    where promise.kind = 'promise' and promise.is_kept is not null
    group by point.day
),
disputes_by_then as (
    select
        point.day,
        sum(dispute.amount) filter (dispute.start_date > point.day - 90) as amount_90,
        sum(dispute.records * date_diff('day', dispute.start_date, dispute.end_date)) filter (
            dispute.end_date > point.day - 365 and dispute.end_date <= point.day
        ) as closed_days,
        sum(dispute.records) filter (
            dispute.end_date > point.day - 365 and dispute.end_date <= point.day
        ) as closed,
        sum(dispute.records * date_diff('day', dispute.start_date, point.day)) filter (
            still_runs(dispute.end_date, point.day)
        ) as running_days,
        sum(dispute.records) filter (still_runs(dispute.end_date, point.day)) as running,
    from point
    inner join recorded as dispute on dispute.start_date <= point.day and dispute.known_from <= point.day
    where dispute.kind = 'dispute'
    group by point.day
)
select
    point.day,
    promise.kept_share as promise_kept_share,
    promise.kept_amount_share as promise_kept_amount_share,
    coalesce(dispute.amount_90, 0) as disputed_90,
    dispute.closed_days / dispute.closed as days_disputed,
    dispute.running_days / dispute.running as days_disputed_open,
from point
left join promises_due as promise on promise.day = point.day
left join disputes_by_then as dispute on dispute.day = point.day;

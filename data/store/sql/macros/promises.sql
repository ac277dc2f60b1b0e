-- One row per promise and day from which what was settled of it is this much: from the day it was made, less from a day
-- on which money came back. settled_amount: what came off its document from the day it was made to the promised day (or
-- to in_as_of), by payments, credit and notes of those days that name it, write-offs apart. Amounts in the currency of
-- the document. is_kept is null from the day of a list after the promised day that settles something of the document, if it
-- was not kept until then: nobody knows on which day that was.
create or replace macro promise_course_at(in_as_of, in_known_on) as table
with change_of_promise as (
    select
        promise.invoice_id,
        promise.made_date,
        promise.made_date as from_date,
        -item.document_amount as amount,
        0 as listed,
    from promise_at(in_known_on) as promise
    inner join item_at(in_known_on, null, null, null) as item
        on
            item.document_id = promise.invoice_id
            and item.due_date is not null
            and keeps_promise(item.kind)
            and item.event_date >= promise.made_date
            -- least() skips a null: without a day everything up to the promised day counts.
            and item.event_date <= least(promise.promised_date, in_as_of)
            and (in_as_of is null or item.post_date <= in_as_of)
    union all
    select
        promise.invoice_id,
        promise.made_date,
        greatest(change.from_date, promise.made_date) as from_date,
        -change.document_amount as amount,
        0 as listed,
    from promise_at(in_known_on) as promise
    inner join item_change_at(in_as_of, in_known_on, null, null, null) as change
        on
            change.document_id = promise.invoice_id
            and keeps_promise(change.kind)
            and change.event_date >= promise.made_date
            and change.event_date <= least(promise.promised_date, in_as_of)
    union all
    -- What a note that names the invoice leaves of it, as far as the books have not put it there yet.
    select promise.invoice_id, promise.made_date, promise.made_date as from_date, -item.document_amount as amount, 0 as listed,
    from promise_at(in_known_on) as promise
    inner join invoice_at(in_known_on) as invoice on invoice.invoice_id = promise.invoice_id
    inner join invoice_at(in_known_on) as note
        on
            note.original_invoice_id = promise.invoice_id
            and note.customer_id = invoice.customer_id
            and note.currency = invoice.currency
            and note.invoice_type = 'credit_note'
            and note.invoice_date >= promise.made_date
    inner join item_at(in_known_on, null, null, null) as item
        on
            item.document_id = note.invoice_id
            and item.due_date is not null
            and item.event_date <= least(promise.promised_date, in_as_of)
            and (in_as_of is null or item.post_date <= in_as_of)
    union all
    select promise.invoice_id, promise.made_date, item.post_date as from_date, 0 as amount, item.weight as listed,
    from promise_at(in_known_on) as promise
    inner join item_at(in_known_on, null, null, null) as item
        on
            item.document_id = promise.invoice_id
            and is_listed(item.kind)
            and item.event_date > promise.promised_date
            and (in_as_of is null or item.post_date <= in_as_of)
    union all
    select promise.invoice_id, promise.made_date, promise.made_date as from_date, 0 as amount, 0 as listed,
    from promise_at(in_known_on) as promise
),
change_by_day as (
    select
        change.invoice_id,
        change.made_date,
        change.from_date,
        sum(change.amount) as amount,
        sum(change.listed) as listed,
    from change_of_promise as change
    group by change.invoice_id, change.made_date, change.from_date
),
settled_by_day as (
    select
        change.invoice_id,
        change.made_date,
        change.from_date,
        sum(change.amount) over so_far as settled_amount,
        sum(change.listed) over so_far as listed,
        lead(change.from_date) over so_far as until_date,
    from change_by_day as change
    window so_far as (partition by change.invoice_id, change.made_date order by change.from_date)
)
select
    promise.invoice_id,
    promise.made_date,
    promise.promised_date,
    promise.amount,
    settled.settled_amount,
    case when settled.listed = 0 or settled.settled_amount >= promise.amount then settled.settled_amount >= promise.amount end
        as is_kept,
    settled.from_date,
    settled.until_date,
from promise_at(in_known_on) as promise
inner join settled_by_day as settled
    on settled.invoice_id = promise.invoice_id and settled.made_date = promise.made_date
where in_as_of is null or promise.made_date <= in_as_of;

-- One row per promise made by the end of a day (null: any day) and how it stands then. It is due from the end of its
-- promised day, and kept when what was settled, and did not come back by then, reaches it.
create or replace macro promise_outcome_at(in_as_of, in_known_on) as table
select
    promise.* exclude (is_kept, from_date, until_date),
    in_as_of is null or promise.promised_date <= in_as_of as is_due,
    promise.is_kept,
    row_number() over (partition by promise.invoice_id order by promise.made_date desc) = 1 as is_latest,
from promise_course_at(in_as_of, in_known_on) as promise
where promise.until_date is null;

-- One row per invoice with a promise by the end of a day, its latest: whether it is broken, and what of it is still ahead.
create or replace macro last_promise_at(in_as_of, in_known_on) as table
select
    promise.invoice_id,
    promise.promised_date,
    promise.is_due and not coalesce(promise.is_kept, true) as is_broken,
    case when promise.is_due then 0 else greatest(promise.amount - promise.settled_amount, 0) end as amount_ahead,
from promise_outcome_at(in_as_of, in_known_on) as promise
where promise.is_latest;

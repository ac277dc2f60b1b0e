-- name: open_items
-- One row per open document and day it falls due (instalments apart): what is open, how late, and its state.
-- Money on account is not a document and has no row.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- param customers: VARCHAR[] = null  only these customers, with commas between them; a JSON array where an id holds a comma
-- param bucket: VARCHAR = null  only this bucket, such as not_due or d31_60; overdue: all that are past due
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_type: VARCHAR  invoice or credit_note
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns po_number: VARCHAR  the customer's order number
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it falls due
-- returns days_overdue: BIGINT  days past the due date, negative before it
-- returns amount: DECIMAL(38,2)  amount of the document or instalment
-- returns open_amount: DECIMAL(38,2)  what is open of it
-- returns bucket: VARCHAR  the bucket it is in
-- returns state: VARCHAR  the first that holds: disputed, promised, promise_broken, reminded (once overdue), cancelled, part_paid, overpaid, credit_note; else empty
--
-- shape: bucket_rows
with open_document as (
    select
        o.*,
        date_diff('day', o.due_date, $as_of) as days_overdue,
        bucket_of(date_diff('day', case when $basis = 'invoice' then o.invoice_date else o.due_date end, $as_of), $limits)
            as bucket,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
    where
        ($customer is null or o.customer_id = $customer)
        and ($customers is null or list_contains($customers, o.customer_id))
),
picked as (
    select o.*
    from open_document as o
    where
        $bucket is null
        or ($bucket = 'overdue' and o.days_overdue > 0)
        or o.bucket = case
            when $bucket = 'not_due' then 0
            when $limits = [30, 60, 90] then list_position(['d1_30', 'd31_60', 'd61_90', 'd90_plus'], $bucket)
            else try_cast(regexp_extract($bucket, '^b([0-9])$', 1) as integer)
        end
),
disputed as (
    select distinct d.invoice_id
    from open_dispute_at($as_of, $known_on) as d
),
last_promise as (
    select p.invoice_id, p.promised_date, p.made_date, p.amount,
    from promise_at($known_on) as p
    where p.made_date <= $as_of and p.invoice_id in (select o.document_id from picked as o)
    qualify row_number() over (partition by p.invoice_id order by p.made_date desc) = 1
),
promised as (
    select
        p.invoice_id,
        case when any_value(p.promised_date) <= $as_of then 'promise_broken' else 'promised' end as state,
    from last_promise as p
    left join item_at($known_on, null, null, null) as i
        on
            i.document_id = p.invoice_id
            and i.due_date is not null
            and keeps_promise(i.kind, i.event_date, p.made_date, least(p.promised_date, $as_of))
    group by p.invoice_id
    having coalesce(-sum(i.document_amount), 0) < any_value(p.amount)
),
facts as (
    select i.invoice_id, i.po_number, i.cancelled_date
    from invoice_at($known_on) as i
    where i.invoice_id in (select o.document_id from picked as o)
),
last_contact as (
    select c.invoice_id, max(c.contact_date) as contact_date
    from contact_at($known_on) as c
    where
        c.direction = 'out'
        and c.contact_date <= $as_of
        and c.invoice_id in (select p.document_id from picked as p)
    group by c.invoice_id
)
select
    p.document_id as invoice_id,
    p.customer_id,
    coalesce(c.customer_name, p.customer_id) as customer_name,
    p.invoice_type,
    p.segment,
    p.entity,
    p.currency,
    i.po_number,
    p.invoice_date,
    p.due_date,
    p.days_overdue,
    cast(p.amount as decimal(38, 2)) as amount,
    p.open_amount,
    cast(p.bucket as varchar) as bucket,
    case
        when d.invoice_id is not null then 'disputed'
        when m.invoice_id is not null then m.state
        when l.contact_date > p.due_date then 'reminded'
        when i.cancelled_date <= $as_of then 'cancelled'
        when p.open_amount * sign(p.amount) < 0 then 'overpaid'
        when abs(p.open_amount) < abs(p.amount) then 'part_paid'
        when p.invoice_type = 'credit_note' then 'credit_note'
        else ''
    end as state,
from picked as p
left join facts as i on i.invoice_id = p.document_id
left join customer_at($known_on) as c on c.customer_id = p.customer_id
left join disputed as d on d.invoice_id = p.document_id
left join promised as m on m.invoice_id = p.document_id
left join last_contact as l on l.invoice_id = p.document_id
order by p.open_amount desc, p.document_id, p.due_date

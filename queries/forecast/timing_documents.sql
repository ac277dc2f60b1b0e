-- name: timing_documents
-- One row per document and day it falls due, dated by the day: when it was closed, how much money came in on it, and
-- how much is open. The payment-timing model learns from these rows and forecasts them; documents without a rate are
-- left out, and so are an open invoice and the notes that name it as far as they cancel each other out, and what the
-- books credited as a whole.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns customer_id: VARCHAR  the customer
-- returns document_id: VARCHAR  the document
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns invoice_type: VARCHAR  invoice or credit_note
-- returns segment: VARCHAR  the customer's segment
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it falls due
-- returns amount: DECIMAL(38,2)  amount of the document or instalment, less what notes that name it are set off against it
-- returns open_amount: DECIMAL(38,2)  amount open on it in the books
-- returns owed_amount: DECIMAL(38,2)  amount open on it after set-off of the customer's credit
-- returns closed_date: DATE  last day anything moved, where nothing is open or only what such notes are set off against; null while open
-- returns received_amount: DECIMAL(38,2)  received in cash by the day, less reversals
-- returns is_by_list: BOOLEAN  closed, and a list settled something of it: nothing is learned from it about when customers pay
-- returns key: UBIGINT  stable number of the document, for draws that do not depend on its position
-- returns customer_key: UBIGINT  stable number of the customer
with part_by_day as (
    select
        item.customer_id,
        item.document_id,
        item.instalment,
        item.invoice_type,
        item.segment,
        item.invoice_date,
        item.due_date,
        item.post_date,
        standing_sum(item.amount, item.weight) as amount,
        sum(item.document_amount) as balance,
        sum(item.amount) filter (is_document(item.kind)) as document_amount,
        sum(item.amount) filter (is_receipt(item.kind)) as money,
        sum(item.amount) filter (item.kind = 'credit') as credited,
        sum(item.weight) filter (is_document(item.kind)) as documents,
        coalesce(sum(item.weight) filter (is_listed(item.kind)), 0) as listed,
    from item_at($known_on, $currency, $entity, $segment) as item
    where item.post_date <= $as_of and item.due_date is not null
    group by all
    having sum(item.weight) <> 0
),
part_total as (
    select
        by_day.* exclude (post_date, amount, balance, document_amount, money, credited, documents, listed),
        sum(by_day.document_amount) as amount,
        -coalesce(sum(by_day.credited), 0) as credited_amount,
        sum(by_day.amount) as open_amount,
        sum(by_day.balance) as document_open_amount,
        max(by_day.post_date) filter (by_day.amount <> 0) as last_date,
        -coalesce(sum(by_day.money), 0) as received_amount,
        sum(by_day.listed) > 0 as is_listed,
    from part_by_day as by_day
    group by all
    having sum(by_day.documents) > 0 and count(*) = count(by_day.amount)
),
part_after_set_off as (
    select
        part.* exclude (document_open_amount),
        case
            when set_off.document_id is null then 0
            else share_shown(set_off.named_amount, part.document_open_amount, part.open_amount)
        end as named_amount,
        owed_share(set_off.amount, part.document_open_amount, part.open_amount) as owed_amount,
    from part_total as part
    left join set_off_part_at($as_of, $known_on) as set_off
        on set_off.document_id = part.document_id and set_off.instalment = part.instalment
)
select
    part.customer_id,
    part.document_id,
    part.instalment,
    part.invoice_type,
    part.segment,
    part.invoice_date,
    part.due_date,
    cast(part.amount - part.named_amount as decimal(38, 2)) as amount,
    cast(part.open_amount as decimal(38, 2)) as open_amount,
    cast(part.owed_amount as decimal(38, 2)) as owed_amount,
    case when part.open_amount = part.named_amount then coalesce(part.last_date, part.invoice_date) end as closed_date,
    cast(part.received_amount as decimal(38, 2)) as received_amount,
    part.is_listed and part.open_amount = part.named_amount as is_by_list,
    md5_number_lower(part.document_id) as key,
    md5_number_lower(part.customer_id) as customer_key,
from part_after_set_off as part
-- What the books credited as a whole says no more about payment than what a note that names it cancels out.
where part.amount <> part.named_amount + part.credited_amount or part.received_amount <> 0
order by part.customer_id, part.document_id, part.instalment

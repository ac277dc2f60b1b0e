-- name: payment_terms_late
-- One row per invoice, and part of an instalment schedule, that stood beyond the agreed or the legal term in the 365
-- days. Standing: amount x days beyond the term in those 365 days / 365, up to and including the day of payment,
-- rounded. Interest: statutory commercial interest on the same amounts and days, by rate, actual days of 365, not
-- compounded. Credits and write-offs count from the start, as in claims. A part of a schedule is agreed to be paid on
-- its own day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it, or its part, falls due
-- returns agreed_until: DATE  last day within the agreed term
-- returns legal_until: DATE  last day within the legal term; null: the law has none
-- returns paid_date: DATE  first day from which nothing is open; null while something is
-- returns amount: DECIMAL(38,2)  amount to be paid, after credits
-- returns open_amount: DECIMAL(38,2)  open on the day
-- returns days_beyond_agreed: BIGINT  days past the agreed term until paid, or until the day, 0 or more
-- returns standing_beyond_agreed: DECIMAL(38,2)  average amount beyond the agreed term over the 365 days
-- returns interest_beyond_agreed: DECIMAL(38,2)  interest on it
-- returns days_beyond_legal: BIGINT  days past the legal term, 0 or more
-- returns standing_beyond_legal: DECIMAL(38,2)  average amount beyond the legal term over the 365 days
-- returns interest_beyond_legal: DECIMAL(38,2)  interest on it
-- returns paid_dates: DATE[]  an input of the calculation, left out of the answer: days of payments, in any order
-- returns paid_amounts: DECIMAL(38,2)[]  the same: amounts paid, negative when paid back
--
-- shape: beyond_terms
with invoice_part as (
    select
        part.document_id,
        part.instalment,
        part.customer_id,
        term.customer_name,
        part.segment,
        part.entity,
        part.currency,
        part.invoice_date,
        part.due_date,
        part.closed_date,
        case when part.instalment > 0 then part.due_date else part.invoice_date + term.term_days end as agreed_until,
        part.invoice_date + cast(term.legal_days as integer) as legal_until,
    from receivable_at($known_on, $currency, $entity, $segment) as part
    inner join customer_term_at($known_on) as term on term.customer_id = part.customer_id
    where
        part.invoice_type = 'invoice'
        and part.amount is not null
        and part.invoice_date <= $as_of
        and ($customer is null or part.customer_id = $customer)
),
-- Parts paid within both terms, or before the year, need no look at the days of their payments.
late_part as materialized (
    select part.*
    from invoice_part as part
    where
        least(part.agreed_until, part.legal_until) < $as_of
        and (
            part.closed_date is null
            or part.closed_date > greatest(least(part.agreed_until, part.legal_until), $as_of - 365)
        )
),
posted_by_day as (
    select
        item.document_id,
        item.instalment,
        is_receipt(item.kind) as is_payment,
        item.event_date,
        sum(item.amount) as amount,
    from standing_item_at($as_of, $known_on, $currency, $entity, $segment) as item
    where
        item.due_date is not null
        and item.document_id in (select part.document_id from late_part as part)
    group by all
    having sum(item.amount) <> 0
),
part_total as (
    select
        posted.document_id,
        posted.instalment,
        coalesce(sum(posted.amount) filter (not posted.is_payment), 0) as amount,
        sum(posted.amount) as open_amount,
        list({'day': posted.event_date, 'amount': -posted.amount}) filter (posted.is_payment) as paid,
    from posted_by_day as posted
    group by posted.document_id, posted.instalment
)
select
    part.document_id as invoice_id,
    part.customer_id,
    part.customer_name,
    part.segment,
    part.entity,
    part.currency,
    part.invoice_date,
    part.due_date,
    cast(part.agreed_until as date) as agreed_until,
    cast(part.legal_until as date) as legal_until,
    closed.closed_date as paid_date,
    cast(total.amount as decimal(38, 2)) as amount,
    cast(total.open_amount as decimal(38, 2)) as open_amount,
    cast(null as bigint) as days_beyond_agreed,
    cast(null as decimal(38, 2)) as standing_beyond_agreed,
    cast(null as decimal(38, 2)) as interest_beyond_agreed,
    cast(null as bigint) as days_beyond_legal,
    cast(null as decimal(38, 2)) as standing_beyond_legal,
    cast(null as decimal(38, 2)) as interest_beyond_legal,
    [payment.day for payment in total.paid] as paid_dates,
    cast([payment.amount for payment in total.paid] as decimal(38, 2)[]) as paid_amounts,
from late_part as part
inner join part_total as total on total.document_id = part.document_id and total.instalment = part.instalment
left join closed_part_at($as_of, $known_on, $currency, $entity, $segment) as closed
    on closed.document_id = part.document_id and closed.instalment = part.instalment
where total.amount > 0
order by part.document_id, part.due_date

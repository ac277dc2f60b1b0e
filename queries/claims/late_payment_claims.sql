-- name: late_payment_claims
-- One row per invoice that was paid in full, and late: the interest up to its payment and the compensation for costs that
-- were due by then, the largest first. A business or public body owes 40 euros for each (art. 6:96 lid 4 BW) without any
-- notice; a consumer owes costs only if the fourteen days of a notice had passed, and interest. What was paid is taken to
-- have paid principal only, so that this is the least that may be claimed. No legal advice.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- param since: DATE = null  only invoices whose last payment came on or after this day; null: all
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns interest: DECIMAL(38,2)  interest up to and including the day of each payment
-- returns collection_costs: DECIMAL(38,2)  40.00 of a business or public body; of a consumer by the BIK scale after a notice
-- returns total: DECIMAL(38,2)  interest and costs together
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it fell due; of instalments the first that was paid late
-- returns paid_date: DATE  day of the last payment
-- returns days_late: BIGINT  days between the two, above 0
-- returns amount: DECIMAL(38,2)  amount of it that fell due, after credits and what was waived
-- returns rate_kind: VARCHAR  commercial, consumer or contract
-- returns rate_percent: DECIMAL(18,10)  percent a year on the day of the last payment
-- returns limitation_date: DATE  five years after the due date: last day before it lapses, unless interrupted
-- returns is_time_barred: BOOLEAN  that day has passed
-- returns customer_type: VARCHAR  business, consumer or public
-- returns contract_interest_percent: DECIMAL(18,10)  interest agreed by contract, percent a year; null: statutory
-- returns contract_interest_kind: VARCHAR  fixed, or surcharge on the statutory rate; null: fixed
-- returns contract_interest_compound: VARCHAR  yes or no: whether interest of a full year bears interest; null: yes
-- returns due_dates: DATE[]  an input of the claim, left out of the answer: days an amount fell due
-- returns due_amounts: DECIMAL(38,2)[]  the same: amounts that fell due on them, after credits
-- returns paid_dates: DATE[]  the same: days of payments
-- returns paid_amounts: DECIMAL(38,2)[]  the same: amounts paid, negative when paid back
-- returns notice_dates: DATE[]  the same: days of 14-day notices
-- returns notice_received_dates: DATE[]  the same: days those were received
-- returns notice_ends: DATE[]  the same: last days of their fourteen days
--
-- shape: late_payment_claims
select
    late.document_id as invoice_id,
    late.customer_id,
    cast(null as decimal(38, 2)) as interest,
    cast(null as decimal(38, 2)) as collection_costs,
    cast(null as decimal(38, 2)) as total,
    late.customer_name,
    late.segment,
    late.entity,
    late.currency,
    late.invoice_date,
    cast(null as date) as due_date,
    late.paid_date,
    cast(null as bigint) as days_late,
    cast(list_sum(late.due_amounts) as decimal(38, 2)) as amount,
    cast(null as varchar) as rate_kind,
    cast(null as decimal(18, 10)) as rate_percent,
    cast(null as date) as limitation_date,
    cast(null as boolean) as is_time_barred,
    late.customer_type,
    late.contract_interest_percent,
    late.contract_interest_kind,
    late.contract_interest_compound,
    late.due_dates,
    late.due_amounts,
    late.paid_dates,
    late.paid_amounts,
    late.notice_dates,
    late.notice_received_dates,
    late.notice_ends,
from late_payment_facts_at($as_of, $known_on, $currency, $entity, $segment, $customer, $since) as late
order by late.paid_date, late.document_id

-- name: claims
-- One row per overdue invoice, those written off in the books and not waived too: what may be claimed at the end of the
-- day by Dutch law, the largest claim first.
-- Payments go to costs, interest and then principal (6:44), so that principal can differ from what the ledger has open.
-- Credit of the customer is set off first (6:127): a note that names the invoice lowers it from the start, other credit
-- counts as a payment on the later of its day and the due date.
-- Amounts are converted on the invoice date; the scale of costs counts them as euros. No legal advice.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns principal: DECIMAL(38,2)  amount left of the invoice after payments, by 6:44
-- returns interest: DECIMAL(38,2)  interest not yet paid, up to and including the day
-- returns collection_costs: DECIMAL(38,2)  costs by the BIK scale not yet paid, without VAT
-- returns total: DECIMAL(38,2)  principal, interest and collection costs together
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it fell due; of instalments the first that is still open
-- returns days_overdue: BIGINT  days past that day, 0 or more
-- returns amount: DECIMAL(38,2)  amount of it that fell due, after credits and what was waived
-- returns open_amount: DECIMAL(38,2)  of the amounts that fell due, the part the ledger has open
-- returns written_off_amount: DECIMAL(38,2)  of it written off in the books and not waived: still owed
-- returns set_off_amount: DECIMAL(38,2)  of that, set off against credit of the customer
-- returns set_off_with: VARCHAR  numbers of that credit; null: none
-- returns discount_until: DATE  last day on which the early-payment discount can be taken; null: none can
-- returns discount_amount: DECIMAL(38,2)  discount for paying the rest by then; null: none
-- returns rate_kind: VARCHAR  commercial, consumer or contract
-- returns rate_percent: DECIMAL(18,10)  percent a year on the day
-- returns interest_from: DATE  first day interest is counted from
-- returns notice_date: DATE  day of the first 14-day notice after the due date; null: none
-- returns notice_received_date: DATE  day from which the fourteen days of the notice count: that of its receipt
-- returns costs_from: DATE  first day collection costs are due; null: a 14-day notice is needed or its term still runs
-- returns limitation_date: DATE  five years after the due date: last day before it lapses, unless interrupted
-- returns is_time_barred: BOOLEAN  that day has passed
-- returns is_disputed: BOOLEAN  a dispute about it is open on the day
-- returns disputed_amount: DECIMAL(38,2)  in open disputes; null: none
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
-- shape: claims
select
    claim.document_id as invoice_id,
    claim.customer_id,
    cast(null as decimal(38, 2)) as principal,
    cast(null as decimal(38, 2)) as interest,
    cast(null as decimal(38, 2)) as collection_costs,
    cast(null as decimal(38, 2)) as total,
    claim.customer_name,
    claim.segment,
    claim.entity,
    claim.currency,
    claim.invoice_date,
    claim.due_date,
    date_diff('day', claim.due_date, $as_of) as days_overdue,
    claim.amount,
    claim.open_amount,
    claim.written_off_amount,
    claim.set_off_amount,
    claim.set_off_with,
    claim.discount_until,
    claim.discount_amount,
    cast(null as varchar) as rate_kind,
    cast(null as decimal(18, 10)) as rate_percent,
    cast(null as date) as interest_from,
    cast(null as date) as notice_date,
    cast(null as date) as notice_received_date,
    cast(null as date) as costs_from,
    cast(claim.due_date + interval 5 year as date) as limitation_date,
    cast(claim.due_date + interval 5 year as date) < $as_of as is_time_barred,
    claim.is_disputed,
    claim.disputed_amount,
    claim.customer_type,
    claim.contract_interest_percent,
    claim.contract_interest_kind,
    claim.contract_interest_compound,
    claim.due_dates,
    claim.due_amounts,
    claim.paid_dates,
    claim.paid_amounts,
    claim.notice_dates,
    claim.notice_received_dates,
    claim.notice_ends,
from claim_facts_at($as_of, $known_on, $currency, $entity, $segment, $customer) as claim
order by claim.open_amount desc, claim.document_id

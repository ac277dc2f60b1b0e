-- name: claim_payments
-- One row per overdue invoice and day with a payment on it: how much of costs, interest and principal it paid (6:44).
-- Payments of one day are one; a payment that came back by the day is none.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns entity: VARCHAR  the administration
-- returns payment_date: DATE  the day
-- returns amount: DECIMAL(38,2)  amount paid
-- returns to_costs: DECIMAL(38,2)  of it to collection costs
-- returns to_interest: DECIMAL(38,2)  of it to interest
-- returns to_principal: DECIMAL(38,2)  of it to principal
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
-- shape: claim_payments
select
    claim.document_id as invoice_id,
    claim.customer_id,
    claim.entity,
    cast(null as date) as payment_date,
    cast(null as decimal(38, 2)) as amount,
    cast(null as decimal(38, 2)) as to_costs,
    cast(null as decimal(38, 2)) as to_interest,
    cast(null as decimal(38, 2)) as to_principal,
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
order by claim.due_date, claim.document_id

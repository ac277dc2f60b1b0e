-- name: cash_application
-- One row per entry of a bank account and invoice its money stands on, and one per entry for money on none; ordinary
-- payments to others are left out. What is certain was applied by the load; the rest is proposed, or nobody knows it.
--
-- param as_of: DATE  no entry booked after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns account: VARCHAR  the account of the company
-- returns entry_id: VARCHAR  number of the entry, unique on the account
-- returns entry_date: DATE  day it was booked, as the bank writes it
-- returns amount: DECIMAL(18,2)  of the entry; below 0 for money out
-- returns counterparty: VARCHAR  who paid or was paid; null where the bank does not say
-- returns description: VARCHAR  what the bank says of it; null where it says nothing
-- returns customer_id: VARCHAR  customer whose money it is; null: not known, or of none
-- returns kind: VARCHAR  invoice, on_account, refund, return, transfer, charge or other
-- returns invoice_id: VARCHAR  the document; null for money on none
-- returns applied_amount: DECIMAL(18,2)  money of the entry for it, as signed as the entry
-- returns status: VARCHAR  applied, proposed, unmatched, rejected or confirmed
-- returns score: DOUBLE  how likely it is right, 0-1
-- returns reason: VARCHAR  why, as template and values (JSON)
-- returns decided_by: VARCHAR  who applied, confirmed or rejected it; null: nobody yet
-- returns decided_at: TIMESTAMP  when, UTC; null: nobody yet
-- returns currency: VARCHAR  of the amounts
-- returns applied_date: DATE  day on which it counts: not before its invoice, nor in a closed period
-- returns customer_name: VARCHAR  name of that customer, or its id where it is not in the customer list; null: not known
select
    cash.account,
    cash.entry_id,
    cash.entry_date,
    cash.amount,
    cash.counterparty,
    cash.description,
    cash.customer_id,
    cash.kind,
    cash.invoice_id,
    cash.applied_amount,
    cash.status,
    cash.score,
    cash.reason,
    cash.decided_by,
    cash.decided_at,
    cash.currency,
    cash.applied_date,
    coalesce(customer.customer_name, cash.customer_id) as customer_name,
from cash_row_at($known_on) as cash
left join customer_at($known_on) as customer on customer.customer_id = cash.customer_id
where cash.entry_date <= $as_of
order by cash.place

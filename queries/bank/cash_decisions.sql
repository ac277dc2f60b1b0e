-- name: cash_decisions
-- One row per entry of a bank account and invoice, or part on account, that somebody decided and nobody withdrew; the
-- newest first.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns account: VARCHAR  the account of the company
-- returns entry_id: VARCHAR  number of the entry, unique on the account
-- returns decision: VARCHAR  confirmed, rejected, or checked: what the program applied is right
-- returns customer_id: VARCHAR  customer whose money it is; null: of none
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list; null: of none
-- returns invoice_id: VARCHAR  the document; null: on account, or no money of a customer
-- returns amount: DECIMAL(18,2)  money of the entry for it, as signed as the entry
-- returns settles: VARCHAR  what the document is settled with beside the money; null: what is short stays open
-- returns settled_amount: DECIMAL(18,2)  by how much, below 0 for a credit note; null: by nothing
-- returns decided_by: VARCHAR  who decided it; null: not said
-- returns decided_at: TIMESTAMP  when, UTC
-- returns entry_date: DATE  day the entry was booked; null where no entry has that number
-- returns currency: VARCHAR  of the amount; null where no entry has that number
-- returns counterparty: VARCHAR  who paid or was paid; null where the bank does not say
-- returns counterparty_account: VARCHAR  its account, which a confirmed decision teaches; null where the bank does not say
-- returns drawn_on: DATE  day of the drawn sample it was checked in; null: of none
select
    decision.account,
    decision.entry_id,
    decision.decision,
    decision.customer_id,
    coalesce(customer.customer_name, decision.customer_id) as customer_name,
    decision.invoice_id,
    decision.amount,
    decision.settles,
    decision.settled_amount,
    decision.decided_by,
    decision.recorded_at as decided_at,
    entry.entry_date,
    entry.currency,
    entry.counterparty,
    entry.counterparty_account,
    decision.drawn_on,
from cash_judgement_at($known_on) as decision
left join booked_entry_at($known_on) as entry
    on entry.account = decision.account and entry.entry_id = decision.entry_id
left join customer_at($known_on) as customer on customer.customer_id = decision.customer_id
order by decision.recorded_at desc, decision.account, decision.entry_id, decision.invoice_id

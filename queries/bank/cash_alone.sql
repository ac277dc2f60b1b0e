-- name: cash_alone
-- One row per entry of a bank account and invoice, and one for money on none, as the program alone would have it: as if
-- nobody had decided anything. Compared with what people decided and what the bookkeeping booked it shows its error.
--
-- param as_of: DATE  no entry booked after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns account: VARCHAR  the account of the company
-- returns entry_id: VARCHAR  number of the entry, unique on the account
-- returns entry_date: DATE  day it was booked, as the bank writes it
-- returns amount: DECIMAL(18,2)  of the entry; below 0 for money out
-- returns currency: VARCHAR  of the amounts
-- returns customer_id: VARCHAR  customer whose money it is; null: not known, or of none
-- returns kind: VARCHAR  invoice, on_account, refund, return, transfer, charge or other
-- returns invoice_id: VARCHAR  the document; null for money on none
-- returns applied_amount: DECIMAL(18,2)  money of the entry for it, as signed as the entry
-- returns status: VARCHAR  applied, proposed or unmatched
-- returns score: DOUBLE  how likely it is right, 0-1
-- returns decided_by: VARCHAR  bookkeeping where its payments say the same; null else
select
    alone.account,
    alone.entry_id,
    alone.entry_date,
    alone.amount,
    alone.currency,
    alone.customer_id,
    alone.kind,
    alone.invoice_id,
    alone.applied_amount,
    alone.status,
    alone.score,
    case when alone.decided_by = 'bookkeeping' then alone.decided_by end as decided_by,
from cash_alone_at($known_on) as alone
where alone.entry_date <= $as_of
order by alone.place

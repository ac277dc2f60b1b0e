-- name: cash_settlements
-- One row per entry of a bank account, document and kind of settlement beside its money: a discount, what a bank kept, or
-- a credit note set off; proposed like the money it goes with, applied or confirmed.
--
-- param as_of: DATE  no entry booked after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns account: VARCHAR  the account of the company
-- returns entry_id: VARCHAR  number of the entry, unique on the account
-- returns invoice_id: VARCHAR  the document
-- returns settles: VARCHAR  discount, write_off or credit
-- returns settled_amount: DECIMAL(18,2)  by how much less is open of it; below 0 for a credit note
-- returns status: VARCHAR  applied, proposed or confirmed
-- returns applied_date: DATE  day on which it counts
select
    beside.account,
    beside.entry_id,
    beside.document_id as invoice_id,
    beside.kind as settles,
    beside.amount as settled_amount,
    beside.status,
    beside.day as applied_date,
from cash_settlement_at($known_on) as beside
inner join booked_entry_at($known_on) as entry
    on entry.account = beside.account and entry.entry_id = beside.entry_id
where entry.entry_date <= $as_of
order by entry.entry_date, beside.account, beside.entry_id, beside.document_id, beside.kind

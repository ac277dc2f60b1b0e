-- name: bank_entry
-- One row, or none: the entry of a bank account that was asked for, with every text the bank gives of it.
--
-- param account: VARCHAR  the account of the company
-- param entry: VARCHAR  number of the entry on it
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns entry_id: VARCHAR  number of the entry, unique on the account
-- returns entry_date: DATE  day it was booked, as the bank writes it
-- returns amount: DECIMAL(18,2)  of the entry; below 0 for money out
-- returns currency: VARCHAR  of the amount
-- returns counterparty: VARCHAR  who paid or was paid; null where the bank does not say
-- returns counterparty_account: VARCHAR  its account; null where the bank does not say
-- returns description: VARCHAR  what the bank says of it; null where it says nothing
-- returns reference: VARCHAR  payment reference with a check digit; null: none
-- returns end_to_end_id: VARCHAR  what whoever paid numbered it; null: none
-- returns bank_reference: VARCHAR  number the bank gave it; null: none
-- returns bank_code: VARCHAR  the bank's code for what kind of entry it is; null: none
-- returns return_reason: VARCHAR  why a payment came back; null: it did not
select
    entry.entry_id,
    entry.entry_date,
    entry.amount,
    entry.currency,
    entry.counterparty,
    entry.counterparty_account,
    entry.description,
    entry.reference,
    entry.end_to_end_id,
    entry.bank_reference,
    entry.bank_code,
    entry.return_reason,
from booked_entry_at($known_on) as entry
where entry.account = $account and entry.entry_id = $entry
order by entry.entry_date

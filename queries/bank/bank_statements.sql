-- name: bank_statements
-- One row per bank statement, by account and day: opening, entries and closing as the bank states them, and whether they
-- follow. One that came in several forms, or in several files, is one row.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns account: VARCHAR  the account
-- returns currency: VARCHAR  its currency
-- returns number: VARCHAR  of the statement, as the bank numbers it; null where it does not
-- returns from_date: DATE  day of the opening balance, else of the first entry; null where neither is there
-- returns to_date: DATE  day of the closing balance, else of the last entry
-- returns opening: DECIMAL(18,2)  balance at the start; null where the statement does not say
-- returns closing: DECIMAL(18,2)  balance at the end; null where the statement does not say
-- returns entries: BIGINT  lines booked, before a batch is split into its parts
-- returns credits: DECIMAL(18,2)  what came in
-- returns debits: DECIMAL(18,2)  what went out, above 0
-- returns follows: BOOLEAN  opening, plus credits, less debits is the closing; null where one of the two is not said
-- returns difference: DECIMAL(18,2)  the closing less what it should be; null where one of the two is not said
select
    statement.account,
    statement.currency,
    statement.number,
    statement.from_date,
    statement.to_date,
    statement.opening,
    statement.closing,
    statement.entries,
    statement.credits,
    statement.debits,
    statement.difference = 0 as follows,
    statement.difference,
from statement_at($known_on) as statement
order by statement.account, statement.currency, statement.to_date, statement.from_date, statement.number

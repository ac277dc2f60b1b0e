-- name: statement_gaps
-- One row per bank statement that does not begin where the one before it of its account ended.
--
-- param as_of: DATE  no statement that ends after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns account: VARCHAR  the account
-- returns currency: VARCHAR  its currency
-- returns number: VARCHAR  of the statement, as the bank numbers it; null where it does not
-- returns from_date: DATE  day of its opening balance
-- returns to_date: DATE  day of its closing balance
-- returns previous_to_date: DATE  day the statement before it ends
-- returns gap: DECIMAL(18,2)  its opening less the closing before it
select
    statement.account,
    statement.currency,
    statement.number,
    statement.from_date,
    statement.to_date,
    statement.previous_to_date,
    statement.gap,
from statement_gap_at($known_on) as statement
where statement.gap <> 0 and statement.to_date <= $as_of
order by statement.account, statement.currency, statement.to_date, statement.from_date, statement.number

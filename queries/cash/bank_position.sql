-- name: bank_position
-- One row per bank account and currency: the latest balance on or before the day, with later entries.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only accounts in this currency
-- returns account: VARCHAR  the account
-- returns currency: VARCHAR  its currency
-- returns balance_date: DATE  day of the balance, end of day
-- returns balance: DECIMAL(38,2)  in the currency of the account
-- returns reporting_balance: DECIMAL(38,2)  in the reporting currency, at the rate of balance_date; with a currency given, the balance itself; null where the rate is missing
with latest_balance as (
    select
        balance.account,
        balance.currency,
        max(balance.balance_date) as rate_day,
        arg_max(balance.balance, balance.balance_date) as balance,
    from bank_closing_at($known_on) as balance
    where balance.balance_date <= $as_of and ($currency is null or balance.currency = $currency)
    group by balance.account, balance.currency
)
select
    balance.account,
    balance.currency,
    balance.rate_day as balance_date,
    balance.balance,
    cast(converted(balance.balance, balance.rate) as decimal(38, 2)) as reporting_balance,
from with_rate('latest_balance', $known_on, $currency) as balance
order by balance.account, balance.currency

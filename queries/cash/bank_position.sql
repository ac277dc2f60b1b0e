-- name: bank_position
-- One row per bank account and currency: the latest balance on or before the day, with later entries.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only accounts in this currency
-- returns account: VARCHAR  the account
-- returns currency: VARCHAR  its currency
-- returns balance_date: DATE  day of the balance, end of day
-- returns balance: DECIMAL(38,2)  in the currency of the account
-- returns reporting_balance: DECIMAL(38,2)  in the reporting currency, at the rate of balance_date; with a currency given, the balance itself; null where the rate is missing
with latest as (
    select
        b.account,
        b.currency,
        max(b.balance_date) as balance_date,
        arg_max(b.balance, b.balance_date) as balance,
    from bank_closing_at($known_on) as b
    where b.balance_date <= $as_of and ($currency is null or b.currency = $currency)
    group by b.account, b.currency
)
select
    l.account,
    l.currency,
    l.balance_date,
    l.balance,
    cast(converted(l.balance, case
            when $currency is not null or l.currency = reporting_currency_at($known_on) then cast(1 as decimal(18, 10))
            else r.rate
        end) as decimal(38, 2)) as reporting_balance,
from latest as l
asof left join fx_rate_at($known_on) as r on r.currency = l.currency and r.rate_date <= l.balance_date
order by l.account, l.currency

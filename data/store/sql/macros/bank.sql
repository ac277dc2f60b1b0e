-- One row per account, currency and day with a balance at its end: the declared one, or the declared one before it plus
-- the entries since. Entries without a declared balance before them give no row.
create or replace macro bank_closing_at(in_known_on) as table
with entries_of_day as (
    select entry.account, entry.currency, entry.entry_date, sum(entry.amount) as amount
    from bank_entry_at(in_known_on) as entry
    group by all
),
entries_since_balance as (
    select
        entries.account,
        entries.currency,
        entries.entry_date,
        entries.amount,
        balance.balance_date,
        balance.balance,
    from entries_of_day as entries
    asof inner join bank_balance_at(in_known_on) as balance
        on
            balance.account = entries.account
            and balance.currency = entries.currency
            and balance.balance_date <= entries.entry_date
)
select balance.account, balance.currency, balance.balance_date, cast(balance.balance as decimal(38, 2)) as balance
from bank_balance_at(in_known_on) as balance
union all
select
    entries.account,
    entries.currency,
    entries.entry_date,
    entries.balance + sum(entries.amount) over (
        partition by entries.account, entries.currency, entries.balance_date order by entries.entry_date
    ),
from entries_since_balance as entries
where entries.entry_date > entries.balance_date;

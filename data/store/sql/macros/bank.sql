-- One row per account, currency and day with a balance at its end: declared, or the declared one before it
-- and the entries since. Entries of an account that has no balance before them tell no balance.
create or replace macro bank_closing_at(in_known_on) as table
with moved as (
    select e.account, e.currency, e.entry_date, sum(e.amount) as amount
    from bank_entry_at(in_known_on) as e
    group by all
),
since as (
    select m.account, m.currency, m.entry_date, m.amount, b.balance_date, b.balance
    from moved as m
    asof inner join bank_balance_at(in_known_on) as b
        on b.account = m.account and b.currency = m.currency and b.balance_date <= m.entry_date
)
select b.account, b.currency, b.balance_date, cast(b.balance as decimal(38, 2)) as balance
from bank_balance_at(in_known_on) as b
union all
select
    s.account,
    s.currency,
    s.entry_date,
    s.balance + sum(s.amount) over (
        partition by s.account, s.currency, s.balance_date order by s.entry_date
    ),
from since as s
where s.entry_date > s.balance_date;

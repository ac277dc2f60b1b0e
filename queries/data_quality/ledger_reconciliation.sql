-- name: ledger_reconciliation
-- One row per declared general-ledger balance up to the day, newest first: what the books come to on its own day.
-- A difference is not an error of either side yet: it says from which day on the two stopped agreeing.
--
-- param as_of: DATE  no declared balance after this day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only this currency
-- param entity: VARCHAR = null  only this administration
-- returns balance_date: DATE  day of the declared balance, end of day
-- returns entity: VARCHAR  the administration; empty where none is given
-- returns currency: VARCHAR  currency of both amounts
-- returns ledger_balance: DECIMAL(38,2)  the balance declared
-- returns receivables: DECIMAL(38,2)  open amounts less money on account on that day, in the documents' currency
-- returns ledger_difference: DECIMAL(38,2)  receivables less the declared balance
with declared as (
    select
        l.balance_date,
        coalesce(l.entity, '') as entity,
        l.currency,
        l.balance,
    from ledger_balance_at($known_on) as l
    where
        l.balance_date <= $as_of
        and ($currency is null or l.currency = $currency)
        and ($entity is null or coalesce(l.entity, '') = $entity)
),
moved as (
    select
        i.entity,
        i.currency,
        i.post_date as day,
        sum(i.document_amount) as amount,
    from item_at($known_on, null, $entity, null) as i
    where i.post_date <= $as_of
    group by all
),
balance as (
    select
        m.entity,
        m.currency,
        m.day,
        sum(m.amount) over (partition by m.entity, m.currency order by m.day) as receivables,
    from moved as m
)
select
    d.balance_date,
    d.entity,
    d.currency,
    cast(d.balance as decimal(38, 2)) as ledger_balance,
    cast(coalesce(b.receivables, 0) as decimal(38, 2)) as receivables,
    cast(coalesce(b.receivables, 0) - d.balance as decimal(38, 2)) as ledger_difference,
from declared as d
asof left join balance as b on b.entity = d.entity and b.currency = d.currency and b.day <= d.balance_date
order by d.balance_date desc, d.entity, d.currency

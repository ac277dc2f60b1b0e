-- name: ledger_reconciliation
-- One row per declared general-ledger balance up to the day, newest first: what the books come to on its own day.
-- A difference is not an error of either side yet: it says from which day on the two stopped agreeing.
--
-- param as_of: DATE  no declared balance after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only this currency
-- param entity: VARCHAR = null  only this administration
-- returns balance_date: DATE  day of the declared balance, end of day
-- returns entity: VARCHAR  the administration; empty where none is given
-- returns currency: VARCHAR  currency of both amounts
-- returns ledger_balance: DECIMAL(38,2)  the balance declared
-- returns receivables: DECIMAL(38,2)  open amounts less money on account on that day, in the documents' currency
-- returns ledger_difference: DECIMAL(38,2)  receivables less the declared balance
with declared_balance as (
    select
        ledger.balance_date,
        coalesce(ledger.entity, '') as entity,
        ledger.currency,
        ledger.balance,
    from ledger_balance_at($known_on) as ledger
    where
        ledger.balance_date <= $as_of
        and ($currency is null or ledger.currency = $currency)
        and ($entity is null or coalesce(ledger.entity, '') = $entity)
),
movement_of_day as (
    select
        item.entity,
        item.currency,
        item.post_date as day,
        sum(item.document_amount) as amount,
    from item_at($known_on, null, $entity, null) as item
    where item.post_date <= $as_of
    group by all
),
balance_of_day as (
    select
        movement.entity,
        movement.currency,
        movement.day,
        sum(movement.amount) over (partition by movement.entity, movement.currency order by movement.day)
            as receivables,
    from movement_of_day as movement
)
select
    declared.balance_date,
    declared.entity,
    declared.currency,
    cast(declared.balance as decimal(38, 2)) as ledger_balance,
    cast(coalesce(balance.receivables, 0) as decimal(38, 2)) as receivables,
    cast(coalesce(balance.receivables, 0) - declared.balance as decimal(38, 2)) as ledger_difference,
from declared_balance as declared
asof left join balance_of_day as balance
    on
        balance.entity = declared.entity
        and balance.currency = declared.currency
        and balance.day <= declared.balance_date
order by declared.balance_date desc, declared.entity, declared.currency

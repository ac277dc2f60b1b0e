-- name: exchange_differences
-- One row per administration and foreign currency with receivables on the day, or with exchange differences realised
-- since the opening: what its receivables are worth in the books and at the rate of the day. The unrealised difference
-- stands beside the receivables and is in none of their figures.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only this currency
-- param entity: VARCHAR = null  only this administration
-- param opening_date: DATE = null  day of the opening balance; null: end of the year before
-- returns entity: VARCHAR  the administration; empty where none is given
-- returns currency: VARCHAR  currency of the documents
-- returns document_open_amount: DECIMAL(38,2)  open on documents and on account, in that currency
-- returns open_amount: DECIMAL(38,2)  the same in the reporting currency, at the rates of the documents; null: a rate is missing
-- returns current_rate: DECIMAL(18,10)  worth of one unit in the reporting currency on the day; null: no rate
-- returns current_amount: DECIMAL(38,2)  the amount open at that rate
-- returns unrealised_difference: DECIMAL(38,2)  current_amount less open_amount, not booked
-- returns realised_difference: DECIMAL(38,2)  exchange differences booked since the opening, gains positive
with item_in_view as (
    select item.*
    from item_at($known_on, null, $entity, null) as item
    where item.post_date <= $as_of
),
open_currency as (
    select
        item.entity,
        item.currency,
        sum(item.document_amount) as document_open_amount,
        case
            when coalesce(sum(item.document_amount) filter (item.amount is null), 0) = 0
                then coalesce(sum(item.amount), 0)
        end as open_amount,
    from item_in_view as item
    where item.currency <> reporting_currency_at($known_on)
    group by item.entity, item.currency
),
realised as (
    select item.entity, document.currency, sum(item.amount) as amount,
    from item_in_view as item
    inner join invoice_at($known_on) as document on document.invoice_id = item.document_id
    where
        item.kind = 'exchange'
        and item.post_date > coalesce($opening_date, make_date(year($as_of) - 1, 12, 31))
    group by item.entity, document.currency
),
foreign_currency as (
    select
        coalesce(balance.entity, realised.entity) as entity,
        coalesce(balance.currency, realised.currency) as currency,
        coalesce(balance.document_open_amount, 0) as document_open_amount,
        case when balance.currency is null then 0 else balance.open_amount end as open_amount,
        coalesce(realised.amount, 0) as realised_difference,
        $as_of as rate_day,
    from open_currency as balance
    full join realised on realised.entity = balance.entity and realised.currency = balance.currency
)
select
    foreign_currency.entity,
    foreign_currency.currency,
    cast(foreign_currency.document_open_amount as decimal(38, 2)) as document_open_amount,
    cast(foreign_currency.open_amount as decimal(38, 2)) as open_amount,
    cast(foreign_currency.rate as decimal(18, 10)) as current_rate,
    cast(converted(foreign_currency.document_open_amount, foreign_currency.rate) as decimal(38, 2)) as current_amount,
    cast(
        converted(foreign_currency.document_open_amount, foreign_currency.rate) - foreign_currency.open_amount
        as decimal(38, 2)
    ) as unrealised_difference,
    cast(foreign_currency.realised_difference as decimal(38, 2)) as realised_difference,
from with_rate('foreign_currency', $known_on, null) as foreign_currency
where
    ($currency is null or foreign_currency.currency = $currency)
    and (foreign_currency.document_open_amount <> 0 or foreign_currency.realised_difference <> 0)
order by foreign_currency.entity, foreign_currency.currency

-- name: tie_out
-- One row per administration and currency: what the documents and payments add up to, against the ageing.
-- Each side is summed on its own, in the currency of the documents: one from the facts as they came, one from
-- the item ledger behind every figure. A payment belongs to the administration of its document.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only this currency
-- param entity: VARCHAR = null  only this administration
-- param opening_date: DATE = null  day of the opening balance; null: end of the year before
-- returns entity: VARCHAR  the administration; empty where none is given
-- returns currency: VARCHAR  currency of the documents
-- returns opening_date: DATE  day of the opening balance, end of day
-- returns opening: DECIMAL(38,2)  receivables on opening_date
-- returns invoiced: DECIMAL(38,2)  invoices since
-- returns credited: DECIMAL(38,2)  credit notes, cancellations and credits since, positive
-- returns received: DECIMAL(38,2)  payments less reversals since, on account too
-- returns written_off: DECIMAL(38,2)  write-offs since
-- returns discounts: DECIMAL(38,2)  discounts since, positive
-- returns listed: DECIMAL(38,2)  settled since by lists of open items, positive
-- returns exchange: DECIMAL(38,2)  exchange differences since, positive where they raise the receivables
-- returns recovered: DECIMAL(38,2)  write-offs taken back since, because the money came after all
-- returns receivables: DECIMAL(38,2)  opening + invoiced - credited - received - written off - discounts - listed + exchange + recovered
-- returns bucket_total: DECIMAL(38,2)  sum of the ageing buckets, from the item ledger
-- returns credits: DECIMAL(38,2)  of bucket_total: credit notes and overpayments, to be set off, negative
-- returns unapplied: DECIMAL(38,2)  money on account, from the item ledger, negative
-- returns difference: DECIMAL(38,2)  receivables less bucket_total and unapplied; must be zero
-- returns ledger_date: DATE  latest declared ledger balance on or before the day; null if there is none
-- returns ledger_balance: DECIMAL(18,2)  the balance declared for that day
-- returns ledger_difference: DECIMAL(38,2)  receivables of ledger_date less ledger_balance
-- returns unconverted_amount: DECIMAL(38,2)  open or on account without a rate to the reporting currency, so left out of converted figures
-- returns is_tied: BOOLEAN  both differences are zero, or no ledger balance was declared
with fact_in_view as (
    select
        fact.*,
        coalesce($opening_date, make_date(year($as_of) - 1, 12, 31)) as opening_date,
    from fact_day_at($known_on) as fact
    where
        fact.day <= $as_of
        and ($currency is null or fact.currency = $currency)
        and ($entity is null or fact.entity = $entity)
),
fact_total as (
    select
        fact.entity,
        fact.currency,
        coalesce(sum(fact.amount) filter (fact.day <= fact.opening_date), 0) as opening,
        coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'invoiced'), 0) as invoiced,
        -coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'credited'), 0) as credited,
        -coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'received'), 0) as received,
        -coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'written_off'), 0)
            as written_off,
        -coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'discounts'), 0) as discounts,
        -coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'listed'), 0) as listed,
        coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'exchange'), 0) as exchange,
        coalesce(sum(fact.amount) filter (fact.day > fact.opening_date and fact.part = 'recovered'), 0) as recovered,
    from fact_in_view as fact
    group by fact.entity, fact.currency
),
item_total as (
    select
        item.entity,
        item.currency,
        coalesce(sum(item.document_amount) filter (item.due_date is not null), 0) as bucket_total,
        coalesce(sum(item.document_amount) filter (item.due_date is null), 0) as unapplied,
        coalesce(sum(item.document_amount) filter (item.amount is null), 0) as unconverted_amount,
    from item_at($known_on, null, $entity, null) as item
    where item.post_date <= $as_of and ($currency is null or item.currency = $currency)
    group by item.entity, item.currency
    having sum(item.weight) <> 0
),
credit_total as (
    select part.entity, part.currency, sum(part.document_open_amount) as credits,
    from open_part_at($as_of, $known_on, null, $entity, null) as part
    where
        is_credit(part.invoice_type, part.document_open_amount)
        and ($currency is null or part.currency = $currency)
    group by part.entity, part.currency
),
declared_balance as (
    select
        coalesce(ledger.entity, '') as entity,
        ledger.currency,
        max(ledger.balance_date) as ledger_date,
        arg_max(ledger.balance, ledger.balance_date) as ledger_balance,
    from ledger_balance_at($known_on) as ledger
    where
        ledger.balance_date <= $as_of
        and ($currency is null or ledger.currency = $currency)
        and ($entity is null or coalesce(ledger.entity, '') = $entity)
    group by all
),
facts_on_ledger_date as (
    select declared.entity, declared.currency, coalesce(sum(fact.amount), 0) as receivables
    from declared_balance as declared
    left join fact_in_view as fact
        on
            fact.entity = declared.entity
            and fact.currency = declared.currency
            and fact.day <= declared.ledger_date
    group by declared.entity, declared.currency
),
book as (
    select entity, currency from fact_total
    union
    select entity, currency from item_total
    union
    select entity, currency from declared_balance
),
comparison as (
    select
        book.entity,
        book.currency,
        coalesce($opening_date, make_date(year($as_of) - 1, 12, 31)) as opening_date,
        coalesce(facts.opening, 0) as opening,
        coalesce(facts.invoiced, 0) as invoiced,
        coalesce(facts.credited, 0) as credited,
        coalesce(facts.received, 0) as received,
        coalesce(facts.written_off, 0) as written_off,
        coalesce(facts.discounts, 0) as discounts,
        coalesce(facts.listed, 0) as listed,
        coalesce(facts.exchange, 0) as exchange,
        coalesce(facts.recovered, 0) as recovered,
        coalesce(
            facts.opening + facts.invoiced - facts.credited - facts.received - facts.written_off - facts.discounts
            - facts.listed + facts.exchange + facts.recovered,
            0
        ) as receivables,
        coalesce(items.bucket_total, 0) as bucket_total,
        coalesce(credit.credits, 0) as credits,
        coalesce(items.unapplied, 0) as unapplied,
        declared.ledger_date,
        declared.ledger_balance,
        on_date.receivables - declared.ledger_balance as ledger_difference,
        coalesce(items.unconverted_amount, 0) as unconverted_amount,
    from book
    left join fact_total as facts on facts.entity = book.entity and facts.currency = book.currency
    left join item_total as items on items.entity = book.entity and items.currency = book.currency
    left join credit_total as credit on credit.entity = book.entity and credit.currency = book.currency
    left join declared_balance as declared on declared.entity = book.entity and declared.currency = book.currency
    left join facts_on_ledger_date as on_date on on_date.entity = book.entity and on_date.currency = book.currency
)
select
    compared.entity,
    compared.currency,
    compared.opening_date,
    compared.opening,
    compared.invoiced,
    compared.credited,
    compared.received,
    compared.written_off,
    compared.discounts,
    compared.listed,
    compared.exchange,
    compared.recovered,
    cast(compared.receivables as decimal(38, 2)) as receivables,
    compared.bucket_total,
    compared.credits,
    compared.unapplied,
    cast(compared.receivables - compared.bucket_total - compared.unapplied as decimal(38, 2)) as difference,
    compared.ledger_date,
    compared.ledger_balance,
    cast(compared.ledger_difference as decimal(38, 2)) as ledger_difference,
    compared.unconverted_amount,
    compared.receivables = compared.bucket_total + compared.unapplied
    and coalesce(compared.ledger_difference, 0) = 0 as is_tied,
from comparison as compared
order by compared.entity, compared.currency

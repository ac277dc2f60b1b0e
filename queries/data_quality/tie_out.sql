-- name: tie_out
-- One row per administration and currency: what the documents and payments add up to, against the ageing.
-- Each side is summed on its own, in the currency of the documents: one from the facts as they came, one from
-- the item ledger behind every figure. A payment belongs to the administration of its document.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
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
-- returns receivables: DECIMAL(38,2)  opening + invoiced - credited - received - written off
-- returns bucket_total: DECIMAL(38,2)  sum of the ageing buckets, from the item ledger
-- returns unapplied: DECIMAL(38,2)  money on account, from the item ledger, negative
-- returns difference: DECIMAL(38,2)  receivables less bucket_total and unapplied; must be zero
-- returns ledger_date: DATE  latest declared ledger balance on or before the day; null if there is none
-- returns ledger_balance: DECIMAL(18,2)  the balance declared for that day
-- returns ledger_difference: DECIMAL(38,2)  receivables of ledger_date less ledger_balance
-- returns unconverted_amount: DECIMAL(38,2)  open or on account without a rate to the reporting currency, so left out of converted figures
-- returns is_tied: BOOLEAN  both differences are zero, or no ledger balance was declared
with asked as (
    select
        f.*,
        coalesce($opening_date, make_date(year($as_of) - 1, 12, 31)) as opening_date,
    from fact_day_at($known_on) as f
    where
        f.day <= $as_of
        and ($currency is null or f.currency = $currency)
        and ($entity is null or f.entity = $entity)
),
summed as (
    select
        a.entity,
        a.currency,
        coalesce(sum(a.amount) filter (a.day <= a.opening_date), 0) as opening,
        coalesce(sum(a.amount) filter (a.day > a.opening_date and a.part = 'invoiced'), 0) as invoiced,
        -coalesce(sum(a.amount) filter (a.day > a.opening_date and a.part = 'credited'), 0) as credited,
        -coalesce(sum(a.amount) filter (a.day > a.opening_date and a.part = 'received'), 0) as received,
        -coalesce(sum(a.amount) filter (a.day > a.opening_date and a.part = 'written_off'), 0) as written_off,
    from asked as a
    group by a.entity, a.currency
),
aged as (
    select
        i.entity,
        i.currency,
        coalesce(sum(i.document_amount) filter (i.due_date is not null), 0) as bucket_total,
        coalesce(sum(i.document_amount) filter (i.due_date is null), 0) as unapplied,
        coalesce(sum(i.document_amount) filter (i.amount is null), 0) as unconverted_amount,
    from item_at($known_on, null, $entity, null) as i
    where i.post_date <= $as_of and ($currency is null or i.currency = $currency)
    group by i.entity, i.currency
    having sum(i.weight) <> 0
),
declared as (
    select
        coalesce(l.entity, '') as entity,
        l.currency,
        max(l.balance_date) as ledger_date,
        arg_max(l.balance, l.balance_date) as ledger_balance,
    from ledger_balance_at($known_on) as l
    where
        l.balance_date <= $as_of
        and ($currency is null or l.currency = $currency)
        and ($entity is null or coalesce(l.entity, '') = $entity)
    group by all
),
on_ledger_date as (
    select d.entity, d.currency, coalesce(sum(a.amount), 0) as receivables
    from declared as d
    left join asked as a on a.entity = d.entity and a.currency = d.currency and a.day <= d.ledger_date
    group by d.entity, d.currency
),
book as (
    select entity, currency from summed
    union
    select entity, currency from aged
    union
    select entity, currency from declared
),
compared as (
    select
        b.entity,
        b.currency,
        coalesce($opening_date, make_date(year($as_of) - 1, 12, 31)) as opening_date,
        coalesce(s.opening, 0) as opening,
        coalesce(s.invoiced, 0) as invoiced,
        coalesce(s.credited, 0) as credited,
        coalesce(s.received, 0) as received,
        coalesce(s.written_off, 0) as written_off,
        coalesce(s.opening + s.invoiced - s.credited - s.received - s.written_off, 0) as receivables,
        coalesce(a.bucket_total, 0) as bucket_total,
        coalesce(a.unapplied, 0) as unapplied,
        d.ledger_date,
        d.ledger_balance,
        o.receivables - d.ledger_balance as ledger_difference,
        coalesce(a.unconverted_amount, 0) as unconverted_amount,
    from book as b
    left join summed as s on s.entity = b.entity and s.currency = b.currency
    left join aged as a on a.entity = b.entity and a.currency = b.currency
    left join declared as d on d.entity = b.entity and d.currency = b.currency
    left join on_ledger_date as o on o.entity = b.entity and o.currency = b.currency
)
select
    c.entity,
    c.currency,
    c.opening_date,
    c.opening,
    c.invoiced,
    c.credited,
    c.received,
    c.written_off,
    cast(c.receivables as decimal(38, 2)) as receivables,
    c.bucket_total,
    c.unapplied,
    cast(c.receivables - c.bucket_total - c.unapplied as decimal(38, 2)) as difference,
    c.ledger_date,
    c.ledger_balance,
    cast(c.ledger_difference as decimal(38, 2)) as ledger_difference,
    c.unconverted_amount,
    c.receivables = c.bucket_total + c.unapplied and coalesce(c.ledger_difference, 0) = 0 as is_tied,
from compared as c
order by c.entity, c.currency

-- name: filter_values
-- One row per value a filter can take, with the documents that have it.
--
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns kind: VARCHAR  entity, currency, segment or account_manager
-- returns value: VARCHAR  the value; documents without one are not listed
-- returns documents: BIGINT  documents that have it, of any day
with document as (
    select r.entity, r.currency, r.segment, r.customer_id, count(*) as documents
    from receivable_at($known_on, null, null, null) as r
    where r.instalment <= 1
    group by all
),
-- Money on account can be in an administration, currency or segment that has no document.
standing as (
    select f.entity, f.currency, f.segment
    from flow_day_at($known_on, null, null, null) as f
    group by all
    having sum(f.rows) <> 0
),
counted as (
    select 'entity' as kind, d.entity as value, sum(d.documents) as documents
    from document as d
    group by all
    union all
    select 'currency', d.currency, sum(d.documents)
    from document as d
    group by all
    union all
    select 'segment', d.segment, sum(d.documents)
    from document as d
    group by all
    union all
    select 'account_manager', c.account_manager, sum(d.documents)
    from document as d
    inner join customer_at($known_on) as c on c.customer_id = d.customer_id
    group by all
    union all
    select 'entity', s.entity, 0
    from standing as s
    union all
    select 'currency', s.currency, 0
    from standing as s
    union all
    select 'segment', s.segment, 0
    from standing as s
)
select
    c.kind,
    c.value,
    cast(sum(c.documents) as bigint) as documents,
from counted as c
where c.value <> ''
group by c.kind, c.value
order by c.kind, c.value

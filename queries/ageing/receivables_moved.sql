-- name: receivables_moved
-- One row: why receivables changed between two days, by cause.
--
-- param as_of: DATE  last day, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param days: INTEGER = 7  how many days back the first day lies
-- returns opening_date: DATE  first day, end of day
-- returns opening: DECIMAL(38,2)  receivables on opening_date
-- returns invoiced: DECIMAL(38,2)  invoices since
-- returns credited: DECIMAL(38,2)  credit notes, cancellations and credits since, positive
-- returns received: DECIMAL(38,2)  payments less reversals since, on account too
-- returns written_off: DECIMAL(38,2)  write-offs since
-- returns discounts: DECIMAL(38,2)  discounts since, positive
-- returns listed: DECIMAL(38,2)  settled since by lists of open items, positive
-- returns exchange: DECIMAL(38,2)  exchange differences since, positive where they raise the receivables
-- returns recovered: DECIMAL(38,2)  write-offs taken back since, because the money came after all
-- returns closing: DECIMAL(38,2)  opening + invoiced - credited - received - written off - discounts - listed + exchange + recovered
with flow as (
    select
        tie_out_line(flow.kind) as line,
        flow.post_date > $as_of - $days as is_since,
        sum(flow.amount) as amount,
    from flow_day_at($known_on, $currency, $entity, $segment) as flow
    where flow.post_date <= $as_of
    group by all
)
select
    $as_of - $days as opening_date,
    cast(coalesce(sum(flow.amount) filter (not flow.is_since), 0) as decimal(38, 2)) as opening,
    cast(coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'invoiced'), 0) as decimal(38, 2)) as invoiced,
    cast(-coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'credited'), 0) as decimal(38, 2)) as credited,
    cast(-coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'received'), 0) as decimal(38, 2)) as received,
    cast(-coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'written_off'), 0) as decimal(38, 2)) as written_off,
    cast(-coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'discounts'), 0) as decimal(38, 2)) as discounts,
    cast(-coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'listed'), 0) as decimal(38, 2)) as listed,
    cast(coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'exchange'), 0) as decimal(38, 2)) as exchange,
    cast(coalesce(sum(flow.amount) filter (flow.is_since and flow.line = 'recovered'), 0) as decimal(38, 2)) as recovered,
    cast(coalesce(sum(flow.amount), 0) as decimal(38, 2)) as closing,
from flow
order by all

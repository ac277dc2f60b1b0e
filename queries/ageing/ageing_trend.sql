-- name: ageing_trend
-- One row per week end (Sunday) or month end: what was open on that day, by days past the due date then.
-- Each row equals the ageing of its day; a week or month that is not over on the last day gives no row.
--
-- param as_of: DATE  last day that may be shown
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param from: DATE = null  first day; null: 26 weeks or 24 months
-- param to: DATE = null  last day; null: as_of
-- param every: VARCHAR = week  week or month
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- returns as_of: DATE  end of the week (Sunday) or month
-- returns bucket_0: DECIMAL(38,2)  not due yet
-- returns bucket_1: DECIMAL(38,2)  1 day to the first limit
-- returns bucket_2: DECIMAL(38,2)  up to the second limit
-- returns bucket_3: DECIMAL(38,2)  up to the third limit
-- returns bucket_4: DECIMAL(38,2)  up to the fourth limit
-- returns bucket_5: DECIMAL(38,2)  up to the fifth limit
-- returns bucket_6: DECIMAL(38,2)  up to the sixth limit
-- returns bucket_7: DECIMAL(38,2)  up to the seventh limit
-- returns bucket_8: DECIMAL(38,2)  up to the eighth limit
-- returns bucket_9: DECIMAL(38,2)  beyond the last limit
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns total: DECIMAL(38,2)  all of it
--
-- shape: bucket_columns
with span as (
    select
        $every = 'month' as is_month,
        least(coalesce($to, $as_of), $as_of) as last_day,
),
last_point as (
    select
        s.is_month,
        case
            when not s.is_month then s.last_day - cast(isodow(s.last_day) % 7 as integer)
            when s.last_day = last_day(s.last_day) then s.last_day
            else cast(date_trunc('month', s.last_day) as date) - 1
        end as day,
    from span as s
),
first_point as (
    select
        l.is_month,
        l.day as last_day,
        case
            when l.is_month then last_day(coalesce($from, cast(l.day - interval 23 month as date)))
            when $from is null then l.day - 175
            else $from + cast((7 - isodow($from)) as integer)
        end as day,
    from last_point as l
),
point as (
    select
        n.number,
        case
            when f.is_month then last_day(cast(f.day + to_months(cast(n.number as integer)) as date))
            else f.day + cast(7 * n.number as integer)
        end as day,
    from first_point as f
    cross join
        range(
            0,
            case
                when f.is_month then date_diff('month', f.day, f.last_day) + 1
                else date_diff('day', f.day, f.last_day) // 7 + 1
            end
        ) as n (number)
),
source as (
    select b.post_date, b.due_date as age_date, b.amount
    from balance_day_at($known_on, $currency, $entity, $segment) as b
    where $basis <> 'invoice'
    union all
    select i.post_date, case when i.due_date is not null then i.invoice_date end as age_date, i.amount
    from item_at($known_on, $currency, $entity, $segment) as i
    where $basis = 'invoice'
),
-- From here on a day is the number of the first point on or after it: what happens between two points shows at
-- the later one.
posted as (
    select
        case
            when f.is_month then greatest(0, date_diff('month', f.day, s.post_date))
            else greatest(0, (date_diff('day', f.day, s.post_date) + 6) // 7)
        end as post_number,
        s.age_date,
        f.day as first_day,
        f.is_month,
        sum(s.amount) as amount,
    from source as s
    cross join first_point as f
    group by all
),
-- Bucket b begins $limits[b - 1] + 1 days after the age date. Summing what has begun by a point, per bucket, and
-- taking the difference with the next bucket gives the bucket: one event each instead of one row per point.
begun as (
    select
        p.post_number,
        p.age_date,
        p.amount,
        b.bucket,
        p.age_date + cast(case when b.bucket = 1 then 1 else $limits[b.bucket - 1] + 1 end as integer) as begin_date,
        p.first_day,
        p.is_month,
    from posted as p
    cross join range(1, len($limits) + 2) as b (bucket)
    where p.age_date is not null
),
event as (
    select
        greatest(
            g.post_number,
            case
                when g.is_month then date_diff('month', g.first_day, g.begin_date)
                else (date_diff('day', g.first_day, g.begin_date) + 6) // 7
            end
        ) as number,
        g.bucket,
        sum(g.amount) as amount,
    from begun as g
    group by all
    union all
    select p.post_number as number, case when p.age_date is null then -1 else 0 end as bucket, sum(p.amount) as amount
    from posted as p
    group by all
),
pivoted as (
    select
        e.number,
        sum(e.amount) filter (e.bucket = 0) as begun_0,
        sum(e.amount) filter (e.bucket = 1) as begun_1,
        sum(e.amount) filter (e.bucket = 2) as begun_2,
        sum(e.amount) filter (e.bucket = 3) as begun_3,
        sum(e.amount) filter (e.bucket = 4) as begun_4,
        sum(e.amount) filter (e.bucket = 5) as begun_5,
        sum(e.amount) filter (e.bucket = 6) as begun_6,
        sum(e.amount) filter (e.bucket = 7) as begun_7,
        sum(e.amount) filter (e.bucket = 8) as begun_8,
        sum(e.amount) filter (e.bucket = 9) as begun_9,
        sum(e.amount) filter (e.bucket = -1) as unapplied,
    from event as e
    group by e.number
),
cumulated as (
    select
        p.day as as_of,
        coalesce(sum(v.begun_0) over (order by p.number), 0) as begun_0,
        coalesce(sum(v.begun_1) over (order by p.number), 0) as begun_1,
        coalesce(sum(v.begun_2) over (order by p.number), 0) as begun_2,
        coalesce(sum(v.begun_3) over (order by p.number), 0) as begun_3,
        coalesce(sum(v.begun_4) over (order by p.number), 0) as begun_4,
        coalesce(sum(v.begun_5) over (order by p.number), 0) as begun_5,
        coalesce(sum(v.begun_6) over (order by p.number), 0) as begun_6,
        coalesce(sum(v.begun_7) over (order by p.number), 0) as begun_7,
        coalesce(sum(v.begun_8) over (order by p.number), 0) as begun_8,
        coalesce(sum(v.begun_9) over (order by p.number), 0) as begun_9,
        coalesce(sum(v.unapplied) over (order by p.number), 0) as unapplied,
    from point as p
    left join pivoted as v on v.number = p.number
)
select
    c.as_of,
    c.begun_0 - c.begun_1 as bucket_0,
    c.begun_1 - c.begun_2 as bucket_1,
    c.begun_2 - c.begun_3 as bucket_2,
    c.begun_3 - c.begun_4 as bucket_3,
    c.begun_4 - c.begun_5 as bucket_4,
    c.begun_5 - c.begun_6 as bucket_5,
    c.begun_6 - c.begun_7 as bucket_6,
    c.begun_7 - c.begun_8 as bucket_7,
    c.begun_8 - c.begun_9 as bucket_8,
    c.begun_9 as bucket_9,
    c.unapplied,
    c.begun_0 + c.unapplied as total,
from cumulated as c
order by c.as_of

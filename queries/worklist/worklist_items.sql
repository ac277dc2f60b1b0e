-- name: worklist_items
-- One row per open invoice, and day it falls due, that is overdue or soon due: the step it is up to, or what it waits for.
-- Steps follow one another, none twice and none passed over, each from its own number of days after the due date.
-- The days are settings. Days in dispute do not count for the steps. What is promised waits for its day, the rest of the
-- invoice is asked for; it is handed over after that day only. A payment plan
-- replaces the due date: what fell due by it and is not paid since is overdue, from the day of the first such instalment.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns customer_type: VARCHAR  business, consumer or public
-- returns segment: VARCHAR  the customer's segment
-- returns account_manager: VARCHAR  who looks after it
-- returns language: VARCHAR  language to write in
-- returns email: VARCHAR  where to write to
-- returns preferred_method: VARCHAR  how it prefers to pay, as recorded
-- returns invoice_id: VARCHAR  the invoice
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it falls due
-- returns plan_date: DATE  day the payment plan was agreed by which it is to be paid; null: none
-- returns overdue_since: DATE  day the days are counted from: the due date, or that of its plan's first unpaid instalment
-- returns currency: VARCHAR  currency of the invoice itself
-- returns document_open_amount: DECIMAL(38,2)  what is open of it, in its own currency
-- returns open_amount: DECIMAL(38,2)  what is open of it
-- returns document_asked_amount: DECIMAL(38,2)  what can be asked for: what is open or, by a plan, fell due by it, less what is promised
-- returns asked_amount: DECIMAL(38,2)  the same in the currency of open_amount
-- returns document_promised_amount: DECIMAL(38,2)  what is promised of it for a day to come, in its own currency
-- returns promised_date: DATE  that day; null: nothing is
-- returns days_overdue: BIGINT  days past overdue_since, negative before it
-- returns step: VARCHAR  pre_due_reminder, friendly_reminder, call, formal_reminder, final_demand, notice_14_days, hand_over
-- returns waits: VARCHAR  why nothing is to be done now: disputed, promised, plan, agency, contacted, term, done; null: act
-- returns waits_until: DATE  day promised, or next of the plan
-- returns step_done: VARCHAR  last step that was taken about it
-- returns step_done_date: DATE  day that was
-- returns is_promise_broken: BOOLEAN  the last promise about it was not kept
-- returns is_good_payer: BOOLEAN  pays four in five in time, and is late with this one only
-- returns on_time_share: DOUBLE  invoices paid in time, of those that fell due in 365 days, 0-1; null below 5
-- returns last_contact_date: DATE  last contact with the customer, either way
-- returns last_contact: VARCHAR  what it was: direction/channel/kind
with step_days as (
    select d.* from step_days_at($known_on) as d
),
unpaid as materialized (
    select
        o.*,
        coalesce(
            sum(o.document_open_amount) over (
                partition by o.document_id
                order by o.due_date, o.instalment
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as open_before,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
    where
        o.open_amount > 0
        and o.invoice_type = 'invoice'
        and ($customer is null or o.customer_id = $customer)
),
last_promise as (
    select p.invoice_id, p.made_date, p.promised_date, p.amount,
    from promise_at($known_on) as p
    where p.made_date <= $as_of and p.invoice_id in (select o.document_id from unpaid as o)
    qualify row_number() over (partition by p.invoice_id order by p.made_date desc) = 1
),
last_plan as (
    select p.invoice_id, p.agreed_date, p.due_date, p.amount,
    from payment_plan_at($known_on) as p
    where p.agreed_date <= $as_of and p.invoice_id in (select o.document_id from unpaid as o)
    qualify p.agreed_date = max(p.agreed_date) over (partition by p.invoice_id)
),
settled as (
    select i.document_id, i.kind, i.event_date, i.document_amount,
    from item_at($known_on, null, null, null) as i
    where
        i.due_date is not null
        and i.post_date <= $as_of
        and (
            i.document_id in (select p.invoice_id from last_promise as p)
            or i.document_id in (select p.invoice_id from last_plan as p)
        )
),
promised as (
    select
        p.invoice_id,
        any_value(p.promised_date) as promised_date,
        any_value(p.promised_date) <= $as_of and coalesce(-sum(s.document_amount), 0) < any_value(p.amount) as is_broken,
        case
            when any_value(p.promised_date) > $as_of
                then greatest(any_value(p.amount) - coalesce(-sum(s.document_amount), 0), 0)
            else 0
        end as amount,
    from last_promise as p
    left join settled as s
        on
            s.document_id = p.invoice_id
            and keeps_promise(s.kind, s.event_date, p.made_date, least(p.promised_date, $as_of))
    group by p.invoice_id
),
paid_since as (
    select p.invoice_id, p.agreed_date, coalesce(-sum(s.document_amount), 0) as amount,
    from (select distinct l.invoice_id, l.agreed_date from last_plan as l) as p
    left join settled as s
        on
            s.document_id = p.invoice_id
            and s.event_date >= p.agreed_date
            and s.kind in ('payment', 'credit', 'reversal', 'write_off')
    group by p.invoice_id, p.agreed_date
),
instalments_due as (
    select
        l.invoice_id,
        l.agreed_date,
        l.due_date,
        sum(l.amount) over (partition by l.invoice_id order by l.due_date) as by_then,
    from last_plan as l
    where l.amount > 0
),
planned as (
    select
        p.invoice_id,
        any_value(p.agreed_date) as agreed_date,
        min(p.due_date) as first_date,
        min(p.due_date) filter (p.due_date >= $as_of) as next_date,
        coalesce(max(p.by_then - s.amount) filter (p.due_date < $as_of), 0) as arrears,
    from instalments_due as p
    inner join paid_since as s on s.invoice_id = p.invoice_id
    where p.by_then > s.amount
    group by p.invoice_id
),
-- What a plan asks for, and what is promised, is of the parts that fell due first.
fallen as (
    select
        o.* exclude (open_before),
        p.agreed_date as plan_date,
        p.next_date,
        coalesce(p.first_date, o.due_date) as since,
        case
            when p.invoice_id is null then o.document_open_amount
            else greatest(least(p.arrears - o.open_before, o.document_open_amount), 0)
        end as document_late_amount,
        greatest(least(coalesce(m.amount, 0) - o.open_before, o.document_open_amount), 0) as document_promised_amount,
        case when document_promised_amount > 0 then m.promised_date end as waits_for,
        coalesce(m.is_broken, false) as is_promise_broken,
        m.promised_date as last_promised_date,
    from unpaid as o
    left join planned as p on p.invoice_id = o.document_id
    left join promised as m on m.invoice_id = o.document_id
),
asked as (
    select
        f.*,
        cast(greatest(f.document_late_amount - f.document_promised_amount, 0) as decimal(38, 2))
            as document_asked_amount,
    from fallen as f
),
owed as (
    select
        o.*,
        coalesce(k.customer_type, 'business') as customer_type,
        cast(
            case
                when o.document_asked_amount = o.document_open_amount then o.open_amount
                when o.document_open_amount = o.open_amount then o.document_asked_amount
                else converted(
                    o.document_asked_amount, cast(o.open_amount / o.document_open_amount as decimal(18, 10))
                )
            end as decimal(38, 2)
        ) as asked_amount,
    from asked as o
    left join customer_at($known_on) as k on k.customer_id = o.customer_id
    where
        o.due_date <= $as_of + (select d.pre_due from step_days as d)
        or (o.plan_date is not null and o.document_late_amount > 0)
),
disputed as (
    select distinct d.invoice_id
    from open_dispute_at($as_of, $known_on) as d
),
in_dispute as (
    select
        o.document_id,
        o.due_date,
        greatest(d.opened_date, o.since + 1) as first_day,
        least(coalesce(d.closed_date - 1, $as_of), $as_of) as last_day,
    from owed as o
    inner join dispute_at($known_on) as d on d.invoice_id = o.document_id
    where d.opened_date <= $as_of
),
-- Days after the due date on which there was a dispute, each once however many there were.
stood_still as (
    select e.document_id, e.due_date, sum(e.days) as days,
    from (
        select
            d.document_id,
            d.due_date,
            greatest(
                date_diff(
                    'day',
                    greatest(d.first_day - 1, coalesce(
                        max(d.last_day) over (
                            partition by d.document_id, d.due_date
                            order by d.first_day, d.last_day
                            rows between unbounded preceding and 1 preceding
                        ),
                        d.first_day - 1
                    )),
                    d.last_day
                ),
                0
            ) as days,
        from (select distinct i.* from in_dispute as i where i.last_day >= i.first_day) as d
    ) as e
    group by e.document_id, e.due_date
),
written as (
    select o.document_id, o.due_date, o.customer_type, o.plan_date, o.since, c.contact_date, c.kind,
    from owed as o
    inner join contact_at($known_on) as c on c.invoice_id = o.document_id
    where c.direction = 'out' and c.contact_date <= $as_of
    union all
    -- What names no invoice was about all that was overdue on its day, as claims take it; ahead of it, soon due.
    select o.document_id, o.due_date, o.customer_type, o.plan_date, o.since, c.contact_date, c.kind,
    from owed as o
    inner join contact_at($known_on) as c on c.customer_id = o.customer_id
    cross join step_days as d
    where
        c.invoice_id is null
        and c.direction = 'out'
        and c.contact_date <= $as_of
        and c.contact_date > o.since - case when c.kind = 'pre_due_reminder' then d.pre_due + 1 else 0 end
),
taken as (
    select
        o.document_id,
        o.due_date,
        max(o.contact_date) filter (o.kind = 'call') as called_date,
        max({'rank': r.rank, 'day': o.contact_date, 'kind': o.kind}) filter (
            r.rank is not null
            -- A plan starts the steps anew, for every instalment that is not paid.
            and (o.plan_date is null or o.contact_date > greatest(o.plan_date, o.since))
            -- A notice before the due date gives no term.
            and (o.kind <> 'notice_14_days' or o.contact_date > o.since)
        ) as step,
    from written as o
    left join (
        values
            ('pre_due_reminder', 1, null),
            ('friendly_reminder', 2, null),
            ('formal_reminder', 3, null),
            -- By law a consumer is handed over after the notice only: a demand takes its place for others.
            ('final_demand', 3, 'consumer'),
            ('final_demand', 4, 'business'),
            ('final_demand', 4, 'public'),
            ('notice_14_days', 4, null),
            ('hand_over', 5, null)
    ) as r (kind, rank, customer_type)
        on r.kind = o.kind and (r.customer_type is null or r.customer_type = o.customer_type)
    group by o.document_id, o.due_date
),
spoken as (
    select
        c.customer_id,
        max(c.contact_date) filter (c.direction = 'out') as out_date,
        max(c.contact_date) as contact_date,
    from contact_at($known_on) as c
    where c.contact_date <= $as_of
    group by c.customer_id
),
said as (
    select s.customer_id, max(concat(c.direction, '/', c.channel, '/', c.kind)) as what
    from spoken as s
    inner join contact_at($known_on) as c on c.customer_id = s.customer_id and c.contact_date = s.contact_date
    group by s.customer_id
),
habit as (
    select
        r.customer_id,
        case
            when count(*) >= 5
                then cast(count(*) filter (r.amount_on_time >= r.amount_due) as double) / cast(count(*) as double)
        end as on_time_share,
    from receivable_at($known_on, $currency, $entity, $segment) as r
    where
        r.invoice_type = 'invoice'
        and r.amount_due > 0
        and r.due_date > $as_of - 365
        and r.due_date < $as_of
        and r.customer_id in (select o.customer_id from owed as o)
    group by r.customer_id
),
slips as (
    select o.customer_id, count(distinct o.document_id) as late,
    from owed as o
    where o.since < $as_of and o.document_late_amount > 0 and o.document_id not in (select d.invoice_id from disputed as d)
    group by o.customer_id
),
with_agency as (
    select distinct c.customer_id
    from collection_case_at($known_on) as c
    where c.opened_date <= $as_of and (c.closed_date is null or c.closed_date > $as_of)
),
clocked as (
    select
        o.*,
        date_diff('day', o.since, $as_of) as days_overdue,
        date_diff('day', o.since, $as_of) - coalesce(z.days, 0) as clock,
        coalesce(t.step.rank, 0) as done_rank,
        case when t.step.rank is not null then t.step.kind end as step_done,
        case when t.step.rank is not null then t.step.day end as step_done_date,
        t.called_date,
        coalesce(h.on_time_share >= 0.8 and s.late = 1, false) as is_good_payer,
        h.on_time_share,
        x.out_date,
        x.contact_date as last_contact_date,
        y.what as last_contact,
    from owed as o
    left join taken as t on t.document_id = o.document_id and t.due_date = o.due_date
    left join stood_still as z on z.document_id = o.document_id and z.due_date = o.due_date
    left join habit as h on h.customer_id = o.customer_id
    left join slips as s on s.customer_id = o.customer_id
    left join spoken as x on x.customer_id = o.customer_id
    left join said as y on y.customer_id = o.customer_id
),
ranked as (
    select
        c.*,
        d.gap,
        case
            when c.clock >= d.hand_over then least(5, greatest(c.done_rank, 1) + 1)
            when c.clock >= d.final then least(4, greatest(c.done_rank, 1) + 1)
            when c.clock >= d.formal then least(3, greatest(c.done_rank, 1) + 1)
            when c.clock >= d.friendly then 2
            -- Whoever pays in time is not reminded before the day.
            when
                c.days_overdue <= 0
                and c.days_overdue >= -d.pre_due
                and c.plan_date is null
                and c.on_time_share < 0.8
                then 1
            else 0
        end as rank,
    from clocked as c
    cross join step_days as d
),
stepped as (
    select
        r.*,
        case
            when r.is_promise_broken and (r.called_date is null or r.called_date < r.last_promised_date) then 'call'
            when r.rank <= r.done_rank then null
            when r.is_good_payer and r.rank in (3, 4) and (r.called_date is null or r.called_date < r.since)
                then 'call'
            when r.rank = 4 and r.customer_type = 'consumer' then 'notice_14_days'
            else ['pre_due_reminder', 'friendly_reminder', 'formal_reminder', 'final_demand', 'hand_over'][r.rank]
        end as step,
        k.customer_name,
        k.account_manager,
        k.language,
        k.email,
        k.preferred_method,
    from ranked as r
    left join customer_at($known_on) as k on k.customer_id = r.customer_id
)
select
    s.customer_id,
    coalesce(s.customer_name, s.customer_id) as customer_name,
    s.customer_type,
    s.segment,
    s.account_manager,
    s.language,
    s.email,
    s.preferred_method,
    s.document_id as invoice_id,
    s.invoice_date,
    s.due_date,
    s.plan_date,
    s.since as overdue_since,
    s.currency,
    s.document_open_amount,
    s.open_amount,
    s.document_asked_amount,
    s.asked_amount,
    cast(s.document_promised_amount as decimal(38, 2)) as document_promised_amount,
    s.waits_for as promised_date,
    s.days_overdue,
    s.step,
    case
        when a.customer_id is not null then 'agency'
        when d.invoice_id is not null then 'disputed'
        when s.waits_for is not null and (s.document_asked_amount = 0 or s.step = 'hand_over') then 'promised'
        when s.plan_date is not null and s.document_asked_amount = 0 then 'plan'
        when s.step is null then 'done'
        -- Fourteen days from the day after a letter came, and two for the post.
        when s.step = 'hand_over' and s.step_done_date > $as_of - 17 then 'term'
        when s.out_date > $as_of - s.gap then 'contacted'
    end as waits,
    case
        when s.waits_for is not null and (s.document_asked_amount = 0 or s.step = 'hand_over') then s.waits_for
        when s.plan_date is not null and s.document_asked_amount = 0 then s.next_date
    end as waits_until,
    s.step_done,
    s.step_done_date,
    s.is_promise_broken,
    s.is_good_payer,
    s.on_time_share,
    s.last_contact_date,
    s.last_contact,
from stepped as s
left join disputed as d on d.invoice_id = s.document_id
left join with_agency as a on a.customer_id = s.customer_id
order by s.customer_id, s.due_date, s.document_id, s.open_amount

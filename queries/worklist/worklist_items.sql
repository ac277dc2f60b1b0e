-- name: worklist_items
-- One row per open invoice, and day it falls due, that is overdue or soon due: the step it is up to, or why it waits.
-- Steps follow one another, none twice and none passed over, each from its own number of days after the due date. Steps
-- and days are settings, of everybody, an administration or a group of customers. Days in dispute do not count for the steps. A promised amount waits for its day and the rest of
-- the invoice is asked for; the invoice is handed over after that day only. A payment plan replaces the due date: an
-- amount that fell due by it and is not paid since is overdue, from the day of the first such instalment.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns customer_type: VARCHAR  business, consumer or public
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration; empty where none is given
-- returns account_manager: VARCHAR  who looks after it
-- returns assigned_to: VARCHAR  who follows it up
-- returns language: VARCHAR  language to write in
-- returns email: VARCHAR  where to write to
-- returns phone: VARCHAR  where to call
-- returns contact_name: VARCHAR  whom to ask for
-- returns preferred_method: VARCHAR  how it prefers to pay, as recorded
-- returns invoice_id: VARCHAR  the invoice
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it falls due
-- returns plan_date: DATE  day the payment plan was agreed by which it is to be paid; null: none
-- returns overdue_since: DATE  day the days are counted from: the due date, or that of its plan's first unpaid instalment
-- returns currency: VARCHAR  currency of the invoice itself
-- returns document_open_amount: DECIMAL(38,2)  amount open on it, in its own currency
-- returns open_amount: DECIMAL(38,2)  amount open on it
-- returns document_owed_amount: DECIMAL(38,2)  amount open on it after set-off of the customer's credit, in its own currency
-- returns owed_amount: DECIMAL(38,2)  the same in the currency of open_amount
-- returns set_off_with: VARCHAR  numbers of the credit notes, overpaid invoices and payments set off against it; null: none
-- returns discount_until: DATE  last day on which the early-payment discount can be taken; null: none can
-- returns document_discount_amount: DECIMAL(38,2)  discount for paying the rest by then, in its own currency; null: none
-- returns discount_amount: DECIMAL(38,2)  the same in the currency of open_amount
-- returns document_asked_amount: DECIMAL(38,2)  amount that can be asked for: owed or, by a plan, fallen due by it, less amounts promised
-- returns asked_amount: DECIMAL(38,2)  the same in the currency of open_amount
-- returns document_promised_amount: DECIMAL(38,2)  amount promised of it for a day to come, in its own currency
-- returns promised_date: DATE  that day; null: nothing is
-- returns days_overdue: BIGINT  days past overdue_since, negative before it
-- returns step: VARCHAR  pre_due_reminder, friendly_reminder, call, formal_reminder, final_demand, notice_14_days, hand_over
-- returns step_number: BIGINT  which of the customer's steps that is; null: none, or a call
-- returns steps_in_all: BIGINT  number of the customer's steps; 0: it is left out of the follow-up
-- returns waits: VARCHAR  why nothing is to be done now: set_off, disputed, promised, plan, agency, left_out, contacted, term, done; null: act
-- returns waits_until: DATE  day promised, next of the plan, or the last of a term that a letter gave
-- returns step_done: VARCHAR  last step that was taken about it
-- returns step_done_date: DATE  day that was
-- returns is_promise_broken: BOOLEAN  the last promise about it was not kept
-- returns is_good_payer: BOOLEAN  pays four in five in time, and is late with this one only
-- returns on_time_share: DOUBLE  invoices paid in time, of those that fell due in 365 days, 0-1; null below 5
-- returns last_contact_date: DATE  last contact with the customer, either way
-- returns last_contact: VARCHAR  that contact as direction/channel/kind
with open_in_order as materialized (
    select
        part.*,
        customer.customer_name,
        coalesce(customer.customer_type, 'business') as customer_type,
        customer.account_manager,
        customer.language,
        reach.assigned_to,
        reach.email,
        reach.phone,
        reach.contact_name,
        customer.preferred_method,
        coalesce(trim(customer.dunning_group), '') as dunning_group,
        coalesce(customer.customer_type = 'consumer', false) as is_consumer,
        coalesce(
            sum(part.document_owed_amount) over (
                partition by part.document_id
                order by part.due_date
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as owed_before,
    from owed_day_at($as_of, $known_on, $currency, $entity, $segment) as part
    left join customer_at($known_on) as customer on customer.customer_id = part.customer_id
    left join customer_reach_at($known_on) as reach on reach.customer_id = part.customer_id
    where $customer is null or part.customer_id = $customer
),
account_steps as materialized (
    select account.* from with_steps('open_in_order', $known_on) as account
),
-- The arrears of a plan, and the amount of a promise, are of the parts that fell due first.
late_part as (
    select
        part.* exclude (owed_before),
        plan.agreed_date as plan_date,
        plan.next_date,
        coalesce(plan.first_date, part.due_date) as overdue_since,
        case
            when plan.invoice_id is null then part.document_owed_amount
            else greatest(least(plan.arrears - part.owed_before, part.document_owed_amount), 0)
        end as document_late_amount,
        greatest(least(coalesce(promise.amount_ahead, 0) - part.owed_before, part.document_owed_amount), 0)
            as document_promised_amount,
        case when document_promised_amount > 0 then promise.promised_date end as promised_ahead,
        coalesce(promise.is_broken, false) as is_promise_broken,
        promise.promised_date as last_promised_date,
    from open_in_order as part
    left join unpaid_plan_at($as_of, $known_on) as plan on plan.invoice_id = part.document_id
    left join last_promise_at($as_of, $known_on) as promise on promise.invoice_id = part.document_id
),
asked_part as (
    select
        part.*,
        cast(greatest(part.document_late_amount - part.document_promised_amount, 0) as decimal(38, 2))
            as document_asked_amount,
    from late_part as part
),
part_to_work as (
    select
        part.*,
        account.gap,
        account.pre_due,
        account.steps,
        cast(
            share_shown(part.document_asked_amount, part.document_open_amount, part.open_amount) as decimal(38, 2)
        ) as asked_amount,
    from asked_part as part
    inner join account_steps as account
        on
            account.entity = part.entity
            and account.dunning_group = part.dunning_group
            and account.is_consumer = part.is_consumer
    where
        part.due_date <= $as_of + account.pre_due
        or (part.plan_date is not null and part.document_late_amount > 0)
),
disputed_invoice as (
    select distinct dispute.invoice_id
    from open_dispute_at($as_of, $known_on) as dispute
),
days_in_dispute as (
    select
        part.document_id,
        part.due_date,
        sum(greatest(
            date_diff('day', greatest(dispute.first_day - 1, part.overdue_since), dispute.last_day), 0
        )) as days,
    from part_to_work as part
    inner join dispute_days_at($as_of, $known_on) as dispute on dispute.invoice_id = part.document_id
    group by part.document_id, part.due_date
),
message_sent as (
    select contact.*
    from contact_at($known_on) as contact
    where contact.direction = 'out' and contact.contact_date <= $as_of
),
received_message as materialized (
    select message.* from with_receipt('message_sent', $known_on) as message
),
outgoing_contact as (
    select
        part.document_id,
        part.due_date,
        part.customer_type,
        part.plan_date,
        part.overdue_since,
        contact.contact_date,
        contact.received_date,
        contact.kind,
    from part_to_work as part
    inner join received_message as contact on contact.invoice_id = part.document_id
    union all
    -- A contact that names no invoice was about every invoice overdue on its day, as in claims; a reminder ahead of the
    -- due date, about those soon due.
    select
        part.document_id,
        part.due_date,
        part.customer_type,
        part.plan_date,
        part.overdue_since,
        contact.contact_date,
        contact.received_date,
        contact.kind,
    from part_to_work as part
    inner join received_message as contact on contact.customer_id = part.customer_id
    where
        contact.invoice_id is null
        and contact.contact_date
        > part.overdue_since - case when contact.kind = 'pre_due_reminder' then part.pre_due + 1 else 0 end
),
step_taken as (
    select contact.document_id, contact.due_date, contact.kind, contact.contact_date, contact.received_date, steps.rank
    from outgoing_contact as contact
    inner join step_rank() as steps
        on
            steps.kind = contact.kind
            and (steps.customer_type is null or steps.customer_type = contact.customer_type)
    where
        -- A plan starts the steps again, for every instalment that is not paid.
        (contact.plan_date is null or contact.contact_date > greatest(contact.plan_date, contact.overdue_since))
        -- A notice before the due date gives no term.
        and (contact.kind <> 'notice_14_days' or contact.contact_date > contact.overdue_since)
),
step_of_rank as (
    select
        step.document_id,
        step.due_date,
        step.rank,
        count(distinct step.contact_date) as contacts,
        max({'day': step.contact_date, 'kind': step.kind}) as step,
        max({'day': step.contact_date, 'end': notice_end(step.received_date)}) as term,
        -- A second notice gives no second term, as in claims.
        min(notice_end(step.received_date)) filter (step.kind = 'notice_14_days') as notice_end,
    from step_taken as step
    group by step.document_id, step.due_date, step.rank
),
last_step as (
    select step.*
    from step_of_rank as step
    qualify row_number() over (partition by step.document_id, step.due_date order by step.rank desc) = 1
),
call as (
    select contact.document_id, contact.due_date, max(contact.contact_date) as called_date
    from outgoing_contact as contact
    where contact.kind = 'call'
    group by contact.document_id, contact.due_date
),
-- A letter about one administration's invoice leaves the letters of another free.
last_message as (
    -- A day agreed in the last contact comes in place of the days of rest, before or after their end.
    select
        part.customer_id,
        part.entity,
        max({
            'day': contact.contact_date,
            'recorded_at': contact.recorded_at,
            'quiet_until': coalesce(contact.next_date, contact.contact_date + part.gap)
        }).quiet_until as quiet_until,
    from (select distinct part.customer_id, part.entity, part.gap from part_to_work as part) as part
    inner join received_message as contact on contact.customer_id = part.customer_id
    left join invoice_at($known_on) as invoice on invoice.invoice_id = contact.invoice_id
    where invoice.invoice_id is null or coalesce(invoice.entity, '') = part.entity
    group by part.customer_id, part.entity
),
late_invoices as (
    select part.customer_id, part.entity, count(distinct part.document_id) as invoices
    from part_to_work as part
    where
        part.overdue_since < $as_of
        and part.document_late_amount > 0
        and part.document_id not in (select dispute.invoice_id from disputed_invoice as dispute)
    group by part.customer_id, part.entity
),
part_with_history as (
    select
        part.*,
        date_diff('day', part.overdue_since, $as_of) as days_overdue,
        date_diff('day', part.overdue_since, $as_of) - coalesce(dispute.days, 0) as days_counted,
        coalesce(step_stood_for(part.steps, last.rank, last.contacts), 0) as done_number,
        last.step.kind as step_done,
        last.step.day as step_done_date,
        case last.step.kind when 'notice_14_days' then last.notice_end else last.term.end end as term_end,
        call.called_date,
        coalesce(on_time.share >= 0.8 and late.invoices = 1, false) as is_good_payer,
        on_time.share as on_time_share,
        message.quiet_until,
        contact.contact_date as last_contact_date,
        contact.contact as last_contact,
    from part_to_work as part
    left join last_step as last on last.document_id = part.document_id and last.due_date = part.due_date
    left join call on call.document_id = part.document_id and call.due_date = part.due_date
    left join days_in_dispute as dispute
        on dispute.document_id = part.document_id and dispute.due_date = part.due_date
    left join on_time_share_at($as_of, $known_on) as on_time on on_time.customer_id = part.customer_id
    left join late_invoices as late on late.customer_id = part.customer_id and late.entity = part.entity
    left join last_contact_at($as_of, $known_on) as contact on contact.customer_id = part.customer_id
    left join last_message as message on message.customer_id = part.customer_id and message.entity = part.entity
),
part_with_number as (
    select
        part.*,
        case
            when step_reached(part.steps, part.days_counted) > 0
                then step_up(part.steps, part.days_counted, part.done_number)
            -- A customer that pays in time is not reminded before the due date.
            when
                part.steps[1].rank = 1
                and part.days_overdue <= 0
                and part.days_overdue >= -part.pre_due
                and part.plan_date is null
                and part.on_time_share < 0.8
                then 1
            else 0
        end as step_number,
        part.steps[step_number].rank as rank,
    from part_with_history as part
),
part_with_step as (
    select
        part.*,
        case
            when len(part.steps) = 0 then null
            when
                part.is_promise_broken
                and (part.called_date is null or part.called_date < part.last_promised_date)
                then 'call'
            when part.step_number <= part.done_number then null
            when
                part.is_good_payer
                and part.rank in (3, 4)
                and (part.called_date is null or part.called_date < part.overdue_since)
                then 'call'
            when part.rank = 4 and part.customer_type = 'consumer' then 'notice_14_days'
            else ['pre_due_reminder', 'friendly_reminder', 'formal_reminder', 'final_demand', 'hand_over'][part.rank]
        end as step,
    from part_with_number as part
),
-- A promise for a day to come, else a plan, that leaves nothing to be asked now.
part_with_arrangement as (
    select
        part.*,
        case
            when
                part.promised_ahead is not null
                and (part.document_asked_amount = 0 or part.step = 'hand_over')
                then 'promised'
            when part.plan_date is not null and part.document_asked_amount = 0 then 'plan'
        end as arrangement,
    from part_with_step as part
)
select
    part.customer_id,
    coalesce(part.customer_name, part.customer_id) as customer_name,
    part.customer_type,
    part.segment,
    part.entity,
    part.account_manager,
    part.assigned_to,
    part.language,
    part.email,
    part.phone,
    part.contact_name,
    part.preferred_method,
    part.document_id as invoice_id,
    part.invoice_date,
    part.due_date,
    part.plan_date,
    part.overdue_since,
    part.currency,
    part.document_open_amount,
    part.open_amount,
    part.document_owed_amount,
    part.owed_amount,
    part.set_off_with,
    part.discount_until,
    part.document_discount_amount,
    part.discount_amount,
    part.document_asked_amount,
    part.asked_amount,
    cast(part.document_promised_amount as decimal(38, 2)) as document_promised_amount,
    part.promised_ahead as promised_date,
    part.days_overdue,
    part.step,
    case when part.step <> 'call' then part.step_number end as step_number,
    cast(len(part.steps) as bigint) as steps_in_all,
    case
        when
            part.document_owed_amount = 0
            or (part.customer_id, part.entity) in (
                select even.customer_id, even.entity from even_account_at($as_of, $known_on) as even
            )
            then 'set_off'
        when exists (
            select 1
            from agency_case_at($as_of, $known_on) as handover
            where handover.is_open and handover.customer_id = part.customer_id and handover.entity in ('', part.entity)
        ) then 'agency'
        when part.document_id in (select dispute.invoice_id from disputed_invoice as dispute) then 'disputed'
        when part.arrangement is not null then part.arrangement
        when len(part.steps) = 0 then 'left_out'
        when part.step is null then 'done'
        -- Fourteen days from the day after the last letter was received.
        when part.step = 'hand_over' and part.term_end >= $as_of then 'term'
        when part.quiet_until > $as_of then 'contacted'
    end as waits,
    case
        when part.arrangement = 'promised' then part.promised_ahead
        when part.arrangement = 'plan' then part.next_date
        when part.step = 'hand_over' and part.term_end >= $as_of then part.term_end
    end as waits_until,
    part.step_done,
    part.step_done_date,
    part.is_promise_broken,
    part.is_good_payer,
    part.on_time_share,
    part.last_contact_date,
    part.last_contact,
from part_with_arrangement as part
order by part.customer_id, part.due_date, part.document_id, part.open_amount

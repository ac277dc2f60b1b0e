-- From the lines of the touched customers to their item rows. The
-- parameter `base` is the reporting currency. Run as one script on the writer's connection, after lines.sql.

-- One row per document and course of its payments: as booked (0), and after each step in which money came back.
create or replace temp table course as
select document.invoice_id, 0 as course, cast(null as date) as from_date, false as is_bounce
from doc as document
union all
select distinct change.invoice_id, change.step as course, change.from_date, change.is_bounce
from line_change as change;

-- One row per payment line, course and kind it counts as: what is left of it.
create or replace temp table course_line as
with change_so_far as (
    select change.line_id, change.kind, course.course, sum(change.amount) as amount
    from course
    inner join line_change as change on change.invoice_id = course.invoice_id and change.step <= course.course
    group by all
),
changed_line as (
    select
        payment.* exclude (amount, kind),
        course.course,
        payment.kind,
        cast(payment.amount + coalesce(change.amount, 0) as decimal(18, 2)) as amount,
    from line as payment
    inner join course on course.invoice_id = payment.invoice_id and course.course > 0
    left join change_so_far as change
        on change.line_id = payment.line_id and change.course = course.course and change.kind = payment.kind
    where payment.is_applied
    union all
    -- With a place of its own, for the line itself may stand beside it.
    select
        payment.* exclude (amount, kind) replace (-payment.place as place),
        change.course,
        change.kind,
        cast(change.amount as decimal(18, 2)) as amount,
    from change_so_far as change
    inner join line as payment on payment.line_id = change.line_id and payment.kind <> change.kind
)
select payment.* exclude (amount, kind), 0 as course, payment.kind, payment.amount
from line as payment
where payment.is_applied
union all
select changed.*
from changed_line as changed
where changed.amount <> 0;

-- One row per part, course and event on it: the document itself, its cancellation, each payment applied to it.
create or replace temp table document_row as
with line_on_invoice as (
    select payment.* replace (concat_ws(chr(31), payment.invoice_id, payment.course) as invoice_id)
    from course_line as payment
    where payment.invoice_type = 'invoice'
),
applied_line as (
    select payment.* from course_line as payment
    union all
    select
        payment.* replace (
            'recovered' as kind,
            payment.applied_date as payment_date,
            -recovery.amount as amount
        ),
    from recovery_of('line_on_invoice') as recovery
    inner join course_line as payment
        on
            concat_ws(chr(31), payment.invoice_id, payment.course) = recovery.invoice_id
            and payment.payment_id = recovery.payment_id
            and payment.place = recovery.place
),
applied_payment as (
    select
        payment.*,
        sum(payment.amount) over in_order as paid,
        row_number() over in_order as number,
    from applied_line as payment
    window in_order as (
        partition by payment.invoice_id, payment.course
        order by
            payment.applied_date, payment.payment_date, payment.payment_id, payment.place, payment.kind = 'recovered'
        rows between unbounded preceding and current row
    )
),
part_of_course as (
    select part.*, course.course
    from part
    inner join course on course.invoice_id = part.invoice_id
),
-- One row per payment and instalment: what was paid so far on the document, and by name on the instalment. Amounts here
-- have the sign of the document.
named_part as (
    select
        part.invoice_id,
        part.course,
        part.instalment,
        payment.number,
        part.side * part.amount as amount,
        part.side * payment.paid as paid,
        part.side * coalesce(
            sum(payment.amount) filter (payment.named_instalment = part.instalment) over (
                partition by part.invoice_id, part.course, part.instalment
                order by payment.number
                rows between unbounded preceding and current row
            ),
            0
        ) as named,
    from applied_payment as payment
    inner join part_of_course as part
        on part.invoice_id = payment.invoice_id and part.course = payment.course and part.instalments > 1
),
part_by_name as (
    select
        part.*,
        case
            -- What came back beyond all that names no instalment leaves the names without effect.
            when part.paid < sum(part.named_share) over of_payment then 0
            else part.named_share
        end as by_name,
    from (
        select
            named_part.*,
            greatest(least(named_part.amount, 0), least(greatest(named_part.amount, 0), named_part.named))
                as named_share,
        from named_part
    ) as part
    window of_payment as (partition by part.invoice_id, part.course, part.number)
),
part_in_turn as (
    select
        part.*,
        part.paid - sum(part.by_name) over of_payment as rest,
        sum(part.amount - part.by_name) over of_payment as total,
        sum(greatest(part.amount - part.by_name, 0)) over of_payment as to_receive,
        sum(greatest(part.amount - part.by_name, 0)) over so_far as receive_so_far,
        sum(greatest(part.by_name - part.amount, 0)) over of_payment as to_return,
        sum(greatest(part.by_name - part.amount, 0)) over so_far as return_so_far,
        min(part.instalment) filter (part.amount > 0) over of_payment as first_instalment,
        max(part.instalment) filter (part.amount > 0) over of_payment as last_instalment,
    from part_by_name as part
    window
        of_payment as (partition by part.invoice_id, part.course, part.number),
        so_far as (
            partition by part.invoice_id, part.course, part.number order by part.instalment
            rows between unbounded preceding and current row
        )
),
-- returned: how much of the money due back is settled. All of it once the document is paid as a whole: then nobody
-- owes anything any more; less as far as more was paid than that.
part_with_return as (
    select
        part.*,
        case
            when part.rest >= part.total then part.to_receive - least(part.rest, part.to_receive)
            else least(greatest(-part.rest, 0), part.to_return)
        end as returned,
        case when part.rest >= part.total then greatest(part.rest, part.to_receive) else part.rest end as received,
    from part_in_turn as part
),
-- The earliest instalment is paid first; an overpayment stays with the last one, a refund beyond all with the first.
settled_so_far as (
    select
        part.invoice_id,
        part.course,
        part.instalment,
        part.number,
        part.by_name + case
            when part.amount < 0
                then -least(
                    greatest(part.by_name - part.amount, 0),
                    greatest(0, part.returned - (part.return_so_far - greatest(part.by_name - part.amount, 0)))
                )
            else
                least(
                    part.amount - part.by_name,
                    greatest(0, part.received - (part.receive_so_far - (part.amount - part.by_name)))
                )
                + case
                    when part.instalment = part.last_instalment then greatest(0, part.received - part.to_receive)
                    else 0
                end
                + case
                    when part.instalment = part.first_instalment and part.rest < part.total
                        then least(0, part.rest + part.returned)
                    else 0
                end
        end as settled,
    from part_with_return as part
),
settlement_of_part as (
    select
        part.* exclude (amount, side, part_name),
        payment.payment_id,
        payment.kind,
        payment.payment_date,
        payment.applied_date,
        case
            when part.instalments <= 1 then payment.amount
            else
                part.side * (
                    settled.settled - lag(settled.settled, 1, 0) over (
                        partition by part.invoice_id, part.course, part.instalment order by payment.number
                    )
                )
        end as settled_amount,
    from applied_payment as payment
    inner join part_of_course as part on part.invoice_id = payment.invoice_id and part.course = payment.course
    left join settled_so_far as settled
        on
            settled.invoice_id = payment.invoice_id
            and settled.course = payment.course
            and settled.instalment = part.instalment
            and settled.number = payment.number
),
document_event as (
    select
        part.* exclude (amount, instalments, cancelled_date, side, part_name),
        part.invoice_type as kind,
        cast(null as varchar) as payment_id,
        part.invoice_date as event_date,
        part.invoice_date as post_date,
        part.amount,
        0 as step,
    from part_of_course as part
    union all
    select
        part.* exclude (amount, instalments, cancelled_date, side, part_name),
        'cancellation' as kind,
        null as payment_id,
        part.cancelled_date as event_date,
        greatest(part.cancelled_date, part.invoice_date) as post_date,
        -part.amount as amount,
        1 as step,
    from part_of_course as part
    where part.cancelled_date is not null
    union all
    select
        payment.* exclude (
            instalments, cancelled_date,
            payment_id, kind, payment_date, applied_date, settled_amount
        ),
        payment.kind,
        payment.payment_id,
        payment.payment_date as event_date,
        payment.applied_date as post_date,
        -cast(payment.settled_amount as decimal(18, 2)) as amount,
        2 as step,
    from settlement_of_part as payment
    where payment.settled_amount <> 0 or payment.instalments <= 1
),
balance_after_event as (
    select
        event.*,
        cast(sum(event.amount) over (
            partition by event.invoice_id, event.instalment, event.course
            order by event.post_date, event.step, event.event_date, event.payment_id, event.kind, event.amount
            rows between unbounded preceding and current row
        ) as decimal(18, 2)) as open_amount,
    from document_event as event
)
select
    event.* exclude (rate, open_amount, step),
    -- What is open is converted as a whole, so that a document paid in full is zero in every currency.
    case
        when event.currency = $base then event.amount
        else cast(
            converted(event.open_amount, event.rate) - converted(event.open_amount - event.amount, event.rate)
            as decimal(18, 2)
        )
    end as base_amount,
from balance_after_event as event;

-- One row per payment line and day it moves money on account: onto it, and off it again when its invoice is there.
create or replace temp table on_account_row as
select
    payment.*,
    payment.payment_date as post_date,
    -payment.paid_amount as account_amount,
from line as payment
where not payment.is_applied or payment.payment_date < payment.invoice_date
union all
select
    payment.*,
    payment.applied_date as post_date,
    payment.paid_amount as account_amount,
from line as payment
where payment.is_applied and payment.payment_date < payment.invoice_date;

-- One row per item row that the touched customers should have.
create or replace temp table wanted as
select
    entry.invoice_id as document_id,
    entry.invoice_type,
    entry.kind,
    entry.payment_id,
    cast(entry.instalment as smallint) as instalment,
    entry.customer_id,
    entry.segment,
    entry.entity,
    entry.currency,
    entry.invoice_date,
    entry.due_date,
    entry.event_date,
    entry.post_date,
    cast(entry.amount as decimal(18, 2)) as amount,
    entry.base_amount,
from document_row as entry
where entry.course = 0 and entry.customer_id in (select touched.customer_id from touched)
union all
select
    entry.invoice_id as document_id,
    entry.invoice_type,
    entry.kind,
    entry.payment_id,
    0 as instalment,
    entry.customer_id,
    entry.segment,
    entry.entity,
    entry.paid_currency as currency,
    entry.invoice_date,
    null as due_date,
    entry.payment_date as event_date,
    entry.post_date,
    entry.account_amount as amount,
    case
        when entry.paid_currency = $base then entry.account_amount
        else converted(entry.account_amount, entry.rate)
    end as base_amount,
from on_account_row as entry
where entry.customer_id in (select touched.customer_id from touched)
union all
-- The realised exchange difference in the reporting currency, and the money that is more (or less) than what the
-- document was worth: together they change no balance.
select
    entry.invoice_id as document_id,
    entry.invoice_type,
    side.kind,
    entry.payment_id,
    0 as instalment,
    entry.customer_id,
    entry.segment,
    entry.entity,
    $base as currency,
    null as invoice_date,
    null as due_date,
    side.event_date,
    entry.applied_date as post_date,
    side.amount,
    side.amount as base_amount,
from line as entry
cross join lateral (
    values
        ('exchange', entry.applied_date, entry.exchange_amount),
        (entry.kind, entry.payment_date, -entry.exchange_amount)
) as side (kind, event_date, amount)
where
    entry.is_applied
    and entry.exchange_amount <> 0
    and entry.customer_id in (select touched.customer_id from touched);

-- What is taken as waived where neither the row nor the setting says otherwise.
create or replace macro usual_waive_limit() as
    cast(5.00 as decimal(18, 2));

-- One row per payment line that takes a write-off on its document back, or gives it back: money that comes after a
-- write-off takes it back first (`recovered` above 0); what comes back of that money gives it back (below 0). A write-off
-- that is waived, or too small to be anything else, stays.
-- in_lines names payment lines applied to invoices, with `invoice_id`, `payment_id`, `place`, `kind`, `waived`,
-- `payment_date`, `applied_date` and `amount`.
create or replace macro recovery_of(in_lines) as table
with recursive written_off_document as (
    select line.invoice_id
    from query_table(in_lines) as line
    where line.kind = 'write_off' and coalesce(line.waived, 'no') = 'no'
    group by line.invoice_id
),
settlement as (
    select
        line.invoice_id,
        line.payment_id,
        line.place,
        line.amount,
        is_receipt(line.kind) as is_money,
        case when line.kind = 'write_off' and line.waived = 'no' then line.amount else 0 end as unwaived,
        case when line.kind = 'write_off' and line.waived is null then line.amount else 0 end as unmarked,
        row_number() over (
            partition by line.invoice_id
            order by line.applied_date, line.payment_date, line.payment_id, line.place
        ) as number,
    from query_table(in_lines) as line
    where
        line.invoice_id in (select document.invoice_id from written_off_document as document)
        and (is_receipt(line.kind) or line.kind = 'write_off')
),
running as (
    select
        settlement.*,
        sum(settlement.unwaived) over so_far as unwaived_so_far,
        sum(settlement.unmarked) over so_far as unmarked_so_far,
    from settlement
    window so_far as (
        partition by settlement.invoice_id order by settlement.number rows between unbounded preceding and current row
    )
),
step as materialized (
    select
        running.* exclude (unwaived, unmarked, unwaived_so_far, unmarked_so_far),
        greatest(
            running.unwaived_so_far
            + case when running.unmarked_so_far >= usual_waive_limit() then running.unmarked_so_far else 0 end,
            0
        ) as written_off,
    from running
),
first_write_off as (
    select step.invoice_id, min(step.number) as number
    from step
    where step.written_off > 0
    group by step.invoice_id
),
-- The payment that money going back belongs to: of its number, else the latest of its amount, else the latest.
money_back as (
    select back.invoice_id, back.number, max({
        'is_same': payment.payment_id = back.payment_id, 'is_equal': payment.amount = -back.amount,
        'number': payment.number
    }) as payment
    from step as back
    inner join step as payment
        on
            payment.invoice_id = back.invoice_id
            and payment.number < back.number
            and payment.is_money
            and payment.amount > 0
    where back.is_money and back.amount < 0
    group by back.invoice_id, back.number
),
counted_step as (
    select
        step.*,
        -- Money that came before the write-off takes nothing back, also where it goes back after it.
        case
            when step.is_money and coalesce(back.payment.number, step.number) > first.number then step.amount
            else 0
        end as money,
    from step
    inner join first_write_off as first on first.invoice_id = step.invoice_id
    left join money_back as back on back.invoice_id = step.invoice_id and back.number = step.number
),
-- beyond: what came in after the write-off and more than that; it goes back first.
recovery as (
    select
        document.invoice_id,
        cast(0 as bigint) as number,
        cast(0 as decimal(38, 2)) as beyond,
        cast(0 as decimal(38, 2)) as recovered,
    from written_off_document as document
    union all
    select
        step.invoice_id,
        step.number,
        cast(
            case
                when step.money >= 0
                    then recovery.beyond + greatest(step.money - greatest(step.written_off - recovery.recovered, 0), 0)
                else greatest(recovery.beyond + step.money, 0)
            end as decimal(38, 2)
        ) as beyond,
        cast(
            least(
                step.written_off,
                case
                    when step.money >= 0 then recovery.recovered + step.money
                    else greatest(recovery.recovered + least(recovery.beyond + step.money, 0), 0)
                end
            ) as decimal(38, 2)
        ) as recovered,
    from recovery
    inner join counted_step as step on step.invoice_id = recovery.invoice_id and step.number = recovery.number + 1
)
select
    step.invoice_id,
    step.payment_id,
    step.place,
    cast(later.recovered - earlier.recovered as decimal(18, 2)) as amount,
from recovery as later
inner join recovery as earlier on earlier.invoice_id = later.invoice_id and earlier.number = later.number - 1
inner join step on step.invoice_id = later.invoice_id and step.number = later.number
where later.recovered <> earlier.recovered;

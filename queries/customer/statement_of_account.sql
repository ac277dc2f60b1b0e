-- name: statement_of_account
-- One row per booking on a customer's account in a period, between a row of the opening balance and one of the closing.
-- Opening + invoiced - credited - paid - discount + other = closing; the closing balance is the customer's total in the
-- ageing of the last day. A payment that moves from the account to its invoice changes no balance and has no row.
--
-- param as_of: DATE  last day of the period
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- param from: DATE = null  first day of the period; null: the first of January of the year of the last day
-- returns position: BIGINT  order of the rows
-- returns day: DATE  day of the booking; of the opening and closing balance the first and last day of the period
-- returns kind: VARCHAR  opening, closing, invoice, credit_note, cancellation, or a kind of settlement
-- returns document_id: VARCHAR  the document; null for money that names none
-- returns payment_id: VARCHAR  the payment; null on the document's own bookings
-- returns due_date: DATE  day the document falls due, its first instalment; null for other bookings
-- returns invoiced: DECIMAL(38,2)  amount of an invoice, else null; closing: of the period
-- returns credited: DECIMAL(38,2)  credit notes, cancellations and credits, positive; closing: of the period
-- returns paid: DECIMAL(38,2)  payments less reversals and refunds; closing: of the period
-- returns discount: DECIMAL(38,2)  discounts for early payment, positive; closing: of the period
-- returns other: DECIMAL(38,2)  write-offs, what lists of open items settled, exchange differences and recovered write-offs, as they move the balance
-- returns balance: DECIMAL(38,2)  amount the customer owes after the booking, negative if it is owed
with period as (
    select
        coalesce($from, make_date(year($as_of), 1, 1)) as first_day,
        $as_of as last_day,
),
item_in_view as (
    select item.*
    from item_at($known_on, $currency, $entity, null) as item
    where
        item.customer_id = $customer
        and item.post_date <= $as_of
        -- Money that came before its invoice leaves the account for it on the invoice date.
        and (is_billing(item.kind) or item.post_date = item.event_date)
),
booking as (
    select
        item.post_date as day,
        item.kind,
        item.document_id,
        item.payment_id,
        min(item.due_date) filter (is_document(item.kind)) as due_date,
        coalesce(sum(item.amount), 0) as amount,
    from unreversed('item_in_view') as item
    group by all
    having sum(item.document_amount) <> 0
),
booking_by_column as (
    select
        booking.*,
        case when booking.kind = 'invoice' then booking.amount end as invoiced,
        case
            when booking.kind in ('credit_note', 'cancellation') or tie_out_line(booking.kind) = 'credited'
                then -booking.amount
        end as credited,
        case when tie_out_line(booking.kind) = 'received' then -booking.amount end as paid,
        case when tie_out_line(booking.kind) = 'discounts' then -booking.amount end as discount,
        case
            when not is_billing(booking.kind) and tie_out_line(booking.kind) not in ('credited', 'received', 'discounts')
                then booking.amount
        end as other,
    from booking
),
opening as (
    select any_value(period.first_day) as first_day, coalesce(sum(booking.amount), 0) as balance
    from period
    left join booking on booking.day < period.first_day
),
statement_line as (
    select
        0 as section, opening.first_day as day, 'opening' as kind, null as document_id, null as payment_id,
        null as due_date, null as invoiced, null as credited, null as paid, null as discount, null as other,
        opening.balance as amount,
    from opening
    union all
    select
        1 as section, booking.day, booking.kind, booking.document_id, booking.payment_id, booking.due_date,
        booking.invoiced, booking.credited, booking.paid, booking.discount, booking.other, booking.amount,
    from booking_by_column as booking
    cross join period
    where booking.day >= period.first_day
    union all
    select
        2 as section, any_value(period.last_day), 'closing' as kind, null as document_id, null as payment_id,
        null as due_date, coalesce(sum(booking.invoiced), 0), coalesce(sum(booking.credited), 0),
        coalesce(sum(booking.paid), 0), coalesce(sum(booking.discount), 0), coalesce(sum(booking.other), 0),
        0 as amount,
    from period
    left join booking_by_column as booking on booking.day >= period.first_day
),
numbered_line as (
    select
        line.*,
        row_number() over (
            order by
                line.section,
                line.day,
                line.payment_id is not null,
                line.document_id,
                line.payment_id,
                line.kind
        ) as position,
    from statement_line as line
)
select
    line.position,
    line.day,
    line.kind,
    line.document_id,
    line.payment_id,
    line.due_date,
    cast(line.invoiced as decimal(38, 2)) as invoiced,
    cast(line.credited as decimal(38, 2)) as credited,
    cast(line.paid as decimal(38, 2)) as paid,
    cast(line.discount as decimal(38, 2)) as discount,
    cast(line.other as decimal(38, 2)) as other,
    cast(sum(line.amount) over (order by line.position) as decimal(38, 2)) as balance,
from numbered_line as line
order by line.position

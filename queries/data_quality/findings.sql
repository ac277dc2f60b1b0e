-- name: findings
-- One row per kind of oddity in the books up to the day that has at least one case. None of them is refused or changed:
-- they are true until corrected at the source. Amounts without a rate to the reporting currency are left out of the
-- amounts and are a finding of their own per currency, in that currency; so are amounts with only an old rate.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param rate_days: INTEGER = 31  an exchange rate older than this many days is stale
-- returns finding: VARCHAR  code of the oddity
-- returns count: BIGINT  how many cases there are
-- returns amount: DECIMAL(38,2)  amount of the cases together; null where they have no amount of their own
-- returns example: VARCHAR  one of the cases: its document, payment, customer, account, bill or currency
-- returns currency: VARCHAR  currency of amount; null where there is no amount
with known_document as (
    select document.*
    from document_at($known_on, null, null) as document
),
document as (
    select document.*
    from known_document as document
    where
        document.invoice_date <= $as_of
        and ($currency is null or document.currency = $currency)
        and ($entity is null or document.entity = $entity)
),
known_payment as (
    select
        payment.payment_id,
        payment.customer_id,
        payment.invoice_id,
        payment.payment_date,
        payment.currency,
        payment.amount,
        coalesce(payment.kind, 'payment') as kind,
        payment.part,
        document.invoice_type,
        document.invoice_date,
        document.currency as document_currency,
        document.customer_id as document_customer_id,
    from settlement_at($known_on) as payment
    left join known_document as document on document.invoice_id = payment.invoice_id
    where
        ($currency is null or payment.currency = $currency)
        and ($entity is null or coalesce(document.entity, payment.entity, '') = $entity)
),
payment_by_day as (
    select payment.*
    from known_payment as payment
    where payment.payment_date <= $as_of
),
-- Amounts converted at a rate of their own: documents, and money that is on no document of its currency.
converted_fact as (
    select document.invoice_id as example, document.currency, document.invoice_date as rate_day, document.amount
    from document
    where document.currency <> reporting_currency_at($known_on)
    union all
    select payment.payment_id, payment.currency, payment.payment_date, payment.amount
    from payment_by_day as payment
    where
        payment.document_currency is distinct from payment.currency
        and payment.currency <> reporting_currency_at($known_on)
),
latest_balance as (
    select
        balance.account,
        balance.currency,
        max(balance.balance_date) as rate_day,
        arg_max(balance.balance, balance.balance_date) as balance,
    from bank_balance_at($known_on) as balance
    where balance.balance_date <= $as_of
    group by balance.account, balance.currency
),
-- One payment number on account and on a document: right for a payment in two parts, double for money that was
-- applied later. The row on account is loaded again with 0.00 once it has gone to the document.
payment_entered_twice as (
    select payment.payment_id, payment.currency, payment.payment_date, payment.amount
    from payment_by_day as payment
    where
        payment.invoice_id is null
        and payment.amount <> 0
        and exists (
            select 1
            from payment_by_day as applied
            where
                applied.payment_id = payment.payment_id
                and applied.customer_id = payment.customer_id
                and applied.invoice_id is not null
        )
),
-- Rows that are equal in everything: parts of one payment, or one row exported twice.
equal_payment as (
    select payment.payment_id, payment.currency, payment.payment_date, (count(*) - 1) * abs(payment.amount) as amount,
    from payment_by_day as payment
    group by
        payment.payment_id, payment.customer_id, payment.invoice_id, payment.payment_date, payment.currency,
        payment.amount, payment.kind, payment.part
    having count(*) > 1
),
named_customer as (
    select customer.customer_id from customer_at($known_on) as customer
    union
    select document.customer_id from known_document as document
    union
    select payment.customer_id from settlement_at($known_on) as payment
),
-- Credit notes on one invoice count together, in order of their dates.
credited_invoice as (
    select
        note.invoice_id,
        note.currency,
        note.invoice_date,
        note.amount,
        original.amount as original_amount,
        -sum(note.amount) over (partition by original.invoice_id order by note.invoice_date, note.invoice_id)
            as credited,
    from document as note
    inner join known_document as original
        on original.invoice_id = note.original_invoice_id and original.currency = note.currency
    where note.invoice_type = 'credit_note' and note.cancelled_date is null
),
numbered_invoice as (
    select
        document.*,
        row_number() over (
            partition by
                document.customer_id, document.invoice_date, document.currency, document.amount, document.entity
            order by document.invoice_id
        ) as number,
    from document
    where document.invoice_type = 'invoice' and document.cancelled_date is null
),
instalment_schedule as (
    select
        document.invoice_id,
        document.currency,
        document.invoice_date,
        document.amount,
        sum(instal.amount) as scheduled,
    from instalment_at($known_on) as instal
    inner join document on document.invoice_id = instal.invoice_id
    group by all
),
known_bill as (
    select
        bill.*,
        bill.bill_date as rate_day,
        row_number() over (
            partition by bill.supplier, bill.bill_date, bill.currency, bill.amount order by bill.bill_id
        ) as number,
    from bill_at($known_on) as bill
    where bill.bill_date <= $as_of and ($currency is null or bill.currency = $currency) and $entity is null
),
rateable_case as (
    select
        'credit_note_over_invoice' as finding,
        note.invoice_id as example,
        note.currency,
        note.invoice_date as rate_day,
        abs(note.amount) as amount,
    from credited_invoice as note
    where note.credited > note.original_amount
    union all
    select
        'credit_note_without_invoice',
        document.invoice_id,
        document.currency,
        document.invoice_date,
        abs(document.amount),
    from document
    anti join document as original on original.invoice_id = document.original_invoice_id
    where document.original_invoice_id is not null and document.invoice_type = 'credit_note'
    union all
    select 'due_before_invoice', document.invoice_id, document.currency, document.invoice_date, abs(document.amount)
    from document
    where document.due_date < document.invoice_date
    union all
    select 'duplicate_looking_invoice', invoice.invoice_id, invoice.currency, invoice.invoice_date, invoice.amount
    from numbered_invoice as invoice
    where invoice.number > 1
    union all
    select
        'instalments_do_not_add_up',
        schedule.invoice_id,
        schedule.currency,
        schedule.invoice_date,
        abs(schedule.amount - schedule.scheduled),
    from instalment_schedule as schedule
    where schedule.scheduled <> schedule.amount
    union all
    select 'payment_before_invoice', payment.payment_id, payment.currency, payment.payment_date, payment.amount
    from payment_by_day as payment
    where payment.payment_date < payment.invoice_date
    union all
    select 'payment_on_account_too', twice.payment_id, twice.currency, twice.payment_date, twice.amount
    from payment_entered_twice as twice
    union all
    select 'equal_payments', equal.payment_id, equal.currency, equal.payment_date, equal.amount
    from equal_payment as equal
    union all
    select 'payment_other_currency', payment.payment_id, payment.currency, payment.payment_date, payment.amount
    from payment_by_day as payment
    anti join cross_settlement_at($known_on) as crossing
        on crossing.payment_id = payment.payment_id and crossing.invoice_id = payment.invoice_id
    where payment.document_currency <> payment.currency
    union all
    select 'payment_without_invoice', payment.payment_id, payment.currency, payment.payment_date, payment.amount
    from payment_by_day as payment
    where payment.invoice_id is not null and payment.document_currency is null
    union all
    select 'payer_other_customer', payment.payment_id, payment.currency, payment.payment_date, payment.amount
    from payment_by_day as payment
    where payment.document_customer_id <> payment.customer_id
    union all
    select 'refund', payment.payment_id, payment.currency, payment.payment_date, abs(payment.amount)
    from payment_by_day as payment
    where is_payment(payment.kind) and payment.amount < 0 and payment.invoice_type is distinct from 'credit_note'
    union all
    select 'future_document', document.invoice_id, document.currency, document.invoice_date, document.amount
    from known_document as document
    where document.invoice_date > $as_of
    union all
    select 'future_payment', payment.payment_id, payment.currency, payment.payment_date, payment.amount
    from known_payment as payment
    where payment.payment_date > $as_of
    union all
    select 'bill_due_before_date', bill.bill_id, bill.currency, bill.bill_date, bill.amount
    from known_bill as bill
    where bill.due_date < bill.bill_date
    union all
    select 'bill_paid_before_date', bill.bill_id, bill.currency, bill.bill_date, bill.amount
    from known_bill as bill
    where bill.paid_date < bill.bill_date
    union all
    select 'duplicate_looking_bill', bill.bill_id, bill.currency, bill.bill_date, bill.amount
    from known_bill as bill
    where bill.number > 1
    union all
    select odd.finding, odd.example, odd.currency, odd.rate_day, odd.amount
    from replaced_case_at($as_of, $known_on, $currency, $entity) as odd
),
rated_case as (
    select
        odd.finding,
        odd.example,
        converted(odd.amount, odd.rate) as amount,
    from with_rate('rateable_case', $known_on, $currency) as odd
),
unknown_reference as (
    select 'dispute_unknown_invoice' as finding, dispute.invoice_id as example
    from dispute_at($known_on) as dispute
    anti join known_document as document
        on document.invoice_id = dispute.invoice_id and document.invoice_date <= $as_of
    where dispute.opened_date <= $as_of
    union all
    select 'promise_unknown_invoice', promise.invoice_id
    from promise_at($known_on) as promise
    anti join known_document as document
        on document.invoice_id = promise.invoice_id and document.invoice_date <= $as_of
    where promise.made_date <= $as_of
    union all
    select 'contact_unknown_invoice', contact.invoice_id
    from contact_at($known_on) as contact
    anti join known_document as document
        on document.invoice_id = contact.invoice_id and document.invoice_date <= $as_of
    where contact.contact_date <= $as_of and contact.invoice_id is not null
    union all
    select 'contact_unknown_customer', contact.customer_id
    from contact_at($known_on) as contact
    anti join named_customer as named on named.customer_id = contact.customer_id
    where contact.contact_date <= $as_of
    union all
    select 'instalment_without_invoice', instal.invoice_id
    from instalment_at($known_on) as instal
    anti join known_document as document on document.invoice_id = instal.invoice_id
),
unrated_amount as (
    select
        'missing_rate' as finding,
        coalesce(item.document_id, item.payment_id) as example,
        item.currency,
        sum(item.document_amount) as amount,
    from item_at($known_on, null, $entity, null) as item
    where $currency is null and item.amount is null and item.post_date <= $as_of
    group by all
    having sum(item.document_amount) <> 0
    union all
    select 'missing_rate_bank', balance.account, balance.currency, balance.balance
    from with_rate('latest_balance', $known_on, null) as balance
    where $currency is null and balance.rate is null
    union all
    select 'missing_rate_bill', bill.bill_id, bill.currency, bill.amount
    from with_rate('known_bill', $known_on, null) as bill
    where $currency is null and bill.rate is null
),
-- Every use of a rate: amounts converted at one, and per currency the open amount, as if converted today.
rate_use as (
    select 'stale_rate' as finding, fact.example, fact.currency, fact.rate_day, fact.amount
    from converted_fact as fact
    union all
    select 'stale_rate_bank', balance.account, balance.currency, balance.rate_day, balance.balance
    from latest_balance as balance
    union all
    select 'stale_rate_now', item.currency, item.currency, $as_of, sum(item.document_amount)
    from item_at($known_on, null, $entity, null) as item
    where item.post_date <= $as_of and item.due_date is not null and item.currency <> reporting_currency_at($known_on)
    group by item.currency
    having sum(item.document_amount) <> 0
),
stale_rate_use as (
    select used.finding, used.example, used.currency, used.amount
    from with_rate('rate_use', $known_on, null) as used
    where $currency is null and date_diff('day', used.rate_date, used.rate_day) > $rate_days
),
overpaid_document as (
    select document.document_id as example, abs(document.open_amount) as amount
    from open_document_at($as_of, $known_on, $currency, $entity, null) as document
    where document.open_amount * sign(document.amount) < 0
),
placeholder_customer as (
    select item.customer_id as example, standing_sum(item.amount, item.weight) as amount
    from item_at($known_on, $currency, $entity, null) as item
    anti join customer_at($known_on) as customer on customer.customer_id = item.customer_id
    where item.post_date <= $as_of
    group by item.customer_id
    having sum(item.weight) <> 0
),
-- Money without an administration, of a customer of several, is set off nowhere; a discount taken in time settles, but
-- not in the books.
credit_case as (
    select 'money_without_entity' as finding, money.payment_id as example, money.currency, money.amount
    from money_on_account_at($as_of, $known_on) as money
    where money.entity is null and $entity is null
    union all
    select 'discount_not_booked', pair.document_id, pair.currency, pair.amount
    from set_off_at($as_of, $known_on) as pair
    where pair.credit = 'discount' and ($entity is null or pair.entity = $entity)
),
setting_case as (
    select 'step_before_earlier' as finding, setting.example
    from misordered_step_at($known_on) as setting
    union all
    select
        case unknown.column_name
            when 'entity' then 'unknown_administration'
            else 'unknown_dunning_group'
        end,
        unknown.example,
    from unknown_name_at($known_on) as unknown
),
any_case as (
    select rated.finding, rated.example, rated.amount, coalesce($currency, reporting_currency_at($known_on)) as currency
    from rated_case as rated
    union all
    select 'overpaid_document', overpaid.example, overpaid.amount, coalesce($currency, reporting_currency_at($known_on))
    from overpaid_document as overpaid
    union all
    select 'placeholder_customer', customer.example, customer.amount,
        coalesce($currency, reporting_currency_at($known_on)),
    from placeholder_customer as customer
    union all
    select unrated.finding, unrated.example, unrated.amount, unrated.currency
    from unrated_amount as unrated
    union all
    select stale.finding, stale.example, stale.amount, stale.currency
    from stale_rate_use as stale
    union all
    select unknown.finding, unknown.example, null, null
    from unknown_reference as unknown
    union all
    select credit.finding, credit.example, credit.amount, credit.currency
    from credit_case as credit
    where $currency is null or credit.currency = $currency
    union all
    select odd.finding, odd.example, odd.amount,
        case when odd.amount is not null then coalesce($currency, reporting_currency_at($known_on)) end,
    from list_case_at($as_of, $known_on, $currency, $entity) as odd
    union all
    select setting.finding, setting.example, null, null
    from setting_case as setting
    union all
    select 'turnover_differs', strftime(month.to_date, '%Y-%m'), abs(month.turnover_difference), month.currency
    from turnover_comparison_at($as_of, $known_on, $currency, $entity) as month
    where month.turnover_difference <> 0
    union all
    select odd.finding, odd.account, odd.amount, odd.currency
    from statement_case_at($as_of, $known_on, $currency) as odd
)
select
    odd.finding,
    count(*) as count,
    cast(sum(odd.amount) as decimal(38, 2)) as amount,
    min(odd.example) as example,
    odd.currency,
from any_case as odd
group by odd.finding, odd.currency
order by odd.finding, odd.currency

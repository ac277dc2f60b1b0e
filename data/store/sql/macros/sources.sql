-- One row per source of the books and kind of day in it: the first and last one; null without rows. What the bank books
-- counts by itself: an entry need not be applied, nor its account have a balance.
create or replace macro source_day_at(in_known_on) as table
select 'invoices' as kind, min(invoice.invoice_date) as first_date, max(invoice.invoice_date) as last_date
from invoice_at(in_known_on) as invoice
union all
select 'payments', min(payment.payment_date), max(payment.payment_date)
from settlement_at(in_known_on) as payment
union all
select 'open_items', min(item.list_date), max(item.list_date)
from open_item_at(in_known_on) as item
union all
select 'bank_balances', min(balance.balance_date), max(balance.balance_date)
from bank_balance_at(in_known_on) as balance
union all
select 'bank_entries', min(entry.entry_date), max(entry.entry_date)
from booked_entry_at(in_known_on) as entry
union all
select 'bank_statements', min(statement.from_date), max(statement.to_date)
from bank_statement_at(in_known_on) as statement
union all
select 'ledger_balances', min(ledger.balance_date), max(ledger.balance_date)
from ledger_balance_at(in_known_on) as ledger
union all
select 'bills', min(bill.bill_date), max(bill.bill_date)
from bill_at(in_known_on) as bill;

-- One row: the first document or payment, and the last day of anything but a bill, which may come before all else.
create or replace macro books_range_at(in_known_on) as table
select
    min(source.first_date) filter (source.kind in ('invoices', 'payments')) as first_date,
    max(source.last_date) filter (source.kind <> 'bills') as last_date,
from source_day_at(in_known_on) as source;

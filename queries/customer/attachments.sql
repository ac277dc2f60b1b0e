-- name: attachments
-- One row per PDF that is kept for an invoice, by invoice and name.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param customer: VARCHAR = null  only invoices of this customer
-- param invoice: VARCHAR = null  only this invoice
-- returns invoice_id: VARCHAR  the invoice
-- returns file_name: VARCHAR  what the PDF is called
-- returns sha256: VARCHAR  hash of its bytes; the file is `raw/<sha256>` in the store
-- returns size: BIGINT  its size in bytes
with attachment_of_invoice as (
    select attachment.invoice_id, attachment.file_name, attachment.sha256,
        cast(attachment.size as bigint) as size
    from attachment_at($known_on) as attachment
    where ($invoice is null or attachment.invoice_id = $invoice)
        and ($customer is null or attachment.invoice_id in (
            select invoice.invoice_id from invoice_at($known_on) as invoice where invoice.customer_id = $customer
        ))
)
select invoice_id, file_name, sha256, size
from attachment_of_invoice
order by invoice_id, file_name, sha256

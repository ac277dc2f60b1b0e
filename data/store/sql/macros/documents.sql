-- One row per document within the filters, as known on a moment; entity is '' where none is given.
create or replace macro document_at(in_known_on, in_currency, in_entity) as table
select invoice.* exclude (entity), coalesce(invoice.entity, '') as entity
from invoice_at(in_known_on) as invoice
where
    (in_currency is null or invoice.currency = in_currency)
    and (in_entity is null or coalesce(invoice.entity, '') = in_entity);

-- name: turnover_reconciliation
-- One row per month, administration and currency of which the general ledger states the turnover, newest first: beside
-- it the invoices less credit notes dated in that month. An audit file states it; a difference means that invoices are
-- missing on one of the two sides, or are booked in another month than that of their date.
--
-- param as_of: DATE  no month that ends after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only this currency
-- param entity: VARCHAR = null  only this administration
-- returns from_date: DATE  first day of the month
-- returns to_date: DATE  last day of the month
-- returns entity: VARCHAR  the administration; empty where none is given
-- returns currency: VARCHAR  currency of the amounts
-- returns ledger_turnover: DECIMAL(38,2)  invoiced according to the general ledger, less credit notes, incl. VAT
-- returns invoiced_amount: DECIMAL(38,2)  invoices less credit notes of those days, incl. VAT, in the documents' currency
-- returns turnover_difference: DECIMAL(38,2)  invoices here less those of the ledger
select
    month.from_date,
    month.to_date,
    month.entity,
    month.currency,
    month.ledger_turnover,
    month.invoiced_amount,
    month.turnover_difference,
from turnover_comparison_at($as_of, $known_on, $currency, $entity) as month
order by month.from_date desc, month.to_date desc, month.entity, month.currency

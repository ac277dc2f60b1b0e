-- The day an age is counted from: the invoice date, or the due date as usual.
create or replace macro aged_from(in_basis, in_invoice_date, in_due_date) as
    case when in_basis = 'invoice' then in_invoice_date else in_due_date end;

-- The number of the bucket an age falls in: 0 is not due, in_limits the last day of each bucket but the final one.
-- The final bucket is tested first: most rows of a ledger are old and settled.
create or replace macro bucket_of(in_days, in_limits) as
    case
        when in_days > in_limits[len(in_limits)] then len(in_limits) + 1
        when in_days <= 0 then 0
        when in_days <= in_limits[1] then 1
        when in_days <= in_limits[2] then 2
        when in_days <= in_limits[3] then 3
        when in_days <= in_limits[4] then 4
        when in_days <= in_limits[5] then 5
        when in_days <= in_limits[6] then 6
        when in_days <= in_limits[7] then 7
        else 8
    end;

-- name: dunning_groups
-- One row per dunning group of customers, which may have steps of its own.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns dunning_group: VARCHAR  the group
-- returns customers: BIGINT  customers in it
select trim(customer.dunning_group) as dunning_group, count(*) as customers
from customer_at($known_on) as customer
where trim(customer.dunning_group) <> ''
group by trim(customer.dunning_group)
order by dunning_group

-- The kinds of steps, in the order in which they follow one another: the place of a kind is its rank.
create or replace macro step_kinds() as
    ['pre_due', 'friendly', 'formal', 'final', 'hand_over'];

-- The steps of a dunning group at an administration as words, among settings: its own there, its own, those of the
-- administration, those of everybody; null: none are set.
create or replace macro steps_set(in_group, in_entity) as
    coalesce(
        max(setting.value) filter (setting.key = concat('steps/', in_group, '@', in_entity)),
        max(setting.value) filter (setting.key = concat('steps/', in_group)),
        max(setting.value) filter (setting.key = concat('steps@', in_entity)),
        max(setting.value) filter (setting.key = 'steps')
    );

-- One row per administration, dunning group and kind of customer (consumer or not) in a table or step, by `entity`,
-- `dunning_group` and `is_consumer`: `steps` are the ranks and days of its steps in order, `pre_due` how many days
-- before the due date the first one stands (0: none does), `gap` the days of rest.
-- By law a consumer is handed over after a 14-day notice only, and a second notice starts nothing: its steps hold one
-- final step wherever they hold several or a hand-over.
create or replace macro with_steps(in_accounts, in_known_on) as table
with account as (
    select distinct customer.entity, customer.dunning_group, customer.is_consumer
    from query_table(in_accounts) as customer
),
account_words as (
    select
        account.entity,
        account.dunning_group,
        account.is_consumer,
        steps.gap,
        coalesce(
            steps_set(account.dunning_group, account.entity),
            concat_ws(
                ' ',
                concat('pre_due:', steps.pre_due),
                concat('friendly:', steps.friendly),
                concat('formal:', steps.formal),
                concat('final:', steps.final),
                concat('hand_over:', steps.hand_over)
            )
        ) as words,
    from account
    inner join with_step_days('account', in_known_on) as steps on steps.entity = account.entity
    left join setting_at(in_known_on) as setting on starts_with(setting.key, 'steps')
    group by
        account.entity, account.dunning_group, account.is_consumer, steps.pre_due, steps.friendly, steps.formal,
        steps.final, steps.hand_over, steps.gap
),
step_word as (
    select
        account.* exclude (words),
        unnest(string_split(account.words, ' ')) as word,
        generate_subscripts(string_split(account.words, ' '), 1) as place,
    from account_words as account
),
-- `none` has no rank.
written_step as (
    select
        step.* exclude (word),
        list_position(step_kinds(), split_part(step.word, ':', 1)) as rank,
        cast(nullif(split_part(step.word, ':', 2), '') as integer) as days,
    from step_word as step
),
own_step as (
    select step.*
    from written_step as step
    qualify
        not step.is_consumer
        or step.rank is distinct from 4
        or row_number() over (
            partition by step.entity, step.dunning_group, step.is_consumer, step.rank
            order by step.place
        ) = 1
    union all
    select step.* replace (4 as rank)
    from written_step as step
    anti join written_step as final
        on
            final.entity = step.entity
            and final.dunning_group = step.dunning_group
            and final.is_consumer = step.is_consumer
            and final.rank = 4
    where step.is_consumer and step.rank = 5
)
select
    step.entity,
    step.dunning_group,
    step.is_consumer,
    step.gap,
    coalesce(max(step.days) filter (step.rank = 1), 0) as pre_due,
    coalesce(
        list({'rank': step.rank, 'days': step.days} order by step.rank, step.place) filter (step.rank is not null), []
    ) as steps,
from own_step as step
group by step.entity, step.dunning_group, step.is_consumer, step.gap;

-- Number of the step, in a list of steps, that contacts of a rank stand for: the first for the first step of the rank
-- and so on, those after the last for the last; without such a step, for the last of lower rank (0: there is none).
create or replace macro step_stood_for(in_steps, in_rank, in_contacts) as
    len([step for step in in_steps if step.rank < in_rank])
    + least(in_contacts, len([step for step in in_steps if step.rank = in_rank]));

-- Number of the last step after the due date that is due after a number of days (0: none is).
create or replace macro step_reached(in_steps, in_days) as
    coalesce(
        list_max([
            place for place in range(1, len(in_steps) + 1)
            if in_steps[place].rank > 1 and in_steps[place].days <= in_days
        ]),
        0
    );

-- Number of the step that is up after a number of days and steps done: none is passed over but one before the due date
-- (0: none is up).
create or replace macro step_up(in_steps, in_days, in_done) as
    least(
        step_reached(in_steps, in_days),
        greatest(in_done, len([step for step in in_steps if step.rank = 1])) + 1
    );

-- One row per setting of the days of a step that is due before the step before it, as `step_final_days@North BV`. Typed
-- days are compared with one another when they are typed; those of a file are compared here.
create or replace macro misordered_step_at(in_known_on) as table
with book_with_steps as (
    select '' as entity
    union
    select regexp_replace(setting.key, '^[^@]*@', '') as entity
    from setting_at(in_known_on) as setting
    where setting.key like 'step\_%@%' escape '\'
)
select concat_ws('@', pair.setting, nullif(steps.entity, '')) as example
from with_step_days('book_with_steps', in_known_on) as steps
cross join lateral (
    values
        ('step_formal_days', steps.formal, steps.friendly),
        ('step_final_days', steps.final, steps.formal),
        ('step_hand_over_days', steps.hand_over, steps.final)
) as pair (setting, days, before)
where pair.days < pair.before;

-- One row per setting, or case at an agency, of an administration that no document or payment is of (column_name entity),
-- and per setting of a dunning group that no customer is in: a name that is spelt in another way holds for nobody.
create or replace macro unknown_name_at(in_known_on) as table
with administration as (
    select invoice.entity from invoice_at(in_known_on) as invoice where invoice.entity is not null
    union
    select payment.entity from settlement_at(in_known_on) as payment where payment.entity is not null
),
named as (
    select handover.case_id as example, handover.entity, null as dunning_group
    from collection_case_at(in_known_on) as handover
    where handover.entity is not null
    union all
    select
        setting.key as example,
        case when contains(setting.key, '@') then regexp_replace(setting.key, '^[^@]*@', '') end as entity,
        nullif(regexp_extract(setting.key, '^[^@/]*/([^@]*)', 1), '') as dunning_group,
    from setting_at(in_known_on) as setting
)
select 'entity' as column_name, named.example
from named
where named.entity is not null and named.entity not in (select administration.entity from administration)
union all
select 'dunning_group', named.example
from named
where
    named.dunning_group is not null
    and named.dunning_group not in (
        select customer.dunning_group from customer_at(in_known_on) as customer where customer.dunning_group is not null
    );

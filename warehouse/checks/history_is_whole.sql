-- The history of values has one row per release and cell, every release in it is known, every
-- parent too, and read back along the chain of parents it gives exactly the cells of this release.
-- Cells under a letter have no history.

with recursive
chain as (
    select
        release_id,
        previous_release_id,
        0 as steps
    from known_release
    where is_this
    union all
    select
        k.release_id,
        k.previous_release_id,
        c.steps + 1 as steps
    from chain as c
    inner join known_release as k on c.previous_release_id = k.release_id
),

nearest as (
    select
        h.cell_id,
        min(c.steps) as steps
    from value_history as h
    inner join chain as c on h.release_id = c.release_id
    group by h.cell_id
),

head as (
    select
        h.*,
        c.steps
    from value_history as h
    inner join chain as c on h.release_id = c.release_id
    inner join nearest as n on h.cell_id = n.cell_id and c.steps = n.steps
),

cells_then as (
    select * exclude (release_id, published_at, is_gone, status_before_hiding, steps)
    from head
    where not is_gone
),

read_back as (
    select
        cell_id,
        cells_then as cell
    from cells_then
),

shown as (
    select
        cell_id,
        indicator_value as cell
    from indicator_value
    where split_part(cell_id, '|', 4) not like 'letter-%'
)

select
    'twice' as fault,
    release_id,
    cell_id
from value_history
group by release_id, cell_id
having count(*) > 1
union all
select
    'unknown release' as fault,
    h.release_id,
    h.cell_id
from value_history as h
anti join known_release as k on h.release_id = k.release_id
union all
select
    'unknown parent' as fault,
    k.release_id,
    k.previous_release_id as cell_id
from known_release as k
left join known_release as p on k.previous_release_id = p.release_id
where k.previous_release_id is not null and p.release_id is null
union all
select
    'another state' as fault,
    null as release_id,
    coalesce(s.cell_id, b.cell_id) as cell_id
from shown as s
full join read_back as b on s.cell_id = b.cell_id
where s.cell is distinct from b.cell

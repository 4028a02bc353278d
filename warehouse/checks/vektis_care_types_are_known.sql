-- Every cost column of a Vektis file has a care group. For a new column of the contract, add a line to
-- warehouse/catalogue/crosswalks/care_type.yaml.

select
    c.delivery_id,
    c.cost_column,
    sum(c.costs) as costs
from stg_vektis_cost as c
left join ref_care_type as t on c.cost_column = t.cost_column
where t.care_group is null
group by c.delivery_id, c.cost_column

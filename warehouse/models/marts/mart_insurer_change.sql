-- Mergers of insurers: a series over one is not one series, and both names are told.
-- Grain: one row per insurer that went on in another one.

select
    successor as insurer_code,
    code as predecessor_code,
    valid_to as after_year,
    change_nl as nl,
    change_en as en
from ref_insurer
where successor is not null

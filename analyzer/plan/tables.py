"""The planner's tables (data/*.toml)."""

from functools import partial

from analyzer.tables import load_table

table = partial(load_table, "analyzer.plan")

"""The tables of the buildpacks (data/*.toml)."""

from functools import partial

from analyzer.tables import load_table

load = partial(load_table, "analyzer.buildpacks")

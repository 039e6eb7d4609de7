"""The Debian packages that the dependencies need (data/system_packages.json)."""

import json
from functools import cache
from importlib import resources
from typing import Any

from packaging.utils import canonicalize_name

from analyzer.model.evidence import Evidence
from analyzer.model.facts import DependencyFacts, SystemPackage


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = resources.files("analyzer.facts").joinpath("data/system_packages.json").read_text("utf-8")
    return {canonicalize_name(p["name"]): p for p in json.loads(text)["packages"]}


def system_packages(
    dependencies: DependencyFacts, *, geodjango: bool
) -> tuple[tuple[SystemPackage, ...], tuple[SystemPackage, ...]]:
    """The packages needed to build and to run."""
    build: dict[str, SystemPackage] = {}
    run: dict[str, SystemPackage] = {}
    for dependency in dependencies.dependencies:
        row = _table().get(dependency.name)
        if row is None or dependency.group is not None:
            continue
        for found, names in ((build, row["debian"]["bookworm"]["build"]), (run, row["debian"]["bookworm"]["run"])):
            for name in names:
                found.setdefault(name, SystemPackage(package=name, because=dependency.name, evidence=dependency.evidence))
    if geodjango:
        for name in _table()["django-contrib-gis"]["debian"]["bookworm"]["run"]:
            run.setdefault(name, SystemPackage(package=name, because="django.contrib.gis", evidence=Evidence(path=".")))
    return tuple(build.values()), tuple(run.values())

"""Variables by which the settings of a project keep uploads elsewhere than in a folder."""

import re

from analyzer.model.evidence import Fact
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, django_at_least
from analyzer.tables import load_table

_LIBRARIES = ("django-storages", "django-storage-url")
_SETTINGS = ("STORAGES", "DEFAULT_FILE_STORAGE")
_BUCKET = lazy_pattern(r"(^|_)(BUCKET|CONTAINER)(_NAME)?$")
_LAPTOP = lazy_pattern(r"DEBUG|(^|_)TEST")
_STORE = lazy_pattern(
    r"(^|_)(USE|ENABLE|WITH)_(\w+_)?(AWS|S3|GCS|SPACES|STORAGE|BUCKET)(_(MEDIA|UPLOADS?)(_FILES)?)?$"
    r"|(^|_)(FILES?|MEDIA|UPLOADS?)_STORAGE(_BACKEND|_TYPE|_ENGINE)?$|(^|_)STORAGES?_DEFAULT(_BACKEND)?$"
    r"|(^|_)STORAGE_(DSN|URL)$"
)
"""Switches by their names; whoever sets the name of a bucket alone is told by the settings themselves."""


def store_switches(ctx: Context) -> list[str]:
    """Variables that choose a store, where production installs a library for it: as the settings ask for them, else by
    their names; with them the name of a bucket, where a class of the project decides."""
    if not any(ctx.facts.dependencies.has(library) for library in _LIBRARIES):
        return []
    switches = ctx.facts.django.switches
    read = _SETTINGS[:1] if django_at_least(ctx.facts, (5, 1)) else _SETTINGS  # the older one is not read any more
    asked = {name for setting in read for name in switches.get(setting, ()) if not _is_another(name)}
    if asked or any(switches.get(setting) for setting in _SETTINGS if setting not in read):
        return sorted(asked)
    storage = ctx.facts.django.media.storage
    own = isinstance(storage, Fact) and not (storage.value or "").startswith(("django.", "storages."))
    return sorted({one.name for one in ctx.facts.environment if _is_switch(one.name.upper(), own)})


def _is_another(name: str) -> bool:
    """Whether it tells laptops and tests from production, or is what another platform sets by itself."""
    rows = load_table("analyzer.rules", "platform_variables")["platform"]
    return _LAPTOP.search(name.upper()) is not None or any(re.fullmatch(row["variables"], name) for row in rows)


def _is_switch(name: str, own: bool) -> bool:
    return _STORE.search(name) is not None or (own and _BUCKET.search(name) is not None)

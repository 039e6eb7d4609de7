"""Static and uploaded files: where they lie, how they are served."""

from collections.abc import Mapping
from typing import Any

from analyzer.facts.django.answers import SettingsView, answer, optional_text, text
from analyzer.model.evidence import Answer, Fact, Unresolved
from analyzer.model.facts import MediaFacts, Plain, StaticFacts

_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
_MEDIA = "django.core.files.storage.FileSystemStorage"


def static_facts(view: SettingsView, middleware: Answer[tuple[str, ...]]) -> StaticFacts:
    """STATIC_URL, STATIC_ROOT, the storage and WhiteNoise."""
    return StaticFacts(
        url=answer(view, "STATIC_URL", _url),
        root=answer(view, "STATIC_ROOT", optional_text),
        storage=static_storage(view),
        whitenoise=_whitenoise(middleware),
    )


def static_storage(view: SettingsView) -> Answer[str | None]:
    """The storage that collectstatic writes to."""
    return _storage(view, "staticfiles", "STATICFILES_STORAGE", _STATIC)


def media_facts(view: SettingsView) -> MediaFacts:
    """MEDIA_URL, MEDIA_ROOT and the default storage."""
    return MediaFacts(
        url=answer(view, "MEDIA_URL", _url),
        root=answer(view, "MEDIA_ROOT", optional_text),
        storage=_storage(view, "default", "DEFAULT_FILE_STORAGE", _MEDIA),
    )


def configured_storages(view: SettingsView) -> tuple[Fact[str | None], ...]:
    """The storages of STORAGES with the variables of services set."""
    plain = view.plain("STORAGES", view.configured) if "STORAGES" in view.configured.namespace.values else None
    entries = plain.values() if isinstance(plain, Mapping) else ()
    backends = [entry["BACKEND"] for entry in entries if isinstance(entry, Mapping) and "BACKEND" in entry]
    evidence = view.evidence("STORAGES")
    return tuple(Fact(value=backend, evidence=evidence) for backend in backends if isinstance(backend, str))


def _url(plain: Plain) -> str | None:
    """Django puts the script name before a relative URL (django/conf/__init__.py, _add_script_prefix)."""
    if plain is None:
        return None
    url = text(plain)
    if url == "" or url.startswith(("http://", "https://", "/", "//")):
        return "/" if url == "" else url
    return f"/{url}"


def _storage(view: SettingsView, alias: str, old_setting: str, default: str) -> Answer[str | None]:
    """The backend of an alias of STORAGES, of the setting that it replaced, or Django's default."""
    if view.is_set("STORAGES"):

        def backend(plain: Plain) -> str | None:
            entry: Any = plain.get(alias) if isinstance(plain, Mapping) else None
            return text(entry.get("BACKEND")) if isinstance(entry, Mapping) else default

        found = answer(view, "STORAGES", backend)
        if isinstance(found, Fact) or not view.is_set(old_setting):
            return _from_part(view, alias, default) if isinstance(found, Unresolved) else found
    if view.is_set(old_setting):
        return answer(view, old_setting, optional_text)
    reason = view.bare.incomplete
    if reason is not None:
        return Unresolved(
            reason=f"{old_setting} may be set in a part that is not in the tree: {reason}",
            evidence=view.evidence(old_setting),
        )
    return Fact(value=default, evidence=view.evidence("STORAGES"))


def _from_part(view: SettingsView, alias: str, default: str) -> Answer[str | None]:
    """The backend where other parts of STORAGES (keys, bucket names) are not known."""
    plain = view.plain("STORAGES", view.bare)
    evidence = view.evidence("STORAGES")
    if isinstance(plain, Mapping):
        entry: Any = plain.get(alias)
        if entry is None:
            return Fact(value=default, evidence=evidence)
        if isinstance(entry, Mapping) and isinstance(entry.get("BACKEND"), str):
            return Fact(value=entry["BACKEND"], evidence=evidence)
        if isinstance(entry, Mapping) and "BACKEND" not in entry:
            return Unresolved(reason=f"STORAGES has no BACKEND for {alias}", evidence=evidence)
    return Unresolved(reason="STORAGES is computed at run time", evidence=evidence)


def _whitenoise(middleware: Answer[tuple[str, ...]]) -> Answer[bool]:
    if isinstance(middleware, Unresolved):
        return Unresolved(reason=middleware.reason, evidence=middleware.evidence)
    return Fact(value=any("whitenoise" in m.lower() for m in middleware.value), evidence=middleware.evidence)

"""The report document: one JSON object, whose keys `doctor schema report` describes.

The same report gives the same bytes: keys in a fixed order, mappings by name, ASCII only whatever the locale.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import (
    BuildSettings,
    CacheFact,
    DatabaseFact,
    Dependency,
    DependencyFacts,
    DjangoFacts,
    EnvironmentVariable,
    FrontendFacts,
    Plain,
    Process,
    ProjectFacts,
    RepositoryFacts,
    SettingsModules,
    SystemPackage,
    TaskQueueFacts,
    Unknown,
)
from analyzer.model.report import SCHEMA_VERSION, Report

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Object: TypeAlias = dict[str, Json]
T = TypeVar("T")


def render(report: Report) -> str:
    """The report as JSON text, with a newline at its end."""
    return json.dumps(document(report), indent=2, allow_nan=False) + "\n"


def document(report: Report) -> Object:
    """The report as plain data, ready for `json`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": report.tool.name, "version": report.tool.version},
        "repository": _repository(report.facts.repository),
        "facts": _facts(report.facts),
        "buildpacks": [],
        "findings": [],
        "outcomes": {"passed": [], "not_applicable": [], "undetermined": [], "ignored": []},
        "plan": None,
        "score": None,
    }


def _repository(facts: RepositoryFacts) -> Object:
    return {
        "django_dir": facts.django_dir,
        "candidates": [c.path for c in facts.candidates],
        "files": facts.files,
        "python_files": facts.python_files,
        "skipped": [{"path": s.path, "reason": s.reason} for s in facts.skipped],
    }


def _facts(facts: ProjectFacts) -> Object:
    return {
        **_dependencies(facts.dependencies),
        **_django(facts.django),
        "task_queue": _task_queue(facts.task_queue),
        "processes": [_process(p) for p in facts.processes],
        "environment": [_variable(v) for v in facts.environment],
        "frontend": _frontend(facts.frontend),
        "system_packages": {
            "build": [_system_package(p) for p in facts.build_packages],
            "run": [_system_package(p) for p in facts.run_packages],
        },
    }


def _dependencies(facts: DependencyFacts) -> Object:
    return {
        "python_version": {**_fact(facts.python_version), "source": facts.python_source},
        "python_declared": [{"spec": d.spec, "source": d.source, **_place(d.evidence)} for d in facts.python_declared],
        "package_manager": _fact(facts.package_manager),
        "package_managers_found": list(facts.package_managers_found),
        "dependency_files": _fact(facts.files, list),
        "dependencies": [_dependency(d) for d in facts.dependencies],
        "dependency_problems": [_evidence(e) for e in facts.problems],
        "package_indexes": [{"url": i.url, "extra": i.extra, **_place(i.evidence)} for i in facts.indexes],
        "django_version": _fact(facts.django_version),
    }


def _dependency(dependency: Dependency) -> Object:
    return {
        "name": dependency.name,
        "specifier": dependency.specifier,
        "locked": dependency.locked,
        "extras": list(dependency.extras),
        "marker": dependency.marker,
        "group": dependency.group,
        "vcs": dependency.vcs,
        "editable": dependency.editable,
        "direct": dependency.direct,
        **_place(dependency.evidence),
    }


def _django(facts: DjangoFacts) -> Object:
    return {
        "settings": _settings_modules(facts.settings_modules),
        "wsgi_application": _fact(facts.wsgi_application),
        "asgi_application": _fact(facts.asgi_application),
        "root_urlconf": _fact(facts.root_urlconf),
        "installed_apps": _fact(facts.installed_apps, list),
        "middleware": _fact(facts.middleware, list),
        "databases": _fact(facts.databases, lambda value: _by_name(value, _database)),
        "caches": _fact(facts.caches, lambda value: _by_name(value, _cache)),
        "channel_layers": _fact(facts.channel_layers, lambda value: _by_name(value, _same)),
        "static": {
            "url": _fact(facts.static.url),
            "root": _fact(facts.static.root),
            "storage": _fact(facts.static.storage),
            "whitenoise": _fact(facts.static.whitenoise),
        },
        "media": {
            "url": _fact(facts.media.url),
            "root": _fact(facts.media.root),
            "storage": _fact(facts.media.storage),
        },
        "debug": _fact(facts.debug),
        "allowed_hosts": _fact(facts.allowed_hosts, list),
        "csrf_trusted_origins": _fact(facts.csrf_trusted_origins, list),
        "secret_key": _fact(facts.secret_key),
        "session_engine": _fact(facts.session_engine),
        "email_backend": _fact(facts.email_backend),
        "auth_user_model": _fact(facts.auth_user_model),
        "secure": _by_name(facts.secure, lambda answer: _fact(answer, _plain)),
        "logging_files": _fact(facts.logging_files, list),
        "compilemessages": _fact(facts.compilemessages),
        "geodjango": _fact(facts.geodjango),
        "build_settings": _build_settings(facts.build_settings),
    }


def _build_settings(facts: BuildSettings) -> Object:
    return {
        "manage_py": facts.manage_py,
        "module": _fact(facts.module),
        "required": [{"name": r.name, "how": r.how, **_place(r.evidence)} for r in facts.required],
        "static_root": _fact(facts.static_root),
        "staticfiles": _fact(facts.staticfiles),
        "storage": _fact(facts.storage),
        "absent_apps": [{"module": e.note, "path": e.path, "line": e.line} for e in facts.absent_apps],
    }


def _settings_modules(modules: SettingsModules) -> Object:
    return {
        "production": _fact(modules.production),
        "manage": _fact(modules.manage),
        "wsgi": _fact(modules.wsgi),
        "asgi": _fact(modules.asgi),
        "celery": _fact(modules.celery),
        "candidates": list(modules.candidates),
        "files": list(modules.files),
    }


def _database(database: DatabaseFact) -> Object:
    return {
        "engine": database.engine,
        "env": list(database.env),
        "configured_engine": database.configured_engine,
    }


def _cache(cache: CacheFact) -> Object:
    return {"backend": cache.backend, "env": list(cache.env), "configured_backend": cache.configured_backend}


def _task_queue(facts: TaskQueueFacts) -> Object:
    return {
        "kind": _fact(facts.kind),
        "app": _fact(facts.app),
        "broker": _fact(facts.broker),
        "broker_env": list(facts.broker_env),
        "result_backend": _fact(facts.result_backend),
        "beat": _fact(facts.beat),
        "beat_scheduler": _fact(facts.beat_scheduler),
        "beat_entries": _fact(facts.beat_entries, list),
        "queues": _fact(facts.queues, list),
        "started_by": [{"name": p.name, "type": p.type.value, **_place(p.evidence)} for p in facts.started_by],
    }


def _process(process: Process) -> Object:
    return {
        "name": process.name,
        "type": process.type.value,
        "command": process.command,
        "source": process.source,
        "environment": _by_name(process.environment, _same),
        **_place(process.evidence),
    }


def _variable(variable: EnvironmentVariable) -> Object:
    return {
        "name": variable.name,
        "required": variable.required,
        "secret": variable.secret,
        "kind": variable.kind,
        "default": variable.default,
        "phases": list(variable.phases),
        "evidence": [_evidence(e) for e in variable.evidence],
    }


def _frontend(facts: FrontendFacts) -> Object:
    return {
        "package_json": _fact(facts.package_json),
        "build_command": _fact(facts.build_command),
        "output_dir": _fact(facts.output_dir),
        "package_manager": _fact(facts.package_manager),
        "bundlers": list(facts.bundlers),
        "separate_site": facts.separate_site,
    }


def _system_package(package: SystemPackage) -> Object:
    return {"package": package.package, "because": package.because, **_place(package.evidence)}


# --- the parts that everything above is made of ---------------------------------------------------------------------


def _same(value: Json) -> Json:
    return value


def _fact(answer: Answer[T], encode: Callable[[T], Json] = _same) -> Object:  # type: ignore[assignment]
    evidence = [_evidence(e) for e in answer.evidence]
    if isinstance(answer, Fact):
        value = None if answer.value is None else encode(answer.value)
        return {"value": value, "certainty": answer.certainty.value, "evidence": evidence}
    return {"value": None, "undetermined": answer.reason, "evidence": evidence}


def _evidence(evidence: Evidence) -> Object:
    return {"path": evidence.path, "line": evidence.line, "note": evidence.note}


def _place(evidence: Evidence) -> Object:
    return {"path": evidence.path, "line": evidence.line}


def _by_name(mapping: Mapping[str, T], encode: Callable[[T], Json]) -> Object:
    return {name: encode(mapping[name]) for name in sorted(mapping)}


def _plain(value: Plain) -> Json:
    """A setting's value; what JSON cannot say, and what could not be told, becomes `{"undetermined": reason}`."""
    if isinstance(value, Unknown):
        return {"undetermined": value.reason}
    if isinstance(value, float) and not math.isfinite(value):
        return {"undetermined": f"{value} is no JSON number"}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return _by_name(value, _plain)
    return value

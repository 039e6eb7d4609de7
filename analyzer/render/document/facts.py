"""The facts as JSON data; the keys are those of the report document."""

from analyzer.model.facts import (
    BuildSettings,
    CacheFact,
    DatabaseFact,
    Dependency,
    DependencyFacts,
    DjangoFacts,
    EnvironmentVariable,
    FrontendFacts,
    Process,
    ProjectFacts,
    RepositoryFacts,
    SettingsModules,
    SystemPackage,
    TaskQueueFacts,
)
from analyzer.render.document.deployment import deployment_document
from analyzer.render.document.values import Object, by_name, evidence, fact, place, plain, same


def repository_document(facts: RepositoryFacts) -> Object:
    """Where the project is, how much there is and what was not read."""
    return {
        "django_dir": facts.django_dir,
        "candidates": [c.path for c in facts.candidates],
        "files": facts.files,
        "python_files": facts.python_files,
        "skipped": [{"path": s.path, "reason": s.reason} for s in facts.skipped],
    }


def facts_document(facts: ProjectFacts) -> Object:
    """Everything observed about the project."""
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
        "deployment": deployment_document(facts),
    }


def _dependencies(facts: DependencyFacts) -> Object:
    return {
        "python_version": {**fact(facts.python_version), "source": facts.python_source},
        "python_declared": [{"spec": d.spec, "source": d.source, **place(d.evidence)} for d in facts.python_declared],
        "package_manager": fact(facts.package_manager),
        "package_managers_found": list(facts.package_managers_found),
        "dependency_files": fact(facts.files, list),
        "dependencies": [_dependency(d) for d in facts.dependencies],
        "dependency_problems": [evidence(e) for e in facts.problems],
        "package_indexes": [{"url": i.url, "extra": i.extra, **place(i.evidence)} for i in facts.indexes],
        "django_version": fact(facts.django_version),
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
        **place(dependency.evidence),
    }


def _django(facts: DjangoFacts) -> Object:
    return {
        "settings": _settings_modules(facts.settings_modules),
        "wsgi_application": fact(facts.wsgi_application),
        "asgi_application": fact(facts.asgi_application),
        "root_urlconf": fact(facts.root_urlconf),
        "installed_apps": fact(facts.installed_apps, list),
        "middleware": fact(facts.middleware, list),
        "databases": fact(facts.databases, lambda value: by_name(value, _database)),
        "caches": fact(facts.caches, lambda value: by_name(value, _cache)),
        "channel_layers": fact(facts.channel_layers, lambda value: by_name(value, same)),
        "static": {
            "url": fact(facts.static.url),
            "root": fact(facts.static.root),
            "storage": fact(facts.static.storage),
            "whitenoise": fact(facts.static.whitenoise),
        },
        "media": {
            "url": fact(facts.media.url),
            "root": fact(facts.media.root),
            "storage": fact(facts.media.storage),
        },
        "debug": fact(facts.debug),
        "allowed_hosts": fact(facts.allowed_hosts, list),
        "csrf_trusted_origins": fact(facts.csrf_trusted_origins, list),
        "secret_key": fact(facts.secret_key),
        "session_engine": fact(facts.session_engine),
        "email_backend": fact(facts.email_backend),
        "auth_user_model": fact(facts.auth_user_model),
        "secure": by_name(facts.secure, lambda answer: fact(answer, plain)),
        "logging_files": fact(facts.logging_files, list),
        "compilemessages": fact(facts.compilemessages),
        "geodjango": fact(facts.geodjango),
        "build_settings": _build_settings(facts.build_settings),
    }


def _build_settings(facts: BuildSettings) -> Object:
    return {
        "manage_py": facts.manage_py,
        "module": fact(facts.module),
        "required": [
            {"name": r.name, "how": r.how, "direct": r.direct, "kind": r.kind, "dummy": r.dummy, **place(r.evidence)}
            for r in facts.required
        ],
        "static_root": fact(facts.static_root),
        "staticfiles": fact(facts.staticfiles),
        "storage": fact(facts.storage),
        "absent_apps": [{"module": e.note, "path": e.path, "line": e.line} for e in facts.absent_apps],
        "refusal": None if facts.refusal is None else evidence(facts.refusal),
    }


def _settings_modules(modules: SettingsModules) -> Object:
    return {
        "production": fact(modules.production),
        "manage": fact(modules.manage),
        "wsgi": fact(modules.wsgi),
        "asgi": fact(modules.asgi),
        "celery": fact(modules.celery),
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
        "kind": fact(facts.kind),
        "app": fact(facts.app),
        "broker": fact(facts.broker),
        "broker_env": list(facts.broker_env),
        "result_backend": fact(facts.result_backend),
        "beat": fact(facts.beat),
        "beat_scheduler": fact(facts.beat_scheduler),
        "beat_entries": fact(facts.beat_entries, list),
        "queues": fact(facts.queues, list),
        "started_by": [{"name": p.name, "type": p.type.value, **place(p.evidence)} for p in facts.started_by],
    }


def _process(process: Process) -> Object:
    return {
        "name": process.name,
        "type": process.type.value,
        "command": process.command,
        "source": process.source,
        "environment": by_name(process.environment, same),
        **place(process.evidence),
    }


def _variable(variable: EnvironmentVariable) -> Object:
    return {
        "name": variable.name,
        "required": variable.required,
        "secret": variable.secret,
        "kind": variable.kind,
        "default": variable.default,
        "phases": list(variable.phases),
        "evidence": [evidence(e) for e in variable.evidence],
    }


def _frontend(facts: FrontendFacts) -> Object:
    return {
        "package_json": fact(facts.package_json),
        "build_command": fact(facts.build_command),
        "output_dir": fact(facts.output_dir),
        "package_manager": fact(facts.package_manager),
        "bundlers": list(facts.bundlers),
        "separate_site": facts.separate_site,
    }


def _system_package(package: SystemPackage) -> Object:
    return {
        "package": package.package,
        "because": package.because,
        "names": dict(package.names),
        **place(package.evidence),
    }

"""Sections about the project itself: where it is, what it installs, how its production settings configure it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import (
    BuildSettings,
    CacheFact,
    DatabaseFact,
    DependencyFacts,
    DjangoFacts,
    ProjectFacts,
    RepositoryFacts,
)
from analyzer.render.statements import (
    COULD_NOT_TELL,
    counted,
    fact,
    listing,
    plain,
    statement,
    unless_nothing,
    yes_no,
)
from analyzer.render.text_layout import Row, Section, Style

T = TypeVar("T")


def project_sections(facts: ProjectFacts) -> Iterator[Section]:
    """Repository, packages, settings and what they configure, in the order of a reader's questions."""
    django = facts.django
    yield Section(title="Project", rows=tuple(_repository(facts.repository)))
    yield Section(title="Python and packages", rows=tuple(_packages(facts.dependencies)))
    yield Section(title="Settings", rows=tuple(_settings(django)))
    yield Section(title="Management commands during a build", rows=tuple(_build_settings(django.build_settings)))
    yield Section(title="Application", rows=tuple(_application(django)))
    yield Section(title="Databases, caches and sessions", rows=tuple(_data(django)))
    yield Section(title="Static files and uploads", rows=tuple(_files(django)))
    yield Section(title="Security and mail", rows=tuple(_security(django)))


def _repository(facts: RepositoryFacts) -> Iterator[Row]:
    for project in facts.candidates:
        if project.path == facts.django_dir:
            yield statement("folder", project.path, project.evidence)
    for project in facts.candidates:
        if project.path != facts.django_dir:
            yield statement("also there", f"--root-dir {project.path}", project.evidence)
    yield statement("read", f"{counted(facts.files, 'file')}, {facts.python_files:,} of them Python")


def _packages(facts: DependencyFacts) -> Iterator[Row]:
    python = fact("Python", facts.python_version, none="no version requested")
    asked_for = not isinstance(facts.python_version, Fact) or facts.python_version.value is not None
    yield python if asked_for else replace(python, place="")
    chosen = facts.python_version.value if isinstance(facts.python_version, Fact) else None
    for declared in facts.python_declared:
        if declared.spec != chosen:
            yield statement("", f"{declared.spec} ({declared.source})", declared.evidence)
    yield fact("Django", facts.django_version, none="no version given")
    yield fact("package manager", facts.package_manager)
    others = [
        name
        for name in facts.package_managers_found
        if not (isinstance(facts.package_manager, Fact) and name == facts.package_manager.value)
    ]
    if others:
        yield statement("also set up for", listing(others))
    yield fact("installs from", facts.files, listing)
    yield _package_count(facts)
    for dependency in facts.dependencies:
        if dependency.vcs and dependency.group is None:
            yield statement("not from an index", f"{dependency.name} from {dependency.vcs}", dependency.evidence)
    for index in facts.indexes:
        yield statement("package index", index.url + (" (extra)" if index.extra else ""), index.evidence)
    yield from _not_understood(facts.problems)


def _not_understood(problems: Sequence[Evidence]) -> Iterator[Row]:
    """One row for each file and reason: a template has many lines that are no requirements."""
    alike: dict[tuple[str, str], list[Evidence]] = {}
    for problem in problems:
        alike.setdefault((problem.path, problem.note), []).append(problem)
    for (_, note), (first, *more) in alike.items():
        text = f"{note}; likewise {counted(len(more), 'more line')}" if more else note
        places = [replace(problem, note="") for problem in (first, *more)]
        yield statement("not understood", text, *places, style=Style.WARNING)


def _package_count(facts: DependencyFacts) -> Row:
    production = [d for d in facts.dependencies if d.group is None]
    direct = sum(d.direct for d in production)
    groups = Counter(d.group for d in facts.dependencies if d.group is not None)
    parts = [f"{len(production):,} for production"]
    if direct != len(production):
        parts[0] += f", {direct:,} of them named directly"
    parts += [f"{number:,} in {group}" for group, number in sorted(groups.items())]
    first = min(production, key=lambda d: (not d.direct, d.evidence.path, d.evidence.line), default=None)
    return statement("packages", "; ".join(parts), *([first.evidence] if first else []))


def _settings(facts: DjangoFacts) -> Iterator[Row]:
    modules = facts.settings_modules
    yield replace(fact("production", modules.production), explain=True)
    yield fact("manage.py", modules.manage)
    yield from unless_nothing("WSGI", modules.wsgi)
    yield from unless_nothing("ASGI", modules.asgi)
    yield from unless_nothing("Celery", modules.celery)
    chosen = (modules.production, modules.manage, modules.wsgi, modules.asgi, modules.celery)
    named = {answer.value for answer in chosen if isinstance(answer, Fact)}
    others = [module for module in modules.candidates if module not in named]
    if others:
        yield statement("other modules", listing(others))


def _build_settings(facts: BuildSettings) -> Iterator[Row]:
    yield fact("settings module", facts.module)
    yield from unless_nothing("DEBUG", facts.debug, plain)
    for variable in facts.required:
        yield statement("stop at", variable.how, variable.evidence)
    if facts.refusal is not None:
        yield statement("stop at", facts.refusal.note, replace(facts.refusal, note=""))
    for app in facts.absent_apps:
        yield statement("missing app", f"{app.note}: not a requirement of production", replace(app, note=""))
    yield fact("collectstatic", facts.staticfiles, lambda known: "available" if known else "no such command")
    yield fact("static root", facts.static_root, none="STATIC_ROOT is not set")
    yield fact("static storage", facts.storage)


def _application(facts: DjangoFacts) -> Iterator[Row]:
    yield fact("WSGI application", facts.wsgi_application)
    yield from unless_nothing("ASGI application", facts.asgi_application)
    yield fact("URLs", facts.root_urlconf)
    yield fact("apps", facts.installed_apps, _apps)
    yield fact("middleware", facts.middleware, _apps)
    yield fact("user model", facts.auth_user_model)
    yield from unless_nothing("GeoDjango", facts.geodjango, yes_no)
    yield from unless_nothing("translations", facts.compilemessages, lambda _: "need compilemessages")
    yield from unless_nothing("logs to files", facts.logging_files, listing)


def _apps(names: tuple[str, ...]) -> str:
    own = [name for name in names if not name.startswith("django.")]
    return f"{len(names) - len(own)} of Django" + (f", {len(own)} more: {', '.join(own)}" if own else "")


def _data(facts: DjangoFacts) -> Iterator[Row]:
    yield from _by_alias("database", facts.databases, _database)
    yield from _by_alias("cache", facts.caches, _cache)
    yield from _by_alias("channel layer", facts.channel_layers, str)
    yield fact("sessions", facts.session_engine)


def _by_alias(label: str, answer: Answer[Mapping[str, T]], show: Callable[[T], str]) -> Iterator[Row]:
    if not isinstance(answer, Fact) or not answer.value:
        yield from unless_nothing(label, answer)
    else:
        for alias in sorted(answer.value, key=lambda name: (name != "default", name)):
            name = label if alias == "default" else f"{label} {alias}"
            of_alias = Fact(value=answer.value[alias], evidence=answer.evidence, certainty=answer.certainty)
            yield fact(name, of_alias, show, none=COULD_NOT_TELL)


def _database(database: DatabaseFact) -> str:
    return _configurable(database.engine, database.configured_engine, database.env)


def _cache(cache: CacheFact) -> str:
    return _configurable(cache.backend, cache.configured_backend, cache.env)


def _configurable(bare: str | None, configured: str | None, env: tuple[str, ...]) -> str:
    names = f"with {listing(env)}" if env else ""
    if bare and configured and bare != configured:
        return f"{bare}; {configured} {names or 'when configured'}"
    return " ".join(part for part in (bare or configured or COULD_NOT_TELL, names) if part)


def _files(facts: DjangoFacts) -> Iterator[Row]:
    yield fact("static URL", facts.static.url)
    yield fact("static root", facts.static.root)
    yield fact("static storage", facts.static.storage)
    yield fact("WhiteNoise", facts.static.whitenoise, yes_no)
    yield from unless_nothing("media URL", facts.media.url)
    yield from unless_nothing("media root", facts.media.root)
    yield fact("media storage", facts.media.storage)


def _security(facts: DjangoFacts) -> Iterator[Row]:
    yield fact("DEBUG", facts.debug, plain)
    yield fact("SECRET_KEY", facts.secret_key)
    yield fact("ALLOWED_HOSTS", facts.allowed_hosts, listing)
    yield from unless_nothing("trusted origins", facts.csrf_trusted_origins, listing)
    for name in sorted(facts.secure):
        yield fact(name, facts.secure[name], plain)
    yield fact("mail", facts.email_backend)

"""Environment variables that the code reads: from the evaluation of the settings, and from reading all other files."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.environment_mentions import MAX_EVIDENCE, environment_mentions
from analyzer.facts.environment_names import is_secret
from analyzer.facts.evaluator.environment import Environment, EnvironmentRead, default_of, kind_of
from analyzer.facts.evaluator.values import all_env
from analyzer.facts.existing.redaction import holds_secret
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import EnvironmentVariable
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

_IGNORED = frozenset(
    {
        "DJANGO_SETTINGS_MODULE",
        "PATH",
        "HOME",
        "USER",
        "PWD",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "TERM",
        "LANG",
        "SHELL",
        "HOSTNAME",
    }
)
"""What every process has."""
_BESIDE_THE_CODE = lazy_pattern(
    r"(?i)\.?env[\w.-]*|\.(?:django|postgres|celery)|.*\.(?:env|md|rst|txt|ya?ml|toml|json|sh|cfg|ini|example|sample|dist|template|tmpl|tpl)|.*dockerfile.*|makefile|readme.*"
)
MAX_VARIABLES = 1_000
"""The most of any public repository that was tried are 190."""
MAX_BYTES = 200_000
"""Of a file in which names of variables are looked for; larger ones are data."""


def collect_environment(
    repo: RepositorySnapshot, django_dir: RepoPath, view: SettingsView, others: Iterable[Environment]
) -> tuple[EnvironmentVariable, ...]:
    """Every variable that the project reads, sorted by name.

    Args:
        view: the evaluated production settings; what they read is needed at build (collectstatic imports them) and run.
        others: environments of other evaluated programs (Celery's application, entry points).
    """
    reads: dict[str, list[EnvironmentRead]] = {}
    settings_names: set[str] = set()
    for settings in (view.bare, view.configured, view.example):
        settings_names |= set(settings.environment.reads)
        _merge(reads, settings.environment)
    required = dict(view.bare.environment.required)
    for environment in others:
        _merge(reads, environment)
        required |= environment.required
    scanned = environment_mentions(repo, django_dir)
    names = sorted((set(reads) | set(scanned)) - {n for n in _IGNORED if n not in required})
    if len(names) > MAX_VARIABLES:
        repo.leave_out(django_dir, f"environment variables beyond the first {MAX_VARIABLES:,}")
        names = sorted(sorted(names, key=lambda name: name not in required)[:MAX_VARIABLES])
    found = [_variable(n, reads.get(n, []), scanned.get(n, []), n in required, n in settings_names) for n in names]
    spared = _spared(view)
    found = [replace(one, spared_by=spared.get(one.name, ())) for one in found]
    unnamed = set(_unnamed(repo, [one.name for one in found if one.required]))
    return tuple(replace(one, named_elsewhere=False) if one.name in unnamed else one for one in found)


def _spared(view: SettingsView) -> dict[str, tuple[str, ...]]:
    """Parts of a database's address that are required where a variable with the whole address is not set -> it."""
    parts, whole = (settings.namespace.values.get("DATABASES") for settings in (view.bare, view.configured))
    if parts is None or whole is None or view.configured.incomplete is not None:
        return {}
    unread = all_env(parts) & set(view.bare.environment.required) - set(view.configured.environment.reads)
    return dict.fromkeys(unread, tuple(sorted(all_env(whole))))


def _unnamed(repo: RepositorySnapshot, names: list[str]) -> Iterator[str]:
    """The names that no file beside the code has."""
    missing = {name: name.encode() for name in names}
    for path in repo.matching(_BESIDE_THE_CODE.fullmatch) if missing else ():
        content = repo.read(path)
        if content is not None and len(content) <= MAX_BYTES:
            missing = {name: word for name, word in missing.items() if word not in content}
        if not missing:
            break
    yield from missing


def _merge(reads: dict[str, list[EnvironmentRead]], environment: Environment) -> None:
    for name, places in environment.reads.items():
        known = reads.setdefault(name, [])
        known += [read for read in places if read not in known]


def _variable(
    name: str, reads: list[EnvironmentRead], scanned: list[Evidence], required: bool, in_settings: bool
) -> EnvironmentVariable:
    secret = is_secret(name)
    default = default_of(reads)
    # Where the settings stop without it, the places that have a default are not why.
    ordered = sorted(reads, key=lambda read: read.has_default) if required else reads
    places = [Evidence(path=r.at.path, line=r.at.line, note=r.reader) for r in ordered if r.at is not None]
    evidence = tuple(dict.fromkeys([*places, *scanned]))[:MAX_EVIDENCE]
    kind = kind_of(name, reads)
    if default is not None and (secret or holds_secret(default)):
        default = None
    return EnvironmentVariable(
        name=name,
        required=required,
        secret=secret,
        kind=kind,
        default=default,
        phases=("build", "run") if in_settings else ("run",),
        evidence=evidence,
    )

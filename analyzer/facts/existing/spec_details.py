"""What an app spec that the repository has says beside its commands (app-spec reference): names, sizes, domains."""

from collections.abc import Iterator

from analyzer.facts.environment_names import is_secret
from analyzer.facts.existing.app_spec import ENCRYPTED, app_spec_files
from analyzer.facts.existing.document_values import child, elements, scalar, yaml_root
from analyzer.facts.existing.redaction import redact_text
from analyzer.facts.existing.roles import is_production
from analyzer.facts.existing.spec_keys import spec_keys
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.existing import (
    ExistingComponent,
    ExistingDatabase,
    ExistingDomain,
    ExistingSpec,
    ExistingVariable,
)
from analyzer.model.texts import HIDDEN
from analyzer.snapshot.documents import YamlNode
from analyzer.snapshot.paths import basename, join
from analyzer.snapshot.repository import RepositorySnapshot

KINDS = ("services", "workers", "jobs", "static_sites", "functions")
_TIMES = ("initial_delay_seconds", "period_seconds", "timeout_seconds", "success_threshold", "failure_threshold")
_FIRST = ("app.yaml", "app.yml", "deploy.template.yaml", "deploy.template.yml")


def existing_spec(repo: RepositorySnapshot, django_dir: RepoPath) -> ExistingSpec | None:
    """The app spec for production: `.do/app.yaml` before the template of the Deploy button before any other name."""
    paths = [path for path in app_spec_files(repo, django_dir) if is_production(repo, path, django_dir)]
    ranked = sorted(paths, key=lambda path: _FIRST.index(basename(path)) if basename(path) in _FIRST else len(_FIRST))
    for path in ranked:
        root = yaml_root(repo, path)
        spec = child(root, "spec") or root
        if spec is not None and any(elements(spec, kind) for kind in KINDS):
            return _spec(spec, path)
    return None


def _spec(spec: YamlNode, path: RepoPath) -> ExistingSpec:
    routes = _ingress(spec)
    return ExistingSpec(
        path=path,
        name=scalar(spec, "name") or None,
        region=scalar(spec, "region") or None,
        components=tuple(_component(node, kind, path, routes) for kind in KINDS for node in elements(spec, kind)),
        databases=tuple(_database(node, path) for node in elements(spec, "databases")),
        domains=tuple(
            ExistingDomain(
                domain=scalar(node, "domain"),
                type=scalar(node, "type") or None,
                zone=scalar(node, "zone") or None,
                evidence=Evidence(path=path, line=node.line),
            )
            for node in elements(spec, "domains")
            if scalar(node, "domain")
        ),
        variables=tuple(_variables(spec, path)),
        alerts=tuple(rule for node in elements(spec, "alerts") if (rule := scalar(node, "rule"))),
        features=tuple(node.text for node in elements(spec, "features") if node.text),
        lines={key: line for key, _, line in spec.items() if key in ("name", "region")},
        keys=spec_keys(spec, path),
    )


def _component(node: YamlNode, kind: str, path: RepoPath, routes: dict[str, list[str]]) -> ExistingComponent:
    name = scalar(node, "name")
    own = [scalar(route, "path") for route in elements(node, "routes")]
    command = scalar(node, "run_command")
    return ExistingComponent(
        name=name,
        kind=kind,
        job_kind=(scalar(node, "kind") or "POST_DEPLOY") if kind == "jobs" else None,
        source_dir=join(".", scalar(node, "source_dir").strip("/")) or ".",
        run_command=redact_text(command) if command else None,
        size=scalar(node, "instance_size_slug") or None,
        instances=_number(node, "instance_count"),
        autoscales=child(node, "autoscaling") is not None,
        port=_number(node, "http_port"),
        health_check_path=scalar(node, "health_check", "http_path") or scalar(node, "health_check", "path") or None,
        health_check_times={
            key: number for key in _TIMES if (number := _number(child(node, "health_check"), key)) is not None
        },
        grace_period=_number(child(node, "termination"), "grace_period_seconds"),
        cron=scalar(node, "schedule", "cron") or None,
        time_zone=scalar(node, "schedule", "time_zone") or None,
        routes=tuple(route for route in (*own, *routes.get(name, ())) if route),
        variables=tuple(_variables(node, path)),
        evidence=Evidence(path=path, line=node.line),
    )


def _ingress(spec: YamlNode) -> dict[str, list[str]]:
    """The prefixes that the ingress rules lead to each component."""
    found: dict[str, list[str]] = {}
    for rule in elements(spec, "ingress", "rules"):
        match = child(rule, "match", "path")
        found.setdefault(scalar(rule, "component", "name"), []).append(
            scalar(match, "prefix") or scalar(match, "exact") or "/"
        )
    return found


def _database(node: YamlNode, path: RepoPath) -> ExistingDatabase:
    return ExistingDatabase(
        name=scalar(node, "name"),
        engine=scalar(node, "engine") or "PG",
        version=scalar(node, "version") or None,
        production=scalar(node, "production").lower() == "true",
        cluster_name=scalar(node, "cluster_name") or None,
        db_name=scalar(node, "db_name") or None,
        db_user=scalar(node, "db_user") or None,
        evidence=Evidence(path=path, line=node.line),
    )


def _variables(node: YamlNode, path: RepoPath) -> Iterator[ExistingVariable]:
    """The variables of `envs`; the value of a secret is kept only where it is the platform's ciphertext."""
    for element in elements(node, "envs"):
        name, value = scalar(element, "key"), scalar(element, "value")
        encrypted = value.startswith(ENCRYPTED)
        secret = scalar(element, "type") == "SECRET" or encrypted
        hidden = secret or ("${" not in value and is_secret(name)) or HIDDEN in redact_text(value)
        kept = value if encrypted or (child(element, "value") is not None and not hidden) else None
        if name:
            yield ExistingVariable(
                name=name,
                value=kept,
                encrypted=encrypted,
                secret=secret or (is_secret(name) and "${" not in value),
                scope=scalar(element, "scope") or "RUN_AND_BUILD_TIME",
                evidence=Evidence(path=path, line=element.line),
            )


def _number(node: YamlNode | None, key: str) -> int | None:
    text = scalar(node, key)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None

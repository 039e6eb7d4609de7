"""One YAML file in, a typed app spec out; what the platform would refuse is refused with file and line.

Source: the app spec reference and the schema of its fields (names, types, defaults).
"""

from collections.abc import Iterator, Mapping

from analyzer.model.app_spec import (
    DEFAULT_PORT,
    JOB_TIMEOUT,
    AppSpec,
    SpecComponent,
    SpecDatabase,
    SpecHealthCheck,
    SpecVariable,
)
from analyzer.model.errors import UsageError
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import ParseFailure, YamlNode, read_yaml
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_PART = lazy_pattern(r"(\d+)([hms])")
_DURATION = lazy_pattern(r"(?:\d+[hms])+")
_SECONDS = {"h": 3600, "m": 60, "s": 1}
KINDS = ("services", "workers", "jobs", "static_sites")
DEFAULT_SCOPE = "RUN_AND_BUILD_TIME"


def read_app_spec(repo: RepositorySnapshot, path: RepoPath) -> AppSpec:
    """The app spec, also where it is wrapped in the `spec` key of a deploy template.

    Raises UsageError, which names the file and the line, for what is no app spec.
    """
    document = read_yaml(repo, path)
    if document is None:
        raise UsageError(f"there is no {path}; doctor emit writes one, --spec names another")
    if isinstance(document, ParseFailure):
        raise UsageError(f"{path}:{document.line or 1}: {document.reason}")
    root = document.root
    if root is None or not root.is_mapping:
        raise UsageError(f"{path} is no app spec: it holds no keys")
    return _Reader(path).spec(root.get("spec") or root)


class _Reader:
    """Reads the nodes of one file."""

    def __init__(self, path: RepoPath) -> None:
        self.path = path

    def spec(self, root: YamlNode) -> AppSpec:
        routes = self.ingress(root)
        components = tuple(
            self.component(kind, node, number, routes)
            for kind in KINDS
            for number, node in enumerate(self.sequence(root, kind), start=1)
        )
        names = [component.name for component in components]
        twice = next((one for number, one in enumerate(components) if one.name in names[:number]), None)
        if twice is not None:
            raise self.error(twice.evidence.line, f"two components are called {twice.name}")
        if not components:
            raise UsageError(f"{self.path} is no app spec: it has none of {', '.join(KINDS)}")
        return AppSpec(
            path=self.path,
            name=self.text(root, "name") or "app",
            components=components,
            databases=tuple(self.database(node) for node in self.sequence(root, "databases")),
            variables=tuple(self.variables(root)),
        )

    def component(self, kind: str, node: YamlNode, number: int, routes: Mapping[str, list[str]]) -> SpecComponent:
        name = self.text(node, "name") or f"{kind.rstrip('s')}-{number}"
        own = [path for route in self.sequence(node, "routes") if (path := self.text(route, "path")) is not None]
        source_dir = join(".", (self.text(node, "source_dir") or ".").strip("/") or ".")
        dockerfile = self.text(node, "dockerfile_path")
        named = node.get("dockerfile_path")
        placed = None if dockerfile is None else join(".", dockerfile.lstrip("/"))
        if source_dir is None or (dockerfile is not None and placed is None):
            raise self.error(node.line, "source_dir or dockerfile_path leads out of the repository")
        check = node.get("health_check")
        termination = node.get("termination")
        return SpecComponent(
            name=name,
            kind=kind,
            job_kind=self.text(node, "kind") or "POST_DEPLOY",
            source_dir=source_dir,
            dockerfile=placed,
            dockerfile_line=(named or node).line,
            run_command=self.text(node, "run_command"),
            port=self.number(node, "http_port", DEFAULT_PORT),
            instances=self.number(node, "instance_count", 1),
            size=self.text(node, "instance_size_slug"),
            health_check=self.health_check(check) if check is not None else None,
            grace_period=self.number(termination, "grace_period_seconds", 120) if termination is not None else 120,
            timeout=self.duration(node, "timeout"),
            routes=(*routes.get(name, ()), *own),
            output_dir=self.text(node, "output_dir"),
            variables=tuple(self.variables(node)),
            evidence=self.evidence(node),
        )

    def ingress(self, root: YamlNode) -> Mapping[str, list[str]]:
        """The prefixes that the rules of the ingress lead to each component."""
        found: dict[str, list[str]] = {}
        ingress = root.get("ingress")
        for rule in self.sequence(ingress, "rules") if ingress is not None else ():
            match, target = rule.get("match"), rule.get("component")
            path = match.get("path") if match is not None else None
            name = self.text(target, "name") if target is not None else None
            if name is not None:
                found.setdefault(name, []).append((self.text(path, "prefix") if path is not None else None) or "/")
        return found

    def health_check(self, node: YamlNode) -> SpecHealthCheck:
        return SpecHealthCheck(
            path=self.text(node, "http_path"),
            port=self.number(node, "port", 0) or None,
            initial_delay=self.number(node, "initial_delay_seconds", 0),
            period=self.number(node, "period_seconds", 10),
            timeout=self.number(node, "timeout_seconds", 1),
            success_threshold=self.number(node, "success_threshold", 1),
            failure_threshold=self.number(node, "failure_threshold", 9),
            evidence=self.evidence(node),
        )

    def database(self, node: YamlNode) -> SpecDatabase:
        name = self.text(node, "name")
        if name is None:
            raise self.error(node.line, "a database without a name")
        return SpecDatabase(
            name=name,
            engine=self.text(node, "engine") or "PG",
            version=self.text(node, "version"),
            production=self.text(node, "production") == "true",
            evidence=self.evidence(node),
        )

    def variables(self, node: YamlNode) -> Iterator[SpecVariable]:
        for item in self.sequence(node, "envs"):
            name = self.text(item, "key")
            if name is None:
                raise self.error(item.line, "a variable without a key")
            yield SpecVariable(
                name=name,
                value=self.value(item),
                scope=self.text(item, "scope") or DEFAULT_SCOPE,
                secret=self.text(item, "type") == "SECRET",
                evidence=self.evidence(item),
            )

    def sequence(self, node: YamlNode, key: str) -> tuple[YamlNode, ...]:
        found = node.get(key)
        if found is None or (found.is_scalar and not found.text):
            return ()
        if not found.is_sequence or not all(element.is_mapping for element in found.elements()):
            raise self.error(found.line, f"{key} is no list of tables")
        return found.elements()

    def text(self, node: YamlNode, key: str) -> str | None:
        """The text of a scalar; None where there is none, or an empty one."""
        found = node.get(key)
        if found is None:
            return None
        if not found.is_scalar:
            raise self.error(found.line, f"{key} is no text")
        return found.text or None

    def duration(self, node: YamlNode, key: str) -> int:
        """Seconds of a duration as Go writes it ("30m", "1h15m")."""
        text = self.text(node, key)
        if text is None:
            return JOB_TIMEOUT
        if not _DURATION.fullmatch(text):
            raise self.error(node.line, f"{key} is {text!r}, not a duration such as 30m")
        return sum(int(number) * _SECONDS[unit] for number, unit in _PART.findall(text))

    def value(self, node: YamlNode) -> str | None:
        """The value of a variable, which may be empty on purpose (`""`); None where it is left open."""
        found = node.get("value")
        return "" if found is not None and found.text == "" and not found.is_plain else self.text(node, "value")

    def number(self, node: YamlNode, key: str, default: int) -> int:
        text = self.text(node, key)
        if text is None:
            return default
        if not text.isdecimal():
            raise self.error(node.line, f"{key} is {text!r}, not a whole number")
        return int(text)

    def evidence(self, node: YamlNode) -> Evidence:
        return Evidence(path=self.path, line=node.line)

    def error(self, line: int, message: str) -> UsageError:
        return UsageError(f"{self.path}:{line}: {message}")

"""What the URL configuration serves below which first part of a path, and where it says whether the service is up.

The files are read, not evaluated: a pattern that a function makes is not seen, and `complete` says so.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from analyzer.facts.django.evaluation import Program
from analyzer.facts.last_name import last_name
from analyzer.model.connections import HealthEndpoint, UrlFacts
from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import DjangoFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.tables import load_table

MAX_FILES = 100
MAX_PATTERNS = 2_000
MAX_DEPTH = 8
MAX_HEALTH = 10
_ROUTES = ("path", "re_path", "url")
_NOT_IN_PRODUCTION = ("static", "staticfiles_urlpatterns", "debug_toolbar_urls")
"""What makes patterns only while DEBUG is on."""
_CONVERTER = lazy_pattern(r"<[^>]*>")
_REGEX_END = lazy_pattern(r"\\?/?\??\$$|\\Z$")
_REGEX_SPECIAL = lazy_pattern(r"[.^$*+?{}\[\]|()\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    """The fixed beginning of a pattern, without the leading `/`; `whole` when nothing follows it."""

    text: str
    whole: bool
    evidence: Evidence


def collect_urls(program: Program, django: DjangoFacts) -> UrlFacts:
    """The URL configuration from ROOT_URLCONF, and the health checks of it and of the middleware."""
    root = django.root_urlconf.value if isinstance(django.root_urlconf, Fact) else None
    reader = _Reader(program)
    path = program.finds(root) if root else None
    patterns = list(reader.patterns(path, "", 0)) if path is not None and path.endswith(".py") else []
    prefixes: dict[str, Evidence] = {}
    open_ended: list[Evidence] = []
    for pattern in patterns:
        first, slash, _ = pattern.text.partition("/")
        if slash or pattern.whole:
            prefixes.setdefault(f"/{first}", pattern.evidence)
        elif pattern.text == "":
            open_ended.append(pattern.evidence)
        else:
            prefixes.setdefault(f"/{pattern.text}", pattern.evidence)
    return UrlFacts(
        prefixes=dict(sorted(prefixes.items())),
        open_ended=tuple(open_ended[:MAX_HEALTH]),
        health=(*_answered_by_middleware(program, django), *_health(patterns))[:MAX_HEALTH],
        route_settings=reader.settings,
        complete=bool(patterns) and reader.complete,
    )


class _Reader:
    """Follows `include` from file to file."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._open: set[RepoPath] = set()
        self._files = 0
        self._left = MAX_PATTERNS
        self.complete = True
        self.settings: dict[str, Evidence] = {}

    def patterns(self, path: RepoPath, prefix: str, depth: int) -> Iterator[_Pattern]:
        """The patterns of a file that is included below `prefix`."""
        if path in self._open or depth > MAX_DEPTH or self._files >= MAX_FILES:
            self.complete = False
            return
        document = read_python(self._program.repo, path)
        if not isinstance(document, PythonDocument):
            self.complete = False
            return
        self._files += 1
        self._open.add(path)
        for statement in ast.walk(document.tree):
            value = _assigned(statement)
            if value is not None:
                yield from self._listed(value, path, prefix, depth)
        self._open.remove(path)

    def _listed(self, node: ast.expr, path: RepoPath, prefix: str, depth: int) -> Iterator[_Pattern]:
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                for element in elements:
                    yield from self._listed(element, path, prefix, depth)
            case ast.BinOp(left=left, right=right):
                yield from self._listed(left, path, prefix, depth)
                yield from self._listed(right, path, prefix, depth)
            case ast.Call() if last_name(node.func) in _ROUTES and node.args:
                yield from self._route(node, path, prefix, depth)
            case ast.Call() if last_name(node.func) == "i18n_patterns":
                yield _Pattern(text=prefix, whole=False, evidence=Evidence(path=path, line=node.lineno))
            case ast.Starred(value=value):
                yield from self._listed(value, path, prefix, depth)
            case ast.Call(func=function) if last_name(function) in _NOT_IN_PRODUCTION:
                return
            case _:
                self.complete = False

    def _route(self, call: ast.Call, path: RepoPath, prefix: str, depth: int) -> Iterator[_Pattern]:
        evidence = Evidence(path=path, line=call.lineno)
        route = call.args[0]
        if isinstance(route, ast.Attribute) and last_name(route.value) == "settings":
            self.settings.setdefault(route.attr, evidence)
        view = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "view"), None)
        if self._left <= 0 or not isinstance(route, ast.Constant) or not isinstance(route.value, str):
            self.complete = False
            yield _Pattern(text=prefix, whole=False, evidence=evidence)
            return
        self._left -= 1
        own, fixed = _fixed(route.value, last_name(call.func) != "path")
        text = prefix + own.removeprefix("/")
        included = _included(view)
        if included is None or not fixed:
            yield _Pattern(text=text, whole=fixed, evidence=evidence)
            return
        if isinstance(included, str):
            package = _table()["packages"].get(included)
            if package is not None:
                yield _Pattern(text=text + package, whole=True, evidence=evidence)
                return
            found = self._program.finds(included)
            if found is not None and found.endswith(".py"):
                yield from self.patterns(found, text, depth + 1)
                return
            yield _Pattern(text=text, whole=text.endswith("/"), evidence=evidence)
            return
        yield _Pattern(text=text, whole=bool(text), evidence=evidence)


def _assigned(statement: ast.AST) -> ast.expr | None:
    """What a statement gives or adds to `urlpatterns`."""
    match statement:
        case ast.Assign(targets=targets, value=value) if any(last_name(t) == "urlpatterns" for t in targets):
            return value
        case ast.AnnAssign(target=ast.Name(id="urlpatterns"), value=value):
            return value
        case ast.AugAssign(target=ast.Name(id="urlpatterns"), value=value):
            return value
        case ast.Call(func=ast.Attribute(value=ast.Name(id="urlpatterns"), attr="extend" | "append"), args=[value]):
            return value
    return None


def _included(view: ast.expr | None) -> str | ast.expr | None:
    """The dotted module of an `include`; the expression of any other; None for a view."""
    if isinstance(view, ast.Attribute) and view.attr == "urls":
        return view  # `admin.site.urls`, `router.urls`: below the pattern, whatever they are
    if not isinstance(view, ast.Call) or last_name(view.func) != "include" or not view.args:
        return None
    target = view.args[0]
    if isinstance(target, ast.Tuple) and target.elts:
        target = target.elts[0]
    if isinstance(target, ast.Constant) and isinstance(target.value, str):
        return target.value
    return target


def _fixed(route: str, is_regex: bool) -> tuple[str, bool]:
    """The beginning of a route that is fixed, and whether that is all of it."""
    if not is_regex:
        text = _CONVERTER.split(route, maxsplit=1)[0]
        return text, text == route
    text = route.removeprefix("^")
    end = _REGEX_END.search(text)
    stem = text[: end.start()] if end is not None else text
    slash = "/" if end is not None and "/" in end[0] else ""
    first = _REGEX_SPECIAL.search(stem)
    return (stem + slash, True) if first is None else (stem[: first.start()], False)


def _health(patterns: list[_Pattern]) -> Iterator[HealthEndpoint]:
    words: list[str] = _table()["words"]
    found: dict[str, tuple[int, Evidence]] = {}
    for pattern in patterns:
        last = pattern.text.strip("/").rsplit("/", 1)[-1].lower()
        if pattern.whole and last in words:
            found.setdefault(f"/{pattern.text}", (words.index(last), pattern.evidence))
    for path, (_, evidence) in sorted(found.items(), key=lambda item: (item[0].count("/"), item[1][0], item[0])):
        yield HealthEndpoint(path=path, evidence=evidence)


def _answered_by_middleware(program: Program, django: DjangoFacts) -> Iterator[HealthEndpoint]:
    """Health checks that a middleware answers, before Django looks at the URL configuration."""
    classes = django.middleware.value if isinstance(django.middleware, Fact) else ()
    for dotted in classes:
        for path in _table()["middleware"].get(dotted, ()):
            yield HealthEndpoint(path=path, evidence=django.middleware.evidence[0], middleware=dotted)
        module, _, name = dotted.rpartition(".")
        file = program.finds(module) if module else None
        document = read_python(program.repo, file) if file is not None and file.endswith(".py") else None
        if isinstance(document, PythonDocument):
            for node in document.tree.body:
                if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
                    yield from _compared(node, file or "", dotted)


def _compared(definition: ast.AST, file: RepoPath, dotted: str) -> Iterator[HealthEndpoint]:
    """Health paths that a class compares the request's path with."""
    words: list[str] = _table()["words"]
    for node in ast.walk(definition):
        if not isinstance(node, ast.Compare) or "path" not in ast.unparse(node.left).rsplit(".", 1)[-1]:
            continue
        for constant in ast.walk(node):
            if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                path = constant.value
                if re.fullmatch(r"/[\w/.-]*", path) and path.strip("/").rsplit("/", 1)[-1].lower() in words:
                    yield HealthEndpoint(
                        path=path, evidence=Evidence(path=file, line=constant.lineno), middleware=dotted
                    )


def _table() -> dict[str, Any]:
    return load_table("analyzer.facts", "health_endpoints")

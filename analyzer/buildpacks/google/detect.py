"""bin/detect of the buildpacks: cmd/*/*/lib/lib.go, in the order of the builder's groups."""

from analyzer.buildpacks.google import nodejs
from analyzer.buildpacks.google.answers import opt_in, opt_out, stops
from analyzer.buildpacks.google.files import anywhere
from analyzer.buildpacks.google.procfile import PROCFILE
from analyzer.buildpacks.google.project import (
    REQUIREMENTS,
    Unreadable,
    is_poetry_project,
    is_pyproject_enabled,
    is_uv_project,
    prefers,
    requirements_have,
    uses_uv_for_requirements,
)
from analyzer.buildpacks.google.tables import Stack
from analyzer.buildpacks.lifecycle import Code, DetectRun
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import YamlDocument, read_yaml

ENTRYPOINT, APP_YAML, FUNCTION, RUNTIME = (
    "GOOGLE_ENTRYPOINT",
    "GAE_APPLICATION_YAML_PATH",
    "GOOGLE_FUNCTION_TARGET",
    "GOOGLE_RUNTIME",
)
_PROVIDES = (REQUIREMENTS,)
_FLEX = lazy_pattern(rb"env[\t\n\f\r ]*:[\t\n\f\r ]*(?:flex|flexible)")
_SUPERVISOR = ("supervisord.conf", "additional-supervisord.conf")


def detect_all(source: Source, stack: Stack) -> dict[str, DetectRun]:
    """What each buildpack answers, by its name."""
    runtime = python_runtime(source)
    return {
        "config.flex": flex(source),
        "config.entrypoint": entrypoint(source),
        "python.runtime": runtime,
        "python.functions-framework": functions_framework(source),
        "python.poetry": poetry(source),
        "python.uv": uv(source, stack),
        "python.pip": pip(source),
        "python.webserver": webserver(source),
        "python.missing-entrypoint": missing_entrypoint(source, runtime),
        **nodejs.detect_all(source, stack),
    }


def override(source: Source, language: str) -> DetectRun | None:
    """What GOOGLE_RUNTIME says; None when it is not set."""
    runtime = source.variables.get(RUNTIME, "").strip().lower()
    if not runtime:
        return None
    if runtime.startswith(language):
        return opt_in(f'{RUNTIME} matches "{language}"', _variable(RUNTIME))
    return opt_out(f'{RUNTIME} does not match to "{language}"', _variable(RUNTIME))


def python_runtime(source: Source) -> DetectRun:
    """Opts in when a *.py is anywhere in the tree outside node_modules, or supervisor is configured."""
    app_yaml = source.variables.get(APP_YAML, "")
    for name in _SUPERVISOR if not app_yaml or source.tree.exists(app_yaml) else ():
        if source.tree.exists(name):
            return opt_in("supervisor package is required", Evidence(path=name))
    return override(source, "python") or _any_python(source, outside_dependencies=True)


def _any_python(source: Source, *, outside_dependencies: bool) -> DetectRun:
    path = anywhere(source, ".py", outside_dependencies=outside_dependencies)
    if path is None:
        return opt_out("no .py files found")
    return opt_in("found .py files", Evidence(path=path, note="the nearest *.py"))


def functions_framework(source: Source) -> DetectRun:
    """Opts in when a function is named."""
    if FUNCTION not in source.variables:
        return opt_out(f"{FUNCTION} not set")
    provides = () if is_pyproject_enabled(source) else _PROVIDES
    return opt_in(f"{FUNCTION} set", _variable(FUNCTION), provides=provides)


def poetry(source: Source) -> DetectRun:
    """Opts in to a Poetry project without a requirements.txt."""
    project = is_poetry_project(source)
    if isinstance(project, Unreadable):
        return stops(project.reason, project.evidence)
    if project is None:
        return opt_out(_not_pyproject(source) or "neither poetry.lock nor [tool.poetry] found")
    return opt_in(f"found {project.path}", project)


def _not_pyproject(source: Source) -> str | None:
    if not source.tree.exists("pyproject.toml"):
        return "pyproject.toml not found"
    return (
        None if is_pyproject_enabled(source) else "pyproject.toml and requirements.txt found, prefer requirements.txt"
    )


def uv(source: Source, stack: Stack) -> DetectRun:
    """Opts in to any pyproject.toml without a requirements.txt, and to a requirements.txt from Python 3.14 on."""
    project = is_uv_project(source)
    if project:
        return opt_in("found pyproject.toml, using uv", *project)
    if not uses_uv_for_requirements(source, stack):
        return opt_out("environment variable GOOGLE_PYTHON_PACKAGE_MANAGER is not uv")
    return opt_in("using uv as default package manager", *_requirements(source), **_requirements_plan(source))


def pip(source: Source) -> DetectRun:
    """Opts in; without a requirements.txt, the project's or that of another buildpack, it drops out of the plan."""
    on_cloud_functions = source.variables.get("X_GOOGLE_TARGET_PLATFORM", "") not in ("gae", "flex", "fah")
    if prefers(source, "pip") and is_pyproject_enabled(source) and on_cloud_functions:
        return opt_in("found pyproject.toml, using pip", Evidence(path="pyproject.toml"))
    return opt_in("always enabled", *_requirements(source), **_requirements_plan(source))


def _requirements(source: Source) -> tuple[Evidence, ...]:
    return (Evidence(path=REQUIREMENTS),) if source.tree.exists(REQUIREMENTS) else ()


def _requirements_plan(source: Source) -> dict[str, tuple[str, ...]]:
    return {"requires": _PROVIDES, "provides": _PROVIDES if source.tree.exists(REQUIREMENTS) else ()}


def webserver(source: Source) -> DetectRun:
    """Opts in unless there is an entry point or gunicorn in requirements.txt."""
    if source.variables.get(ENTRYPOINT):
        return opt_out("custom entrypoint present", _variable(ENTRYPOINT))
    if source.tree.exists(REQUIREMENTS):
        present = requirements_have(source, "gunicorn")
        if isinstance(present, Unreadable):
            return stops(f"error detecting gunicorn: {present.reason}", present.evidence)
        if present:
            return opt_out("gunicorn present in requirements.txt", Evidence(path=REQUIREMENTS))
        return opt_in("gunicorn missing from requirements.txt", Evidence(path=REQUIREMENTS), provides=_PROVIDES)
    return opt_in("requirements.txt with gunicorn not found", provides=_PROVIDES)


def missing_entrypoint(source: Source, runtime: DetectRun) -> DetectRun:
    """Opts in when a *.py is anywhere in the tree, node_modules included; only looked for where the runtime opts in,
    without which no group has it.
    """
    if runtime.code is not Code.PASS:
        return opt_out("no .py files found")
    return override(source, "python") or _any_python(source, outside_dependencies=False)


def entrypoint(source: Source) -> DetectRun:
    """Opts in when something says what to start: GOOGLE_ENTRYPOINT, the Procfile, the app.yaml that is named."""
    if source.variables.get("X_GOOGLE_TARGET_PLATFORM") in ("gae", "gcf"):
        return opt_in("X_GOOGLE_TARGET_PLATFORM set", _variable("X_GOOGLE_TARGET_PLATFORM"))
    if source.variables.get(ENTRYPOINT):
        return opt_in(f"{ENTRYPOINT} set", _variable(ENTRYPOINT))
    if source.tree.exists(PROCFILE):
        return opt_in("found Procfile", Evidence(path=PROCFILE))
    stated = app_yaml_entrypoint(source)
    if stated is not None:
        return opt_in("Found the app.yaml file specified by GAE_APPLICATION_YAML_PATH.", stated[1])
    return opt_out(f"{ENTRYPOINT} not set, no valid entrypoint in app.yaml and Procfile not found")


def app_yaml_entrypoint(source: Source) -> tuple[str, Evidence] | None:
    """`entrypoint` of the file that GAE_APPLICATION_YAML_PATH names; no other app.yaml is read."""
    path = source.variables.get(APP_YAML, "")
    document = read_yaml(source.repository, path) if path else None
    node = document.root.get("entrypoint") if isinstance(document, YamlDocument) and document.root is not None else None
    if node is None or not node.text:
        return None
    return node.text, Evidence(path=path, line=node.line)


def flex(source: Source) -> DetectRun:
    """Opts in to the flexible environment of App Engine."""
    if source.variables.get("X_GOOGLE_TARGET_PLATFORM") == "flex":
        return opt_in("X_GOOGLE_TARGET_PLATFORM set", _variable("X_GOOGLE_TARGET_PLATFORM"))
    path = source.variables.get(APP_YAML, "")
    if not path:
        return opt_out("Env var GAE_APPLICATION_YAML_PATH is not set, not a GAE Flex app.")
    if not source.tree.exists(path):
        return opt_out(f"{path} not found")
    if _FLEX.search(source.tree.read(path) or b""):
        return opt_in("env: flex found in the application yaml file.", Evidence(path=path))
    return opt_out("env: flex not found in the application yaml file.", Evidence(path=path))


def _variable(name: str) -> Evidence:
    return Evidence(path=".", note=f"the variable {name}")

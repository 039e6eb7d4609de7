"""How the dependencies are installed: pkg/python/python.go, requirements.go, pyproject.go."""

from analyzer.buildpacks.django_python import too_new_for
from analyzer.buildpacks.go_documents import Malformed, read_go_toml
from analyzer.buildpacks.go_values import Mismatch, Struct, Text, decode
from analyzer.buildpacks.google.project import PYPROJECT, REQUIREMENTS, is_pyproject_enabled, is_uv_project
from analyzer.buildpacks.google.python_version import RequestedPython
from analyzer.buildpacks.google.tables import MESSAGES, lines, table
from analyzer.buildpacks.lifecycle import Resolution
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.remedies import remedy_without_manager
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import PredictedFailure, Step
from analyzer.model.quick_dataclass import dataclass

_PIP = (
    "python3 -m pip install --requirement {file} --upgrade --upgrade-strategy only-if-needed --no-warn-script-location"
    " --no-warn-conflicts --force-reinstall --no-compile --disable-pip-version-check --no-cache-dir{vendored} --user"
)
_PIP_PROJECT = (
    "python3 -m pip install . --user --upgrade --upgrade-strategy only-if-needed --no-warn-script-location"
    " --disable-pip-version-check --force-reinstall --no-compile --no-cache-dir{vendored}"
)
_UV = "uv pip install -r {file} --reinstall --link-mode=copy{vendored} --no-cache"
_UV_PROJECT = "uv sync --active --link-mode=copy --python {python}{vendored}"
_POETRY = "poetry install --no-interaction --sync --only main --no-root"
_MINOR = lazy_pattern(r"[^0-9]*([0-9]+\.[0-9]+)")
_VERSIONS = {"poetry": "requires-poetry", "uv": "required-version"}
"""The key of [tool.NAME] from which the version of the tool itself is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """The package manager, the command for the project's own file, and the files; no name when nothing installs."""

    name: str | None
    command: str | None
    evidence: tuple[Evidence, ...]
    rule: str = ""


def determine_package_manager(source: Source, resolution: Resolution, requested: RequestedPython | None) -> Manager:
    """The manager of the group, and its command."""
    name = next((name for name in ("poetry", "uv", "pip") if f"python.{name}" in resolution.group), None)
    if name is None:
        return Manager(name=None, command=None, evidence=(absent("requirements.txt or pyproject.toml"),))
    folder = source.variables.get("GOOGLE_VENDOR_PIP_DEPENDENCIES")
    vendored = f" --no-index --find-links {folder}" if folder is not None else ""
    if name == "poetry":
        return Manager(name=name, command=_POETRY, evidence=_evidence(source, PYPROJECT), rule="install_poetry")
    if name == "uv" and is_uv_project(source):
        command = _UV_PROJECT.format(python=requested.version if requested else "N.N", vendored=vendored)
        return Manager(name=name, command=command, evidence=_evidence(source, PYPROJECT), rule="install_uv_project")
    if name == "pip" and is_pyproject_enabled(source):
        command = _PIP_PROJECT.format(vendored=vendored)
        return Manager(name=name, command=command, evidence=_evidence(source, PYPROJECT), rule="install_pip")
    file = REQUIREMENTS if source.tree.exists(REQUIREMENTS) else table()["webserver"]["file"]
    command = (_UV if name == "uv" else _PIP).format(file=file, vendored=vendored)
    return Manager(name=name, command=command, evidence=_evidence(source, REQUIREMENTS), rule=f"install_{name}")


def _evidence(source: Source, path: str) -> tuple[Evidence, ...]:
    return (Evidence(path=path),) if source.tree.exists(path) else (absent(path),)


def check_tool_version(source: Source, manager: Manager) -> PredictedFailure | None:
    """Why the version of uv or Poetry itself cannot be read from pyproject.toml, which has to be readable for it."""
    key = _VERSIONS.get(manager.name or "")
    if manager.name is None or key is None or not source.tree.exists(PYPROJECT):
        return None
    file = read_go_toml(source, PYPROJECT, version="1.0")
    failure = f"python.{manager.name}::pyproject"
    if isinstance(file, Malformed):
        evidence = Evidence(path=PYPROJECT, line=file.line)
        return MESSAGES.failure(failure, evidence, reason=f"toml: {file.reason}")
    data = decode(file.data, Struct({"tool": Struct({manager.name: Struct({key: Text()})})}))
    if isinstance(data, Mismatch):
        reason = f"toml: {'.'.join(data.keys)} is no {data.wanted}"
        return MESSAGES.failure(failure, file.evidence(*data.keys), reason=reason)
    return None


def describe_install(
    source: Source, resolution: Resolution, manager: Manager, requested: RequestedPython | None, notes: Notes
) -> None:
    """Note what the install does, and what goes wrong with it."""
    webserver = "python.webserver" in resolution.group
    own = manager.name is not None and bool({e.path for e in manager.evidence} & {PYPROJECT, REQUIREMENTS})
    if webserver:
        text = f"{table()['webserver']['requirement']} comes first, since requirements.txt does not ask for gunicorn"
        notes.say(Step.INSTALL, text, *manager.evidence, source=lines("python.webserver"))
    if manager.name is not None and manager.command is not None and own:
        tools = table()["tools"]
        tool = f"{manager.name} {tools[manager.name]}" if manager.name in tools else manager.name
        notes.say(Step.INSTALL, f"{tool}: `{manager.command}`", *manager.evidence, source=lines(manager.rule))
        if manager.rule in ("install_pip", "install_uv", "install_uv_project"):
            check = "python3 -m pip check" if manager.name == "pip" else "uv pip check"
            text = f"then `{check}`: requirements that contradict each other fail the build"
            notes.say(Step.INSTALL, text, *manager.evidence, source=lines(manager.rule))
        if manager.rule == "install_uv_project":
            notes.warn(MESSAGES.warning("python.uv::dev-group", *manager.evidence))
    else:
        what = "gunicorn is installed, and nothing else" if webserver else "nothing is installed"
        _fail_without_dependencies(source, what, notes)
    django = _too_new(source, requested) if own else None
    if django is not None:
        notes.fail(django)


def _fail_without_dependencies(source: Source, what: str, notes: Notes) -> None:
    remedy = remedy_without_manager(source, (REQUIREMENTS, PYPROJECT))
    pipfile = next((name for name in ("Pipfile", "Pipfile.lock") if source.tree.exists(name)), None)
    if pipfile is not None:
        evidence = dict.fromkeys((Evidence(path=pipfile, note="not read"), *remedy.evidence))
        notes.fail(MESSAGES.failure("python.pip::pipfile", *evidence, what=what, remedy=remedy.text))
        return
    notes.fail(MESSAGES.failure("python.pip::no-dependencies", *remedy.evidence, what=what, remedy=remedy.text))


def minor_of(requested: RequestedPython | None) -> str | None:
    """The N.N that the constraint begins with."""
    match = _MINOR.match(requested.version) if requested is not None else None
    return match[1] if match is not None and requested is not None and requested.version[:1] not in "<>!" else None


def _too_new(source: Source, requested: RequestedPython | None) -> PredictedFailure | None:
    minor = minor_of(requested)
    django = too_new_for(source, minor) if minor is not None else None
    if django is None or requested is None:
        return None
    values = {"django": django.value, "python": minor, "origin": requested.origin}
    return MESSAGES.failure("python.install::django", *django.evidence, **values)

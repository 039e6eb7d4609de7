"""How the dependencies are installed: install_process.go, conda_runner.go, uv_runner.go, pixi_runner.go."""

from analyzer.buildpacks.django_python import too_new_for
from analyzer.buildpacks.lifecycle import Resolution
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.paketo.pyproject import PYPROJECT, Read, read_build_backend
from analyzer.buildpacks.paketo.python_version import RequestedPython
from analyzer.buildpacks.paketo.tables import MESSAGES, lines, table
from analyzer.buildpacks.remedies import remedy_without_manager
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass

_LAYERS = "/layers/paketo-buildpacks_"
_BY_MEMBER = {"pipenv-install": "pipenv", "pip-install": "pip", "conda-env-update": "conda", "poetry-install": "poetry"}
_BY_ENVIRONMENT = {
    "uv-environment": "uv",
    "pixi-environment": "pixi",
    "conda-environment": "conda",
    "poetry-venv": "poetry",
}
MANAGER_FILES = ("Pipfile", "requirements.txt", "environment.yml", "uv.lock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """The package manager and the files because of which it is that one; no name when nothing is installed."""

    name: str | None
    evidence: tuple[Evidence, ...]
    command: str | None = None


def determine_package_manager(source: Source, resolution: Resolution, evidence: tuple[Evidence, ...]) -> Manager:
    """The manager of the group, and its command. `evidence` is that of the member which installs."""
    name = next((_BY_MEMBER[member] for member in resolution.group if member in _BY_MEMBER), None)
    required = {requirement.name for requirement in resolution.requires}
    if "python-package-managers-run" in resolution.group:
        name = next((_BY_ENVIRONMENT[entry] for entry in _BY_ENVIRONMENT if entry in required), None)
        name = name or ("pipenv" if "manager-pipenv" in required else "pip")
    if name is None:
        return Manager(name=None, evidence=(absent(" or ".join((*MANAGER_FILES, "a Python in pyproject.toml"))),))
    return Manager(name=name, evidence=evidence, command=_command(source, name))


def vendor_folder(source: Source) -> str | None:
    """The folder whose presence makes the install an offline one."""
    folder = source.variables.get("BP_PIP_DEST_PATH", "vendor").strip("/") or "."
    return folder if source.tree.exists(folder) else None


def _command(source: Source, manager: str) -> str:
    tree, variables = source.tree, source.variables
    if manager == "pip":
        files = variables.get("BP_PIP_REQUIREMENT", "requirements.txt").split(" ")
        where = "--ignore-installed --exists-action=w --no-index"
        if vendor_folder(source) is None:
            where = f"--exists-action=w --cache-dir={_LAYERS}pip-install/cache"
        requirements = " ".join(f"--requirement={file}" for file in files)
        return f"pip install {where} --compile --user --disable-pip-version-check {requirements}"
    if manager == "pipenv":
        return f"pipenv install {'--deploy' if tree.exists('Pipfile.lock') else '--skip-lock'}"
    if manager == "poetry":
        old = variables.get("BP_POETRY_VERSION", "2.*").startswith("1")
        return f"poetry {'install --sync' if old else 'sync'} --only {variables.get('BP_POETRY_INSTALL_ONLY', 'main')}"
    if manager == "uv":
        groups = [f"--group={group}" for group in variables.get("BP_UV_INSTALL_GROUPS", "").split(",") if group]
        return " ".join(("uv sync", *(("--no-index",) if tree.exists("vendor") else ()), *groups))
    if manager == "conda":
        return _conda_command(source)
    environment = variables.get("BP_PIXI_ENVIRONMENT_NAME", "default")
    return f"pixi exec pixi-pack --output-file /tmp/project.tar.gz --environment {environment} /workspace"


def _conda_command(source: Source) -> str:
    prefix = f"--prefix {_LAYERS}conda-env-update/conda-env"
    if source.tree.exists("package-list.txt") or source.tree.exists("vendor"):
        offline = " --channel /workspace/vendor --override-channels --offline" if source.tree.exists("vendor") else ""
        return f"conda create --file /workspace/package-list.txt {prefix} --yes --quiet{offline}"
    return f"conda env update {prefix} --file /workspace/environment.yml"


def describe_install(
    source: Source, manager: Manager, requested: RequestedPython | None, python: str | None, notes: Notes
) -> None:
    """Note what the install does, and what stops it."""
    if manager.name is None or manager.command is None:
        remedy = remedy_without_manager(source, MANAGER_FILES)
        notes.fail(MESSAGES.failure("python-start::no-dependencies", *remedy.evidence, remedy=remedy.text))
        return
    line, tools = lines(f"install_{manager.name}"), table()["tools"]
    tool = f"{manager.name} {tools[manager.name]}" if manager.name in tools else manager.name
    notes.say(Step.INSTALL, f"{tool}: `{manager.command}`", *manager.evidence, source=line)
    if manager.name == "uv":
        notes.warn(MESSAGES.warning("uv::dev-group", *manager.evidence))
    if manager.name == "poetry":
        _describe_poetry(source, notes)
    _describe_offline(source, manager, notes)
    django = too_new_for(source, python) if python is not None and requested is not None else None
    if django is not None and requested is not None:
        values = {
            "django": django.value,
            "python": python,
            "origin": "by default" if requested.origin == "default" else f"from {requested.origin}",
            "newest": table()["python"]["releases"][-1],
        }
        notes.fail(MESSAGES.failure("pip-install::django", *django.evidence, **values))


def _describe_poetry(source: Source, notes: Notes) -> None:
    backend = read_build_backend(source)
    if isinstance(backend, Read) and backend.value not in ("", "poetry.core.masonry.api"):
        notes.warn(MESSAGES.warning("poetry::not-poetry", backend.evidence, backend=backend.value))
    if not source.tree.exists("poetry.lock"):
        text = "there is no poetry.lock: Poetry resolves the dependencies anew in each build"
        notes.say(Step.INSTALL, text, Evidence(path=PYPROJECT), source=lines("install_poetry"))


def _describe_offline(source: Source, manager: Manager, notes: Notes) -> None:
    folder = vendor_folder(source) if manager.name == "pip" else "vendor"
    if manager.name not in ("pip", "uv", "conda") or folder is None or not source.tree.exists(folder):
        return
    key = "pip-install::offline" if manager.name == "pip" else f"{manager.name}::offline"
    notes.fail(MESSAGES.failure(key, Evidence(path=folder, note="makes the install an offline one"), folder=folder))

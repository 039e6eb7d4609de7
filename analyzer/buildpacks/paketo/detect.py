"""bin/detect of each component: detect.go of each, in the order of the builder's groups (data/paketo.toml)."""

from analyzer.buildpacks.lifecycle import Code, DetectRun, Plan, Requirement
from analyzer.buildpacks.paketo import package_managers
from analyzer.buildpacks.paketo.answers import error, fail, found, pass_, variable
from analyzer.buildpacks.paketo.pipfile import (
    LOCK,
    PIPFILE,
    read_lock_python_version,
    read_pipfile_python_version,
)
from analyzer.buildpacks.paketo.procfile import UnreadableProcfile, read_procfile
from analyzer.buildpacks.paketo.pyproject import PYPROJECT, Unreadable, read_python_version, read_script
from analyzer.buildpacks.paketo.switches import BadSwitch, is_switched_on
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence

LIVE_RELOAD, PACKAGE_MANAGERS = "BP_LIVE_RELOAD_ENABLED", "BP_ENABLE_PACKAGE_MANAGERS"
START_FILES = (
    "environment.yml",
    "pixi.lock",
    "requirements.txt",
    "package-list.txt",
    "uv.lock",
    "Pipfile.lock",
    "pyproject.toml",
)


def detect_all(source: Source) -> dict[str, DetectRun]:
    """What each component answers, by its name."""
    return {
        "watchexec": pass_("always", provides=("watchexec",)),
        "cpython": cpython(source),
        "pip": pip(source),
        "pipenv": pipenv(source),
        "pipenv-install": pipenv_install(source),
        "pip-install": pip_install(source),
        "miniconda": pass_("always", provides=("conda",)),
        "conda-env-update": conda_env_update(source),
        "poetry": poetry(source),
        "poetry-install": poetry_install(source),
        "poetry-run": poetry_run(source),
        "python-package-managers-install": package_managers.install(source),
        "python-package-managers-run": package_managers.run(source),
        "python-start": python_start(source),
        "procfile": procfile(source),
    }


def cpython(source: Source) -> DetectRun:
    """Passes, unless there is a buildpack.yml."""
    if source.tree.exists("buildpack.yml"):
        return error(
            "working directory contains deprecated 'buildpack.yml'; use environment variables for configuration",
            Evidence(path="buildpack.yml", note="deprecated"),
        )
    asked = variable(source, "BP_CPYTHON_VERSION", "cpython")
    return pass_("always", provides=("cpython",), requires=(asked,) if asked else ())


def pip(source: Source) -> DetectRun:
    """Passes."""
    asked = (Requirement(name="pip"),) if source.variables.get("BP_PIP_VERSION") else ()
    return pass_("always", provides=("pip",), requires=(Requirement(name="cpython"), *asked))


def pip_install(source: Source) -> DetectRun:
    """Passes when every file of BP_PIP_REQUIREMENT, by default requirements.txt, is there."""
    names = source.variables.get("BP_PIP_REQUIREMENT", "requirements.txt").split(" ")
    missing = "', '".join(name for name in names if not source.tree.exists(name or "."))
    if missing:
        return fail(f"requirements file not found at: '{missing}'")
    return pass_(
        f"found {', '.join(names)}",
        *(Evidence(path=name or ".") for name in names),
        provides=("site-packages",),
        requires=(Requirement(name="cpython"), Requirement(name="pip")),
    )


def pipenv(source: Source) -> DetectRun:
    """Passes."""
    asked = variable(source, "BP_PIPENV_VERSION", "pipenv")
    requires = (Requirement(name="pip"), Requirement(name="cpython"), *((asked,) if asked else ()))
    return pass_("always", provides=("pipenv",), requires=requires)


def pipenv_install(source: Source) -> DetectRun:
    """Passes when there is a Pipfile; the lock file, if there is one, has to be readable, else the Pipfile has to."""
    if not source.tree.exists(PIPFILE):
        return fail("no 'Pipfile' found")
    locked = source.tree.exists(LOCK)
    version = read_lock_python_version(source) if locked else read_pipfile_python_version(source)
    if isinstance(version, Unreadable):
        return error(version.reason, version.evidence)
    asked = Requirement(
        name="cpython",
        version=version.value,
        source=(LOCK if locked else PIPFILE) if version.value else "",
        evidence=(version.evidence,),
    )
    files = (Evidence(path=PIPFILE), Evidence(path=LOCK)) if locked else (Evidence(path=PIPFILE),)
    return pass_("found Pipfile", *files, provides=("site-packages",), requires=(asked, Requirement(name="pipenv")))


def conda_env_update(source: Source) -> DetectRun:
    """Passes when there is an environment.yml or a package-list.txt."""
    files = found(source, "environment.yml", "package-list.txt")
    if not files:
        return fail("no 'environment.yml' and 'package-list.txt' found")
    return pass_("found a conda file", *files, provides=("conda-environment",), requires=(Requirement(name="conda"),))


def poetry(source: Source) -> DetectRun:
    """Passes when pyproject.toml asks for a Python, whatever else it says."""
    if not source.tree.exists(PYPROJECT):
        return fail(f"{PYPROJECT} is not present")
    version = read_python_version(source)
    if isinstance(version, Unreadable):
        return error(version.reason, version.evidence)
    if not version.value:
        return fail(
            f"{PYPROJECT} must include [project.requires-python] or [tool.poetry.dependencies.python]", version.evidence
        )
    python = Requirement(name="cpython", version=version.value, source=PYPROJECT, evidence=(version.evidence,))
    asked = variable(source, "BP_POETRY_VERSION", "poetry")
    return pass_(
        f"{PYPROJECT} asks for Python {version.value}",
        version.evidence,
        provides=("poetry",),
        requires=(Requirement(name="pip"), python, *((asked,) if asked else ())),
    )


def poetry_install(source: Source) -> DetectRun:
    """Passes when there is a pyproject.toml."""
    if not source.tree.exists(PYPROJECT):
        return fail("no 'pyproject.toml' found")
    return pass_(
        f"found {PYPROJECT}",
        Evidence(path=PYPROJECT),
        provides=("poetry-venv",),
        requires=(Requirement(name="cpython"), Requirement(name="poetry")),
    )


def poetry_run(source: Source) -> DetectRun:
    """Passes when Poetry has exactly one script, or BP_POETRY_RUN_TARGET is set."""
    evidence: tuple[Evidence, ...] = ()
    if "BP_POETRY_RUN_TARGET" not in source.variables:
        script = read_script(source)
        if isinstance(script, Unreadable):
            return error(script.reason, script.evidence)
        if not script.value:
            return fail("Expects one and exactly one script defined in pyproject.toml", script.evidence)
        evidence = (script.evidence,)
    reload = is_switched_on(source, LIVE_RELOAD)
    if isinstance(reload, BadSwitch):
        return error(reload.reason)
    names = ("cpython", "poetry", "poetry-venv", *(("watchexec",) if reload else ()))
    return pass_("found what to run", *evidence, requires=tuple(Requirement(name=name) for name in names))


def python_start(source: Source) -> DetectRun:
    """Passes when anything in the folder looks like Python. With a uv.lock its only plan is uv's."""
    modules = tuple(Evidence(path=name) for name in source.tree.names() if name.endswith(".py"))
    files = found(source, *START_FILES)
    if not files and not modules:
        return fail(
            "No *.py, environment.yml, pixi.lock, requirements.txt, uv.lock, Pipfile.lock, pyproject.toml, or"
            " package-list.txt found"
        )
    needs = [
        ("cpython", "site-packages"),
        ("cpython", "site-packages", "pipenv"),
        ("conda-environment",),
        ("pixi-environment",),
        ("cpython", "poetry", "poetry-venv"),
        ("cpython",),
    ]
    if source.tree.exists("uv.lock"):
        needs = [("uv-environment",)]
    reload, managers = is_switched_on(source, LIVE_RELOAD), is_switched_on(source, PACKAGE_MANAGERS)
    for switch in (reload, managers):
        if isinstance(switch, BadSwitch):
            return error(switch.reason)
    if reload:
        needs = [(*names, "watchexec") for names in needs]
    if managers:
        last = needs.pop() if len(needs) > 1 else None
        needs = [(*names, package_managers.RUN) for names in needs] + ([last] if last else [])
    plans = tuple(Plan(requires=tuple(Requirement(name=name) for name in names)) for names in needs)
    return DetectRun(code=Code.PASS, reason="found Python", evidence=files or modules[:1], plans=plans)


def procfile(source: Source) -> DetectRun:
    """Passes when the Procfile or BP_PROCFILE_DEFAULT_PROCESS names a process."""
    read = read_procfile(source)
    if isinstance(read, UnreadableProcfile):
        return error(read.reason, read.evidence)
    if not read.entries:
        return fail("No procfile found from environment, source path, or binding.", *found(source, "Procfile"))
    return pass_(
        f"found {', '.join(read.entries)}",
        *(entry.evidence for entry in read.entries.values()),
        provides=("procfile",),
        requires=(Requirement(name="procfile"),),
    )

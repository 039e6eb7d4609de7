"""bin/detect of the two newer buildpacks: python-package-managers-install detect.go with pkg/installers/*/detect.go,
python-package-managers-run detect.go with pyprojecthandler.go and pkg/packagers/*/detect.go.
"""

from analyzer.buildpacks.lifecycle import Code, DetectRun, Plan, Requirement
from analyzer.buildpacks.paketo.answers import error, fail, found, pass_, variable
from analyzer.buildpacks.paketo.pipfile import LOCK, PIPFILE, read_lock_python_version, read_pipfile_python_version
from analyzer.buildpacks.paketo.pyproject import (
    PYPROJECT,
    Read,
    Unreadable,
    read_build_backend,
    read_lock_version,
    read_python_version,
)
from analyzer.buildpacks.paketo.switches import BadSwitch, is_switched_on
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence

RUN, INSTALL = "package-managers-run", "package-managers-install"
UV_LOCK = "uv.lock"
INSTALLERS = {"setuptools.build_meta": "pip", "poetry.core.masonry.api": "poetry", "uv_build": "uv", "": "poetry"}
"""By build backend."""


def install(source: Source) -> DetectRun:
    """Offers every manager that detects: pip, conda and pipenv always do."""
    plans = [_pip(source), _conda(source), _pipenv(source), _poetry(source), _uv(source), _pixi(source)]
    return DetectRun(code=Code.PASS, reason="always", plans=tuple(plan for plan in plans if plan is not None))


def _pip(source: Source) -> Plan:
    asked = (Requirement(name="pip"),) if source.variables.get("BP_PIP_VERSION") else ()
    return Plan(provides=("pip",), requires=(Requirement(name="cpython"), *asked))


def _conda(source: Source) -> Plan:
    asked = variable(source, "BP_MINICONDA_VERSION", "conda")
    return Plan(provides=("conda",), requires=(asked,) if asked else ())


def _pipenv(source: Source) -> Plan:
    asked = variable(source, "BP_PIPENV_VERSION", "pipenv")
    requires = (Requirement(name="cpython"), Requirement(name="pip"), *((asked,) if asked else ()))
    return Plan(provides=("pip", "pipenv"), requires=requires)


def _poetry(source: Source) -> Plan | None:
    if not source.tree.exists(PYPROJECT):
        return None
    backend, version = read_build_backend(source), read_python_version(source, with_build_system=True)
    if isinstance(backend, Unreadable) or isinstance(version, Unreadable):
        return None
    if INSTALLERS.get(backend.value) != "poetry" or not version.value:
        return None
    python = Requirement(name="cpython", version=version.value, source=PYPROJECT, evidence=(version.evidence,))
    asked = variable(source, "BP_POETRY_VERSION", "poetry")
    return Plan(provides=("pip", "poetry"), requires=(python, Requirement(name="pip"), *((asked,) if asked else ())))


def _uv(source: Source) -> Plan | None:
    version = read_lock_version(source, UV_LOCK) if source.tree.exists(UV_LOCK) else None
    if not isinstance(version, Read) or not version.value:
        return None
    asked = variable(source, "BP_UV_VERSION", "uv")
    return Plan(provides=("uv",), requires=(asked,) if asked else ())


def _pixi(source: Source) -> Plan | None:
    if not found(source, "pixi.lock", "pixi.toml"):
        return None
    asked = variable(source, "BP_PIXI_VERSION", "pixi")
    return Plan(provides=("pixi",), requires=(asked,) if asked else ())


def run(source: Source) -> DetectRun:
    """One manager: by the build backend of pyproject.toml, else the first whose file is there."""
    answer = _by_backend(source) if source.tree.exists(PYPROJECT) else _by_files(source)
    if answer.code is not Code.PASS:
        return answer
    managers = is_switched_on(source, "BP_ENABLE_PACKAGE_MANAGERS")
    if isinstance(managers, BadSwitch):
        return error(managers.reason)
    if not managers:
        return answer
    plan = answer.plans[0]
    plan = Plan(provides=(*plan.provides, RUN), requires=(*plan.requires, Requirement(name=INSTALL)))
    return DetectRun(code=Code.PASS, reason=answer.reason, evidence=answer.evidence, plans=(plan,))


def _by_backend(source: Source) -> DetectRun:
    backend = read_build_backend(source)
    if isinstance(backend, Unreadable):
        return error(backend.reason, backend.evidence)
    name = "uv_build" if backend.value == "" and source.tree.exists(UV_LOCK) else backend.value
    if name not in INSTALLERS:
        return error(f"unsupported backend: {name}", backend.evidence)
    return {"pip": _run_pip, "poetry": _run_poetry, "uv": _run_uv}[INSTALLERS[name]](source)


def _by_files(source: Source) -> DetectRun:
    for detect in (_run_pip, _run_pipenv, _run_pixi, _run_conda):
        answer = detect(source)
        if answer.code is Code.PASS:
            return answer
    return fail("No python packager manager related files found")


def _run_pip(source: Source) -> DetectRun:
    names = source.variables.get("BP_PIP_REQUIREMENT", "requirements.txt").split(" ")
    missing = "', '".join(name for name in names if not source.tree.exists(name or "."))
    if missing:
        return fail(f"requirements file not found at: '{missing}'")
    return _manager(
        "pip", (Requirement(name="cpython"), Requirement(name="pip")), *(Evidence(path=n or ".") for n in names)
    )


def _manager(name: str, requires: tuple[Requirement, ...], *evidence: Evidence) -> DetectRun:
    """pip and pipenv provide the same packages; an entry of their own tells them apart."""
    own = f"manager-{name}"
    return pass_(
        f"{name}'s files found", *evidence, provides=("site-packages", own), requires=(*requires, Requirement(name=own))
    )


def _run_pipenv(source: Source) -> DetectRun:
    if not source.tree.exists(PIPFILE):
        return fail("no 'Pipfile' found")
    locked = source.tree.exists(LOCK)
    version = read_lock_python_version(source) if locked else read_pipfile_python_version(source)
    if isinstance(version, Unreadable):
        return error(version.reason, version.evidence)
    origin = (LOCK if locked else PIPFILE) if version.value else ""
    python = Requirement(name="cpython", version=version.value, source=origin, evidence=(version.evidence,))
    return _manager("pipenv", (python, Requirement(name="pipenv")), Evidence(path=PIPFILE))


def _run_pixi(source: Source) -> DetectRun:
    files = found(source, "pixi.toml", "pixi.lock")
    if not files:
        return fail("no 'pixi.toml' and 'pixi.lock' found")
    return pass_("pixi's files found", *files, provides=("pixi-environment",), requires=(Requirement(name="pixi"),))


def _run_conda(source: Source) -> DetectRun:
    files = found(source, "environment.yml", "package-list.txt")
    if not files:
        return fail("no 'environment.yml' and 'package-list.txt' found")
    return pass_("conda's files found", *files, provides=("conda-environment",), requires=(Requirement(name="conda"),))


def _run_poetry(_: Source) -> DetectRun:
    requires = (Requirement(name="cpython"), Requirement(name="poetry"))
    return pass_(f"found {PYPROJECT}", Evidence(path=PYPROJECT), provides=("poetry-venv",), requires=requires)


def _run_uv(source: Source) -> DetectRun:
    """With a folder `vendor`, uv installs into the Python of the cpython buildpack."""
    if not source.tree.exists(UV_LOCK):
        return fail("no 'uv.lock' found")
    requires, evidence = [Requirement(name="uv")], [Evidence(path=UV_LOCK)]
    if source.tree.exists("vendor"):
        version = read_lock_version(source, UV_LOCK)
        asked = version.value if isinstance(version, Read) else ""
        requires.append(Requirement(name="cpython", version=asked, evidence=(version.evidence,)))
        evidence.append(Evidence(path="vendor", note="an offline install"))
    return pass_(f"found {UV_LOCK}", *evidence, provides=("uv-environment",), requires=tuple(requires))

"""A project that a build backend installs, without a lock file: pyproject.toml, setup.cfg or setup.py."""

from dataclasses import replace

from analyzer.model.evidence import Evidence
from analyzer.plan.installation.request import Installation, Request, options, without_lock, words
from analyzer.plan.installation.uv import VARIABLES


def install_project(request: Request) -> Installation:
    """The requirements that pyproject.toml lists, then the project where Django has to find it installed; where only a
    build can tell the requirements, the project as a whole."""
    install, package = request.install, request.install.package
    manifest = next((path for path in install.manifests if path.endswith("pyproject.toml")), None)
    notes = (without_lock(request, "uv"),)
    if install.static_metadata and manifest is not None:
        path = request.relative([manifest])[0]
        command = words("uv", "pip", "install", "-r", path, *options("--extra", install.extras))
        after = []
        rule = f"the dependencies are those that {manifest} lists; uv reads them without building the project"
        evidence = [Evidence(path=manifest)]
        if package is not None and package.apart is not None:
            editable = "--editable" if request.in_place else ""
            after.append(words("uv", "pip", "install", "--no-deps", editable, _target(request)))
            rule += "; then it is installed, as its modules are apart from manage.py"
            evidence.append(package.apart)
        plan = request.plan(
            "setuptools", [command], by="uv", tools=request.tool("uv"), environment=VARIABLES, project_commands=after
        )
        return Installation(plan=plan, rule=rule, evidence=tuple(evidence), notes=notes)
    extras = f"[{','.join(install.extras)}]" if install.extras else ""
    command = request.pip("--editable" if request.in_place else "", f"{_target(request)}{extras}")
    whole = request.plan("setuptools", [command], by="pip")
    variable = package.version_variable if package is not None else None
    plan = replace(
        whole,
        copies=(),
        folders=(),
        needs_source=True,
        environment={**whole.environment, **({variable: "0"} if variable is not None else {})},
    )
    origin = next(iter(install.manifests), install.directory)
    rule = f"the project is built and installed as a whole, as only its build tells what {origin} requires"
    return Installation(plan=plan, rule=rule, evidence=(Evidence(path=origin),), notes=notes)


def _target(request: Request) -> str:
    return "." if request.directory == "." else f"./{request.directory}"

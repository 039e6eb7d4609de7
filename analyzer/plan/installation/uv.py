"""uv: `uv sync` from uv.lock into the virtual environment of the image."""

from analyzer.model.evidence import Evidence
from analyzer.plan.installation.request import VENV, Installation, Request, options, without_lock, words

VARIABLES = {
    "UV_COMPILE_BYTECODE": "1",
    "UV_LINK_MODE": "copy",
    "UV_PROJECT_ENVIRONMENT": VENV,
    "UV_PYTHON_DOWNLOADS": "never",
}
"""Bytecode beside the source, files of the environment's own, the Python of the base image."""


def install_with_uv(request: Request) -> Installation:
    """The dependencies first, then the project where Django has to find it installed."""
    install = request.install
    chosen = [*options("--extra", install.extras), *options("--group", install.groups)]
    chosen += options("--no-group", install.unwanted_groups)
    frozen = ["--frozen"] if install.lock is not None else []
    directory = options("--project", [request.directory] if request.directory != "." else [])
    no_dev = [] if "dev" in install.groups else ["--no-dev"]  # which goes before --group
    sync = ["uv", "sync", *directory, *frozen, *no_dev, *chosen]
    members = any(path.endswith("pyproject.toml") and path != _main(request) for path in install.manifests)
    commands = [words(*sync, "--no-install-workspace" if members else "--no-install-project")]
    package = install.package
    apart = package is not None and package.apart is not None
    after = [words(*sync, "" if request.in_place else "--no-editable")] if apart or members else []
    # The version of .python-version may be another micro release than the image has.
    plan = request.plan(
        "uv",
        commands,
        tools=request.tool("uv"),
        environment={**VARIABLES, "UV_PYTHON": request.python},
        project_commands=after,
    )
    notes = () if install.lock is not None else (without_lock(request, "uv"),)
    rule = f"the dependencies come from {install.lock or _main(request)}"
    rule += ", without those of the dev group" if no_dev else ", with those of the dev group, which production needs"
    if apart and package is not None and package.apart is not None:
        return Installation(
            plan=plan,
            rule=f"{rule}; then the project is installed, as its modules are apart from manage.py",
            evidence=(Evidence(path=install.lock or _main(request)), package.apart),
            notes=notes,
        )
    return Installation(plan=plan, rule=rule, evidence=(Evidence(path=install.lock or _main(request)),), notes=notes)


def _main(request: Request) -> str:
    folder = request.install.directory
    return "pyproject.toml" if folder == "." else f"{folder}/pyproject.toml"

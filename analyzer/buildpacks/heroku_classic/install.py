"""lib/pip.sh, pipenv.sh, poetry.sh, uv.sh: how the dependencies are installed."""

from analyzer.buildpacks.django_python import too_new_for
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.package_manager import Manager
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import Step

_PIP = {"pip", "setuptools"}


def install(source: Source, manager: Manager, python: str, release: Release, notes: Notes) -> str:
    """The install command, its extras and limits noted."""
    line, evidence = release.lines[manager.name], manager.evidence
    command = release.install[manager.name]
    tool = tool_name(manager.name)
    notes.say(Step.INSTALL, f"{tool} {release.tools[tool]}: `{command}`", evidence, source=line)
    if manager.name in _PIP and python.rpartition(".")[0] in release.preinstalled_on:
        extras = " and ".join(release.preinstalled)
        come, them = ("comes", "it") if len(release.preinstalled) == 1 else ("come", "them")
        text = f"{extras} {come} with Python {python}: code may import {them} without asking for {them}"
        notes.say(Step.INSTALL, text, evidence, source=line, mode="E8")
    if manager.name in _PIP or manager.name == "pipenv":
        text = "of the config vars, only PIP_EXTRA_INDEX_URL is seen by the installer"
        notes.say(Step.INSTALL, text, evidence, source=line)
    django = too_new_for(source, python)
    if django is not None:
        reason = f"install-dependencies::{tool}"
        notes.fail(MESSAGES.failure(reason, *django.evidence, django=django.value, python=python, tool=tool))
    return command


def tool_name(manager: str) -> str:
    """The program that installs: pip for setuptools, else the manager itself."""
    return "pip" if manager == "setuptools" else manager

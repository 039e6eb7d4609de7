"""src/package_manager.rs: which package manager installs the dependencies. Pipenv and setup.py are not supported."""

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.heroku_cnb.messages import MESSAGES, table
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.remedies import remedy_without_manager
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """A row of the table: `shown` is the name in the log."""

    name: str
    shown: str
    file: str
    version: str
    install: str
    lines: str

    @property
    def evidence(self) -> Evidence:
        """The file that asks for it."""
        return Evidence(path=self.file, note=f"asks for {self.shown}")

    @property
    def failure(self) -> str:
        """The title with which the build stops when the installer fails."""
        return f"Unable to install dependencies using {self.shown}"


def determine_package_manager(source: Source, notes: Notes) -> Manager:
    """The one manager whose file is there, as file or folder. Raises BuildStops without one and with several."""
    managers = [Manager(**row) for row in table()["managers"]]
    found = [manager for manager in managers if source.tree.exists(manager.file)]
    if not found:
        remedy = remedy_without_manager(source, tuple(manager.file for manager in managers))
        missing = absent("requirements.txt, poetry.lock or uv.lock")
        title = "Couldn't find any supported Python package manager files"
        raise BuildStops(MESSAGES.failure(title, *remedy.evidence, missing, remedy=remedy.text))
    if len(found) > 1:
        evidence, files = (manager.evidence for manager in found), ", ".join(manager.file for manager in found)
        raise BuildStops(MESSAGES.failure("Multiple Python package manager files were found", *evidence, files=files))
    text = f"{found[0].shown}, because of {found[0].file}"
    notes.say(Step.PACKAGE_MANAGER, text, found[0].evidence, source=table()["lines"]["package_manager"])
    return found[0]

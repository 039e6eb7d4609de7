"""bin/compile: the environment of the build, and of the app by the scripts in .profile.d."""

from collections.abc import Mapping

from analyzer.buildpacks.heroku_classic.install import tool_name
from analyzer.buildpacks.heroku_classic.nltk import DATA
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step

_EVERY = Evidence(path=".", note="every app that is built with it")


def build_environment(manager: str | None, release: Release) -> Mapping[str, str]:
    """What is set while the dependencies are installed and Django runs; PYTHONHOME and PYTHONPATH are unset before."""
    return {**release.build_environment, **_of(manager, release.build_environment_for)}


def run_environment(manager: str | None, corpora: bool, release: Release) -> Mapping[str, str]:
    """What is set when the app starts; `${NAME:-value}` gives way to a NAME that is set."""
    nltk = {"NLTK_DATA": DATA} if corpora else {}
    return {**release.run_environment, **_of(manager, release.run_environment_for), **nltk}


def _of(manager: str | None, tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    return tables.get(tool_name(manager), {}) if manager is not None else {}


def describe_environment(release: Release, notes: Notes) -> None:
    """Say what the app is given at its start that an image of one's own has to give itself."""
    text = (
        "starts with PYTHONUNBUFFERED, LANG, PYTHONPATH (the root of the app), FORWARDED_ALLOW_IPS='*' and gunicorn's "
        "access log on standard output"
    )
    notes.say(Step.BOOT, text, _EVERY, source=release.lines["gunicorn"], mode="E4")
    text = (
        "sets WEB_CONCURRENCY by memory and cores, but only where cgroup v1 has a file with the memory limit, as on "
        "Heroku; elsewhere gunicorn has one worker"
    )
    notes.say(Step.BOOT, text, _EVERY, source=release.lines["workers"])

"""bin/steps/collectstatic: whether the build runs it, with which manage.py, and what it meets."""

import unicodedata
from typing import TypeAlias

from analyzer.buildpacks.declared_variables import in_app_json, in_app_spec
from analyzer.buildpacks.dependencies import importable
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.management_command import Obstacle, collectstatic_obstacle, refuses_missing_references
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath, Unresolved
from analyzer.model.prediction import Outcome, PredictedCollectstatic, PredictedFailure, Step
from analyzer.snapshot.source_tree import SourceTree

_DISABLED_FILE = ".heroku/collectstatic_disabled"
_SWITCH = "DISABLE_COLLECTSTATIC"
_DEPTH = 3
_LABELS = {
    "SyntaxError": "collectstatic-syntax-error",
    "ImproperlyConfigured": "collectstatic-improper-configuration",
    "The CSS file": "collectstatic-fancy-references",
    "OSError": "collectstatic-missing-file",
}
"""The failure reason by the first of these words that the log has, in the buildpack's order."""


def predict_collectstatic(source: Source, python: str | None, release: Release, notes: Notes) -> PredictedCollectstatic:
    """What becomes of collectstatic on this Python. `manage_py` is the file that it would be run with, whatever the
    outcome.
    """
    found = find_manage_py(source.tree)
    skipped = _skipped(source, found, release)
    line = release.lines["collectstatic"]
    if skipped is not None:
        notes.say(
            Step.COLLECTSTATIC,
            f"collectstatic is skipped: {skipped.reason}",
            *skipped.evidence,
            source=line,
            mode=None if found else _overlooked(source),
        )
        if source.tree.is_file(_DISABLED_FILE):
            notes.warn(MESSAGES.warning("collectstatic::disabled-file", Evidence(path=_DISABLED_FILE)))
        return skipped
    evidence = tuple(Evidence(path=path, note="" if path == found[0] else "not taken") for path in found)
    notes.say(
        Step.COLLECTSTATIC,
        f"runs `python {found[0]} collectstatic --noinput --traceback` in this folder; if it fails, the build fails",
        *evidence,
        source=line,
        mode=_wrong_choice(source, found[0]),
    )
    return _run(source, found[0], evidence, python, notes)


def _skipped(source: Source, found: tuple[RepoPath, ...], release: Release) -> PredictedCollectstatic | None:
    reason, evidence = "", Evidence(path=".")
    if source.tree.is_file(_DISABLED_FILE):
        reason, evidence = f"the file {_DISABLED_FILE} exists", Evidence(path=_DISABLED_FILE)
    elif (switch := _switched_off(source, release)) is not None:
        reason, evidence = f"the variable {_SWITCH} is set", switch
    elif not found:
        reason = "no manage.py is found"
        evidence = Evidence(path=".", note=f"no file manage.py in {_DEPTH} levels of folders; links do not count")
    else:
        return None
    return PredictedCollectstatic(
        outcome=Outcome.SKIPPED, reason=reason, manage_py=found[0] if found else None, evidence=(evidence,)
    )


def _switched_off(source: Source, release: Release) -> Evidence | None:
    """What sets DISABLE_COLLECTSTATIC to anything but nothing and 0: the platform, else its file in the repository."""
    if _SWITCH in source.variables:
        value, evidence = source.variables[_SWITCH], Evidence(path=".", note="set by the platform")
    else:
        declared = (in_app_spec if release.app_platform else in_app_json)(source, _SWITCH)
        if declared is None:
            return None
        value, evidence = declared.value, declared.evidence
    return evidence if value not in ("", "0") else None


def _run(
    source: Source, manage_py: RepoPath, evidence: tuple[Evidence, ...], python: str | None, notes: Notes
) -> PredictedCollectstatic:
    """The outcome of running it, if Django is installed; if it is not, the step is left out without a word."""
    django = importable(source, "django")
    obstacle = collectstatic_obstacle(source, manage_py, python)
    if isinstance(obstacle, Obstacle):
        notes.fail(_failure(obstacle))
        return PredictedCollectstatic(
            outcome=Outcome.FAILS, reason=obstacle.message, manage_py=manage_py, evidence=obstacle.evidence
        )
    for unknown in (django, obstacle):
        if isinstance(unknown, Unresolved):
            return PredictedCollectstatic(
                outcome=Outcome.UNKNOWN,
                reason=unknown.reason,
                manage_py=manage_py,
                evidence=unknown.evidence or evidence,
            )
    storage = refuses_missing_references(source)
    if storage is not None:
        text = f"fails when a CSS file names a file that is not there ({storage.value})"
        notes.say(Step.COLLECTSTATIC, text, *storage.evidence, mode="C7")
    reason = "Django is installed and manage.py is found"
    return PredictedCollectstatic(outcome=Outcome.RUNS, reason=reason, manage_py=manage_py, evidence=evidence)


def _failure(obstacle: Obstacle) -> PredictedFailure:
    label = next((label for word, label in _LABELS.items() if word in obstacle.log), "collectstatic-other")
    return PredictedFailure(
        id=label,
        mode=obstacle.mode,
        message=obstacle.message,
        step=Step.COLLECTSTATIC,
        log=f"{obstacle.log} … Error: Unable to generate Django static files.",
        fix=obstacle.fix,
        evidence=obstacle.evidence,
    )


def find_manage_py(tree: SourceTree) -> tuple[RepoPath, ...]:
    """The regular files manage.py down to the third level, in the order in which the buildpack ranks them."""
    return tuple(sorted(tree.files_named("manage.py", _DEPTH), key=_rank))


_Rank: TypeAlias = tuple[int, list[str], list[bool], list[tuple[int, str]]]


def _rank(path: RepoPath) -> _Rank:
    """The order of `sort` under en_US.UTF-8, the locale of the build: fewest folders first, then letters and digits
    as if nothing stood between them, then small letters before capitals, then what stands between, the sooner the less.
    """
    letters = [c for c in unicodedata.normalize("NFKD", path) if c.isalnum()]
    others = [(at, c) for at, c in enumerate(path) if not c.isalnum()]
    return path.count("/"), [c.lower() for c in letters], [c.isupper() for c in letters], others


def _overlooked(source: Source) -> str | None:
    """C6 where a manage.py is there, but a link or too deep."""
    return "C6" if source.tree.exists("manage.py") or source.repository.named("manage.py") else None


def _wrong_choice(source: Source, manage_py: RepoPath) -> str | None:
    """C5 where the project's own manage.py is another one."""
    settings = source.facts.django.build_settings if source.facts is not None else None
    return "C5" if settings is not None and settings.manage_py != manage_py else None

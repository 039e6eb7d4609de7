"""bin/steps/collectstatic: whether the build runs it, and with which manage.py."""

import unicodedata
from collections.abc import Mapping

from analyzer.buildpacks.dependencies import may_import
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.prediction import Outcome, PredictedCollectstatic, Step
from analyzer.snapshot.source_tree import Kind, SourceTree

_DISABLED_FILE = ".heroku/collectstatic_disabled"
_DEPTH = 3


def predict_collectstatic(source: Source, release: Release, notes: Notes) -> PredictedCollectstatic:
    """What becomes of collectstatic. `manage_py` is the file that it would be run with, whatever the outcome.

    Whether a run succeeds is not told here: that takes the settings that manage.py chooses.
    """
    found = find_manage_py(source.tree)
    predicted = _predict(source, found)
    if source.tree.is_file(_DISABLED_FILE):
        notes.warn(MESSAGES.warning("collectstatic::disabled-file", Evidence(path=_DISABLED_FILE)))
    if predicted.outcome is Outcome.SKIPPED:
        text = f"collectstatic is skipped: {predicted.reason}"
    else:
        text = f"runs `python {found[0]} collectstatic --noinput` in this folder; if it fails, the build fails"
    notes.say(Step.COLLECTSTATIC, text, *predicted.evidence, source=release.lines["collectstatic"], mode=_mode(source, found))
    return predicted


def _predict(source: Source, found: tuple[RepoPath, ...]) -> PredictedCollectstatic:
    manage_py = found[0] if found else None
    if source.tree.is_file(_DISABLED_FILE):
        evidence = (Evidence(path=_DISABLED_FILE),)
        return _skipped(f"the file {_DISABLED_FILE} exists", manage_py, evidence)
    if is_disabled(source.variables):
        return _skipped("the variable DISABLE_COLLECTSTATIC is set", manage_py, ())
    django = may_import(source, "django")
    if django.value is False:
        return _skipped("Django is not installed", manage_py, django.evidence)
    if manage_py is None:
        evidence = (Evidence(path=".", note=f"no file manage.py in {_DEPTH} levels of folders; links do not count"),)
        return _skipped("no manage.py is found", None, evidence)
    evidence = tuple(Evidence(path=path, note="" if path == manage_py else "not taken") for path in found)
    if django.value is None:
        reason = "it is not known whether Django is installed and what its settings do"
        return PredictedCollectstatic(outcome=Outcome.UNKNOWN, reason=reason, manage_py=manage_py, evidence=evidence)
    return PredictedCollectstatic(
        outcome=Outcome.RUNS, reason="Django is installed and manage.py is found", manage_py=manage_py, evidence=evidence
    )


def _skipped(reason: str, manage_py: RepoPath | None, evidence: tuple[Evidence, ...]) -> PredictedCollectstatic:
    return PredictedCollectstatic(outcome=Outcome.SKIPPED, reason=reason, manage_py=manage_py, evidence=evidence)


def is_disabled(variables: Mapping[str, str]) -> bool:
    """Whether DISABLE_COLLECTSTATIC is set to anything but nothing and 0."""
    return variables.get("DISABLE_COLLECTSTATIC", "") not in ("", "0")


def find_manage_py(tree: SourceTree) -> tuple[RepoPath, ...]:
    """The regular files manage.py down to the third level, in the order in which the buildpack ranks them."""
    found = [path for path, kind in tree.walk(_DEPTH) if kind is Kind.FILE and path.rpartition("/")[2] == "manage.py"]
    return tuple(sorted(found, key=_rank))


def _rank(path: RepoPath) -> tuple[int, list[str], list[bool], str]:
    """The order of `sort` under en_US.UTF-8, which the build sets: fewest folders first, then letters and digits,
    whatever stands between them, then small letters before capitals.
    """
    letters = [c for c in unicodedata.normalize("NFKD", path) if c.isalnum()]
    return path.count("/"), [c.lower() for c in letters], [c.isupper() for c in letters], path


def _mode(source: Source, found: tuple[RepoPath, ...]) -> str | None:
    """The failure mode that the choice of the file is a case of."""
    if not found:
        return "C6" if source.tree.exists("manage.py") or any(p.endswith("/manage.py") for p, _ in source.tree.walk(6)) else None
    facts = source.facts
    django_dir = facts.repository.django_dir if facts is not None else None
    if django_dir is None:
        return None
    chosen = "manage.py" if django_dir == "." else f"{django_dir}/manage.py"
    return None if found[0] == chosen else "C5"

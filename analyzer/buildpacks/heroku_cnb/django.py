"""src/django.rs: whether the build collects static files, and what it meets."""

from analyzer.buildpacks.declared_variables import declared_variables
from analyzer.buildpacks.dependencies import importable
from analyzer.buildpacks.heroku_cnb.messages import MESSAGES, table
from analyzer.buildpacks.management_command import Obstacle, Stage, collectstatic_obstacle, refuses_missing_references
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, Fact, Unresolved
from analyzer.model.prediction import Outcome, PredictedCollectstatic, PredictedFailure, Step

_SCRIPT = "manage.py"
_SWITCH = "DISABLE_COLLECTSTATIC"
_TITLES = {
    Stage.LOADING: "Unable to inspect Django configuration",
    Stage.COLLECTING: "Unable to generate Django static files",
}


def predict_collectstatic(source: Source, python: str | None, notes: Notes) -> PredictedCollectstatic:
    """What becomes of collectstatic on this Python: it takes an installed Django and a manage.py in the root, which
    may be a link. DISABLE_COLLECTSTATIC is not honoured.
    """
    switches = [v.evidence for v in declared_variables(source, _SWITCH) if v.value not in ("", "0")]
    if source.variables.get(_SWITCH):
        switches.insert(0, Evidence(path=".", note="set by the platform"))
    if switches:
        text = f"{_SWITCH} is set, but not looked at: this buildpack cannot be told to leave collectstatic out"
        notes.say(Step.COLLECTSTATIC, text, *switches, mode="C8")
    predicted = _predict(source, python, notes)
    text, evidence = f"collectstatic is skipped: {predicted.reason}", predicted.evidence
    if predicted.outcome is not Outcome.SKIPPED:
        text = (
            "runs `python manage.py collectstatic --noinput` if there is such a command; if it fails, the build fails"
        )
        evidence = (Evidence(path=_SCRIPT),)
    notes.say(Step.COLLECTSTATIC, text, *evidence, source=table()["lines"]["collectstatic"])
    return predicted


def _predict(source: Source, python: str | None, notes: Notes) -> PredictedCollectstatic:
    django = importable(source, "django")
    if not source.tree.exists(_SCRIPT):
        elsewhere = source.facts.django.build_settings.manage_py if source.facts is not None else None
        if isinstance(django, Fact) and elsewhere is not None:
            evidence = Evidence(path=elsewhere, note="not in the root")
            notes.fail(MESSAGES.failure("collectstatic::not-in-root", evidence, place=elsewhere))
        reason = "there is no manage.py in the root"
        return PredictedCollectstatic(
            outcome=Outcome.SKIPPED, reason=reason, evidence=(Evidence(path=".", note=f"no {_SCRIPT}"),)
        )
    obstacle = collectstatic_obstacle(source, _SCRIPT, python)
    if isinstance(obstacle, Obstacle):
        return _stopped(obstacle, notes)
    here = Evidence(path=_SCRIPT)
    for unknown in (django, obstacle):
        if isinstance(unknown, Unresolved):
            return PredictedCollectstatic(
                outcome=Outcome.UNKNOWN, reason=unknown.reason, manage_py=_SCRIPT, evidence=(here, *unknown.evidence)
            )
    storage = refuses_missing_references(source)
    if storage is not None:
        text = f"fails when a CSS file names a file that is not there ({storage.value})"
        notes.say(Step.COLLECTSTATIC, text, *storage.evidence, mode="C7")
    reason = "Django is installed and manage.py is in the root"
    return PredictedCollectstatic(outcome=Outcome.RUNS, reason=reason, manage_py=_SCRIPT, evidence=(here,))


def _stopped(obstacle: Obstacle, notes: Notes) -> PredictedCollectstatic:
    """Without the command the step is skipped; whatever else is in its way stops the build."""
    outcome = Outcome.SKIPPED
    if obstacle.stage is not Stage.NO_COMMAND:
        outcome = Outcome.FAILS
        notes.fail(
            PredictedFailure(
                id=_TITLES[obstacle.stage],
                mode=obstacle.mode,
                message=obstacle.message,
                step=Step.COLLECTSTATIC,
                log=f"[Error: {_TITLES[obstacle.stage]}] … {obstacle.log}",
                fix=obstacle.fix,
                evidence=obstacle.evidence,
            )
        )
    return PredictedCollectstatic(
        outcome=outcome, reason=obstacle.message, manage_py=_SCRIPT, evidence=obstacle.evidence
    )

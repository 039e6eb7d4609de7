"""What builders leave out that know nothing of Django and of Heroku's classic buildpack."""

from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.prediction import Outcome, PredictedCollectstatic, Step

_EVERY = Evidence(path=".", note="every app that is built with it")
_HOOKS = ("bin/pre_compile", "bin/post_compile")


def say_ignored_hooks(source: Source, notes: Notes) -> None:
    """Say that the hooks which are there do not run."""
    for path in _HOOKS:
        if source.tree.is_file(path):
            notes.say(Step.HOOKS, f"{path} is not run: these buildpacks have no hooks", Evidence(path=path), mode="A9")


def skip_collectstatic(source: Source, notes: Notes) -> PredictedCollectstatic:
    """Say that collectstatic does not run, which is a loss where the project has static files to collect."""
    settings = source.facts.django.build_settings if source.facts is not None else None
    missed = settings is not None and not (isinstance(settings.staticfiles, Fact) and not settings.staticfiles.value)
    evidence = Evidence(path=settings.manage_py) if settings is not None else _EVERY
    reason = "these buildpacks know nothing of Django"
    text = f"collectstatic does not run: {reason}"
    notes.say(Step.COLLECTSTATIC, text, evidence, mode="A8" if missed else None)
    return PredictedCollectstatic(outcome=Outcome.SKIPPED, reason=reason, evidence=(evidence,))

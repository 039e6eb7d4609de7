"""Python, or the Debian of its image, gets no security fixes any more."""

from dataclasses import replace

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, good, known, not_applicable, passed, pin_python

_EXACT = ("runtime.txt", ".python-version")
"""Files that ask for one version: where the image has another, they are not why."""
_NEWER = lazy_pattern(r"also supports (\d\.\d+)")
"""Of the planner's note: the newest Python that the project's Django supports."""


def check(ctx: Context) -> RuleOutcome:
    """Debian's end is part of Python's: its newest official image is as old as it is."""
    python, debian = ctx.noted("python-ended"), ctx.noted("debian-ended")
    if ctx.notes.get("python-2"):
        return not_applicable("Python 2 is a finding of its own")
    if python is None:
        version = ctx.plan.image.python_version
        return debian or passed(f"Python {version.value} gets security fixes", *version.evidence)
    also = "".join(f" {one.message}" for one in debian.problems) if debian is not None else ""
    return Failed(
        problems=tuple(
            replace(
                one,
                message=one.message + also,
                evidence=_place(ctx, one.evidence),
                commands=tuple(
                    command for found in _NEWER.finditer(one.message) for command in pin_python(ctx, found[1])
                ),
            )
            for one in python.problems
        )
    )


def _place(ctx: Context, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Where no file asks for a Python, it is Django's requirement that asks for an old one."""
    declared = ctx.facts.dependencies.python_version
    exact = evidence[0].path.endswith(_EXACT)
    said = str(declared.value) if isinstance(declared, Fact) else ""
    other = exact and ctx.plan.image.python_version.value not in said
    return evidence if known(declared) and not other else (*evidence[1:], *evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="python-ended",
        title="Python gets no security fixes any more",
        severity=Severity.RISK,
        category=Category.PYTHON,
        area=Area.BUILD,
        effort=Effort.DAYS,
        rationale=(
            "After its end of life a Python version gets no fixes, not even for known holes, and official "
            "images of it are built no more; packages stop releasing wheels for it. App Platform's buildpack "
            "refuses such versions. The Dockerfile takes the image that was built last, with what its Debian "
            "release has since left unfixed."
        ),
        remediation=(
            "Move to a Python that is supported, and declare it; where Django is what holds it back, update "
            "Django first."
        ),
        commands=(
            "echo 3.13 > .python-version",
            "python -W error::DeprecationWarning manage.py test",
        ),
        references=(
            "https://devguide.python.org/versions/",
            "https://docs.djangoproject.com/en/stable/faq/install/",
        ),
        bad=(
            bad({".python-version": "3.9\n", "requirements.txt": "django==4.2.16\ngunicorn==23.0.0\n"}, line=1),
            bad({"requirements.txt": "django==3.2.25\ngunicorn==20.1.0\n", ".python-version": None}, line=1),
        ),
        good=(good({".python-version": "3.13\n"}),),
        notes=(
            "python-ended",
            "debian-ended",
        ),
        security=True,
    ),
    check=check,
)

"""A middleware or storage of a package that production does not install."""

from collections.abc import Iterator, Mapping

from analyzer.model.evidence import Certainty, Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, add_requirement, bad, fail_all, good, not_applicable, passed
from analyzer.tables import load_table


def check(ctx: Context) -> RuleOutcome:
    """The packages of the table; where requirements could not be read, nothing is said."""
    facts = ctx.facts
    if (
        not isinstance(facts.dependencies.files, Fact)
        or not facts.dependencies.files.value
        or facts.dependencies.problems
    ):
        return not_applicable("which packages production installs could not be told")
    paths = [(path, place) for path, place in _class_paths(ctx) if path.partition(".")[0] in _table()]
    if not paths:
        return not_applicable("no package for static files or storages is used")
    found = fail_all(problem for path, place in paths if (problem := _problem(ctx, path, place)) is not None)
    return found or passed("production installs the packages of its storages and of WhiteNoise", paths[0][1])


def _table() -> Mapping[str, Mapping[str, str]]:
    rows: Mapping[str, Mapping[str, str]] = load_table("analyzer.rules", "storage_packages")["package"]
    return rows


def _class_paths(ctx: Context) -> Iterator[tuple[str, Evidence]]:
    """Dotted names that Django imports, each once."""
    django = ctx.facts.django
    seen: set[str] = set()
    middleware = [(name, django.middleware) for name in _values(django.middleware)]
    for name, answer in [
        *middleware,
        (django.static.storage, django.static.storage),
        (django.media.storage, django.media.storage),
    ]:
        path = name if isinstance(name, str) else _first(name)
        library = django.storage_classes.get(path, path)
        if isinstance(answer, Fact) and library and library.partition(".")[0] not in seen:
            seen.add(library.partition(".")[0])
            written = ctx.setting("MIDDLEWARE") if answer is django.middleware else None
            yield library, (written.place(path) if written is not None else answer.evidence)[0]


def _values(answer: object) -> tuple[str, ...]:
    return answer.value if isinstance(answer, Fact) else ()


def _first(answer: object) -> str:
    return (answer.value or "") if isinstance(answer, Fact) else ""


def _problem(ctx: Context, path: str, place: Evidence) -> Problem | None:
    row = _table()[path.partition(".")[0]]
    if not ctx.facts.dependencies.has(row["distribution"]):
        return Problem(
            message=f"The settings use {path}, but production's requirements do not have {row['distribution']}: "
            f"Django stops with ModuleNotFoundError.",
            evidence=(place,),
            remediation=f"Add {row['distribution']} to the requirements of production.",
            commands=add_requirement(ctx, row["distribution"]),
        )
    if "s3" in path and "s3" in row and not ctx.facts.dependencies.has(row["s3"]):
        dependency = ctx.facts.dependencies.get(row["distribution"])
        if dependency is not None and not {"s3", "boto3"} & set(dependency.extras):
            return Problem(
                message=f"{path} needs {row['s3']}, which production's requirements do not have: Django stops with "
                f'"Could not load Boto3\'s S3 bindings".',
                evidence=(dependency.evidence, place),
                certainty=Certainty.LIKELY,
                remediation="Ask for django-storages[s3].",
                commands=add_requirement(ctx, "django-storages[s3]"),
            )
    return None


rule = Rule(
    info=RuleInfo(
        id="storage-package-missing",
        title="A storage's package is not installed",
        severity=Severity.BLOCKER,
        category=Category.STATIC_FILES,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Django imports middleware and storages when it starts. A package that only a laptop has, "
            "or only the requirements of development, is missing in the image: the container ends with "
            "ModuleNotFoundError before it listens."
        ),
        remediation="Add the package to the requirements of production.",
        references=(
            "https://django-storages.readthedocs.io/en/latest/",
            "https://whitenoise.readthedocs.io/en/stable/django.html",
        ),
        bad=(
            bad(
                {
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "gunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                    ),
                },
                line=25,
                path="shop/defaults.py",
            ),
        ),
        good=(good({}),),
    ),
    check=check,
)

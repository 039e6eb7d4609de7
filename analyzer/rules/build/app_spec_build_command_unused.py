"""`build_command` belongs to buildpacks: a Dockerfile build passes over it."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Of the components of the app spec that the repository has."""
    spec = ctx.facts.existing_spec
    if spec is None:
        return not_applicable("the repository has no app spec")
    built = {(key.kind, key.owner) for key in spec.keys if key.key == "dockerfile_path"}
    found = fail_all(
        Problem(
            message=f"build_command of {key.owner} does not run: the component is built with a Dockerfile.",
            evidence=(key.evidence,),
        )
        for key in spec.keys
        if key.key == "build_command" and (key.kind, key.owner) in built
    )
    return found or passed("no component has a Dockerfile and a build_command")


_SPEC = "name: shop\nservices:\n  - name: web\n    dockerfile_path: Dockerfile\n"

rule = Rule(
    info=RuleInfo(
        id="app-spec-build-command-unused",
        title="The app spec's build_command does not run",
        severity=Severity.RISK,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "App Platform runs build_command behind a buildpack. With a Dockerfile it is passed over, so what it made "
            "(static files, translations, migrations) is missing."
        ),
        remediation="Move the command into the Dockerfile as a RUN line, and migrations into a PRE_DEPLOY job.",
        references=("https://docs.digitalocean.com/products/app-platform/how-to/build-run-commands/",),
        bad=(bad({".do/app.yaml": f"{_SPEC}    build_command: python manage.py collectstatic --noinput\n"}, line=5),),
        good=(good({".do/app.yaml": _SPEC}),),
    ),
    check=check,
)

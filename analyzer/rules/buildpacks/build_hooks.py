"""bin/pre_compile and bin/post_compile are hooks of one buildpack."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("A9", "C9") or passed("no hooks of the classic buildpack")


rule = Rule(
    info=RuleInfo(
        id="build-hooks",
        title="Build hooks run in one buildpack only",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "bin/pre_compile and bin/post_compile are run by Heroku's classic buildpack, the latter after "
            "collectstatic, which does not see what it makes. Other buildpacks pass over them in silence, and "
            "so does the Dockerfile: what a hook compiles or installs is missing from the image."
        ),
        remediation=(
            "Move what the hooks do into the front-end build or the commands that doctor plans, and delete "
            "them; migrations belong into the pre-deploy job."
        ),
        commands=("doctor emit",),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://github.com/heroku/heroku-buildpack-python",
        ),
        bad=(bad({"bin/post_compile": "#!/usr/bin/env bash\npython manage.py compilemessages\n"}, line=1),),
        good=(good({"bin/deploy": "#!/usr/bin/env bash\npython manage.py compilemessages\n"}),),
        modes=(
            "A9",
            "C9",
        ),
    ),
    check=check,
)

"""Buildpacks read Procfiles by rules of their own."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; how to write it anew hangs on what is wrong with it."""
    found = ctx.predicted("B17")
    if found is None:
        return passed("every buildpack understands the Procfile")
    return Failed(problems=tuple(one if "UTF" in one.message else replace(one, commands=()) for one in found.problems))


rule = Rule(
    info=RuleInfo(
        id="procfile-not-understood",
        title="The Procfile is not understood",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "A Procfile in UTF-16, as PowerShell's `>` writes it, or a space before the colon, is an error "
            "for some buildpacks; others leave the line out without a word, and the app starts something else "
            "or nothing. The emitted app spec has the commands of the processes itself."
        ),
        remediation="Write the Procfile as UTF-8 text with lines of the form `name: command`.",
        commands=("iconv -f UTF-16 -t UTF-8 Procfile > Procfile.new && mv Procfile.new Procfile",),
        references=(
            "https://devcenter.heroku.com/articles/procfile",
            "https://paketo.io/docs/howto/python/",
        ),
        bad=(bad({"Procfile": "web : gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"}, line=1),),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"}),),
        modes=("B17",),
    ),
    check=check,
)

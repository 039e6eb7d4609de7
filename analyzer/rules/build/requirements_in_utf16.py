"""Requirements files that PowerShell wrote."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed, to_utf_8


def check(ctx: Context) -> RuleOutcome:
    """One finding for each file."""
    found = fail_all(
        Problem(
            message=f"{path} is in UTF-16: pip reads it, but git shows no changes, and other tools find nothing in it.",
            evidence=(Evidence(path=path),),
            commands=(to_utf_8(path),),
        )
        for path in ctx.facts.dependencies.install.utf_16
    )
    return found or passed("the files of the requirements are in UTF-8")


rule = Rule(
    info=RuleInfo(
        id="requirements-in-utf16",
        title="A requirements file is in UTF-16",
        severity=Severity.ADVICE,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "`pip freeze > requirements.txt` in Windows PowerShell writes UTF-16. pip and uv read it; git "
            "takes it for binary, so that reviews show no change, and scanners for known holes, Google's "
            "buildpacks looking for gunicorn among them, find no packages in it."
        ),
        remediation="Write the file anew as UTF-8.",
        commands=(to_utf_8("requirements.txt"),),
        references=(
            "https://pip.pypa.io/en/stable/reference/requirements-file-format/#encoding",
            "https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_character_encoding",
        ),
        bad=(bad({"requirements.txt": "\ufeffdjango==5.2.8\ngunicorn==23.0.0\n"}, line=1),),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
    ),
    check=check,
)

"""A .env file with values of production that git does not ignore."""

from analyzer.model.evidence import Certainty
from analyzer.model.facts import CommittedSecret, SecretKind
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, add_line, bad, fail_all, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Files that git ignores are not part of the scan; examples and files of development are none of these."""
    by_file: dict[str, list[CommittedSecret]] = {}
    for one in ctx.facts.repository.secrets:
        if one.kind is SecretKind.ENVIRONMENT_FILE:
            by_file.setdefault(one.evidence.path, []).append(one)
    found = fail_all(
        Problem(
            message=f"{path} holds values of {', '.join(one.name for one in secrets)}, and git does not ignore it.",
            evidence=tuple(one.evidence for one in secrets),
            certainty=Certainty.LIKELY,
            commands=(f"git rm --cached {path}", add_line(".gitignore", path)),
        )
        for path, secrets in by_file.items()
    )
    return found or passed("no environment file with secrets is part of the repository")


rule = Rule(
    info=RuleInfo(
        id="environment-file-committed",
        title="An environment file with secrets is committed",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.HOURS,
        rationale=(
            "The values are in every clone and in the history. The emitted .dockerignore keeps the "
            "file out of the image, so that what the code took from it is missing on the target "
            "unless the app has the variable."
        ),
        remediation=(
            "Take the file out of git, list it in .gitignore, replace the secrets in it, and set "
            "them as secrets of the app."
        ),
        commands=(
            "git rm --cached .env",
            add_line(".gitignore", ".env"),
        ),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",),
        bad=(
            bad(
                {".gitignore": "staticfiles/\n", ".env": ("DEBUG=False\nDATABASE_PASSWORD=kV7qhT2mZp94\n")},
                line=2,
                path=".env",
            ),
        ),
        good=(good({".env.example": "DATABASE_PASSWORD=\n"}),),
        security=True,
    ),
    check=check,
)

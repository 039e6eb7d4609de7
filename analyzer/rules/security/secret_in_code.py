"""Passwords and tokens of other services that are part of the repository."""

from analyzer.model.evidence import Certainty
from analyzer.model.facts import CommittedSecret, SecretKind
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Settings by name and look, and tokens by their shape; never the value itself."""
    found = fail_all(
        Problem(message=_message(one), evidence=(one.evidence,), certainty=Certainty.LIKELY, commands=_commands(one))
        for one in ctx.facts.repository.secrets
        if one.kind in (SecretKind.SETTING, SecretKind.TOKEN)
    )
    return found or passed("no setting and no file of code or configuration holds what looks like a secret")


def _commands(secret: CommittedSecret) -> tuple[str, ...]:
    return (f'{secret.name} = os.environ["{secret.name}"]',) if secret.kind is SecretKind.SETTING else ()


def _message(secret: CommittedSecret) -> str:
    if secret.kind is SecretKind.TOKEN:
        what = f"A text with the shape of a secret token of {secret.name} stands in {secret.evidence.path}"
    else:
        what = f"{secret.name} has a fixed value in the code"
    return f"{what}: everybody who can read the repository, its history or the image can use it."


rule = Rule(
    info=RuleInfo(
        id="secret-in-code",
        title="A secret stands in the code",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.HOURS,
        rationale=(
            "What is in the repository is in every clone, in its history and in every image. A token "
            "that was pushed once counts as known, also after it has been removed."
        ),
        remediation=("Revoke it at its issuer, read the new one from a variable, and set that as a secret of the app."),
        commands=('EMAIL_HOST_PASSWORD = os.environ["EMAIL_HOST_PASSWORD"]',),
        references=(
            "https://docs.github.com/en/code-security/secret-scanning/introduction/about-secret-scanning",
            "https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",
        ),
        bad=(
            bad(
                {"shop/settings.py": ('from shop.defaults import *\n\nEMAIL_HOST_PASSWORD = "kV7qhT2mZp94"\n')}, line=3
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")\n'
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)

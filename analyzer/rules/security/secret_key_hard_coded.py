"""Whoever reads the repository can sign sessions, password resets and everything else that SECRET_KEY signs."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_MAY_HOLD = lazy_pattern(r"(?i)secret|key|conf|credential|setting|env")
"""Files that by their names may have the key."""


def check(ctx: Context) -> RuleOutcome:
    """A default that a variable replaces is another rule's matter."""
    key, setting = ctx.facts.django.secret_key, ctx.setting("SECRET_KEY")
    if not isinstance(key, Fact):
        return not_applicable("where SECRET_KEY comes from could not be told")
    if key.value == "hard-coded" and setting is not None and not setting.env:
        file = next((one for one in ctx.facts.django.absent_files if _MAY_HOLD.search(one.note)), None)
        unless = f" without {file.note}, which the image does not have" if file is not None else ""
        return fail(
            f"SECRET_KEY is a fixed text of the code{unless}: everybody who can read the repository, or an image made "
            "of it, can forge sessions and password reset links.",
            *key.evidence[:1],
            *((file,) if file is not None else ()),
            certainty=Certainty.CERTAIN if file is None else Certainty.LIKELY,
        )
    return passed(f"SECRET_KEY: {key.value}", *key.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="secret-key-hard-coded",
        title="SECRET_KEY stands in the code",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "SECRET_KEY signs sessions, password reset links and messages. In the code it is in "
            "every clone, every image and the history of the repository, and every deployment has "
            "the same one."
        ),
        remediation=(
            "Read it from a variable, which the app spec asks for as a secret, and generate a new "
            "one: the old one stays known. Sessions end once."
        ),
        commands=(
            'SECRET_KEY = os.environ["SECRET_KEY"]',
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",
            "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#secret-key",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nSECRET_KEY = "u8w-n3v9t-2yq4h7-0x6kz-5jd1c-r8m"\n'
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'import os\n\nfrom shop.defaults import *\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n'
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)

"""The command that makes the style sheets cannot run in the image."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Those of Tailwind and Sass, as planned."""
    image = ctx.plan.image
    found = ctx.noted("sass-not-compiled", "tailwind-program-missing")
    if found is None and image.tailwind.value is None and image.compilescss.value is None:
        return not_applicable("no command of Tailwind or Sass makes style sheets")
    return found or passed("the image makes the style sheets", *image.tailwind.evidence, *image.compilescss.evidence)


rule = Rule(
    info=RuleInfo(
        id="style-sheet-not-made",
        title="The image lacks what makes the style sheets",
        severity=Severity.RISK,
        category=Category.FRONT_END,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "With DEBUG off nothing compiles a style sheet when it is asked for. Where the command "
            "cannot run while the image is built, and the result is not committed, pages come without "
            "styles."
        ),
        remediation="Add what the command needs to the requirements and settings of production.",
        references=(
            "https://django-tailwind-cli.readthedocs.io/latest/",
            "https://github.com/jrief/django-sass-processor",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nINSTALLED_APPS += ["sass_processor"]\n'),
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "django-sass-processor==1.4.2\n"
                        "gunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nINSTALLED_APPS += ["sass_processor"]\n'),
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "django-compressor==4.6.0\n"
                        "django-sass-processor==1.4.2\n"
                        "libsass==0.23.0\n"
                        "gunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                }
            ),
        ),
        notes=(
            "sass-not-compiled",
            "tailwind-program-missing",
        ),
    ),
    check=check,
)

"""A scheduler inside the web process runs once in each of them."""

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Schedulers of APScheduler that run beside other work, outside of management commands."""
    found = fail_all(
        Problem(
            message=f"{one.text} runs inside the process that imports it: each worker of the web server, and each "
            "container, runs every job once more.",
            evidence=(one.evidence,),
            certainty=Certainty.LIKELY,
        )
        for one in ctx.facts.code_traces
        if one.kind == "scheduler" and "/management/" not in one.evidence.path
    )
    if found is None and not ctx.facts.dependencies.has("apscheduler"):
        return not_applicable("APScheduler is not installed")
    return found or passed("APScheduler has a process of its own")


rule = Rule(
    info=RuleInfo(
        id="scheduler-in-process",
        title="A scheduler runs inside the web process",
        severity=Severity.RISK,
        category=Category.SCHEDULING,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "A web server starts several workers, and the platform several containers during each "
            "deployment. A scheduler that starts with the app runs in all of them: mails go out twice, "
            "and a job that takes long is cut off when its worker is recycled."
        ),
        remediation=(
            "Start the scheduler from a management command, in a worker with one container, or make "
            "each job a scheduled job."
        ),
        commands=("python manage.py runapscheduler",),
        references=(
            "https://apscheduler.readthedocs.io/en/3.x/faq.html",
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
        ),
        bad=(
            bad(
                {
                    "shop/apps.py": (
                        "from apscheduler.schedulers.background import BackgroundScheduler\n"
                        "from django.apps import AppConfig\n"
                        "\n"
                        "\n"
                        "class ShopConfig(AppConfig):\n"
                        '    name = "shop"\n'
                        "\n"
                        "    def ready(self):\n"
                        "        BackgroundScheduler().start()\n"
                    ),
                    "requirements.txt": (
                        "apscheduler==3.11.1\n"
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "gunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                },
                line=9,
            ),
        ),
        good=(
            good(
                {
                    "shop/management/__init__.py": "",
                    "shop/management/commands/__init__.py": "",
                    "shop/management/commands/run_jobs.py": (
                        "from apscheduler.schedulers.blocking import BlockingScheduler\n"
                        "from django.core.management.base import BaseCommand\n"
                        "\n"
                        "\n"
                        "class Command(BaseCommand):\n"
                        "    def handle(self, **options):\n"
                        "        BlockingScheduler().start()\n"
                    ),
                    "requirements.txt": (
                        "apscheduler==3.11.1\n"
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "gunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                }
            ),
        ),
    ),
    check=check,
)

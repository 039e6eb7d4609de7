"""A WSGI server for a project that has Channels."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner compares what the command serves with what the project needs."""
    apps, layers = ctx.facts.django.installed_apps, ctx.facts.django.channel_layers
    has_channels = isinstance(apps, Fact) and any(one.partition(".")[0] in ("channels", "daphne") for one in apps.value)
    if not has_channels and not (isinstance(layers, Fact) and layers.value):
        return not_applicable("the project has no Channels")
    return ctx.noted("websockets-not-served") or passed("the web process serves ASGI", *apps.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="websockets-not-served",
        title="Websockets get no answer",
        severity=Severity.RISK,
        category=Category.ASGI,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "gunicorn with its own workers, uWSGI and waitress speak WSGI, which has no websockets: "
            "the browser's attempt to open one ends with 404 or 500, while pages work."
        ),
        remediation="Serve the ASGI application: daphne, uvicorn, or gunicorn with a worker class of uvicorn.",
        commands=(
            (
                "[tool.doctor.components.web]\n"
                'command = "exec daphne -b 0.0.0.0 -p ${PORT:-8080} --proxy-headers '
                'shop.asgi:application"'
            ),
        ),
        references=(
            "https://channels.readthedocs.io/en/latest/deploying.html",
            "https://docs.djangoproject.com/en/stable/howto/deployment/asgi/",
        ),
        bad=(
            bad(
                {
                    "Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n",
                    "shop/settings.py": ('from shop.defaults import *\n\nINSTALLED_APPS += ["channels"]\n'),
                },
                line=1,
            ),
        ),
        good=(
            good(
                {
                    "Procfile": "web: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT --workers 2\n",
                    "shop/asgi.py": (
                        "import os\n"
                        "\n"
                        "from django.core.asgi import get_asgi_application\n"
                        "\n"
                        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
                        "application = get_asgi_application()\n"
                    ),
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'INSTALLED_APPS += ["channels"]\n'
                        'ASGI_APPLICATION = "shop.asgi.application"\n'
                    ),
                    "requirements.txt": (
                        "channels==4.3.1\n"
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "uvicorn[standard]==0.38.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                }
            ),
        ),
        notes=("websockets-not-served",),
    ),
    check=check,
)

"""No requirement brings a web server."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, add_line, add_requirement, bad, fail, good, passed
from analyzer.tables import load_table


def check(ctx: Context) -> RuleOutcome:
    """What the planner adds and no file asks for."""
    servers = load_table("analyzer.plan", "web_servers")["servers"].values()
    packages = {name for server in servers for name in server["package"]}
    dependencies = ctx.facts.dependencies
    for added in ctx.plan.image.added_packages.value:
        name = added.requirement.partition("=")[0].partition("[")[0]
        if name in packages and not dependencies.has(name):
            message = f"No requirement brings a web server for production ({added.because}): the Dockerfile installs "
            written = add_requirement(ctx, added.requirement)
            return fail(f"{message}{added.requirement}.", *_places(ctx), commands=written)
    return passed("the requirements bring a web server", *ctx.plan.image.command.evidence)


def _places(ctx: Context) -> tuple[Evidence, ...]:
    """The requirements file; a lock file is not written by hand."""
    install = ctx.facts.dependencies.install
    manifests = [path for path in install.manifests if path != install.lock]
    return tuple(Evidence(path=path) for path in (*install.requirements, *manifests)[:1])


rule = Rule(
    info=RuleInfo(
        id="no-web-server",
        title="No requirement brings a web server",
        severity=Severity.ADVICE,
        category=Category.BUILD,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Django's runserver is made for development: it has one process, reloads, and gets no security "
            "review. With a buildpack such an app has nothing to start. The Dockerfile installs and starts a "
            "web server, but then it is tested nowhere else and updated by nobody."
        ),
        remediation="Add the web server to the requirements, with its version.",
        commands=(add_line("requirements.txt", "gunicorn==23.0.0"),),
        references=(
            "https://docs.djangoproject.com/en/stable/howto/deployment/",
            "https://docs.gunicorn.org/en/stable/deploy.html",
        ),
        bad=(bad({"requirements.txt": "django==5.2.8\n", "Procfile": None}, line=1),),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
    ),
    check=check,
)

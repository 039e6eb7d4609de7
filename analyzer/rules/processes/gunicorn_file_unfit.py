"""Settings of gunicorn's configuration file that the command cannot take back."""

from analyzer.model.facts import ServerSetting
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Addresses and the temporary folder are in the emitted command, which wins over the file."""
    settings = ctx.facts.server_settings
    if not settings or ctx.web is None or ctx.web.program != "gunicorn":
        return not_applicable("gunicorn reads no configuration file")
    found = fail_all(problem for one in settings if (problem := _problem(one)) is not None)
    return found or passed("gunicorn's file has nothing that a container cannot have", settings[0].evidence)


def _problem(setting: ServerSetting) -> Problem | None:
    value = setting.value
    match setting.name:
        case "daemon" if value is True:
            message = (
                "daemon = True sends gunicorn into the background: the container ends at once, and no start succeeds"
            )
            severity = Severity.BLOCKER
        case "user" | "group" if value is not None:
            message = (
                f"{setting.name} = {value!r} makes gunicorn change its user, which only root may: no worker starts"
            )
            severity = Severity.BLOCKER
        case "accesslog" | "errorlog" if (
            isinstance(value, str) and value.startswith(("/", ".")) and "/dev/" not in value
        ):
            message = f"{setting.name} = {value!r} writes into the container, where nobody sees it; it is lost with it"
            severity = Severity.RISK
        case "reload" if value is True:
            message = "reload = True watches all files and restarts when one changes"
            severity = Severity.RISK
        case _:
            return None
    return Problem(message=f"{message}.", evidence=(setting.evidence,), severity=severity)


rule = Rule(
    info=RuleInfo(
        id="gunicorn-file-unfit",
        title="gunicorn's file does not fit a container",
        severity=Severity.RISK,
        category=Category.PROCESSES,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The image runs gunicorn as its first process, as a user who is not root. The file is "
            "read as it is: going into the background, changing the user or writing logs to files "
            "belongs to a machine of one's own."
        ),
        remediation="Take the line out of the file, or set it only where a variable says so.",
        commands=(
            'accesslog = "-"',
            'errorlog = "-"',
        ),
        references=(
            "https://docs.gunicorn.org/en/stable/settings.html#daemon",
            "https://docs.gunicorn.org/en/stable/settings.html#user",
            "https://docs.gunicorn.org/en/stable/settings.html#accesslog",
        ),
        bad=(bad({"gunicorn.conf.py": ("workers = 2\ndaemon = True\n")}, line=2),),
        good=(good({"gunicorn.conf.py": "workers = 2\n"}),),
    ),
    check=check,
)

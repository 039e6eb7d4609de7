"""Before Django 5.2 a connection to MySQL has the character set utf8, which knows three bytes of a character."""

from packaging.version import Version

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.version_bounds import is_before
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import databases_of, with_settings

_REQUIREMENTS = (
    "dj-database-url==3.1.0\ndjango==4.2.26\ngunicorn==23.0.0\nmysqlclient==2.2.7\nredis==7.1.0\nwhitenoise==6.11.0\n"
)
_MYSQL = (
    'DATABASES = {{\n    "default": {{\n        "ENGINE": "django.db.backends.mysql",\n'
    '        "HOST": os.environ["DB_HOST"],\n        "PORT": os.environ["DB_PORT"],\n'
    '        "OPTIONS": {},\n    }}\n}}\n'
)


def check(ctx: Context) -> RuleOutcome:
    """The version of Django, and the character set of the options."""
    setting = ctx.setting("DATABASES")
    found = [one for one in databases_of(ctx) if "mysql" in one.engine]
    django = ctx.facts.dependencies.get("django")
    wanted = "" if django is None else django.locked or django.specifier
    if setting is None or not found or not wanted or not is_before(wanted, Version("5.2")):
        return not_applicable("no database is MySQL, or Django is 5.2 or newer")
    problems = (
        Problem(
            message=f"DATABASES[{one.alias!r}] has no charset, and Django {wanted.lstrip('=')} takes utf8: MySQL "
            "refuses to store a character of four bytes, such as an emoji, and the request fails.",
            evidence=setting.place(one.alias, "OPTIONS"),
        )
        for one in found
        if one.option("charset") is None
    )
    return fail_all(problems) or passed("the connection has a character set", *setting.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="mysql-three-byte-charset",
        title="Connection to MySQL has no room for emoji",
        severity=Severity.ADVICE,
        category=Category.DATABASE,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "MySQL's utf8 is an alias of utf8mb3, which ends at three bytes. Managed MySQL has strict mode on and "
            "utf8mb4 tables; over a connection with utf8 it answers Incorrect string value to text with an emoji. "
            "Django 5.2 made utf8mb4 the default."
        ),
        remediation="Name the character set in the options.",
        commands=('"OPTIONS": {"charset": "utf8mb4"},',),
        references=(
            "https://docs.djangoproject.com/en/5.2/releases/5.2/",
            "https://docs.djangoproject.com/en/stable/ref/databases/#mysql-notes",
        ),
        bad=(bad({**with_settings(_MYSQL.format("{}")), "requirements.txt": _REQUIREMENTS}, line=10),),
        good=(good({**with_settings(_MYSQL.format('{"charset": "utf8mb4"}')), "requirements.txt": _REQUIREMENTS}),),
    ),
    check=check,
)

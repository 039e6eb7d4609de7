"""What a connection to PostgreSQL asks of encryption: managed clusters refuse one without."""

from collections.abc import Iterator

from analyzer.model.facts import Setting, Unknown
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import (
    POSTGRESQL,
    Database,
    databases_of,
    in_app_spec,
    planned_value,
    variable_of,
    with_settings,
)

_LIBPQ = "PGSSLMODE"
"""The variable that libpq reads where the options say nothing."""
_UNCHECKED = ("allow", "prefer")
_WITH_FILE = ("verify-ca", "verify-full")


def check(ctx: Context) -> RuleOutcome:
    """The address that the platform gives has sslmode=require; a dictionary has what the settings write."""
    setting = ctx.setting("DATABASES")
    found = [one for one in databases_of(ctx) if one.is_postgresql]
    if setting is None or not found:
        return not_applicable("no database is one of PostgreSQL whose dictionary is known")
    return fail_all(problem for one in found for problem in _problems(ctx, setting, one)) or passed(
        "the address or the options ask for encryption", *setting.evidence[:1]
    )


def _problems(ctx: Context, setting: Setting, database: Database) -> Iterator[Problem]:
    written, places = database.option("sslmode"), setting.place(database.alias, "OPTIONS", "sslmode")
    variable = variable_of(ctx, places[0], written) if written is not None else _LIBPQ
    mode = planned_value(ctx, variable) or written
    unless = f", unless {variable} says otherwise" if variable is not None and written is not None else ""
    commands = (in_app_spec(variable, "require"), "doctor emit") if variable is not None else None
    name = f"DATABASES[{database.alias!r}]"
    if mode == "disable":
        yield Problem(
            message=f"{name} has sslmode disable{unless}: a managed cluster refuses connections without encryption.",
            evidence=places,
            severity=Severity.BLOCKER,
            commands=commands or _commands(database),
        )
    elif mode in _WITH_FILE and database.option("sslrootcert") is None:
        yield Problem(
            message=f"{name} has sslmode {mode} without sslrootcert{unless}: libpq looks for a certificate in the home "
            "folder, which the container does not have, and every connection fails.",
            evidence=places,
            severity=Severity.BLOCKER,
            remediation="Write the cluster's CA_CERT to a file at the start and name it in sslrootcert, or use "
            "require.",
            commands=(),
        )
    elif mode in _UNCHECKED or (mode is None and _by_variables(database) and _options_are_known(database)):
        said = f"has sslmode {mode}" if mode else "has no sslmode"
        yield Problem(
            message=f"{name} {said}{unless}: the connection is encrypted as long as nobody in between says that the "
            "server cannot.",
            evidence=places if written is not None else setting.place(database.alias, "OPTIONS"),
            commands=commands or _commands(database),
        )


def _by_variables(database: Database) -> bool:
    """Whether a variable gives the server alone: a whole address has its sslmode, one in the code other worries."""
    host = database.config.get("HOST")
    return isinstance(host, Unknown) and not host.reason.startswith("the URL") and "USER" in database.config


def _options_are_known(database: Database) -> bool:
    """Whether no variable gives them."""
    return not isinstance(database.config.get("OPTIONS"), Unknown)


def _commands(database: Database) -> tuple[str, ...]:
    """The option that the settings write themselves, which no variable of libpq overrules."""
    return (f'DATABASES["{database.alias}"]["OPTIONS"]["sslmode"] = "require"',)


rule = Rule(
    info=RuleInfo(
        id="database-without-tls",
        title="Encryption of the database connection is not asked for",
        severity=Severity.ADVICE,
        category=Category.DATABASE,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "A managed cluster answers over TLS only. The address that the platform gives says sslmode=require; "
            "settings that take host and port apart lose that word, and libpq falls back to prefer: it goes on "
            "without encryption where the other side offers none."
        ),
        remediation="Ask for encryption by a variable of the app spec: servers of development go on without.",
        commands=(in_app_spec(_LIBPQ, "require"), "doctor emit"),
        references=(
            "https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/",
            "https://www.postgresql.org/docs/current/libpq-envars.html",
            "https://docs.djangoproject.com/en/stable/ref/databases/#postgresql-notes",
        ),
        bad=(
            bad(with_settings(f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}    }}\n}}\n'), line=6),
            bad(
                with_settings(
                    f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}'
                    '        "OPTIONS": {"sslmode": "disable"},\n    }\n}\n'
                ),
                line=13,
            ),
        ),
        good=(
            good(
                with_settings(
                    f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}'
                    '        "OPTIONS": {"sslmode": "require"},\n    }\n}\n'
                )
            ),
            good(with_settings('DATABASES = {"default": dj_database_url.config()}\n')),
            good(
                {
                    **with_settings(f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}    }}\n}}\n'),
                    "pyproject.toml": f"{in_app_spec(_LIBPQ, 'require')}\n",
                }
            ),
        ),
        security=True,
    ),
    check=check,
)

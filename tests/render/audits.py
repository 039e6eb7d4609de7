"""One hand-built audit for every renderer: each severity, each outcome, and text that wants to be more than text."""

from analyzer.audit.score import score
from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import (
    Area,
    Audit,
    Category,
    Effort,
    Example,
    Excerpt,
    Failed,
    Finding,
    Ignore,
    IgnoreRule,
    NotApplicable,
    Passed,
    Problem,
    RuleInfo,
    RuleOutcome,
    RuleResult,
    Severity,
    Undetermined,
)

SETTINGS = "shop/settings.py"
HOSTILE = (
    "</script><img src=x onerror=alert(1)>|`]` [a](https://evil.example) @octocat #1 www.evil.example **x**\n\x1b[31m"
)
"""Closes tags, table cells and code, links, mentions, and moves the cursor."""


def rule(
    rule_id: str,
    severity: Severity,
    *,
    title: str = "",
    area: Area = Area.BOOT,
    category: Category = Category.HEALTH,
    effort: Effort = Effort.MINUTES,
    security: bool = False,
    notes: tuple[str, ...] = (),
    commands: tuple[str, ...] = (),
) -> RuleInfo:
    return RuleInfo(
        id=rule_id,
        title=title or f"Title of {rule_id}",
        severity=severity,
        category=category,
        area=area,
        effort=effort,
        rationale=f"Why {rule_id} matters on the target.",
        remediation=f"Remedy of {rule_id}.",
        commands=commands,
        references=(f"https://docs.example/{rule_id}",),
        bad=(Example(files={SETTINGS: "from shop.defaults import *\n\nDEBUG = True\n"}, line=3),),
        good=(Example(files={SETTINGS: "DEBUG = False\n", "db.sqlite3": None}),),
        notes=notes,
        security=security,
    )


HOSTS = rule(
    "allowed-hosts-fixed",
    Severity.BLOCKER,
    title="ALLOWED_HOSTS lacks the app's domain",
    commands=('ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")',),
    notes=("allowed-hosts-fixed",),
)
KEY = rule("secret-key-committed", Severity.RISK, area=Area.CONFIGURATION, category=Category.SECURITY, security=True)
CACHE = rule(
    "local-memory-cache", Severity.ADVICE, area=Area.OPERATIONS, category=Category.SESSIONS, effort=Effort.HOURS
)
MEDIA = rule("media-root-shared", Severity.RISK, area=Area.DATA, category=Category.MEDIA)
DEBUG = rule("debug-on", Severity.RISK, area=Area.CONFIGURATION, category=Category.SECURITY)
REDIS = rule("redis-without-tls", Severity.RISK, area=Area.DATA, category=Category.REDIS)


def finding(
    info: RuleInfo,
    line: int,
    *,
    path: str = SETTINGS,
    message: str = "",
    text: str = "    NAME = 'value'",
    note: str = "",
    certainty: Certainty = Certainty.CERTAIN,
    further: tuple[Evidence, ...] = (),
    ignored: Ignore | None = None,
    known: bool = False,
) -> Finding:
    stripped = text.strip()
    column = len(text) - len(text.lstrip()) + 1
    return Finding(
        rule=info.id,
        severity=info.severity,
        certainty=certainty,
        message=message or f"Message of {info.id} at {line}.",
        evidence=(Evidence(path=path, line=line, note=note), *further),
        remediation=info.remediation,
        commands=info.commands,
        fingerprint=f"{line:016x}",
        excerpt=Excerpt(first_line=line, lines=(text, "NEXT = 1"), column=column, end_column=column + len(stripped)),
        ignored=ignored,
        known=known,
    )


FINDINGS = (
    finding(HOSTS, 12, message="ALLOWED_HOSTS is ['shop.example']: Django answers 400.", text="ALLOWED_HOSTS = []"),
    finding(KEY, 4, text="SECRET_KEY = '***'", certainty=Certainty.LIKELY, note="read by Django"),
    finding(
        CACHE,
        30,
        text="\tCACHES = {",
        further=tuple(Evidence(path="shop/cache.py", line=line, note=f"use {line}") for line in (5, 6, 7, 8)),
    ),
    finding(CACHE, 31, ignored=Ignore(reason="one process", source=Evidence(path=SETTINGS, line=30))),
    finding(CACHE, 32, known=True),
)


def result(info: RuleInfo, outcome: RuleOutcome) -> RuleResult:
    return RuleResult(rule=info, outcome=outcome)


def failed(info: RuleInfo) -> RuleResult:
    return result(info, Failed(problems=(Problem(message="m", evidence=(Evidence(path=SETTINGS),)),)))


RESULTS = (
    failed(HOSTS),
    result(DEBUG, Passed(reason="DEBUG is off", evidence=(Evidence(path=SETTINGS, line=3),))),
    failed(CACHE),
    result(
        MEDIA,
        Undetermined(
            question="Can two instances run at once?",
            evidence=(Evidence(path=SETTINGS, line=20, note="MEDIA_ROOT is computed"),),
            override="components.web.instances",
        ),
    ),
    result(REDIS, NotApplicable(reason="no Redis is used")),
    failed(KEY),
)


def audit_of(*findings: Finding, results: tuple[RuleResult, ...] = RESULTS) -> Audit:
    return Audit(
        findings=findings,
        results=results,
        score=score(results, findings),
        excerpts={
            ("shop/cache.py", 5): Excerpt(first_line=4, lines=("", "cache.set(1)"), column=1, end_column=13),
            (SETTINGS, 20): Excerpt(first_line=20, lines=("MEDIA_ROOT = root()",), column=1, end_column=20),
        },
    )


AUDIT = audit_of(*FINDINGS)
ALL_WELL = audit_of(results=tuple(one for one in RESULTS if isinstance(one.outcome, Passed | NotApplicable)))
OLD_IGNORES = (
    IgnoreRule(rule="debug-on", reason="r", until="2026-01-01", source=Evidence(path="doctor.toml", line=3)),
    IgnoreRule(rule="local-memory-cache", reason="r", source=Evidence(path="doctor.toml", line=9)),
)

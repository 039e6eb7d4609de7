"""Private keys of servers, of SSH or for signing that are part of the repository."""

import shlex

from analyzer.model.evidence import Certainty
from analyzer.model.facts import SecretKind
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed

_LAPTOP = lazy_pattern(r"(^|/)(dev|devel|develop|development|local|localhost|vagrant|tools?|minikube)(/|$)")
"""Folders of what runs on laptops alone, as a rule."""


def check(ctx: Context) -> RuleOutcome:
    """Those of tests and examples are left out."""
    found = fail_all(
        Problem(
            message=f"{one.evidence.path} holds a private key, which is in every clone and in the history.",
            evidence=(one.evidence,),
            commands=(f"git rm --cached {shlex.quote(one.evidence.path)}",),
            severity=Severity.ADVICE if (laptop := _LAPTOP.search(one.evidence.path) is not None) else None,
            certainty=Certainty.LIKELY if laptop else Certainty.CERTAIN,
        )
        for one in ctx.facts.repository.secrets
        if one.kind is SecretKind.PRIVATE_KEY
    )
    return found or passed("no file holds a private key")


rule = Rule(
    info=RuleInfo(
        id="private-key-committed",
        title="A private key is committed",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.HOURS,
        rationale=(
            "Whoever has the repository can act as the owner of the key. App Platform ends TLS at "
            "its edge, so that no key of a certificate is needed in the container; the emitted "
            ".dockerignore keeps the file out of the image."
        ),
        remediation=(
            "Replace the key pair, take the file out of git, and give a key that the app needs to it "
            "as a secret variable."
        ),
        commands=("git rm --cached deploy/server.key",),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",),
        bad=(bad({"deploy/server.key": ("-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n")}, line=1),),
        good=(good({"deploy/server.crt": ("-----BEGIN CERTIFICATE-----\nMIIEvQ\n-----END CERTIFICATE-----\n")}),),
        security=True,
    ),
    check=check,
)

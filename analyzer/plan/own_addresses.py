"""Variables that hold the address of the deployment itself."""

from collections.abc import Iterator

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.tables import table

DOMAIN, URL = "${APP_DOMAIN}", "${APP_URL}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAddress:
    """A variable, its value with the platform's own variables in it, and why."""

    variable: str
    value: str
    rule: str
    evidence: tuple[Evidence, ...]


def own_addresses(facts: ProjectFacts) -> Iterator[OwnAddress]:
    """Hosts and origins, as the settings turned out to accept them, then variables that say so by their names."""
    required = {variable.name for variable in facts.environment if variable.required}
    for accepted in facts.django.setting_texts:
        if accepted.setting.startswith("CORS_") and accepted.variable not in required:
            continue  # the site of the app has the app's own origin
        value = accepted.text.replace("{domain}", DOMAIN).replace("{url}", URL)
        rule = f"{accepted.setting} must have the app's own address"
        yield OwnAddress(variable=accepted.variable, value=value, rule=rule, evidence=accepted.evidence)
    for variable in facts.environment:
        web = (variable.default or "").startswith(("http://", "https://"))
        for row in table("variables")["address"]:
            fits = not variable.secret and lazy_pattern(row["pattern"]).fullmatch(variable.name.upper())
            if fits and (web or not row.get("web_default")):
                yield OwnAddress(
                    variable=variable.name,
                    value=URL if web else row["value"],
                    rule="by its name the app's own address",
                    evidence=variable.evidence[:1],
                )

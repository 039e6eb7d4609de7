"""The app spec of a plan, and its form for a Deploy button (app-spec reference, how-to/add-deploy-do-button)."""

from collections.abc import Iterable, Iterator
from typing import Any

from analyzer.model.artifact import Artifact
from analyzer.model.evidence import Evidence
from analyzer.model.plan import (
    Component,
    ComponentKind,
    DatabaseEngine,
    DatabasePlan,
    Decision,
    DeploymentPlan,
    GitSource,
    HealthCheck,
    MonthlyCost,
    OptionalVariable,
    PlanNote,
    Variable,
)
from analyzer.render.annotations import Annotations, comment
from analyzer.render.yaml_text import Commented, Quoted, yaml_text

PATH = ".do/app.yaml"
TEMPLATE_PATH = ".do/deploy.template.yaml"
LISTS = {
    ComponentKind.SERVICE: "services",
    ComponentKind.STATIC_SITE: "static_sites",
    ComponentKind.WORKER: "workers",
    ComponentKind.JOB: "jobs",
}
FIRST_STEPS = ("git-source-missing", "create-clusters", "values-to-set", "secrets-to-set")
"""Notes that the file itself repeats: without them there is no first deployment."""
NAMED = 40
"""Variables left to their defaults that the file names."""
CLONE_URLS = {"github": "https://github.com", "gitlab": "https://gitlab.com", "bitbucket": "https://bitbucket.org"}


class Comments:
    """The comments of one file: what has been said already is not said again."""

    def __init__(self) -> None:
        self.annotations = Annotations()
        self._said: set[tuple[str, tuple[Evidence, ...]]] = set()

    def explain(self, decision: Decision[Any]) -> str:
        """The decision's comment, or the mark alone where another decision was for the same reason."""
        reason = (decision.rule, decision.evidence)
        if reason in self._said:
            return self.annotations.attach(decision)
        self._said.add(reason)
        return self.annotations.explain(decision)


def render_app_spec(plan: DeploymentPlan) -> Artifact:
    """`.do/app.yaml`"""
    comments = Comments()
    text = _head(plan) + yaml_text(_spec(plan, comments, button=False)) + _optional(plan.optional_variables)
    body, decisions = comments.annotations.finish(text)
    return Artifact(name="app-spec", path=PATH, body=body, decisions=decisions)


def render_deploy_template(plan: DeploymentPlan) -> Artifact:
    """`.do/deploy.template.yaml`: the spec below `spec`, from a public clone URL, with a development database."""
    comments = Comments()
    body, decisions = comments.annotations.finish(yaml_text({"spec": _spec(plan, comments, button=True)}))
    return Artifact(name="deploy-template", path=TEMPLATE_PATH, body=body, decisions=decisions)


def _head(plan: DeploymentPlan) -> str:
    """What a reader wants to know first: the price, and what has to be done before the app can be made."""
    lines = [comment(_price(plan.cost))]
    steps = [note for code in FIRST_STEPS for note in plan.notes if note.code == code]
    if steps:
        lines += ["#", "# Before the first deployment:", *(_step(note) for note in steps)]
    return "\n".join(lines) + "\n\n"


def _price(cost: MonthlyCost) -> str:
    parts = ", ".join(f"{item.name} {item.cents / 100:g}" for item in cost.items if item.cents)
    days = sorted({item.as_of for item in cost.items if item.cents})
    since = f"; prices of {days[0]} to {days[-1]}" if len(days) > 1 else f"; prices of {days[0]}" if days else ""
    return f"about {cost.cents / 100:.2f} {cost.currency} a month ({parts or 'nothing is billed'}{since})"


def _step(note: PlanNote) -> str:
    text = comment(f"{note.message}; {note.remedy}").removeprefix("# ")
    return "# - " + text.replace("\n# ", "\n#   ")


def _optional(variables: Iterable[OptionalVariable]) -> str:
    """The variables that are left to the project's defaults, as comments."""
    names = [variable.name for variable in variables]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    text = f"the project reads these as well, and can do without: {', '.join(names[:NAMED])}{more}"
    return f"\n{comment(text)}\n" if names else ""


def _spec(plan: DeploymentPlan, comments: Comments, button: bool) -> dict[str, Any]:
    explain = comments.explain
    spec: dict[str, Any] = {
        "name": Commented(comment=explain(plan.app_name), value=plan.app_name.value),
        "region": Commented(comment=explain(plan.region), value=plan.region.value),
    }
    if plan.domains is not None:
        domains = [{"domain": d.domain, "type": d.type, "zone": d.zone} for d in plan.domains.value]
        spec["domains"] = Commented(comment=explain(plan.domains), value=domains)
    spec["ingress"] = {"rules": list(_rules(plan.components))}
    for kind, key in LISTS.items():
        spec[key] = [_component(plan, c, comments, button) for c in plan.components if c.kind is kind]
    spec["databases"] = [_database(database, comments, button) for database in plan.databases]
    spec["envs"] = list(_variables(plan.variables, comments))
    alerts = [{"rule": rule} for rule in plan.alerts.value]
    spec["alerts"] = Commented(comment=explain(plan.alerts), value=alerts) if alerts else None
    return spec


def _rules(components: Iterable[Component]) -> Iterator[dict[str, Any]]:
    """The ingress rules, longer prefixes first."""
    found = [(route, component.name) for component in components for route in component.routes]
    for route, name in sorted(found, key=lambda item: (-len(item[0].path), item[0].path)):
        target: dict[str, Any] = {"name": name}
        if route.preserve_path_prefix:
            target["preserve_path_prefix"] = True
        yield {"match": {"path": {"prefix": route.path}}, "component": target}


def _component(plan: DeploymentPlan, component: Component, comments: Comments, button: bool) -> Commented:
    explain = comments.explain
    entry: dict[str, Any] = {"name": component.name, "kind": component.job_kind}
    if component.schedule is not None:
        schedule = component.schedule.value
        entry["schedule"] = Commented(
            comment=explain(component.schedule),
            value={"cron": Quoted(text=schedule.cron), "time_zone": schedule.time_zone},
        )
    entry |= _source(plan.source, comments, button)
    entry |= _build(plan, component, comments)
    if component.command.value is not None:
        entry["run_command"] = Commented(comment=explain(component.command), value=component.command.value)
    if component.size.value is not None:
        entry["instance_size_slug"] = Commented(comment=explain(component.size), value=component.size.value)
    if component.instances is not None:
        entry["instance_count"] = Commented(comment=explain(component.instances), value=component.instances.value)
    if component.port is not None:
        entry["http_port"] = Commented(comment=explain(component.port), value=component.port.value)
    if component.health_check is not None:
        check = _health_check(component.health_check.value)
        entry["health_check"] = Commented(comment=explain(component.health_check), value=check)
    if component.grace_period is not None:
        termination = {"grace_period_seconds": component.grace_period.value}
        entry["termination"] = Commented(comment=explain(component.grace_period), value=termination)
    entry["envs"] = list(_variables(component.variables, comments))
    return Commented(comment=explain(component.because), value=entry)


def _source(source: Decision[GitSource], comments: Comments, button: bool) -> dict[str, Any]:
    git = source.value
    place: dict[str, Any]
    if button or git.provider == "git":
        base = CLONE_URLS.get(git.provider)
        url = f"{base}/{git.repository}.git" if base is not None else git.repository
        key, place = "git", {"repo_clone_url": url, "branch": git.branch}
    else:
        key, place = git.provider, {"repo": git.repository, "branch": git.branch, "deploy_on_push": True}
    if git.placeholder:
        return {key: Commented(comment=comments.explain(source), value=place)}
    return {key: place}


def _build(plan: DeploymentPlan, component: Component, comments: Comments) -> dict[str, Any]:
    """How the component is built: by the Dockerfile, but for a front end of its own."""
    context = plan.image.context.value
    static = component.static
    if static is not None and static.value.environment_slug is not None:
        build = static.value
        return {
            "source_dir": _folder(build.source_dir),
            "environment_slug": build.environment_slug,
            "build_command": Commented(comment=comments.explain(static), value=build.build_command),
            "output_dir": build.output_dir,
            "catchall_document": build.catchall_document,
        }
    entry: dict[str, Any] = {
        "source_dir": _folder(context),
        "dockerfile_path": plan.image.in_context("Dockerfile"),
    }
    if static is not None:
        entry["output_dir"] = Commented(comment=comments.explain(static), value=static.value.output_dir)
    return entry


def _folder(path: str) -> str:
    return "/" if path == "." else f"/{path}"


def _health_check(check: HealthCheck) -> dict[str, Any]:
    return {
        "http_path": check.path,
        "initial_delay_seconds": check.initial_delay,
        "period_seconds": check.period,
        "timeout_seconds": check.timeout,
        "success_threshold": check.success_threshold,
        "failure_threshold": check.failure_threshold,
    }


def _database(database: DatabasePlan, comments: Comments, button: bool) -> Commented:
    explain = comments.explain
    development = button and database.engine.value is DatabaseEngine.POSTGRESQL
    entry: dict[str, Any] = {"name": database.name, "engine": database.engine.value.value}
    if not development:
        entry["version"] = Commented(comment=explain(database.version), value=Quoted(text=database.version.value))
    production = database.production.value and not development
    entry["production"] = Commented(comment=explain(database.production), value=production)
    if database.cluster_name.value is not None and not development:
        entry["cluster_name"] = Commented(comment=explain(database.cluster_name), value=database.cluster_name.value)
        entry |= {"db_name": database.db_name, "db_user": database.db_user}
    return Commented(comment=explain(database.engine), value=entry)


def _variables(variables: Iterable[Variable], comments: Comments) -> Iterator[Commented]:
    for variable in variables:
        entry: dict[str, Any] = {"key": variable.name, "scope": variable.scope}
        if variable.secret:
            entry["type"] = "SECRET"
        if variable.value.value is not None:
            entry["value"] = Quoted(text=variable.value.value)
        yield Commented(comment=comments.explain(variable.value), value=entry)

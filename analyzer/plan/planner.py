"""The plan of a deployment, put together: each part decides one thing, and says why."""

from analyzer.model.existing import ExistingSpec
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Decision, DeploymentPlan, PlanNote
from analyzer.model.wheels import IndexAnswer
from analyzer.plan.components import App, Planned
from analyzer.plan.configured_names import added_variable_notes, refuse_unknown_names
from analyzer.plan.cost import plan_cost
from analyzer.plan.databases import plan_databases
from analyzer.plan.decisions import decide
from analyzer.plan.environment import plan_environment
from analyzer.plan.existing_keys import keys_left_out
from analyzer.plan.fixed_addresses import fixed_address_notes
from analyzer.plan.image import plan_image
from analyzer.plan.ingress import django_routes
from analyzer.plan.jobs import plan_other_jobs, plan_release, plan_scheduled
from analyzer.plan.names import Names
from analyzer.plan.notes import plan_notes
from analyzer.plan.references import check_references
from analyzer.plan.sites import plan_front_end, plan_static_files
from analyzer.plan.source import plan_app_name, plan_domains, plan_region, plan_source
from analyzer.plan.valkey import valkey_notes
from analyzer.plan.web import plan_web
from analyzer.plan.workers import plan_workers

ALERTS = ("DEPLOYMENT_FAILED", "DOMAIN_FAILED")


def plan_deployment(facts: ProjectFacts, overrides: Overrides, answer: IndexAnswer | None = None) -> DeploymentPlan:
    """Decide the deployment of a project from its facts; the configuration's decisions go before the planner's.

    Args:
        answer: what the package index said about wheels, where it was asked.

    Raises UsageError where the configuration decides about something that the plan does not have.
    """
    facts = facts.as_deployed
    image, image_notes = plan_image(facts, overrides, answer)
    app_name, region = plan_app_name(facts, overrides), plan_region(facts, overrides)
    source, source_notes = plan_source(facts, overrides)
    names = Names()
    databases = plan_databases(facts, app_name.value, region.value, names, overrides)
    environment = plan_environment(facts, databases, region.value, overrides)
    app = App(
        facts=facts,
        overrides=overrides,
        names=names,
        variables=frozenset(variable.name for variable in environment.variables),
        databases=frozenset(databases.aliases),
    )
    front_end, static_files = plan_front_end(app), plan_static_files(app, image)
    sites = front_end.plus(static_files)
    taken = frozenset(route.path for component in sites.components for route in component.routes)
    routes, route_notes = django_routes(facts, taken)
    planned = (
        plan_web(app, image, routes)
        .plus(Planned(notes=route_notes))
        .plus(sites)
        .plus(plan_workers(app))
        .plus(plan_release(app))
        .plus(plan_other_jobs(app))
        .plus(plan_scheduled(app))
    )
    refuse_unknown_names(overrides, planned, databases, environment.known)
    cost, cost_notes = plan_cost(facts, planned.components, databases.plans)
    notes: tuple[PlanNote, ...] = (
        *source_notes,
        *databases.notes,
        *environment.notes,
        *image_notes,
        *planned.notes,
        *valkey_notes(facts, databases),
        *fixed_address_notes(facts, databases),
        *plan_notes(facts, environment.variables, planned.components, databases),
        *check_references(environment.variables, planned.components, databases.plans),
        *added_variable_notes(overrides, environment.known),
        *keys_left_out(
            facts.existing_spec, (c.name for c in planned.components), (database.name for database in databases.plans)
        ),
        *cost_notes,
    )
    return DeploymentPlan(
        app_name=app_name,
        region=region,
        source=source,
        image=image,
        components=planned.components,
        databases=databases.plans,
        variables=environment.variables,
        alerts=_alerts(facts.existing_spec),
        cost=cost,
        domains=plan_domains(facts, overrides),
        optional_variables=environment.optional,
        notes=tuple(dict.fromkeys(notes)),
    )


def _alerts(spec: ExistingSpec | None) -> Decision[tuple[str, ...]]:
    if spec is not None and spec.alerts:
        return decide(spec.alerts, "the existing app spec has them")
    return decide(ALERTS, "somebody has to hear of a deployment or a domain that fails")

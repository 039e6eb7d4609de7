"""What the deployment of the project rests on, as JSON data: addresses, paths, schedules, what is deployed already."""

from analyzer.model.connections import Connection, HealthEndpoint, SettingText
from analyzer.model.existing import ExistingSpec, GitRemote, ScheduledCommand, ServiceImage
from analyzer.model.facts import ProjectFacts
from analyzer.render.document.values import Object, by_name, evidence, place


def deployment_document(facts: ProjectFacts) -> Object:
    """The facts that only a plan of the deployment asks for."""
    queue = facts.task_queue
    return {
        "connections": [_connection(connection) for connection in facts.connections],
        "accepted_texts": [_accepted(text) for text in facts.django.setting_texts],
        "storage_classes": dict(sorted(facts.django.storage_classes.items())),
        "url_prefixes": by_name(facts.urls.prefixes, place),
        "urls_complete": facts.urls.complete,
        "health": [_health(endpoint) for endpoint in facts.urls.health],
        "schedules": [_schedule(command) for command in facts.schedules],
        "services": [_service(service) for service in facts.services],
        "tasks_run_in_the_caller": [evidence(e) for e in queue.always_eager],
        "task_time_limit": None if queue.time_limit is None else queue.time_limit.value,
        "git": None if facts.git is None else _git(facts.git),
        "app_spec": None if facts.existing_spec is None else _spec(facts.existing_spec),
    }


def _connection(connection: Connection) -> Object:
    return {
        "role": connection.role.value,
        "name": connection.name,
        "setting": connection.setting,
        "parts": by_name(connection.parts, lambda part: part.text),
        "variables": sorted({name for part in connection.parts.values() for name in part.variables}),
        "tls_options": connection.tls_options,
        "evidence": [evidence(e) for e in connection.evidence],
    }


def _accepted(text: SettingText) -> Object:
    return {"variable": text.variable, "setting": text.setting, "text": text.text}


def _health(endpoint: HealthEndpoint) -> Object:
    return {"url": endpoint.path, "middleware": endpoint.middleware, **place(endpoint.evidence)}


def _schedule(command: ScheduledCommand) -> Object:
    return {
        "name": command.name,
        "cron": command.cron,
        "command": command.command,
        "source": command.source,
        **place(command.evidence),
    }


def _service(service: ServiceImage) -> Object:
    return {"name": service.name, "image": service.image, "tag": service.tag, **place(service.evidence)}


def _git(remote: GitRemote) -> Object:
    return {"host": remote.host, "repository": remote.path, "branch": remote.branch, **place(remote.evidence)}


def _spec(spec: ExistingSpec) -> Object:
    return {
        "path": spec.path,
        "name": spec.name,
        "region": spec.region,
        "components": [
            {"name": c.name, "kind": c.kind, "size": c.size, "instances": c.instances, "line": c.evidence.line}
            for c in spec.components
        ],
        "databases": [{"name": d.name, "engine": d.engine, "line": d.evidence.line} for d in spec.databases],
        "domains": [d.domain for d in spec.domains],
    }

"""The addresses of Celery's broker and result store."""

from collections.abc import Iterator

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.connections import address_connection
from analyzer.facts.evaluator.values import FromEnv, Value, all_env
from analyzer.facts.task_queue.celery_app import FoundApplication
from analyzer.facts.task_queue.celery_config import lookup
from analyzer.model.connections import Connection, ConnectionRole

_OPTIONS = {
    ConnectionRole.BROKER: ("broker_url", ("broker_use_ssl",)),
    ConnectionRole.RESULTS: ("result_backend", ("redis_backend_use_ssl",)),
}


def celery_connections(found: FoundApplication, view: SettingsView) -> Iterator[Connection]:
    """The broker and the result store, where the configuration gives an address for them."""
    for role, (option, tls_options) in _OPTIONS.items():
        option_value = lookup(found, view.configured, option)
        if option_value is None:
            continue
        value, evidence = option_value
        if value.data in (None, ""):
            names = sorted(all_env(value))
            if len(names) != 1:
                continue
            value = Value(FromEnv(names[0]), value.env)  # empty until the variable is set
        bare = lookup(found, view.bare, option)
        tls = any((given := lookup(found, view.configured, name)) is not None and given[0].data for name in tls_options)
        connection = address_connection(
            role,
            option,
            evidence[0].note or option,
            value,
            bare[0] if bare is not None else None,
            evidence,
            tls_options=bool(tls),
        )
        if connection is not None:
            yield connection

"""Clients of services that settings or a Celery module make while they are imported."""

from typing import TYPE_CHECKING

from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import Value, unresolved

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


@registry.model(
    "redis.from_url",
    "redis.Redis.from_url",
    "redis.StrictRedis.from_url",
    "redis.ConnectionPool.from_url",
    "redis.asyncio.from_url",
    "redis.asyncio.Redis.from_url",
)
def redis_from_url(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`Redis.from_url(url)`: connects later, but reads the URL at once (redis/connection.py, 6.2).

    Raises:
        Raised: AttributeError, for None instead of a URL.
    """
    url = args[0] if args else kwargs.get("url")
    if url is not None and url.data is None:
        raise Raised("AttributeError", "the URL of Redis is None", url.env, interp.where)
    return unresolved("a connection", *args)

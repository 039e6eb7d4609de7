"""Pings a Celery worker through its broker and has it run a task that Celery itself brings.

`celery.accumulate` only gives its arguments back, so nothing of the project happens.
"""

import time

TASK = "celery.accumulate"

deadline = time.monotonic() + arguments["seconds"] - 5


def until(look):
    """What `look` gives once that is something, None at the deadline."""
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.3)
    return None


def done(inspect):
    """The nodes that say that they ran the task."""
    return [node for node, stats in (inspect.stats() or {}).items() if stats.get("total", {}).get(TASK)]


def state():
    """Who answered, their queues, and who ran the task."""
    from celery.app.utils import find_app

    app = find_app(arguments["app"])
    app.loader.import_default_modules()
    inspect = app.control.inspect(timeout=1)
    host = arguments["host"]
    answered = until(lambda: [node for node in inspect.ping() or {} if node.endswith(f"@{host}") or not host])
    found = {"answered": answered or [], "broker": app.conf.broker_url and app.connection_for_read().as_uri()}
    if answered:
        mine = app.control.inspect(answered, timeout=1)
        queues = [queue["name"] for found in (mine.active_queues() or {}).values() for queue in found]
        found["queues"] = queues
        if queues:
            before = done(mine)
            app.send_task(TASK, args=(1,), queue=queues[0], ignore_result=True)
            found["ran"] = until(lambda: done(mine)) or []
            found["before"] = before
        found["tasks"] = len([name for name in app.tasks if not name.startswith("celery.")])
    return found


answer(state)

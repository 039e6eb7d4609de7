"""Loads the schedule of Celery beat with its own scheduler and sends one message as beat does.

The message is for `celery.accumulate`, which only gives its arguments back, so nothing of the project happens.
"""

import os
import tempfile


def state():
    """The entries of the schedule, and whether a message could be sent."""
    from celery.app.utils import find_app
    from celery.beat import ScheduleEntry
    from celery.schedules import schedule

    app = find_app(arguments["app"])
    app.loader.import_default_modules()
    app.finalize()
    options = {"scheduler": arguments["scheduler"]} if arguments["scheduler"] else {}
    with tempfile.TemporaryDirectory() as folder:
        beat = app.Beat(schedule=os.path.join(folder, "schedule"), **options)
        service = beat.Service(app=app, scheduler_cls=beat.scheduler_cls, schedule_filename=beat.schedule)
        scheduler = service.get_scheduler()
        entries = sorted(str(name) for name in scheduler.schedule)
        unknown = sorted(
            {
                e.task
                for e in scheduler.schedule.values()
                if e.task not in app.tasks and not e.task.startswith("celery.")
            }
        )
        sent = scheduler.apply_async(
            ScheduleEntry(name="doctor", task="celery.accumulate", args=(1,), schedule=schedule(60), app=app),
            advance=False,
        )
        scheduler.close()
    return {
        "scheduler": f"{type(scheduler).__module__}.{type(scheduler).__qualname__}",
        "entries": entries,
        "unknown": unknown,
        "sent": str(sent),
    }


answer(state)

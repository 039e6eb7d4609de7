"""Loads the ASGI application and lists paths that its router of Channels takes for WebSockets.

It is what ASGI_APPLICATION names, or one of `arguments["applications"]` ("shop.asgi:application"), or where
startproject puts it.
"""

import contextlib
import os
import re

SAMPLES = ("1", "doctor", "2024-01-31", "00000000-0000-4000-8000-000000000000", "0" * 24)
"""Values for the parts of a path that are variable: what converters and patterns mostly accept."""
DEEPEST = 12
"""Middlewares around a router."""
VARIABLE = re.compile(r"<(?:[^>:]+:)?(\w+)>")


def application():
    """The first application that knows protocols."""
    from channels.routing import ProtocolTypeRouter
    from django.conf import settings
    from django.utils.module_loading import import_string

    setting = getattr(settings, "ASGI_APPLICATION", None)
    found = [import_string(setting)] if setting else []
    package = os.environ["DJANGO_SETTINGS_MODULE"].partition(".")[0]
    for name in (*arguments["applications"], f"{package}.asgi:application"):
        with contextlib.suppress(ImportError):  # what looks like the name of an application may be something else
            found.append(import_string(name.replace(":", ".")))
    return next((one for one in found if isinstance(one, ProtocolTypeRouter)), None)


def router(found, depth=DEEPEST):
    """The URLRouter inside middlewares."""
    from channels.routing import URLRouter

    if isinstance(found, URLRouter):
        return found
    inner = vars(found).values() if depth and hasattr(found, "__dict__") else ()
    return next((one for value in inner if callable(value) and (one := router(value, depth - 1))), None)


def paths(routes):
    """A path for each route that can be made concrete, and whether a part of it is made up."""
    for route in routes.routes:
        nested = router(route.callback)
        for path, made_up in concrete(route.pattern):
            if not nested:
                yield path, made_up
                break
            yield from ((path + rest, made_up or more) for rest, more in paths(nested))


def concrete(pattern):
    """Texts that the pattern of a route takes."""
    from django.utils.regex_helper import normalize

    if hasattr(pattern, "_route"):
        converters = pattern.converters
        values = {
            name: next((sample for sample in SAMPLES if re.fullmatch(one.regex, sample)), None)
            for name, one in converters.items()
        }
        if None not in values.values():
            yield VARIABLE.sub(lambda match: values[match[1]], str(pattern._route)), bool(values)
        return
    for text, names in normalize(pattern._regex):
        for sample in SAMPLES if names else ("",):
            path = text % dict.fromkeys(names, sample)
            if pattern.match(path):
                yield path, bool(names)


def found():
    """Paths with the leading slash; None where there is no router for WebSockets."""
    set_up_django()
    try:
        top = application()
    except ModuleNotFoundError as error:
        if error.name == "channels":
            return {"paths": None}
        raise
    routes = router(top.application_mapping["websocket"]) if top and "websocket" in top.application_mapping else None
    if routes is None:
        return {"paths": None}
    listed = [["/" + path, made_up] for path, made_up in paths(routes)]
    return {"paths": sorted(listed, key=lambda row: row[1]), "routes": len(routes.routes)}


find_settings()
answer(found)

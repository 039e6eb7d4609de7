"""Sends HTTP requests one after the other, follows nothing, and says what came back."""

import http.client
import time

BODY = 2000


def ask(request):
    """Status, headers and the beginning of the body; an error where there was no answer."""
    begin = time.monotonic()
    connection = http.client.HTTPConnection(request["address"], request["port"], timeout=request["timeout"])
    try:
        connection.connect()
        if request.get("connect_only"):
            return {"connected": True}
        connection.putrequest("GET", request["path"], skip_host=True)
        for name, value in request["headers"].items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read(BODY).decode("utf-8", "replace")
        found = {"status": response.status, "headers": {k.lower(): v for k, v in response.getheaders()}, "body": body}
    except (OSError, http.client.HTTPException) as error:
        found = {"error": f"{type(error).__name__}: {error}"}
    finally:
        connection.close()
    return {**found, "seconds": time.monotonic() - begin}


answer(lambda: {"answers": [ask(request) for request in arguments["requests"]]})

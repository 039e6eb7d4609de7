"""Hands requests from this machine on to a service, as the platform's proxy hands on those for the app's domain.

Runs alone, without the preamble: python -c TEXT ARGUMENTS. Every connection carries one request, so that only the
beginning of each direction has to be read; what follows is passed on as it comes, a WebSocket, too.
"""

import asyncio
import json
import sys

arguments = json.loads(sys.argv[1])
HOST, PORT, LISTEN, HEADERS = (arguments[name] for name in ("host", "port", "listen", "headers"))
HEAD = 65536
PIECE = 65536
END = b"\r\n\r\n"
DOMAIN = HEADERS["Host"]


def split(head):
    """First line and headers."""
    first, *rest = head[: -len(END)].decode("latin-1").split("\r\n")
    return first, [(name, value.strip()) for name, _, value in (line.partition(":") for line in rest)]


def join(first, headers):
    """The opposite."""
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in headers)]).encode("latin-1") + END


def to_service(head):
    """The head of a request as the service gets it, and the host by which the browser knows this relay."""
    first, headers = split(head)
    own = next((value for name, value in headers if name.lower() == "host"), "")
    upgrades = any(name.lower() == "upgrade" for name, _ in headers)
    replaced = {name.lower() for name in HEADERS} | (set() if upgrades else {"connection"})
    kept = [
        (name, value.replace(f"http://{own}", f"https://{DOMAIN}") if name.lower() in ("origin", "referer") else value)
        for name, value in headers
        if name.lower() not in replaced
    ]
    return join(first, [*HEADERS.items(), *kept, *([] if upgrades else [("Connection", "close")])]), own


def to_browser(head, own):
    """The head of an answer: redirects within the app stay within this relay."""
    first, headers = split(head)
    return join(
        first,
        [
            (name, value.replace(f"https://{DOMAIN}", f"http://{own}", 1) if name.lower() == "location" else value)
            for name, value in headers
        ],
    )


async def pass_on(reader, writer):
    """Everything that is still to come."""
    while piece := await reader.read(PIECE):
        writer.write(piece)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


async def answer(reader, writer, own):
    """The answer of the service, to its end."""
    writer.write(to_browser(await reader.readuntil(END), own))
    await pass_on(reader, writer)


async def serve(reader, writer):
    """One connection."""
    service = None
    try:
        head, own = to_service(await reader.readuntil(END))
        back, service = await asyncio.open_connection(HOST, PORT, limit=HEAD)
        service.write(head)
        rest = asyncio.ensure_future(pass_on(reader, service))
        try:
            await answer(back, writer, own)
        finally:
            rest.cancel()
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        if service is None:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    finally:
        for one in (writer, service):
            if one is not None:
                one.close()


async def main():
    """Listen for ever."""
    server = await asyncio.start_server(serve, "0.0.0.0", LISTEN, limit=HEAD)
    async with server:
        await server.serve_forever()


asyncio.run(main())

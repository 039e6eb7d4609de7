"""Opens a WebSocket as a browser does (RFC 6455, section 4) and says how the server answers."""

import base64
import hashlib
import socket

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
HEAD = 16384


def shake_hands():
    """Status of the answer, and whether it proves that the request was understood."""
    key = base64.b64encode(os.urandom(16)).decode()
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": "13",
        **arguments["headers"],
    }
    lines = [f"GET {arguments['path']} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    with socket.create_connection((arguments["address"], arguments["port"]), timeout=arguments["seconds"] - 5) as peer:
        peer.sendall("\r\n".join(lines).encode())
        head = b""
        while b"\r\n\r\n" not in head and len(head) < HEAD and (part := peer.recv(4096)):
            head += part
    first, *rest = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    words = first.split()
    if len(words) < 2 or not words[1].isdecimal():
        return {"error": "the connection was closed without an answer"}
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    wanted = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
    return {"status": int(words[1]), "proven": fields.get("sec-websocket-accept") == wanted}


answer(shake_hands)

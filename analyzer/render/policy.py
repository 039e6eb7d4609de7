"""What a page's content security policy allows."""

import hashlib
from base64 import b64encode


def policy_hash(text: str) -> str:
    """The text of a style or a script, as the policy names it."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"

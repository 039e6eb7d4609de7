"""SECURE_PROXY_SSL_HEADER, so that Django sees that a request came by HTTPS."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.settings_file import SettingsFile

_ANCHORS = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "ALLOWED_HOSTS",
)
_LINE = 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")'


def proxy_header(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """Behind the setting that the finding is about."""
    anchors = (file.assignment(name, place.line) for name in _ANCHORS)
    anchor = next((one for one in anchors if one is not None), None)
    if anchor is None or any(True for _ in file.assignments("SECURE_PROXY_SSL_HEADER")):
        return None
    return edit(file.after(anchor.statement, [_LINE]))

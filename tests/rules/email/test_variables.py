"""Variables that lead to another backend or another server than the settings name."""

from pathlib import Path

import pytest

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of

START = "import os\n\nfrom shop.defaults import *\n\n"
FILES = "django.core.mail.backends.filebased.EmailBackend"


def test_a_variable_that_decides_an_if_around_the_backend(tmp_path: Path) -> None:
    text = (
        f'{START}if os.environ.get("SHOP_MAIL_USER") is None and os.environ.get("SHOP_MAIL_WORD") is None:\n'
        f'    EMAIL_BACKEND = "{FILES}"\n'
    )
    (finding,) = findings_of(report_of(tmp_path, {"shop/settings.py": text}), "email-not-sent")
    assert "unless SHOP_MAIL_USER or SHOP_MAIL_WORD leads to another one" in finding.message
    assert (finding.severity, finding.certainty) == (Severity.ADVICE, Certainty.LIKELY)


def test_a_variable_that_turns_debug_on_leads_to_none_of_production(tmp_path: Path) -> None:
    text = (
        f'{START}DEBUG = os.environ.get("SHOP_DEBUG") == "1"\nEMAIL_BACKEND = "{FILES}"\n'
        'if DEBUG:\n    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"\n'
    )
    (finding,) = findings_of(report_of(tmp_path, {"shop/settings.py": text}), "email-not-sent")
    assert "unless" not in finding.message
    assert (finding.severity, finding.certainty) == (Severity.RISK, Certainty.CERTAIN)


def test_a_timeout_matters_unless_a_variable_leads_to_another_backend(tmp_path: Path) -> None:
    text = (
        f'{START}EMAIL_HOST = "smtp.example.org"\nEMAIL_PORT = 587\n'
        'if os.environ.get("SHOP_MAIL_KEY"):\n    EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"\n'
    )
    (finding,) = findings_of(report_of(tmp_path, {"shop/settings.py": text}), "email-without-timeout")
    assert "unless SHOP_MAIL_KEY leads to another backend" in finding.message
    assert finding.certainty is Certainty.LIKELY


def test_the_port_is_no_other_server(tmp_path: Path) -> None:
    text = f'{START}EMAIL_HOST = "localhost"\nEMAIL_PORT = int(os.environ.get("SHOP_MAIL_PORT", "25"))\n'
    (finding,) = findings_of(report_of(tmp_path, {"shop/settings.py": text}), "email-by-smtp")
    assert finding.message.startswith("Mail goes to localhost: ")
    assert finding.severity is Severity.RISK


@pytest.mark.parametrize("rule", ["email-not-sent", "email-by-smtp", "email-without-timeout"])
@pytest.mark.parametrize(
    ("files", "sends"),
    [
        ({}, False),
        ({"shop/views.py": "user.email_user('Hello', 'You')\n"}, True),
        ({"shop/urls.py": "urlpatterns = [path('', include('django.contrib.auth.urls'))]\n"}, True),
        ({"shop/admins.py": "from django.core.mail import send_mail\n"}, False),
    ],
)
def test_only_what_sends_mail_needs_a_server(tmp_path: Path, rule: str, files: dict[str, str], sends: bool) -> None:
    backend = "console" if rule == "email-not-sent" else "smtp"
    text = (
        f'{START}EMAIL_HOST = "mail.example.org"\nEMAIL_BACKEND = "django.core.mail.backends.{backend}.EmailBackend"\n'
    )
    report = report_of(tmp_path, {"shop/mail.py": None, "shop/settings.py": text, **files})
    assert len(findings_of(report, rule)) == sends


@pytest.mark.parametrize(("more", "sends"), [('ADMINS = [("A", "a@example.org")]\n', True), ("ADMINS = []\n", False)])
def test_mail_to_administrators_is_mail(tmp_path: Path, more: str, sends: bool) -> None:
    text = f'{START}EMAIL_BACKEND = "{FILES}"\n{more}'
    report = report_of(tmp_path, {"shop/mail.py": None, "shop/settings.py": text})
    assert len(findings_of(report, "email-not-sent")) == sends


@pytest.mark.parametrize("hangs", [True, False])
def test_what_the_variables_of_the_server_decide_is_named(tmp_path: Path, hangs: bool) -> None:
    text = (
        f'{START}EMAIL_HOST = os.environ.get("SHOP_MAIL_HOST", "localhost")\n'
        f'SHOP_SENDS = {"EMAIL_HOST" if hangs else "SECRET_KEY"} != "localhost"\n'
    )
    (finding,) = findings_of(report_of(tmp_path, {"shop/settings.py": text}), "email-by-smtp")
    assert ("The variables of the server decide SHOP_SENDS" in finding.remediation) is hangs


@pytest.mark.parametrize(("variable", "has_server"), [("SHOP_MAIL_HOST", True), ("SHOP_MAIL_ON", False)])
def test_variables_of_a_server_that_the_settings_read_need_no_code(
    tmp_path: Path, variable: str, has_server: bool
) -> None:
    text = (
        f'{START}EMAIL_BACKEND = "{FILES}"\nif os.environ.get("{variable}"):\n'
        '    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"\n'
        '    EMAIL_HOST = os.environ.get("SHOP_MAIL_HOST")\n'
    )
    (finding,) = findings_of(report_of(tmp_path, {"shop/settings.py": text}), "email-not-sent")
    asked = ('[tool.doctor.environment.SHOP_MAIL_HOST]\nvalue = "smtp.example.org"', "doctor emit")
    assert (finding.commands == asked) is has_server
    assert finding.remediation.startswith("Give SHOP_MAIL_HOST values") is has_server
    assert "a domain that is verified there" in finding.remediation

"""Variables that lead to another backend or another server than the settings name."""

from pathlib import Path

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

"""Lets this machine reach the services that are left running."""

from analyzer.model.app_spec import SpecComponent
from analyzer.model.verification import Address
from analyzer.verify.relay import publish
from analyzer.verify.session import Session


def publish_services(run: Session, running: list[SpecComponent]) -> None:
    """Give every service that listens an address on this machine. Raises EngineError."""
    for one in running:
        if run.recorder.holds("listens", one.name):
            run.addresses.append(Address(component=one.name, url=publish(run.app, one)))

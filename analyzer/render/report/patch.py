"""The report as a patch: all changes that findings have, ready for `git apply`."""

from analyzer.model.report import Report


def render(report: Report) -> str:
    """One unified diff, in front of which git skips a line for people; that line alone where nothing can be patched."""
    audit = report.audit
    patched = [one for one in audit.findings if one.patch and one.counts] if audit is not None else []
    number = f"{len(patched)} finding{'' if len(patched) == 1 else 's'}"
    head = f"{report.tool.name} {report.tool.version}  patch of {number}; read it, then: git apply FILE\n"
    if audit is not None and audit.patch_holds_secrets:
        head += "It names lines that hold secrets, as git has to find them: apply it, and show it to nobody.\n"
    return head + ((audit.patch or "") if audit is not None else "")

"""What is uploaded may stay in the memory of a worker."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, passed

_MUCH = 64 * 2**20
"""An eighth of the smallest container, in bytes."""


def check(ctx: Context) -> RuleOutcome:
    """The limit above which Django writes an upload to a temporary file."""
    setting = ctx.setting("FILE_UPLOAD_MAX_MEMORY_SIZE")
    if setting is None:
        return passed("uploads above 2.5 MB go to a temporary file, Django's own limit")
    size = setting.configured
    if isinstance(size, int) and not isinstance(size, bool) and size >= _MUCH:
        return fail(
            f"Uploads of up to {size // 2**20} MiB are kept in memory (FILE_UPLOAD_MAX_MEMORY_SIZE): few of them "
            "at once end a container of 512 MiB, the smallest size.",
            *setting.evidence,
        )
    return passed("large uploads go to a temporary file", *setting.evidence)


rule = Rule(
    info=RuleInfo(
        id="uploads-in-memory",
        title="Large uploads are kept in memory",
        severity=Severity.RISK,
        category=Category.PLATFORM,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Django keeps an upload in the memory of its worker up to this limit, and often a second "
            "time while it is stored. A container that needs more memory than its size has is ended, "
            "with every request that it works on."
        ),
        remediation="Leave the limit at 2.5 MB: larger uploads go to a temporary file.",
        commands=("FILE_UPLOAD_MAX_MEMORY_SIZE = 2621440",),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#file-upload-max-memory-size",
            "https://docs.digitalocean.com/products/app-platform/details/pricing/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nFILE_UPLOAD_MAX_MEMORY_SIZE = 200 * 1024 * 1024\n"
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nFILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024\n"
                    ),
                }
            ),
        ),
    ),
    check=check,
)

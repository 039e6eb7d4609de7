"""InMemoryChannelLayer, whose messages do not leave the process."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_LAYER = "channels.layers.InMemoryChannelLayer"


def check(ctx: Context) -> RuleOutcome:
    """Every alias of CHANNEL_LAYERS."""
    layers = ctx.facts.django.channel_layers
    if not isinstance(layers, Fact) or not layers.value:
        return not_applicable("the project has no channel layer")
    found = fail_all(
        Problem(
            message=f"CHANNEL_LAYERS[{alias!r}] is {backend}: a message that one process sends, no other receives, "
            "neither a worker nor a second container.",
            evidence=layers.evidence[:1],
        )
        for alias, backend in sorted(layers.value.items())
        if backend == _LAYER
    )
    return found or passed("the channel layer is shared between processes", *layers.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="channel-layer-in-memory",
        title="The channel layer lives in one process",
        severity=Severity.RISK,
        category=Category.ASGI,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "Its documentation keeps it to tests and development. Visitors whose sockets end in "
            "another process get no message, and what a task of a worker sends reaches nobody."
        ),
        remediation="Use channels_redis with Valkey, whose address the app spec gives to the app.",
        commands=("pip install channels-redis",),
        references=("https://channels.readthedocs.io/en/latest/topics/channel_layers.html#in-memory-channel-layer",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'CHANNEL_LAYERS = {"default": {"BACKEND": '
                        '"channels.layers.InMemoryChannelLayer"}}\n'
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        "CHANNEL_LAYERS = {\n"
                        '    "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": '
                        '{"hosts": [os.environ["REDIS_URL"]]}},\n'
                        "}\n"
                    )
                }
            ),
        ),
    ),
    check=check,
)

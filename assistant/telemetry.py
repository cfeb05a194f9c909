"""Opts out of what the libraries would report, look up or fetch by themselves."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptOut:
    """What a library would do by itself, and the variable and value that keep it from that."""

    library: str
    variable: str
    value: str
    would: str

    def apply(self, environment: MutableMapping[str, str]) -> None:
        """Set the variable, whatever it was: that nothing calls home is promised on every machine."""
        environment[self.variable] = self.value


OPT_OUTS = (
    OptOut(
        "onnxruntime",
        "ORT_DISABLE_TELEMETRY",
        "1",
        "keep an id of the machine and a database of events in the user's cache, and send the events to its maker",
    ),
    OptOut(
        "gradio",
        "GRADIO_ANALYTICS_ENABLED",
        "False",
        "ask its maker for the newest release, and report how the page is made up, that it starts, and its errors",
    ),
    OptOut(
        "huggingface_hub",
        "HF_HUB_DISABLE_TELEMETRY",
        "1",
        "report the use of libraries that speak through it, and tell their versions with each request",
    ),
    OptOut(
        "transformers",
        "DISABLE_SAFETENSORS_CONVERSION",
        "1",
        "ask a service on the hub to convert a model that has no safetensors file",
    ),
    OptOut(
        "fastapi",
        "FASTAPI_OTEL_AUTO_CONFIGURE",
        "false",
        "send traces, metrics and logs of requests where the variables of OpenTelemetry say",
    ),
)
"""For every process. Found by reading the pinned releases, and by `tests/web/test_nothing_calls_home.py`."""

OFFLINE = OptOut(
    "huggingface_hub", "HF_HUB_OFFLINE", "1", "ask the hub whether a model it keeps is the newest, and fetch what is"
)
"""For every process but one whose model the operator named on the hub."""


def opt_out(environment: MutableMapping[str, str]) -> None:
    """Set what the libraries read when they are imported: called before that, since most do not look again."""
    for one in OPT_OUTS:
        one.apply(environment)

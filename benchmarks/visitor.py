"""The messages of a session without a browser, for ``load.py``: it runs the script and clicks."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{}__events"  # by which Streamlit's script knows what a v2 component triggers
CHOICES = "panel"  # the key of the v2 component through which a choice of a place or a filter reaches the server


class Element(NamedTuple):
    """The id of a v2 component, and the fragment that it stands in."""

    id: str
    fragment: str


@dataclass
class Tab:
    """What a browser stores of one page: address, component and messages that need not be sent again."""

    query: str = ""
    choices: Element | None = None
    cached: list[str] = field(default_factory=list)

    def ask(self) -> bytes:
        """Return the message that runs the script on the address."""
        return self._message().SerializeToString()

    def choose(self, href: str) -> bytes:
        """Return the message of a choice that leads to a link."""
        if self.choices is None:
            raise RuntimeError("the page has no panel")
        message = self._message()
        message.rerun_script.fragment_id = self.choices.fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = TRIGGERS.format(self.choices.id)
        state.json_trigger_value = json.dumps([{"event": "go", "value": href}])
        return message.SerializeToString()

    def _message(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.cached_message_hashes.extend(self.cached)
        return message

    def take(self, sent: bytes) -> bool:
        """Take over a message from the server; return whether the run is over with it.

        A run that ends early for another one is not over.

        Raises:
            RuntimeError: The script failed, or shows an exception.
        """
        message = ForwardMsg()
        message.ParseFromString(sent)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return _is_over(message.script_finished)
        if kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self._draw(message.delta)
            if message.metadata.cacheable and message.hash not in self.cached:
                self.cached.append(message.hash)
        return False

    def _draw(self, delta: Delta) -> None:
        element = delta.new_element
        if element.HasField("exception"):
            raise RuntimeError(f"the page shows {element.exception.type}: {element.exception.message}")
        if element.HasField("bidi_component"):
            one = element.bidi_component.id
            if one.split("-", 2)[2] == CHOICES:
                self.choices = Element(one, delta.fragment_id)


def _is_over(status: int) -> bool:
    if status != ForwardMsg.FINISHED_EARLY_FOR_RERUN and status not in DONE:
        raise RuntimeError(f"the script ended with {status}")
    return status in DONE

"""A reader without a browser: it asks for all that a page needs, opens a session, runs the script and clicks in it."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 60.0
MOST_CUTS = 3
FIRST = ("/", "/_stcore/health", "/_stcore/host-config")
FRAME = "/component/streamlit_folium.st_folium/index.html"
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{}__events"  # by which Streamlit's script knows what a v2 component triggers


class Element(NamedTuple):
    """A v2 component of the page: its id, and the fragment that it stands in, if any."""

    id: str
    fragment: str


@dataclass
class Tab:
    """What a browser keeps of one page: title, address, components and messages that need not be sent again."""

    query: str = ""
    title: str = ""
    elements: dict[str, Element] = field(default_factory=dict)
    cached: list[str] = field(default_factory=list)

    def ask(self) -> bytes:
        """Return the message that runs the script on the address."""
        return self._message().SerializeToString()

    def click(self, key: str, href: str) -> bytes:
        """Return the message of a click on a link in the v2 component with this key."""
        element = self.elements[key]
        message = self._message()
        message.rerun_script.fragment_id = element.fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = TRIGGERS.format(element.id)
        state.json_trigger_value = json.dumps([{"event": "go", "value": href}])
        return message.SerializeToString()

    def _message(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.cached_message_hashes.extend(self.cached)
        return message

    def hear(self, sent: bytes) -> bool:
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
        if kind == "page_config_changed":
            self.title = message.page_config_changed.title or self.title
        elif kind == "page_info_changed":
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
            _, _, key = one.split("-", 2)
            self.elements[key] = Element(one, delta.fragment_id)


def _is_over(status: int) -> bool:
    if status != ForwardMsg.FINISHED_EARLY_FOR_RERUN and status not in DONE:
        raise RuntimeError(f"the script ended with {status}")
    return status in DONE


class Visitor:
    """One reader with a session of its own; leave the block to close it."""

    def __init__(self, base: str, agent: str) -> None:
        """Name the server and the browser that this claims to be."""
        self._host = urlsplit(base).netloc
        self._base = base
        self._agent = agent
        self._socket: ClientConnection | None = None

    def __enter__(self) -> Self:
        """Open the session."""
        self._socket = connect(
            f"ws://{self._host}/_stcore/stream",
            origin=self._base,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            user_agent_header=self._agent,
            compression=None,
            max_size=None,
            open_timeout=PATIENCE_S,
            proxy=None,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        if self._socket:
            self._socket.close()

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and content of a file."""
        connection = HTTPConnection(self._host, timeout=PATIENCE_S)
        try:
            connection.request("GET", path, headers={"User-Agent": self._agent, "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def run(self, query: str) -> str:
        """Run the script on a link's query; return the title that the page gets.

        Raises:
            RuntimeError: The script did not come to its end.
        """
        if self._socket is None:
            raise RuntimeError("the session is not open")
        tab = Tab(query)
        self._socket.send(tab.ask())
        while not tab.hear(self._socket.recv(PATIENCE_S)):  # type: ignore[arg-type]
            pass
        return tab.title


def open_page(base: str, agent: str, place: tuple[str, str], files: Sequence[str]) -> tuple[float, int]:
    """Do what a browser does to open a link to a place, by id and name; return the seconds it took.

    A browser whose connection is cut connects again by itself, and so does this; how often is returned too.

    Raises:
        RuntimeError: Some part of it failed, or another place came.
        OSError: The server could not be reached.
        ConnectionClosed: The connection was cut `MOST_CUTS` times.
    """
    began = time.monotonic()
    visitor = Visitor(base, agent)
    for path in FIRST:
        _expect(visitor, path)
    cuts = 0
    while True:
        try:
            with visitor:
                title = visitor.run(f"place={place[0]}&lang=es")
            break
        except ConnectionClosed:
            cuts += 1
            if cuts == MOST_CUTS:
                raise
    if place[1] not in title:
        raise RuntimeError(f"{title!r} instead of {place[1]!r}")
    for path in (FRAME, *files):
        _expect(visitor, path)
    return time.monotonic() - began, cuts


def _expect(visitor: Visitor, path: str) -> None:
    status, _, _ = visitor.get(path)
    if status != 200:  # noqa: PLR2004 - HTTP's OK
        raise RuntimeError(f"{status} for {path}")

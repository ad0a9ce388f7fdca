"""A reader without a browser: it asks for all that a page needs, opens a session and runs the script in it."""

import time
from collections.abc import Sequence
from http.client import HTTPConnection
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 60.0
MOST_CUTS = 3
FIRST = ("/", "/_stcore/health", "/_stcore/host-config")
FRAME = "/component/streamlit_folium.st_folium/index.html"


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
        message = BackMsg()
        message.rerun_script.query_string = query
        self._socket.send(message.SerializeToString())
        title = ""
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self._socket.recv(PATIENCE_S))  # type: ignore[arg-type]
            kind = answer.WhichOneof("type")
            if kind == "page_config_changed":
                title = answer.page_config_changed.title or title
            elif kind == "script_finished":
                if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"the script ended with {answer.script_finished}")
                return title


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

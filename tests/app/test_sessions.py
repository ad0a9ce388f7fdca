"""Sessions in a real runtime: a closed one releases its memory, and rarely used modules are not loaded at start."""

import asyncio
import gc
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.caching.storage.local_disk_cache_storage import LocalDiskCacheStorageManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.session_manager import SessionClient
from streamlit.runtime.state import SessionState

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import ViewState

SCRIPT_THREAD = "ScriptRunner.scriptThread"  # as Streamlit names it
HELD = (AppSession, ScriptRunner, SessionState, PageContext, ViewState)


class Browser(SessionClient):
    """What the server sends to."""

    def __init__(self) -> None:
        self.title = self.query = self.panel = self.fragment = ""

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        assert not msg.delta.new_element.HasField("exception")
        self.title = msg.page_config_changed.title or self.title
        self.query = msg.page_info_changed.query_string or self.query
        component = msg.delta.new_element.bidi_component
        if component.id.endswith("-panel"):
            self.panel, self.fragment = component.id, msg.delta.fragment_id


class Server:
    """Streamlit's runtime as the server has it, without the network."""

    def __init__(self, script: str) -> None:
        self.storage = MemorySessionStorage()
        self.runtime = Runtime(
            RuntimeConfig(
                script_path=script,
                media_file_storage=MemoryMediaFileStorage("/media"),
                uploaded_file_manager=MemoryUploadedFileManager("/upload"),
                cache_storage_manager=LocalDiskCacheStorageManager(),
                is_hello=False,
                session_storage=self.storage,
            )
        )

    async def visit(self, place: str) -> None:
        """Open the page, click on a link in the panel, and leave."""
        browser = Browser()
        session = self.runtime.connect_session(browser, {})
        await self._run(session, BackMsg(), track=True)
        click = BackMsg()
        click.rerun_script.fragment_id = browser.fragment
        state = click.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{browser.panel}__events"
        state.json_trigger_value = json.dumps([{"event": "go", "value": f"?place={place}"}])
        await self._run(session, click)
        assert f"place={place}" in browser.query
        self.runtime.disconnect_session(session)

    async def _run(self, session_id: str, message: BackMsg, *, track: bool = False) -> None:
        session = self.runtime.get_app_session(session_id)
        assert session is not None
        if track:
            session.track_settling()
        message.rerun_script.SetInParent()
        self.runtime.handle_backmsg(session_id, message)
        await session.wait_until_settled()

    def held(self) -> dict[str, int]:
        """Return how many of each are alive once Streamlit has forgotten who left."""
        self.storage._cache.clear()
        for thread in threading.enumerate():
            if thread.name == SCRIPT_THREAD:  # a script's thread ends shortly after its session is settled
                thread.join(60)
        gc.collect()
        counted = Counter(type(one) for one in gc.get_objects())
        return {kind.__name__: counted[kind] for kind in HELD}


@pytest.fixture
def serve(script: str) -> Callable[[], Server]:
    """Return a function that makes the server; it must be called where an event loop runs."""
    return lambda: Server(script)


def test_closed_sessions_release_their_memory(serve: Callable[[], Server]) -> None:
    async def visit() -> tuple[dict[str, int], dict[str, int], int]:
        server = serve()
        await server.runtime.start()
        try:
            for place in ("PE-PUN", "PE-ICA"):  # the first loads what all share; Streamlit's loop holds the last
                await server.visit(place)
            before = server.held()
            for place in ("PE-CUS", "PE-MDD", "PE-UCA"):
                await server.visit(place)
            kept = len(server.storage.list())
            return before, server.held(), kept
        finally:
            server.runtime.stop()
            await server.runtime.stopped
            Runtime._instance = None

    before, after, kept = asyncio.run(visit())
    assert kept == 3
    assert after == before


def test_rarely_used_modules_are_not_loaded_at_start() -> None:
    code = "import sys, ocmap.app.page; print(sorted({'pyogrio', 'typst'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert run.stdout == "[]\n"

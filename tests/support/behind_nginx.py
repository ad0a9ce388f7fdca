"""The app with the headers of ``deploy/nginx.conf`` on every answer, as readers get it: ``streamlit run``."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from ocmap.app.server import Server
from tests.support.nginx import headers

ROOT = Path(__file__).parents[2]


class AddHeaders:
    """Add the headers to what an app answers over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                query = scope["query_string"].decode("latin-1")
                MutableHeaders(scope=message).update(headers(f"http://localhost{scope['path']}?{query}"))
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


server = Server(ROOT / "geodata")
app = App(
    ROOT / "app.py",
    routes=server.routes(),
    middleware=[Middleware(AddHeaders), *server.middleware()],
    lifespan=server.lifespan,
)

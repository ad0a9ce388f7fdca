"""The dashboard: ``streamlit run app.py``.

Streamlit uses this file twice. It imports it once to get ``app``, the server, and it runs it as ``__main__`` for each
reader, to draw the page.
"""

from pathlib import Path

from streamlit.starlette import App

ROOT = Path(__file__).parent

if __name__ == "__main__":
    from ocmap.app.page import show_page

    show_page(ROOT)
else:
    from ocmap.app.server import Server

    server = Server(ROOT)
    # Streamlit finds the server by reading this file, and only where it sees `App(...)` assigned to a name here.
    app = App(__file__, routes=server.routes(), middleware=server.middleware(), lifespan=server.lifespan)

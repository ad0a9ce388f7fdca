"""The dashboard: ``streamlit run app.py``, or ``ocmap serve``.

Streamlit uses this file twice. It imports it once to get ``app``, the server, and it runs it as ``__main__`` for each
reader, to draw the page.
"""

import os
from pathlib import Path

from streamlit.starlette import App

DATA = Path(os.environ.get("OCMAP_DATA") or Path(__file__).parent / "geodata")

if __name__ == "__main__":
    from ocmap.app.page import show_page

    show_page(DATA)
else:
    from ocmap.app.server import Server

    server = Server(DATA)
    # Streamlit finds the server by reading this file, and only where it sees `App(...)` assigned to a name here.
    app = App(__file__, routes=server.routes(), middleware=server.middleware(), lifespan=server.lifespan)

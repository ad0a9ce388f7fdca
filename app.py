"""Start the dashboard: ``streamlit run app.py``."""

from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

ROOT = Path(__file__).parent

if __name__ == "__main__":  # Streamlit runs this file for each reader
    from ocmap.app.page import show_page

    show_page(ROOT)
else:  # and imports it once, to serve it
    from ocmap.app.first_page import KeepHashed, index_route

    app = App(__file__, routes=[index_route(ROOT)], middleware=[Middleware(KeepHashed)])

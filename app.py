"""Start the dashboard: ``streamlit run app.py``."""

from pathlib import Path

from ocmap.ui.page import show_page

show_page(Path(__file__).parent)

"""Start the dashboard from the command line."""

import os
from pathlib import Path

from streamlit.web.cli import main

from ocmap.dataset.files import shipped_folder


def serve(data: Path | None, port: int | None) -> None:
    """Serve the dashboard until it is stopped, as ``streamlit run app.py`` does.

    Args:
        data: The folder of the data package; None for the one that comes with ocmap.
        port: None for Streamlit's own choice.
    """
    if data is not None:
        os.environ["OCMAP_DATA"] = str(data.resolve())  # read by app.py, which Streamlit runs
    options = [] if port is None else ["--server.port", str(port)]
    main(["run", str(shipped_folder() / "app.py"), *options], prog_name="ocmap serve")

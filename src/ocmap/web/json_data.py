"""Write data for the browser as JSON."""

import json
from typing import Any

Json = dict[str, Any]


def as_json(data: object) -> str:
    """Return data as compact JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

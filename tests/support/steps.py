"""Count the steps of a reader, and fail above a limit."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page


@dataclass
class Steps:
    """The clicks or taps, keys and texts of one reader on the way through a task.

    Attributes:
        limit: The most steps that the task may take; the next one fails.
        touch: Whether the reader taps instead of clicking.
        taken: What was done so far, in order.
    """

    page: Page
    limit: int
    touch: bool = False
    taken: list[str] = field(default_factory=list)

    def press(self, target: Locator) -> None:
        """Click or tap one element that the reader can see; scrolling to it is no step."""
        self.count(f"press {target}")
        if self.touch:
            target.tap()
        else:
            target.click()

    def key(self, *keys: str) -> None:
        """Press keys, each of which counts."""
        for key in keys:
            self.count(f"key {key}")
            self.page.keyboard.press(key)

    def type(self, target: Locator, text: str) -> None:
        """Write a text into a field: one step, as is the choice from a list."""
        self.count(f"type {text!r}")
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        """Choose from a native list."""
        self.count(f"choose {label!r}")
        target.select_option(label=label)

    def count(self, step: str) -> None:
        """Count a step; a test calls it for one that it takes in its own way, such as a click at a point of the map."""
        self.taken.append(step)
        assert len(self.taken) <= self.limit, f"more than {self.limit} steps:\n" + "\n".join(self.taken)

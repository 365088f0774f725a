"""Colours by role, as the theme files name them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QPalette

from readinglist.app import resources
from readinglist.domain.paper import Status

CHIP_SHARE = 0.14  # how much of a tag's hue is in its chip: enough to tell them apart, little enough to read on
DISABLED_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme.

    Attributes:
        name: For people.
        roles: Role to colour; the same roles in every theme.
    """

    name: str
    is_dark: bool
    roles: Mapping[str, QColor]

    def __getitem__(self, role: str) -> QColor:
        return QColor(self.roles[role])  # a copy: whoever makes it fainter does so for itself

    def mix(self, role: str, ground: str, share: float) -> QColor:
        """Return the colour between two roles: `share` of the first (0 to 1), the rest of the second."""
        return mix(self.roles[role], self.roles[ground], share)

    def tag_fill(self, key: str) -> QColor:
        """Return the background of a tag's chip."""
        return self.mix(f"tag-{key}", "raised", CHIP_SHARE)


def mix(over: QColor, under: QColor, share: float) -> QColor:
    """Return `share` of one colour (0 to 1) in another."""
    pairs = zip(over.getRgb()[:3], under.getRgb()[:3], strict=True)  # type: ignore[index]  # stubs: object
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


@cache
def load_palette(name: str) -> Palette:
    """Read a theme file.

    Args:
        name: `light` or `dark`.
    """
    content = tomllib.loads(resources.read_text(f"themes/{name}.toml"))
    groups = [group for group in content.values() if isinstance(group, dict)]
    roles = {role: QColor(value) for group in groups for role, value in group.items()}
    return Palette(name=content["name"], is_dark=content["is_dark"], roles=roles)


class _Current:
    """Which theme is shown; one process has one window theme, as it has one QApplication."""

    name = "light"


def use(name: str) -> None:
    """Make a theme the current one; `switch.apply` is what others call."""
    _Current.name = name


def colors() -> Palette:
    """Return the colours shown now."""
    return load_palette(_Current.name)


def color(role: str) -> QColor:
    """Return the colour of a role in the theme shown now."""
    return colors()[role]


def status_color(status: Status) -> QColor:
    """Return a status's hue; readable as text on paper, raised and chosen."""
    return colors()[f"status-{status.value}"]


def tag_color(key: str) -> QColor:
    """Return a tag colour's hue; an unknown key is shown as gray."""
    palette = colors()
    role = f"tag-{key}"
    return palette[role if role in palette.roles else "tag-gray"]


def tag_fill(key: str) -> QColor:
    """Return the background of a chip; an unknown key is shown as gray."""
    palette = colors()
    return palette.tag_fill(key if f"tag-{key}" in palette.roles else "gray")


def build_qpalette(palette: Palette) -> QPalette:
    """Translate roles into Qt's, so that whatever the style sheet leaves out looks the same."""
    role = QPalette.ColorRole
    table = {
        role.Window: "paper",
        role.WindowText: "ink",
        role.Base: "raised",
        role.AlternateBase: "paper",
        role.Text: "ink",
        role.Button: "raised",
        role.ButtonText: "ink",
        role.BrightText: "danger",
        role.Highlight: "accent",
        role.HighlightedText: "accent-ink",
        role.ToolTipBase: "raised",
        role.ToolTipText: "ink",
        role.PlaceholderText: "ink-faint",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "raised",
        role.Midlight: "hover",
        role.Mid: "line",
        role.Dark: "line-strong",
        role.Shadow: "line-strong",
        role.Accent: "accent",
    }
    made = QPalette()
    for which, name in table.items():
        made.setColor(which, palette[name])
    disabled = palette.mix("ink", "paper", DISABLED_SHARE)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, disabled)
    return made

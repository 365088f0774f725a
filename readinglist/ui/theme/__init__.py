"""How the window looks: colours by role, type, spacing and icons, for every pane and dialog.

Everything a widget needs is here; no colour, font size or gap is written anywhere else.

    from readinglist.ui import theme

    theme.color("ink-soft")             QColor of a role; the roles stand in resources/themes/light.toml
    theme.status_color(Status.READ)     the hue of a status; always beside its word, never alone
    theme.tag_color("teal")             the hue of a tag colour (also its text colour)
    theme.tag_fill("teal")              the background of a chip of that colour
    theme.colors()                      the whole Palette: `.is_dark`, `palette["ink"]`, `.mix(a, b, share)`
    theme.icon("star")                  a QIcon that follows the theme by itself; 16 and 20 px; ICON_NAMES lists them
    theme.icon("bin", "danger")         the same in the colour of another role
    theme.font("title")                 QFont: heading 18, title 15, strong 13, body 13, secondary 12, small 11
    theme.XS, S, M, L, XL               gaps of 4, 8 (label to field), 12 (inside cards), 16 (between groups) and 24 px
    theme.LINE_HEIGHT                   1.45, for running text
    theme.notifier().changed            signal without arguments: the colours are others now; repaint what you painted

    theme.apply(application, "system")  once at the start; "light" and "dark" override the system; switches live

Style sheet roles, set with `theme.set_role(widget, "...")`:
    QLabel          heading, title, strong, secondary, faint, danger, warning, success
    QPushButton     primary (one for each dialog or empty state), flat, danger
    QFrame/QWidget  card (raised, with an edge), sunken, paper, line (a hairline), notice (a soft band)
"""

from readinglist.ui.theme.icons import ICON_NAMES, icon
from readinglist.ui.theme.metrics import ICON, ICON_LARGE, LINE_HEIGHT, RADIUS, XL, XS, L, M, S, font
from readinglist.ui.theme.palette import Palette, color, colors, status_color, tag_color, tag_fill
from readinglist.ui.theme.switch import apply, notifier, set_role

__all__ = [
    "ICON",
    "ICON_LARGE",
    "ICON_NAMES",
    "LINE_HEIGHT",
    "RADIUS",
    "XL",
    "XS",
    "L",
    "M",
    "Palette",
    "S",
    "apply",
    "color",
    "colors",
    "font",
    "icon",
    "notifier",
    "set_role",
    "status_color",
    "tag_color",
    "tag_fill",
]

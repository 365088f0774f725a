"""Both themes must be readable, complete and switchable while the window is open."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import Status
from readinglist.ui import theme
from readinglist.ui.theme.metrics import FONT_SIZES_PX
from readinglist.ui.theme.palette import load_palette

TAGS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "gray")
GROUNDS = ("paper", "raised", "sunken", "chosen", "hover")
HIGHLIGHTS = tuple(f"highlight-{name}" for name in ("yellow", "green", "blue", "pink", "purple"))
TEXT = ("ink", "ink-soft", "ink-faint", "accent", "danger", "warning", "success")


def luminance(color: QColor) -> float:
    """Relative luminance. Source: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_every_ground(name: str) -> None:
    palette = load_palette(name)
    text = [*TEXT, *(f"status-{status.value}" for status in Status)]
    pairs = {(over, under): contrast(palette[over], palette[under]) for over in text for under in GROUNDS}
    pairs |= {(over, "accent"): contrast(palette["accent-ink"], palette["accent"]) for over in ("accent-ink",)}
    pairs |= {("ink", under): contrast(palette["ink"], palette[under]) for under in HIGHLIGHTS}
    assert not {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_tags_are_readable_on_their_chips_and_in_the_sidebar(name: str) -> None:
    palette = load_palette(name)
    grounds = {tag: [palette.tag_fill(tag), *(palette[ground] for ground in GROUNDS)] for tag in TAGS}
    ratios = {tag: min(contrast(palette[f"tag-{tag}"], ground) for ground in grounds[tag]) for tag in TAGS}
    assert not {tag: round(ratio, 2) for tag, ratio in ratios.items() if ratio < 4.5}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_of_controls_stand_out_three_to_one(name: str) -> None:
    palette = load_palette(name)
    ratios = {
        (over, under): contrast(palette[over], palette[under])
        for over in ("line-strong", "accent")
        for under in ("paper", "raised", "sunken")
    }
    assert not {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 3}


def test_both_themes_name_the_same_roles_and_the_hues_differ() -> None:
    light, dark = load_palette("light"), load_palette("dark")
    assert light.roles.keys() == dark.roles.keys()
    assert dark.is_dark
    assert not light.is_dark
    for palette in (light, dark):
        assert all(color.isValid() for color in palette.roles.values())
        assert len({palette[f"status-{status.value}"].name() for status in Status}) == len(Status)
        assert len({palette[f"tag-{tag}"].name() for tag in TAGS}) == len(TAGS)


def test_no_type_is_smaller_than_eleven_pixels() -> None:
    assert min(FONT_SIZES_PX.values()) >= 11
    assert theme.font("title").pixelSize() == 15


def test_every_icon_exists_and_is_drawn_in_the_colour_of_its_role(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    for name in theme.ICON_NAMES:
        image = theme.icon(name, "danger").pixmap(20, 20).toImage()
        pixels = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
        inked = max(pixels, key=lambda pixel: pixel.alpha())
        assert inked.alpha() > 100, name
        assert abs(inked.red() - theme.color("danger").red()) < 6, name


def test_icons_are_drawn_anew_for_fine_screens(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    pixmap = theme.icon("star").pixmap(QSize(16, 16), 2.0)
    assert pixmap.width() == 32
    assert pixmap.devicePixelRatio() == 2.0


def test_switching_tells_listeners_and_recolours_icons(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    icon = theme.icon("bin", "danger")
    label = QLabel("A title")
    qtbot.addWidget(label)
    theme.set_role(label, "title")
    with qtbot.waitSignal(theme.notifier().changed):
        theme.apply(qapp, "dark")
    assert theme.colors().is_dark
    assert label.palette().windowText().color() == theme.color("ink")
    image = icon.pixmap(16, 16).toImage()
    hues = {
        image.pixelColor(x, y).name() for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() == 255
    }
    assert hues <= {theme.color("danger").name()}
    theme.apply(qapp, "light")


def test_unknown_tag_colours_are_shown_as_gray(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert theme.tag_color("mauve") == theme.tag_color("gray")
    assert theme.tag_fill("mauve") == theme.tag_fill("gray")


MAKERS: tuple[Callable[[], QColor], ...] = (
    lambda: theme.color("accent"),
    lambda: theme.tag_color("none"),
    lambda: theme.status_color(Status.READ),
)


@pytest.mark.parametrize("make", MAKERS)
def test_a_colour_that_is_made_fainter_somewhere_stays_as_it_is_elsewhere(make: Callable[[], QColor]) -> None:
    faint = make()
    faint.setAlphaF(0.1)
    assert make().alphaF() == 1

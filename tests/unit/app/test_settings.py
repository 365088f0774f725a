from typing import Any

import pytest

from readinglist.app import settings
from readinglist.app.setting import AnySetting, Kind
from readinglist.app.settings import ALL, get_setting
from readinglist.domain.errors import UserError


@pytest.mark.parametrize("setting", ALL, ids=lambda one: str(one.key))
def test_each_setting_is_declared_whole(setting: AnySetting) -> None:
    section, _, name = setting.key.partition(".")
    assert section
    assert name
    assert "." not in name
    assert setting.check(setting.default) == setting.default
    assert setting.parse(setting.words(setting.default) if setting.default != "" else "") == setting.default
    assert setting.label == setting.label.strip()
    assert not setting.label.endswith(".")
    assert setting.help.endswith(".")
    assert setting.since
    assert (setting.kind is Kind.CHOICE) == bool(setting.choices)
    assert (setting.kind is Kind.NUMBER) == (setting.maximum > setting.minimum)


def test_keys_are_unique() -> None:
    assert len({setting.key for setting in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (settings.INDEX_AUTOMATICALLY, "Off", False),
        (settings.INDEX_AUTOMATICALLY, "yes", True),
        (settings.IDLE_MINUTES, " 30 ", 30),
        (settings.THEME, "DARK", "dark"),
        (settings.MODEL, "owner/Model-Name", "owner/Model-Name"),
        (settings.LIBRARY_FOLDER, "~/Papers", "~/Papers"),
    ],
)
def test_values_are_read_as_people_write_them(setting: AnySetting, text: str, value: object) -> None:
    assert setting.parse(text) == value


@pytest.mark.parametrize(
    ("setting", "text", "words"),
    [
        (settings.INDEX_AUTOMATICALLY, "maybe", "cannot be maybe: it is on or off"),
        (settings.IDLE_MINUTES, "0", "a whole number from 1 to 240"),
        (settings.IDLE_MINUTES, "ten", "cannot be ten"),
        (settings.IDLE_MINUTES, "-5", "cannot be -5"),
        (settings.THEME, "pink", "it is system, light or dark"),
        (settings.MODEL, "two\nlines", "a text on one line"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(setting: AnySetting, text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        setting.parse(text)


@pytest.mark.parametrize("value", [1, "on", None, 1.0, [True]])
def test_a_value_of_another_type_is_refused(value: Any) -> None:
    with pytest.raises(UserError):
        settings.INDEX_AUTOMATICALLY.check(value)


def test_true_is_no_number() -> None:
    with pytest.raises(UserError):
        settings.IDLE_MINUTES.check(True)


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(UserError, match=r"no setting “look\.them”.*look\.theme"):
        get_setting("look.them")
    assert get_setting(" LOOK.theme ") is settings.THEME

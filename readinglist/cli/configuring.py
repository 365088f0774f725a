"""`config`: show and change settings; `links`: what opens links to papers. Neither needs a library."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from readinglist.app.links import Links, Opener
from readinglist.app.paths import Paths
from readinglist.app.setting import AnySetting
from readinglist.app.settings import ALL, OPENS_LINKS, get_setting
from readinglist.app.settings_store import SettingsStore
from readinglist.cli.session import Session
from readinglist.cli.tables import Column, render_table
from readinglist.domain.errors import UserError

COLUMNS = (
    Column(heading="Setting"),
    Column(heading="Value", least=10),
    Column(heading="Default", least=8),
    Column(heading="What it is", least=24),
)
OPENERS: Mapping[Opener, str] = {
    Opener.US: "Links to papers open this program.",
    Opener.ANOTHER: "Links to papers open another program. “readinglist links on” lets this one open them.",
    Opener.NOBODY: "Nothing opens links to papers. “readinglist links on” lets this program open them.",
    Opener.BUNDLE: "On a Mac the installed program opens links to papers; there is nothing to change.",
}


def configure(session: Session) -> int:
    """Run `config`."""
    options = session.options
    store = SettingsStore(Paths.of(session.environment).settings_file)
    for problem in store.problems:
        session.terminal.say(problem)
    if options.key is None:
        if options.reset:
            message = "Say which setting goes back to its default."
            raise UserError(message)
        return _list_all(session, store)
    setting = get_setting(options.key)
    if options.reset and options.value is not None:
        message = "A setting is either given a value or reset."
        raise UserError(message)
    if options.reset:
        store.reset(setting)
    elif options.value is not None:
        store.set(setting, setting.parse(options.value))
        if setting.needs_restart:
            session.terminal.say("An open window uses it from its next start on.")
    if session.terminal.is_json:
        session.terminal.print_json(_facts(setting, store))
    else:
        session.terminal.print(setting.words(store.get(setting)) if store.get(setting) != "" else "")
    return 0


def open_links(session: Session, links: Links | None = None) -> int:
    """Run `links`.

    Args:
        session: Its `--library` is the one whose papers links open.
        links: None takes those of this system.
    """
    options, terminal = session.options, session.terminal
    links = links or Links.of_system(session.environment)
    if options.choice is not None:
        is_wanted = options.choice == "on"
        if is_wanted:
            links.take(Path(options.library).expanduser().absolute() if options.library else None)
        else:
            links.give_back()
        SettingsStore(Paths.of(session.environment).settings_file).set(OPENS_LINKS, is_wanted)
    opener = links.opener()
    if terminal.is_json:
        terminal.print_json({"opener": opener.name.lower()})
    else:
        terminal.print(OPENERS[opener])
    return 0


def _list_all(session: Session, store: SettingsStore) -> int:
    terminal = session.terminal
    if terminal.is_json:
        terminal.print_json([_facts(setting, store) for setting in ALL])
        return 0
    rows = [
        (one.key, one.words(store.get(one)), one.words(one.default) if store.is_set(one) else "", one.label)
        for one in ALL
    ]
    heading, lines = render_table(COLUMNS, rows, terminal.width)
    terminal.print(terminal.bold(heading))
    for line in lines:
        terminal.print(line)
    terminal.say(f"Kept in {store.path}")
    return 0


def _facts(setting: AnySetting, store: SettingsStore) -> dict[str, Any]:
    return {
        "key": setting.key,
        "value": store.get(setting),
        "default": setting.default,
        "is_set": store.is_set(setting),
        "label": setting.label,
        "help": setting.help,
        "range": setting.range_words(),
        "needs_restart": setting.needs_restart,
    }

"""The window's half of the start: the application object, the window, the end in its right order."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from readinglist import __version__
from readinglist.app import bootstrap, resources
from readinglist.app.arguments import Options
from readinglist.app.crash import CrashWatch, find_earlier_crash
from readinglist.app.logs import RecentLines, start_logging, stop_logging
from readinglist.app.setting import AnySetting
from readinglist.app.settings import BACKUP_INTERVAL_DAYS, BACKUPS_KEPT, OPENS_LINKS, THEME
from readinglist.app.workspace import Workspace
from readinglist.domain.errors import ReadingListError
from readinglist.domain.paper_address import is_paper_address
from readinglist.services.jobs import JobContext, Lane
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge, MainThreadGarbage, favour_main_thread
from readinglist.ui.instance import SingleInstance
from readinglist.ui.main_window import MainWindow
from readinglist.ui.widgets.application import Application
from readinglist.ui.widgets.turns import Turns

log = logging.getLogger(__name__)


def run(options: Options) -> int:
    """Open the window and stay until it is closed.

    Args:
        options: `files` are offered for import; links to papers are followed.

    Returns:
        The exit code of the process.
    """
    application = _application()
    try:
        return _run(application, options)
    except ReadingListError as error:
        log.warning("the window could not be opened: %s %s", error.message, error.detail)
        _show_failure(error.message)
        return error.exit_code


def _run(application: QApplication, options: Options) -> int:
    places = bootstrap.find_places(options.library)
    recent = start_logging(places.paths.log_folder, role="window", is_verbose=options.verbose)
    try:
        theme.apply(application, places.settings.get(THEME))
        instance = SingleInstance(places.library, application)
        if not instance.claim(_files_of(options)):
            return 0
        return _show_window(application, options, places, instance, recent)
    finally:
        stop_logging()


def _files_of(options: Options) -> list[str]:
    return [name if is_paper_address(name) else str(Path(name).absolute()) for name in options.files]


def _show_window(
    application: QApplication,
    options: Options,
    places: bootstrap.Places,
    instance: SingleInstance,
    recent: RecentLines,
) -> int:
    """Open the library and its window, and end everything when that is closed."""
    files = _files_of(options)
    earlier_crash = find_earlier_crash(places.paths.log_folder)
    workspace = _open_library(places)
    favour_main_thread()
    garbage = MainThreadGarbage(application)
    bridge = Bridge(workspace.jobs, workspace.events, application)
    window = MainWindow(workspace, bridge)
    crashes = Crashes(window, bridge)
    facts = {"Library": str(places.library)}
    watch = CrashWatch(places.paths.log_folder, show=crashes.report, recent_lines=recent.text, facts=facts)
    instance.files_came.connect(lambda names: _welcome_again(window, names))
    pieces = [
        instance.listen,
        *_beginning_of_work(workspace, bridge),
        lambda: _follow_settings_file(window, workspace, bridge),
        lambda: _keep_links(workspace, bridge, options),
        *([lambda: crashes.show(earlier_crash)] if earlier_crash else []),
        lambda: _offer(window, files),
    ]
    window.painted.connect(lambda: Turns(window, pieces))
    window.show_library()
    exit_code = application.exec()
    _shut_down(window, bridge, workspace, instance)
    watch.close()
    garbage.close()
    return exit_code


def _open_library(places: bootstrap.Places) -> Workspace:
    if not bootstrap.wants_upgrade(places):
        return bootstrap.open_workspace(places)
    from readinglist.ui.dialogs.preparing import run_with_sheet

    return run_with_sheet(lambda: bootstrap.open_workspace(places))


def _beginning_of_work(workspace: Workspace, bridge: Bridge) -> Sequence[Callable[[], object]]:
    """Return the beginnings of what can wait until the reader sees the list."""
    settings = workspace.settings

    def tell_problems() -> None:
        for problem in settings.problems:
            bridge.tell(problem, is_error=True)

    def back_up(_context: JobContext) -> None:
        interval_days, kept = settings.get(BACKUP_INTERVAL_DAYS), settings.get(BACKUPS_KEPT)
        workspace.maintenance.back_up_if_due(interval_days=interval_days, kept=kept)

    def read_papers() -> None:
        workspace.indexing.start()

    def read_pages() -> None:
        workspace.page_texts.start()

    # Not on the lane of the library: a backup only reads, and the reader's changes must not wait for it.
    return (tell_problems, lambda: bridge.run(back_up, lane=Lane.COMPUTE), read_papers, read_pages)


def _follow_settings_file(window: MainWindow, workspace: Workspace, bridge: Bridge) -> None:
    from readinglist.ui.handlers.settings_file import SettingsFile

    SettingsFile(workspace.settings, lambda problem: bridge.tell(problem, is_error=True), window)


def _keep_links(workspace: Workspace, bridge: Bridge, options: Options) -> None:
    """Let links to papers open this program, as the setting says: when it changes, and now unless this is a trial."""
    from readinglist.app.links import Links, is_trial

    settings = workspace.settings

    def keep(_context: JobContext) -> None:
        Links.of_system().keep(is_wanted=settings.get(OPENS_LINKS))

    def hear(setting: AnySetting) -> None:
        if setting is OPENS_LINKS:
            bridge.run(keep, lane=Lane.INTERACTIVE)

    settings.subscribe(hear)
    if not is_trial(options.library, os.environ):
        bridge.run(keep, lane=Lane.COMPUTE, on_error=lambda error: log.warning("links open nothing: %s", error))


def _shut_down(window: MainWindow, bridge: Bridge, workspace: Workspace, instance: SingleInstance) -> None:
    """The one right order: timers, jobs and lanes, what they still had to say, windows, the engine, the name."""
    window.stop()
    workspace.jobs.close()
    bridge.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    workspace.close()
    instance.close()


def _application() -> QApplication:
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else Application(sys.argv[:1])
    application.setApplicationName("readinglist")
    application.setApplicationDisplayName("Reading List")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("readinglist")
    application.setWindowIcon(QIcon(str(resources.resource("icons/readinglist.png"))))
    return application


def _show_failure(message: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Critical, "Reading List", message)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setObjectName("start-failure")
    box.exec()


def _welcome_again(window: MainWindow, names: Sequence[str]) -> None:
    window.come_to_front()
    _take(window, names)


def _offer(window: MainWindow, names: Sequence[str]) -> None:
    window.handlers.imports.offer_unfinished()  # before new ones begin
    window.handlers.imports.confirm_dois()  # those that waited for a network
    window.handlers.reader.reopen(is_front_wanted=not names)
    _take(window, names)
    application = QApplication.instance()
    if isinstance(application, Application):
        application.hear(lambda names: _welcome_again(window, names))


def _take(window: MainWindow, names: Sequence[str]) -> None:
    """Offer files for import, and follow links to papers."""
    from readinglist.domain.raw import Drop

    window.offer([Drop.of_path(Path(name)) for name in names if not is_paper_address(name)])
    for address in filter(is_paper_address, names):
        window.follow(address)


class Crashes:
    """Shows reports of bugs, one at a time: a bug that repeats must not bury the window under dialogs."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        self._window = window
        self._bridge = bridge
        self._is_shown = False

    def report(self, text: str) -> None:
        """Show a report soon; callable from every thread."""
        self._bridge.post(lambda: self.show(text))

    def show(self, text: str) -> None:
        """Show a report, unless one is shown already; on the main thread."""
        if self._is_shown:
            return
        self._is_shown = True
        from readinglist.ui.dialogs.crash import CrashDialog

        dialog = CrashDialog(text, self._window)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self._is_shown = False

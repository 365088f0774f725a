"""A link of an export, opened by the system: it finds the program that registered itself, and the open window."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.command_line import Shell, write_listing
from tests.helpers.reading import make_paper
from tests.helpers.xserver import Screen, program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

OPENER = "gio"


@pytest.mark.skipif(shutil.which(OPENER) is None, reason=f"this machine has no {OPENER} that opens links")
def test_a_link_opens_its_paper_once_links_are_turned_on(screen: Screen, tmp_path: Path) -> None:
    shell = Shell(tmp_path / "library", Path(os.environ["READINGLIST_CONFIG"]))
    shell.run("config", "similar.index_automatically", "off")
    shell.run("import", write_listing(tmp_path / "listing.json"))
    paper = shell.ids("status:inbox")[3]
    shell.run("pdf", "attach", str(paper), make_paper(tmp_path / "paper.pdf"))
    link = [OPENER, "open", f"readinglist://paper/{paper}?page=3"]
    variables = {**os.environ, "DISPLAY": screen.display}
    assert subprocess.run(link, env=variables, capture_output=True, timeout=30, check=False).returncode != 0
    shell.run("--library", shell.folder, "links", "on")
    with program(screen, shell.folder, geometry="1280x800"):
        screen.wait_until_still("900x600+300+140")
        subprocess.run(link, env=variables, timeout=30, check=True)
        wait_until(lambda: shell.ids("status:reading") == [paper], what="the paper to be opened")
    shell.run("links", "off")
    assert subprocess.run(link, env=variables, capture_output=True, timeout=30, check=False).returncode != 0

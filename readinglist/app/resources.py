"""Where the program's own files lie: in the repository while developing, inside the package once installed."""

from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """Return the folder of themes, icons and help."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def read_text(name: str) -> str:
    """Read a file by its path below the folder, such as `themes/light.toml`."""
    return (folder() / name).read_text(encoding="utf-8")

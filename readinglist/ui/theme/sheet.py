"""The one style sheet: what Fusion draws too grey or too heavy, said again in the theme's colours."""

from string import Template

from readinglist.ui.theme.metrics import FONT_SIZES_PX, RADIUS
from readinglist.ui.theme.palette import Palette

SHEET = Template("""
QMainWindow, QDialog, QMessageBox { background: $paper; }
QDialog#palette { border: 1px solid $line_strong; }
QWidget[role="paper"], QScrollArea[role="paper"] { background: $paper; }
QWidget[role="sunken"] { background: $sunken; }
QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="notice"] { background: $notice; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; color: $ink; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; color: $ink; }
QLabel[role="strong"] { font-weight: 600; color: $ink; }
QLabel[role="secondary"] { font-size: ${secondary}px; color: $ink_soft; }
QLabel[role="faint"] { font-size: ${secondary}px; color: $ink_faint; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="success"] { color: $success; }

QToolTip { background: $raised; color: $ink; border: 1px solid $line_strong; padding: 4px 6px; }

QPushButton { background: $raised; color: $ink; border: 1px solid $line_strong; border-radius: ${radius}px;
    padding: 5px 12px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $chosen; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled { color: $disabled; border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $accent_ink; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; }
QPushButton[role="primary"]:disabled { background: $line; color: $disabled; border-color: $line; }
QPushButton[role="danger"] { color: $danger; border-color: $danger; }
QPushButton[role="flat"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[role="flat"]:hover { background: $hover; }
QPushButton[role="flat"]:focus { border-color: $accent; }
QPushButton[compact="true"] { padding: 2px 8px; }
QPushButton[compact="true"]:focus { padding: 1px 7px; }
QPushButton[role="flat"][compact="true"] { padding: 2px 0; text-align: left; }
QPushButton[role="flat"][compact="true"]:focus { border: 1px solid $accent; }

QToolButton { background: transparent; color: $ink; border: 1px solid transparent; border-radius: ${radius}px;
    padding: 4px; }
QToolButton:hover { background: $hover_strong; }
QToolButton:pressed, QToolButton:checked { background: $chosen; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton[hasText="true"] { padding: 4px 8px; }
QToolButton[hasText="true"][popupMode="2"] { padding-right: 20px; }
QToolButton::menu-indicator { width: 9px; subcontrol-origin: padding; subcontrol-position: right center; right: 5px; }
QToolButton[role="chip"] { background: $notice; border: 1px solid $line; border-radius: 10px; padding: 1px 6px;
    font-size: ${secondary}px; }
QToolButton[role="chip"]:hover { background: $chosen; }
QToolButton[role="chip"]:focus { border-color: $accent; }
QFrame[role="toast"] { background: $raised; border: 1px solid $line_strong; border-radius: ${radius}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QComboBox { background: $raised; color: $ink;
    border: 1px solid $line_strong; border-radius: ${radius}px; padding: 4px 6px;
    selection-background-color: $accent; selection-color: $accent_ink; }
QLineEdit, QSpinBox, QDateEdit, QComboBox { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 3px 5px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $disabled; border-color: $line; }
QComboBox { padding-right: 22px; }
QComboBox:focus { padding-right: 21px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow, QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }
QSpinBox::up-button, QSpinBox::down-button { background: transparent; border: none; width: 20px; }
QLineEdit[invalid="true"] { border-color: $danger; }
QTextBrowser[role="plain"], QTextEdit[role="plain"], QPlainTextEdit[role="plain"] { background: transparent;
    border: none; padding: 0; }

QAbstractItemView { background: $raised; color: $ink; border: 1px solid $line; outline: 0;
    selection-background-color: $chosen; selection-color: $ink; }
QAbstractItemView[role="flat"], QAbstractItemView[role="pages"] { border: none; background: $paper; }
QAbstractItemView[role="pages"]::item { padding-left: 8px; }
QAbstractItemView[role="pages"]::item:selected { background: $chosen; color: $ink; }
QAbstractItemView[role="pages"]::item:hover:!selected { background: $hover; }
QAbstractItemView[role="popup"] { border: 1px solid $line_strong; }
QAbstractItemView[role="sidebar"] { border: none; background: $sunken; }
QComboBox QAbstractItemView { border: 1px solid $line_strong; padding: 4px; }
QTreeView[role="table"]::item { padding: 5px; }
QTreeView[role="table"]::item:selected { background: $chosen; color: $ink; }
QTableView { gridline-color: $line; alternate-background-color: $raised; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $ink_soft; border: none; border-bottom: 1px solid $line;
    padding: 5px 8px; font-size: ${secondary}px; }
QHeaderView::section:hover { color: $ink; background: $hover_strong; }

QMenuBar { background: $sunken; color: $ink; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 5px 9px; background: transparent; }
QMenuBar::item:selected { background: $chosen; }
QMenu { background: $raised; color: $ink; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 8px; border-radius: 4px; }
QMenu::icon { padding-left: 6px; }
QMenu::item:selected { background: $chosen; color: $ink; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }

QToolBar { background: $sunken; border: none; border-bottom: 1px solid $line; spacing: 4px; padding: 4px 8px;
    qproperty-iconSize: 20px 20px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px 6px; }
QStatusBar { background: $sunken; color: $ink_soft; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $line_strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; color: $ink; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $line; border-radius: 2px; height: 4px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $raised; border: 2px solid $accent; border-radius: 7px; width: 10px;
    margin: -5px 0; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal:disabled { border-color: $line_strong; }
QSlider::handle:horizontal:hover { background: $chosen; }
QSlider::handle:horizontal:focus { background: $accent; border-color: $ink; }
QGroupBox { border: none; margin-top: 22px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $ink_soft; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:focus { background: $hover; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $line_strong; border-radius: 8px;
    background: $raised; }
QRadioButton::indicator:hover { background: $hover_strong; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
""")


def build_style_sheet(palette: Palette) -> str:
    """Fill the sheet with the colours of a theme."""
    names = {role.replace("-", "_"): color.name() for role, color in palette.roles.items()}
    derived = {
        "disabled": palette.mix("ink", "paper", 0.5),
        "accent_hover": palette.mix("accent", "ink", 0.85),
        "hover_strong": palette.mix("ink", "sunken", 0.07),
        "handle": palette.mix("line-strong", "paper", 0.55),
        "notice": palette.mix("accent", "raised", 0.10),
    }
    sizes = {role: str(size) for role, size in FONT_SIZES_PX.items()}
    return SHEET.substitute(names, **{name: color.name() for name, color in derived.items()}, **sizes, radius=RADIUS)

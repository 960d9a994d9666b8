"""What ``heshu`` alone says: what to type next, here and now."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from ..notation import Both, Language

_REPORTS = frozenset({".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".html", ".htm", ".xlsx", ".xls", ".ods"})
_FOLDER = "heshu-audit"
_STORE = "reports.heshu"
_FOLDERS = 50
_SEEN = 2000
"""So many entries of a folder are looked at; a greeting does not wait for a disk."""

_HEAD = Both(
    "核數 heshu：讀市政報告，核對其中的數字。",
    "heshu 核數: reads reports of city departments and checks their numbers.",
)
_NEXT = Both("接著可以輸入：", "Type next:")
_OPEN = Both("在瀏覽器中使用：拖入報告、逐項處理", "in the browser: drop reports in, go through what is found")
_OPEN_FILES = Both(
    "在瀏覽器中使用：讀入 {} 個檔案，逐項處理", "in the browser: read {} files, and go through what is found"
)
_GO_ON = Both("在瀏覽器中接著處理", "in the browser: go on where you were")
_HERE = Both("核對其中的 {} 個檔案", "check its {} files")
_ANY = Both("核對一份報告，或整個資料夾", "check a report, or a folder of them")
_NAMES = Both("報告.pdf", "report.pdf")
_EXPORT = Both("把發現寫成書面質詢（Word 檔）", "write what was found as a question for the council, for Word")
_ALL = Both("所有指令", "all commands")
_LAST = Both("上次的結果：以瀏覽器開啟 {}", "The last result: open {} in a browser")
_HOW = Both(
    "檔名或資料夾名有空格時，前後加上雙引號；也可以把檔案拖進這個視窗，路徑就會自動填上。",
    "Put names with blanks into double quotes; a file that is dragged into this window puts its path there by itself.",
)


def welcome(language: Language, commands: Container[str], here: Path) -> str:
    """The lines, for the folder in which one is; ``commands``: those that there are."""
    return "\n".join(_lines(language, commands, here))


def _lines(language: Language, commands: Container[str], here: Path) -> Iterator[str]:
    folder, count = _where(here)
    page = here / _FOLDER / "audit.html"
    told: list[tuple[str, str]] = []
    if "open" in commands:
        if (here / folder.strip('"') / _STORE).exists():
            told.append((f"heshu open {folder}", _GO_ON.of(language)))
        elif count:
            told.append((f"heshu open {folder}", _OPEN_FILES.of(language).format(count)))
        else:
            told.append(("heshu open", _OPEN.of(language)))
    if count:
        told.append((f"heshu audit {folder}", _HERE.of(language).format(count)))
    else:
        told.append((f"heshu audit {_NAMES.of(language)}", _ANY.of(language)))
    if page.exists():
        told.append((f"heshu export {_FOLDER}", _EXPORT.of(language)))
    told.append(("heshu --help", _ALL.of(language)))
    yield _HEAD.of(language)
    yield ""
    yield _NEXT.of(language)
    yield ""
    width = max(_cells(command) for command, _ in told)
    for command, meaning in told:
        yield f"  {command}{' ' * (width - _cells(command))}   {meaning}"
    yield ""
    if page.exists():
        yield _LAST.of(language).format(page.relative_to(here).as_posix())
    yield _HOW.of(language)


def _cells(text: str) -> int:
    """How wide a terminal sets a text: Chinese characters take two cells."""
    return sum(1 + (ord(each) > 0x2E7F) for each in text)


def _where(here: Path) -> tuple[str, int]:
    """Where reports lie, as it is typed, and how many: here, else in the folder in which there are most."""
    count = _reports(here)
    if count:
        return ".", count
    try:
        inside = [path for path, _ in zip(sorted(here.iterdir()), range(_SEEN), strict=False)]
        folders = [path for path in inside if path.is_dir() and not path.name.startswith((".", _FOLDER))][:_FOLDERS]
    except OSError:
        return ".", 0
    most = max(folders, key=_reports, default=None)
    if most is None or not _reports(most):
        return ".", 0
    return f'"{most.name}"' if " " in most.name else most.name, _reports(most)


def _reports(here: Path) -> int:
    """How many reports lie in a folder, by the names of its files."""
    try:
        entries = [path for path, _ in zip(here.iterdir(), range(_SEEN), strict=False)]
    except OSError:
        return 0
    return sum(path.suffix.lower() in _REPORTS and not path.name.startswith((".", "README")) for path in entries)

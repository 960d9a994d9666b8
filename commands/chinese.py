"""The command line in Traditional Chinese: what the commands say of themselves in English, and how it is told here.

A test holds that nothing is missing. ``speech`` puts these texts in the place of the English ones.
"""

from __future__ import annotations

import re

HELP: dict[str, str] = {
    # commands
    "Reads reports of city departments and checks their numbers.": "核數：讀市政報告，核對其中的數字。",
    "Check reports: what in them does not add up?": "核對報告，找出不符的數字。",
    "A summary goes to the terminal; the datasets and the audit page go into a folder.": "摘要顯示於終端機，資料檔與查核頁寫入資料夾。",
    "List the facts: who, what, how many, of which period.": "列出事實：哪個機關、什麼項目、多少、何時。",
    "List every quantity and date with its reading.": "列出每一個數量與日期及其判讀。",
    "List the arithmetic between the figures, also where it holds.": "列出數字之間的關係，相符者亦列。",
    "Indicators that run through several reports, with their values by period.": "見於多份報告的指標及其各期數值。",
    "Two reports side by side: what is new, what is gone, which figures changed.": "兩份報告並列：何者新增、何者刪去、哪些數字改列。",
    "Why the figures of one place were read as they were.": "說明一處的數字為何如此判讀。",
    "Findings as a document for the chamber: a written question or a letter, in Chinese.": "將發現寫成議會文書：書面質詢或函。",
    "List and show the checks.": "檢核：列出、說明。",
    "List the checks: code, gravest severity, why.": "列出各項檢核：代碼、最高嚴重程度、理由。",
    "Show a check: why, arithmetic, examples.": "說明一項檢核：理由、算式、例子。",
    "List, show, test and explain the rules.": "規則：列出、說明、測試。",
    "List the rules.": "列出規則。",
    "Show one rule with its examples.": "說明一條規則及其例句。",
    "Run the examples of all rules, ours and yours; status 1 where one fails.": "測試所有規則的例句，內建與自訂者皆測；有不符者，狀態碼為 1。",
    "What reads what in a sentence, and why.": "說明一句話中的數字由哪條規則判讀、理由為何。",
    "Read reports into a store, where they stay: a corrected version supersedes the earlier one.": "將報告讀入資料庫長期保存；更正版取代前一版本，兩者皆留存。",
    "Open the app in the browser: drop reports in, go through the findings, keep what was decided.": "在瀏覽器開啟本機程式：拖放報告、逐項處理發現、保存處理情形。",
    "Nothing leaves this machine.": "資料不會離開本機。",
    "A folder with reports; they are read into its store.": "存放報告的資料夾；其中的報告會讀入資料庫。",
    "The store; else reports.heshu in the folder.": "資料庫；未指定則為資料夾中的 reports.heshu。",
    "Port; 0: any that is free.": "連接埠；0 表示任一可用者。",
    "Open no browser; only say the address.": "不開啟瀏覽器，只顯示網址。",
    "The store: reports, findings and decisions.": "資料庫：報告、發現與處理情形。",
    "List the reports.": "列出報告。",
    "Show a report: what was found in it, what was decided, and how it differs from the version before it.": "說明一份報告：其中的發現、處理情形，以及與前一版本的不同。",
    "Take a report out; the version before it is in force again.": "移除一份報告；前一版本恢復效力。",
    "Write what the store holds: the files that audit writes, and what people decided and corrected.": "寫出資料庫的內容：與 audit 相同的檔案，以及人員的處理情形與更正。",
    "Write all decisions and corrections, for another store to import.": "寫出所有處理情形與更正，供另一個資料庫匯入。",
    "Take up what people decided and corrected in another store, or filled in in the workbook of an audit.": "匯入人員在另一個資料庫所作的處理與更正，或查核活頁簿中填寫的處理情形。",
    "What speaks of a report that is not there yet waits for it.": "所涉報告尚未讀入者，待其讀入後套用。",
    "What export --work has written, or the workbook of an audit, filled in.": "export --work 寫出的檔案，或已填寫的查核活頁簿。",
    "Say whether the store is whole: the file, and every report in it; status 1 where it is not.": "查驗資料庫是否完整：檔案及其中每一份報告；不完整者，狀態碼為 1。",
    "Read again what other rules or another version read, and say what is read differently.": "重新判讀由其他規則或另一版本判讀的報告，並說明何者不同。",
    # arguments and options
    "The store, one file.": "資料庫，一個檔案。",
    "Read by the rules of this folder from now on.": "今後依此資料夾的規則判讀。",
    "A report of the store, by its name or its id.": "資料庫中的報告，以名稱或代碼指定。",
    "Name the earlier versions, too.": "一併列出先前版本。",
    "Write what was accepted or dismissed as a baseline file.": "將已接受或不予追究的發現寫成基準檔。",
    "Reports, or folders of reports; - is standard input.": "報告檔，或存放報告的資料夾；- 為標準輸入。",
    "The earlier report.": "先前的報告。",
    "The later report.": "後來的報告。",
    "For people, as a page in full, or as records.": "供人閱讀，或寫成完整的網頁，或寫成紀錄。",
    "Earlier reports, or folders of them: show what the reports say against these.": "先前的報告或其資料夾：只列本次報告與其不一之處。",
    "Write to a file, or into a folder.": "寫入檔案或資料夾。",
    "Write to a file.": "寫入檔案。",
    "How the records are written.": "紀錄的格式。",
    "Processes; 0: one for each processor.": "行程數；0 表示每個處理器一個。",
    "Processes on this machine, or workers of a Dask cluster.": "由本機的行程，或 Dask 叢集的工作者執行。",
    "Dask scheduler, as tcp://host:8786; left out: a cluster on this machine.": "Dask 排程器，例如 tcp://host:8786；省略時在本機自建叢集。",
    "Language of the messages.": "訊息的語言。",
    "Folder with rules of your own (*.toml).": "自訂規則的資料夾（*.toml）。",
    "Folder with rules of your own.": "自訂規則的資料夾。",
    "The time that the report covers, in Minguo or ISO: 2024-07/2024-12.": "報告涵蓋的期間：113年下半年，或 ISO 2024-07/2024-12。",
    "When the report speaks, in Minguo or ISO: 2024-12-06.": "報告的日期：113年12月6日，或 ISO 2024-12-06。",
    "Check every report by itself, nothing across reports.": "各報告分開核對，不比對其他報告。",
    "Folder for the datasets and the audit page.": "存放資料檔與查核頁的資料夾。",
    "The mildest finding that ends the command with status 1.": "達此嚴重程度的發現，狀態碼即為 1。",
    "Begin CSV files with the mark that Excel needs.": "CSV 檔加上 Excel 所需的開頭記號。",
    "A summary for people, or annotations for GitHub's workflows.": "供人閱讀的摘要，或供 GitHub 工作流程的註記。",
    "Show findings of these checks alone.": "只列這些檢核的發現。",
    "Leave these checks out, or single findings by their ids.": "略去這些檢核，或以發現代碼略去單項發現。",
    "Leave out the findings accepted in this file.": "略去此檔所列、已接受的發現。",
    "Folder that an audit has written, its findings.jsonl, or a store.": "查核結果的資料夾、其中的 findings.jsonl，或資料庫。",
    "A written question, or a letter to the department.": "前者為書面質詢，後者為函。",
    "Format of the document.": "文件格式。",
    "Ids or numbers of the findings, as on the audit page; else all contradictions.": "發現的代碼或序號，見查核頁；未指定者為全部矛盾。",
    "The department; else the one that reports.": "質詢對象或受文者；未指定者為提出報告的機關。",
    "Who asks or writes.": "質詢人或發文者。",
    "Name of the council.": "議會名稱。",
    "What it is about, in a line.": "事由或主旨。",
    "Day of the document; else left free.": "文件日期；未指定者留空。",
    "Day by which an answer is asked for.": "請對方答覆的期限。",
    "Show what is new alone, against the folder or the findings.jsonl of an earlier audit.": "只列先前查核沒有的發現；指定其資料夾或 findings.jsonl。",
    "Only the numerals that nothing understood.": "只列未能判讀的數字。",
    "Only indicators with this text in their name.": "只列名稱含此文字的指標。",
    "Drawn, or written as records.": "繪圖，或寫成紀錄。",
    "A line (report.txt:12), or characters (report.txt:@340, :@340-352).": "行號（report.txt:12）或字元位置（report.txt:@340、:@340-352）。",
    "One kind alone: unit, mark …": "只列一類：unit、mark 等。",
    "Name of a rule, as readings carry it.": "規則名稱，如判讀結果所載。",
    "A sentence of a report.": "報告中的一句話。",
    "Say the version and end.": "顯示版本。",
    "Show this message and exit.": "顯示本說明。",
    "Show this help and exit.": "顯示本說明。",
}  # fmt: skip
"""Paragraphs and options, word for word."""

PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE | re.DOTALL), told)
    for pattern, told in (
        (
            r"\AFiles to write: all, or some of (.*); pdf: marked copies of the PDFs\.\Z",
            r"要寫出的檔案：all，或下列數種：\1；另可指定 pdf：加註發現的 PDF 副本。",
        ),
        (r"\AAccept all findings: write them to the baseline \((.*)\)\.\Z", r"接受所有發現，寫入基準檔（\1）。"),
        # the frame of a help text
        (r"^Usage: ", "用法："),
        (r"^Arguments:$", "引數："),
        (r"^Options:$", "選項："),
        (r"^Commands:$", "指令："),
        (r"^( *)Example:$", r"\1例："),
        (r"\[OPTIONS\]", "[選項]"),
        (r"COMMAND \[ARGS\]\.\.\.", "指令 [引數]…"),
        (r"\[default: ([^\]]*?)(; |\])", r"[預設：\1\2"),
        (r"([\[ ])required\]", r"\1必填]"),
        # what is wrong with a command
        (r"\ANo such option: (\S+?)(?: \(Possible options: (.*)\)| Did you mean .*)?\Z", r"沒有「\1」這個選項"),
        (r"\ANo such command '(.*?)'\.?.*\Z", r"沒有「\1」這個指令"),
        (r"\AMissing command\.?\Z", "缺少指令"),
        (r"\AMissing (?:argument|parameter) '(.*?)'\.?.*\Z", r"缺少引數「\1」"),
        (r"\AMissing option '(.*?)'\.?.*\Z", r"缺少選項「\1」"),
        (r"\AOption '(.*?)' requires (?:an argument|\d+ arguments)\.?\Z", r"選項「\1」之後須有值"),
        (r"\AOption '(.*?)' does not take a value\.?\Z", r"選項「\1」不接受值"),
        (r"\AGot unexpected extra argument(?:s|\(s\))? \((.*)\)\.?\Z", r"多出的引數：\1"),
        (r"\AInvalid value for '?(.*?)'?: (.*)\Z", r"「\1」的值不正確：\2"),
        (r"Value error, (?=')", ""),
        (r"Input should be a valid integer, unable to parse string as an integer", "須為整數"),
        (r"Input should be greater than or equal to (-?\d+)", r"須大於或等於 \1"),
        (r"'([^']*)' is not one of (.*?)\.?\Z", r"「\1」不在可用的值之中：\2"),
        (r"'?([^' ]*)'? is not a valid (?:int|integer|int range|integer range)\.?.*\Z", r"「\1」不是整數"),
        (r"'?(-?\d+)'? is not in the range (.*?)\.?\Z", r"\1 不在範圍 \2 之內"),
    )
)
"""What has something in it that differs from time to time."""


def chinese(text: str) -> str:
    """A text of the command line in Chinese; what is not known stays as it is."""
    if text in HELP:
        return HELP[text]
    for pattern, told in PATTERNS:
        text = pattern.sub(told, text)
    return text

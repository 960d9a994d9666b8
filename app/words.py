"""What the app says beyond what the audit page says."""

from __future__ import annotations

from ..notation import Both

DECISIONS: dict[str, Both] = {
    "accepted": Both("接受", "accepted"),
    "dismissed": Both("不予追究", "dismissed"),
    "asked": Both("已質詢", "asked"),
}
STATES: dict[str, Both] = {
    "open": Both("待處理", "open"),
    **DECISIONS,
    "all": Both("全部", "all"),
}
BECAME: dict[str, Both] = {
    "new": Both("新增", "new"),
    "version": Both("更正版", "corrected"),
    "known": Both("已在資料庫中", "in the store already"),
    "failed": Both("未能讀入", "not read"),
    "work": Both("已匯入處理情形與更正", "decisions and corrections taken up"),
}
CHANGES: dict[str, Both] = {
    "new": Both("新增", "new"),
    "gone": Both("不再列出", "gone"),
    "changed": Both("不同", "changed"),
}
DIFFERENCES: dict[str, Both] = {
    "figure": Both("數字改列", "figure changed"),
    "wording": Both("文字改寫", "worded otherwise"),
    "new": Both("新增段落", "new passage"),
    "gone": Both("刪去段落", "passage gone"),
}
RUNS: dict[str, Both] = {
    "ingest": Both("讀入報告", "reports read"),
    "upgrade": Both("重新判讀", "read again"),
    "remove": Both("移除報告", "report removed"),
    "settle": Both("核對", "checked"),
    "correct": Both("更正判讀", "reading corrected"),
    "work": Both("匯入處理情形與更正", "decisions and corrections taken up"),
}
WRONG: dict[str, Both] = {
    "value": Both("數值須為數字", "the value must be a number"),
    "role": Both("沒有這種性質", "there is no such role"),
    "period": Both(
        "期間請寫如 113年、113年7月 或 2024-07/2024-12", "write the period as 113年, 113年7月 or 2024-07/2024-12"
    ),
    "date": Both(
        "日期請寫如 113年7月5日 或 2024-07-05；數字沒有日期，日期沒有數值",
        "write the date as 113年7月5日 or 2024-07-05; a figure has no date, and a date no value",
    ),
    "figures": Both("請先指定數字", "name the figures first"),
}
"""What is wrong with a correction."""
SERIES_ORDERS: dict[str, Both] = {
    "reports": Both("報告多者在前", "most reports"),
    "restated": Both("改列多者在前", "most restated"),
    "name": Both("名稱", "name"),
}
FIELDS: dict[str, Both] = {
    "value": Both("數值", "Value"),
    "unit": Both("單位", "Unit"),
    "role": Both("性質", "Role"),
    "period": Both("期間", "Period"),
    "indicator": Both("指標", "Indicator"),
    "date": Both("日期", "Date"),
}
FACT: dict[str, Both] = {
    "value_text": Both("數值", "value"),
    "value_max_text": Both("上限", "upper end"),
    "unit": Both("單位", "unit"),
    "bound": Both("界限", "bound"),
    "role": Both("性質", "role"),
    "state": Both("狀態", "state"),
    "sign": Both("增減", "sign"),
    "period": Both("期間", "period"),
    "as_of": Both("報告時間", "told in"),
    "indicator": Both("指標", "indicator"),
    "category": Both("類別", "category"),
    "agency": Both("機關", "agency"),
}
"""What of a fact may be another after a run."""
SCRIPT: dict[str, Both] = {
    "reading": Both("讀取中：{now}（{done}／{waiting}）", "Reading {now} ({done} of {waiting})"),
    "comparing": Both("與其他報告核對中…", "Checking against the other reports …"),
    "ready": Both("完成，共 {done} 份", "Done: {done}"),
    "reason": Both("理由（不予追究須附理由）", "Reason (needed to dismiss a finding)"),
    "kept": Both("已記下：{what}", "Kept: {what}"),
    "undone": Both("已復原為待處理", "Open again"),
    "failed": Both("未能存入：{why}", "Not kept: {why}"),
    "ended": Both("本機程式沒有回應；請重新執行 heshu open", "the app does not answer; start heshu open again"),
    "differences": Both("{n} 處不同", "{n} differences"),
    "supersedes": Both("取代 {name}", "supersedes {name}"),
    "correct": Both("更正判讀", "Correct the reading"),
    "none": Both("這不是數量", "This is no quantity"),
    "nodate": Both("這不是日期", "This is no date"),
    "series": Both("各期數值", "Over time"),
    "missed": Both("漏讀的數字或日期", "A figure or a date that was not read"),
    "save": Both("存入並重新核對", "Keep and check again"),
    "untie": Both("這些數字無關", "These have nothing to do with each other"),
    "result": Both("作為結果", "as the result"),
    "plus": Both("加項 +", "term +"),
    "minus": Both("減項 −", "term −"),
    "tie": Both("自訂關係：", "A tie of your own: "),
    "sum": Both("合計", "sum"),
    "same": Both("同一事項", "same thing"),
    "ratio": Both("比率", "rate"),
    "clear": Both("清除", "Clear"),
    "nothing": Both("已存入，發現沒有變動", "Kept; no finding changed"),
    "new": Both("新增：{what}", "New: {what}"),
    "gone": Both("不再列出：{what}", "Gone: {what}"),
    "picked": Both("已選取 {n} 項", "{n} picked"),
}
"""What the script of the app says."""

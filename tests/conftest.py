"""An audit put together by hand: what goes out is tested apart from what reads reports."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from heshu.model import (
    Audit,
    Block,
    Extraction,
    Fact,
    Finding,
    LedgerEntry,
    Mention,
    Period,
    Problem,
    Relation,
    Report,
    Trace,
)
from hypothesis import settings

# How long one example takes depends on the machine, and on what else runs on it.
settings.register_profile("heshu", deadline=None)
settings.load_profile("heshu")

# Messages are Chinese unless a test says otherwise, whatever the locale of the machine.
for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)

NAME = "青嵐市108下.txt"
TEXT = "一、辦理員工研習\n計有409人（男性205人、\n女性203人）參加，及格率99.5%。\n自108年10月1日起，\n另發給=SUM(A1)<script>元 7。\n"


def mention(text: str, *, name: str = NAME, source: str = TEXT, **reading: object) -> Mention:
    start = source.index(text)
    kind = "date" if "edtf" in reading else "quantity"
    return Mention(name, kind, start, start + len(text), text, 0, start, start + len(text), "test", **reading)  # type: ignore[arg-type]


def report(name: str = NAME, text: str = TEXT, identity: str = "0123456789abcdef") -> Report:
    return Report(
        identity, name, "青嵐市人事處108年下半年工作報告", text, (Block("paragraph", text, tuple(range(len(text)))),)
    )


TOTAL = mention("409人", value=Decimal(409), unit="人", step=Decimal(1))
MEN = mention("205人", value=Decimal(205), unit="人", step=Decimal(1))
WOMEN = mention("203人", value=Decimal(203), unit="人", step=Decimal(1))
RATE = mention("99.5%", value=Decimal("99.5"), unit="%", step=Decimal("0.1"))
DAY = mention("108年10月1日", edtf="2019-10-01")


def fact(of: Mention, **fields: object) -> Fact:
    described: dict[str, object] = {
        "agency": "青嵐市政府人事處",
        "section": ("貳、訓練", "一、辦理員工研習"),
        "indicator": "=研習人數",
        "category": None,
        "role": "actual",
        "sign": None,
        "period": Period.parse("2019-07/2019-12"),
        "trace": (Trace("role", "test"),),
        "confidence": Decimal("0.90"),
    }
    return Fact(of, **(described | fields))  # type: ignore[arg-type]


@pytest.fixture
def made_audit() -> Audit:
    seven = TEXT.index("7。")
    ledger = (
        *(LedgerEntry(m.start, m.end, m.text, "mention", "test") for m in (TOTAL, MEN, WOMEN, RATE, DAY)),
        LedgerEntry(0, 1, "一", "recognised", "mark"),
        LedgerEntry(seven, seven + 1, "7", "unread", ""),
    )
    facts = (fact(TOTAL), fact(MEN, category="男性"), fact(WOMEN, category="女性"), fact(RATE, role="rate"))
    extraction = Extraction(
        report(),
        "青嵐市政府人事處",
        Period.parse("2019-07/2019-12"),
        Period.parse("2020-01"),
        (TOTAL, MEN, WOMEN, RATE, DAY),
        facts,
        ledger,
    )
    relation = Relation("sum", TOTAL, (MEN, WOMEN), ("+", "+"), "409", "408", False, "sum.bracket")
    finding = Finding(
        "SUM", "contradiction", "男性205人與女性203人合計408人，文中為409人",
        "205 men and 203 women make 408, the text says 409", relation, (TOTAL, MEN, WOMEN),
    )  # fmt: skip
    return Audit(
        (extraction,),
        (relation,),
        (finding,),
        (Problem("空\x1b[31m.txt", "empty", "檔案沒有內容", "the file is empty"),),
    )


@pytest.fixture(scope="session")
def samples_audit() -> Audit:
    """The audit of the sample reports, made once."""
    import heshu

    return heshu.audit(Path(heshu.__file__).parent / "corpus" / "samples")

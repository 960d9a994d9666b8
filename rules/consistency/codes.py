"""One record for each code that a finding may have: why it is checked, how it is computed, what it catches."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Severity

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """What a check looks at. ``finds`` and ``passes`` are its examples: a text each, or the texts of several reports."""

    code: str
    severity: Severity
    """The gravest that its findings may have; a link that is not sure makes it milder."""
    zh: str
    en: str
    arithmetic: str
    finds: tuple[Texts, ...]
    passes: tuple[Texts, ...]

    @property
    def across(self) -> bool:
        """It compares reports with each other."""
        return len(self.finds[0]) > 1


def _one(text: str) -> tuple[Texts, ...]:
    return ((text,),)


_HEAD = "青嵐市政府人事處{}施政成果\n\n"


def _two(first: str, second: str, years: tuple[str, str] = ("108年度", "109年度")) -> tuple[Texts, ...]:
    return ((_HEAD.format(years[0]) + first, _HEAD.format(years[1]) + second),)


def _years(*figures: str) -> tuple[Texts, ...]:
    told = "截至{}年12月支領月退休金人員共計{}。"
    years = range(107, 107 + len(figures))
    return (tuple(_HEAD.format(f"{y}年度") + told.format(y, f) for y, f in zip(years, figures, strict=True)),)


_RATES = "".join(f"截至{year}年12月應進用原住民59人，已進用208人，進用比率達353%。\n" for year in (106, 107, 108))


CODES: tuple[Code, ...] = (
    Code(
        "SUM", "contradiction",
        "合計應等於各項之和：括弧內、條列、表格的列與行、含增減與兼任人數。",
        "A total is the sum of its parts: in brackets, lists, table rows and columns, with signs, and posts held concurrently.",
        "result = ± term ± term …",
        _one("講座共計328人參加(男性165人、女性160人)。"),
        _one("講座共計328人參加(男性165人、女性163人)。"),
    ),
    Code(
        "RATE", "contradiction",
        "百分比、平均應由所據的數字得出，四捨五入或捨去皆可。",
        "A percentage or an average follows from its figures, rounded or cut off.",
        "rate = part ÷ whole × 100",
        _one("截至112年12月應進用身心障礙人員600人，已進用900人，進用比率達160%。"),
        _one("截至112年12月應進用身心障礙人員600人，已進用900人，進用比率達150%。"),
    ),
    Code(
        "DIFF", "contradiction",
        "超額、不足、高出的百分點應等於兩數之差。",
        "An excess, a lack or a distance in percentage points is the difference of its two figures.",
        "result = minuend − subtrahend",
        _one("截至112年12月應進用身心障礙人員600人，已進用900人，超額進用310人。"),
        _one("截至112年12月應進用身心障礙人員600人，已進用900人，超額進用300人。"),
    ),
    Code(
        "LEVEL", "contradiction",
        "原值加減增減數應等於現值。",
        "The level before and its changes give the level after.",
        "after = before ± change …",
        _one("原編制員額120人，增置技士3人，修正後為124人，自112年8月1日生效。"),
        _one("原編制員額120人，增置技士3人，修正後為123人，自112年8月1日生效。"),
    ),
    Code(
        "GROWTH", "contradiction",
        "增減率應與現值及增減數相符。",
        "A rate of growth follows from the level and the change.",
        "rate = change ÷ (level − change) × 100",
        _one("112年受理1,100件，較111年增加100件，成長12.0%。"),
        _one("112年受理1,100件，較111年增加100件，成長10.0%。"),
    ),
    Code(
        "SAME", "contradiction",
        "同一事項在報告中兩處所載應相同。",
        "One thing that a report tells twice is told with one figure.",
        "first = second",
        _one("一、超額進用身心障礙人員320人\n截至112年12月應進用身心障礙人員600人，已進用900人，超額進用300人。"),
        _one("一、超額進用身心障礙人員300人\n截至112年12月應進用身心障礙人員600人，已進用900人，超額進用300人。"),
    ),
    Code(
        "SAME-DATE", "contradiction",
        "同一會議或活動的日期應前後一致。",
        "One meeting or event has one date.",
        "first day = second day",
        _one("提案經112年7月3日第216次市政會議審議通過。\n修正案業於112年7月13日第216次市政會議通過在案。"),
        _one("提案經112年7月3日第216次市政會議審議通過。\n修正案業於112年7月3日第216次市政會議通過在案。"),
    ),
    Code(
        "COUNT", "contradiction",
        "所稱個數應與列出的項目或日期相符。",
        "An announced number is that of the items or dates listed.",
        "number = items listed",
        _one("配合修正經濟局、勞動局、農漁局及研考會等5機關組織規程。"),
        _one("配合修正經濟局、勞動局、農漁局及研考會等4機關組織規程。"),
    ),
    Code(
        "DURATION", "contradiction",
        "所稱天數、週數應與起訖日相符。",
        "A stated duration fits its first and last day.",
        "days = last day − first day + 1",
        _one("112年9月18日至22日開辦一班，計7天。"),
        _one("112年9月18日至22日開辦一班，計5天。"),
    ),
    Code(
        "PART", "contradiction",
        "部分不應大於全體，占比不應超過 100%。",
        "A part is not larger than its whole, a share not more than 100 %.",
        "part ≤ whole",
        _one("112年10月辦理採購班，計16人參訓，其中取得證書19人。"),
        _one("112年10月辦理採購班，計19人參訓，其中取得證書16人。"),
    ),
    Code(
        "THRESHOLD", "contradiction",
        "所稱已達成的目標，數字應確已達成。",
        "A goal that is said to be reached is reached.",
        "figure ≥ goal",
        _one("實體課程完訓率48.6%，已達成50%之目標。"),
        _one("實體課程完訓率58.6%，已達成50%之目標。"),
    ),
    Code(
        "PRODUCT", "contradiction",
        "數量乘以單位數額應等於總額。",
        "So many, so much each, make the total.",
        "total = number × amount each",
        _one("致贈4對新人禮券，每對6,000元，共計2萬8,000元。"),
        _one("致贈4對新人禮券，每對6,000元，共計2萬4,000元。"),
    ),
    Code(
        "MEAN", "contradiction",
        "總額應為每人數額所能得出。",
        "A total is one that the amounts per head allow.",
        "least each × number ≤ total ≤ most each × number",
        _one("補助子女教育30人，每人最高補助3,000元，共計12萬元。"),
        _one("補助子女教育30人，每人最高補助3,000元，共計8萬元。"),
    ),
    Code(
        "DATE", "contradiction",
        "日期須存在、期間不顛倒、星期相符，已辦理者不晚於報告。",
        "Days exist, ranges run forwards, weekdays fit, and what is done is not later than the report.",
        "first day ≤ last day ≤ day of the report",
        _one("112年11月31日辦理研習，計28人參訓。"),
        _one("112年11月30日辦理研習，計28人參訓。"),
    ),
    Code(
        "GRIM", "suspicious",
        "人數的百分比須能由整數人數得出。",
        "A percentage of so many people is one that a whole number of them can give.",
        "rate = n ÷ people × 100 for a whole n",
        _one("112年10月辦理採購班，計31人參訓，及格率93.7%。"),
        _one("112年10月辦理採購班，計31人參訓，及格率93.55%。"),
    ),
    Code(
        "RATE-BASE", "suspicious",
        "同一列舉中的各項占比應依同一總數。",
        "Shares of one list imply one whole.",
        "part ÷ share = part ÷ share",
        _one("使用者計有男性120人(占40%)、女性210人(占60%)。"),
        _one("使用者計有男性120人(占40%)、女性180人(占60%)。"),
    ),
    Code(
        "UNIT", "note",
        "同一合計中不應混用「人」與「人次」。",
        "People (人) and attendances (人次) are not added up together.",
        "unit = unit",
        _one("辦理「初階班」(1場次共40人)、「進階班」(5場次共201人)等共6場次，計241人次參訓。"),
        _one("辦理「初階班」(1場次共40人)、「進階班」(5場次共201人)等共6場次，計241人參訓。"),
    ),
    Code(
        "ROUNDING", "note",
        "同一報告的百分比宜採同一尾數處理方式。",
        "The rates of one report are rounded in one manner.",
        "rate = round or cut off, as elsewhere",
        _one(_RATES + "截至109年12月應進用原住民59人，已進用208人，進用比率達352%。"),
        _one(_RATES + "截至109年12月應進用原住民59人，已進用208人，進用比率達353%。"),
    ),
    Code(
        "RESTATED", "contradiction",
        "同一機關、指標、類別與時間的數字，各報告應相同（約數、以萬元計者依其精度比對）。",
        "One figure of one body, indicator, category and time is the same in all reports, as precisely as each states it.",
        "figure then = figure now",
        _two("截至108年12月支領月退休金人員共計12,984人。", "截至108年12月支領月退休金人員共計12,948人。"),
        _two("截至108年12月支領月退休金人員共計12,984人。", "截至108年12月支領月退休金人員共計約1萬3,000人。"),
    ),
    Code(
        "CORRECTED", "note",
        "本報告更正了先前所載。",
        "A report corrects an earlier one.",
        "figure then ≠ figure now, told as a correction",
        _two("截至108年12月支領月退休金人員共計12,984人。", "截至108年12月支領月退休金人員共計12,948人（更正前次報告誤植）。"),
        _two("截至108年12月支領月退休金人員共計12,984人。", "截至108年12月支領月退休金人員共計12,984人。"),
    ),
    Code(
        "FORMER", "contradiction",
        "現在所引的原值，應為當時報告所載。",
        "An old value that is quoted now is the one that was reported then.",
        "value quoted as former = value reported then",
        _two(
            "早期退休生活困難者發給年節照護金，單身者每節18,000元；有眷者每節31,000元。",
            "年節照護金自109年中秋節起調高，單身者每節發放21,600元(原18,500元)；有眷者每節發放37,000元(原31,000元)。",
        ),
        _two(
            "早期退休生活困難者發給年節照護金，單身者每節18,000元；有眷者每節31,000元。",
            "年節照護金自109年中秋節起調高，單身者每節發放21,600元(原18,000元)；有眷者每節發放37,000元(原31,000元)。",
        ),
    ),
    Code(
        "PRIOR", "revision",
        "較前期增減的數，應與前期報告所載相符。",
        "A change since an earlier time fits what was reported of that time.",
        "change = figure now − figure reported then",
        _two("108年計有362人辦理退休。", "109年計有401人辦理退休，較108年增加54人。"),
        _two("108年計有362人辦理退休。", "109年計有401人辦理退休，較108年增加39人。"),
    ),
    Code(
        "CUMULATIVE", "contradiction",
        "累計數不應變小（存量可減，故僅限載明累計或起始時間者）。",
        "A running total does not fall. Stocks may, so the words must say that it is one, or where it began.",
        "total now ≥ total then",
        _two("人事服務網自101年啟用至108年12月底止，累計瀏覽481萬2,305人次。", "人事服務網自101年啟用至109年12月底止，累計瀏覽479萬8,112人次。"),
        _two("人事服務網自101年啟用至108年12月底止，累計瀏覽479萬8,112人次。", "人事服務網自101年啟用至109年12月底止，累計瀏覽481萬2,305人次。"),
    ),
    Code(
        "PLAN", "note",
        "同一計畫，各報告所載應相同，否則即已調整。",
        "One plan is told alike in all reports, or was moved.",
        "plan then = plan now",
        _two("109年度規劃開辦家政研習班240班。", "109年度規劃開辦家政研習班238班。"),
        _two("109年度規劃開辦家政研習班240班。", "109年度規劃開辦家政研習班240班。"),
    ),
    Code(
        "HALVES", "suspicious",
        "上、下半年之和應等於全年。",
        "The halves of a year make up the year.",
        "year = first half + second half",
        _two("108年上半年計有362人辦理退休。108年下半年計有401人辦理退休。", "108年計有773人辦理退休。"),
        _two("108年上半年計有362人辦理退休。108年下半年計有401人辦理退休。", "108年計有763人辦理退休。"),
    ),
    Code(
        "RULE", "suspicious",
        "同一時間的同一標準，各報告所引應相同。",
        "One standard in force at one time is quoted alike in all reports.",
        "standard then = standard now",
        _two("同仁通過英語檢定者，每人最高補助3,000元。", "同仁通過英語檢定者，每人最高補助3,500元。"),
        _two("同仁通過英語檢定者，每人最高補助3,000元。", "同仁通過英語檢定者，每人最高補助3,000元。"),
    ),
    Code(
        "EVENT", "contradiction",
        "同一會議或活動，各報告所載日期應相同。",
        "One meeting or event has one date in all reports.",
        "day then = day now",
        _two("修正案經108年7月3日第216次市政會議審議通過。", "該案業於108年7月13日第216次市政會議審議通過。"),
        _two("修正案經108年7月3日第216次市政會議審議通過。", "該案業於108年7月3日第216次市政會議審議通過。"),
    ),
    Code(
        "SERIES", "suspicious",
        "與前後各期相差約十倍、數字疑似對調，或他數均變而獨未變者，宜再確認。",
        "A figure ten times off the other periods, with digits that seem swapped, or left as it was where all around it moved.",
        "figure ≈ its neighbours in time",
        _years("12,318人", "1,298人", "13,602人"),
        _years("12,318人", "12,984人", "13,602人"),
    ),
)  # fmt: skip
"""Every code, those inside a report first."""


def code_named(name: str) -> Code | None:
    """The record of a code, whatever its case."""
    return next((code for code in CODES if code.code == name.upper()), None)


def rules_of(name: str) -> tuple[tuple[str, str], ...]:
    """The constructions by which the figures of a code are tied: id and purpose."""
    from .across import CHECKS as ACROSS
    from .constructions import constructions
    from .wordings import code_of

    known = [(each.id, each.purpose) for each in constructions().values()]
    known += [(check.id, check.purpose) for check in ACROSS]
    return tuple((rule, purpose) for rule, purpose in known if code_of(rule) == name)

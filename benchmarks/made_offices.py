"""The made-up cities and offices of a corpus: what each one reports on, and what is planted in which half-year."""

from __future__ import annotations

import random
from dataclasses import dataclass

FIRST_YEAR, HALVES = 109, 10
"""Minguo year of the first reports, and how many half-years each office reports on."""
PLANTED_IN = 8
"""One report in so many holds a contradiction."""
CITY_FIRST, CITY_SECOND = "青晴雲松楓禾汐岱湘湄苓菱葵槐榆", "嵐川汀麓溪湖原岬澤坪汶潭"
OFFICES = {
    "教育局": (
        "校園修繕案",
        ("教室", "操場", "圍牆"),
        "課後照顧班",
        "校車安全抽查",
        "輛",
        "閱讀推廣志工",
        "偏遠地區學生每人每學期交通補助",
    ),
    "社會局": (
        "急難救助案",
        ("住院", "失業", "火災"),
        "長者關懷據點活動",
        "托嬰中心稽查",
        "家",
        "送餐服務",
        "獨居長者每人每月送餐費用補助",
    ),
    "勞動局": (
        "勞資爭議案",
        ("工資", "資遣", "職災"),
        "就業媒合活動",
        "工地安全檢查",
        "處",
        "職業訓練",
        "參訓學員每人每月生活津貼補助",
    ),
    "衛生局": (
        "食品檢舉案",
        ("標示", "異物", "衛生"),
        "健康篩檢站",
        "餐飲業稽查",
        "家",
        "居家復健",
        "照顧者每戶每季喘息服務補助",
    ),
    "消防局": (
        "火災搶救案",
        ("住宅", "工廠", "車輛"),
        "防災宣導活動",
        "消防設備檢查",
        "處",
        "住警器補助",
        "義消人員每人每年裝備汰換補助",
    ),
    "文化局": (
        "場館租借案",
        ("演出", "展覽", "講座"),
        "藝文體驗活動",
        "古蹟巡查",
        "處",
        "借閱服務",
        "立案演藝團隊每團每年排練場租補助",
    ),
    "交通局": (
        "號誌報修案",
        ("故障", "損壞", "調整"),
        "交通安全講習",
        "停車場查核",
        "處",
        "共享單車",
        "汰換老舊機車每輛換購補助",
    ),
    "農業局": (
        "農損申報案",
        ("水稻", "果樹", "蔬菜"),
        "農事推廣課程",
        "農藥殘留抽驗",
        "件",
        "小農市集",
        "青年農民每人每年設施租金補助",
    ),
    "地政局": (
        "土地複丈案",
        ("鑑界", "分割", "合併"),
        "地籍說明會",
        "測量標巡檢",
        "座",
        "線上謄本",
        "重劃區地主每戶搬遷作業補助",
    ),
    "民政局": (
        "里鄰建設案",
        ("路燈", "溝蓋", "鄰里公園"),
        "宗教團體座談",
        "里活動中心查核",
        "處",
        "戶政到宅服務",
        "調解委員每人每年研習差旅補助",
    ),
}
"""By office: cases and their kinds, an activity, an inspection with the unit of what is inspected, a service, a standard."""
TOWNS = ("東坪區", "西灣區", "南埔區", "北墩區", "上林區", "下寮區", "內溪區", "外嶺區")
CHINESE = "〇一二三四五六七八九十"
KINDS = ("sum", "rate", "count", "table", "change", "restated", "event", "former", "cumulative")


@dataclass(frozen=True, slots=True)
class Half:
    """A half-year, by its number from the first."""

    number: int

    @property
    def year(self) -> int:
        return FIRST_YEAR + self.number // 2

    @property
    def part(self) -> int:
        return self.number % 2

    @property
    def name(self) -> str:
        return f"{self.year}年{'上下'[self.part]}半年"

    @property
    def months(self) -> str:
        return f"{self.year}年{('1月至6月', '7月至12月')[self.part]}"

    @property
    def end(self) -> str:
        return f"{self.year}年{(6, 12)[self.part]}月底"

    @property
    def before(self) -> Half:
        return Half(self.number - 1)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a city: what it reports on is the same in every half-year, the figures are drawn anew."""

    city: str
    name: str
    seed: int

    def draw(self, *what: object) -> random.Random:
        """Chance for one thing, the same however often it is asked for."""
        return random.Random("/".join(map(str, (self.seed, self.city, self.name, *what))))

    def between(self, low: int, high: int, *what: object) -> int:
        return self.draw(*what).randint(low, high)

    @property
    def words(self) -> tuple[str, tuple[str, ...], str, str, str, str, str]:
        return OFFICES[self.name]

    def file(self, half: Half) -> str:
        return f"{self.city}-{self.name}-{half.year}-{half.part + 1}.txt"

    def planted(self, half: Half) -> str | None:
        """The contradiction that the report of that half-year holds."""
        chance = self.draw("planted", half.number)
        if chance.randrange(PLANTED_IN):
            return None
        kinds = [kind for kind in KINDS if self._may_hold(kind, half)]
        kinds += ["former"] * (len(KINDS) if "former" in kinds else 0)  # there is but one chance for it in ten reports
        return chance.choice(kinds)

    def _may_hold(self, kind: str, half: Half) -> bool:
        if kind == "former":
            return half.number == self.raised
        if kind == "restated":
            return half.number > 0 and not self.corrects(half)
        if kind == "cumulative":
            # A running total that falls shows by the one before; were that wrong, too, nothing would be known.
            return half.number > 0 and self.planted(half.before) != "cumulative"
        return half.number > 0 or kind != "event"

    @property
    def raised(self) -> int:
        """The half-year in which the standard is raised."""
        return self.between(2, HALVES - 2, "raised")

    def corrects(self, half: Half) -> bool:
        """Whether the report corrects a figure of the last one, and says so."""
        return half.number > 0 and self.between(0, 6, "corrects", half.number) == 0

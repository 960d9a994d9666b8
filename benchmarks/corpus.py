"""A made-up corpus: half-yearly reports of made-up cities' offices, with known contradictions in a few of them.

usage: corpus.py make N OUT [--seed S]     N reports in OUT/reports, and OUT/manifest.jsonl
       corpus.py check OUT AUDIT           what an audit of OUT/reports (its findings.jsonl) found, and what else it said
       corpus.py trial N OUT [--seed S]    both, with the audit in between

Every report tells some thirty figures: cases by kind and their total, a rate with its numerator and denominator, places that
are counted, a table, a change from the year before, the last half-year told again, a meeting that two reports date, a
standard that is raised once, a running total. All of them follow from the seed, the city, the office and the half-year, so
that the first reports of a large corpus are those of a small one. Into one report of eight a contradiction is planted; what
looks like one and is none (a correction that is announced, a plan beside its outcome, a standard raised with the old value
told, a coarser rounding) stands in many, and the manifest names it, too.

A planted contradiction counts as found if a finding that is more than a note shows the wrong figure, or the figure of the
other report that it contradicts together with the report it stands in.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

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


REPORTS = "reports"


def shown(number: int) -> str:
    return f"{number:,}"


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


_MARK = re.compile("\1([^\2]*)\2([^\3]*)\3")


def marked(label: str, text: str) -> str:
    return f"\1{label}\2{text}\3"


def altered(right: int, chance: random.Random) -> int:
    """The number with one digit changed, not the first: a slip of the pen."""
    digits = list(str(right))
    at = chance.randrange(1, len(digits)) if len(digits) > 1 else 0
    digits[at] = chance.choice([digit for digit in "123456789" if digit != digits[at]])
    return int("".join(digits))


class Writer:
    """One report in the making."""

    def __init__(self, office: Office, half: Half) -> None:
        self.office, self.half = office, half
        self.wrong = office.planted(half)

    def figure(self, kind: str, right: int, wrong: int | None = None) -> str:
        """A figure that is wrong where its kind of contradiction is planted."""
        if self.wrong != kind:
            return shown(right)
        other = altered(right, self.office.draw("wrong", self.half.number)) if wrong is None else wrong
        return marked(kind, shown(other))

    def text(self) -> str:
        office, half = self.office, self.half
        parts = (self.cases, self.course, self.check, self.meeting, self.places, self.table, self.standard, self.total)
        lines = [f"{office.city}政府{office.name}{half.name}工作報告", ""]
        for number, part in enumerate(parts, start=1):
            head, *told = part()
            lines += [f"{CHINESE[number]}、{head}", "", *told, ""]
        return "\n".join(lines)

    # --- what a report tells ------------------------------------------------------------------------------------------

    def _cases(self, half: Half) -> tuple[int, ...]:
        counts = [4 * self.office.between(31, 240, "cases", half.number, kind) for kind in self.office.words[1]]
        # No two half-years in a row have one total: it would rightly be asked whether it was left standing.
        return (counts[0] + half.number % 4, *counts[1:])

    def cases(self) -> Iterator[str]:
        """Cases by kind with their total, and how many more or fewer than a year ago."""
        name, kinds, *_ = self.office.words
        now = self._cases(self.half)
        split = "、".join(f"{kind}{shown(count)}件" for kind, count in zip(kinds, now, strict=True))
        yield f"受理{name}情形"
        yield "民眾來電、臨櫃或上網申請者，均由專人登錄並依序派案，逾期未結者列入每週追蹤。"
        yield f"{self.half.months}受理{name}計{split}，合計{self.figure('sum', sum(now))}件。"
        past = sum(self._cases(Half(self.half.number - 2)))
        if past != sum(now):
            word = "增加" if sum(now) > past else "減少"
            gap = self.figure("change", abs(sum(now) - past))
            yield f"上述{name}{shown(sum(now))}件，較{self.half.year - 1}年同期{shown(past)}件{word}{gap}件。"

    def _course(self, half: Half) -> tuple[int, int]:
        """Both grow: of a figure that leaps, one would rightly ask whether two of its digits were swapped."""
        times = self.office.between(11, 30, "courses") + 6 * half.number
        people = self.office.between(1200, 3000, "people") + 400 * half.number
        return times, people + self.office.between(0, 99, "people", half.number)

    def course(self) -> Iterator[str]:
        """An activity of this half-year and, told again, of the last; what was planned beside what was done."""
        office, half, name = self.office, self.half, self.office.words[2]
        times, people = self._course(half)
        planned = office.between(10, 99, "planned", half.number)
        yield f"推動{name}"
        yield f"本局原訂目標為辦理{name}{planned}場次，視報名情形機動調整。"
        yield f"{half.months}實際辦理{name}{times}場次，參加民眾{shown(people)}人次，反應熱烈。"
        if half.number:
            before = half.before
            told = self.figure("restated", self._course(before)[1])
            if office.corrects(half):
                other = marked("near", shown(altered(self._course(before)[1], office.draw("corrected", half.number))))
                yield f"另前次報告所載{before.months}參加民眾人次係屬誤植，更正為{other}人次。"
            else:
                yield f"回顧{before.months}實際辦理{name}{self._course(before)[0]}場次，參加民眾{told}人次。"

    def check(self) -> Iterator[str]:
        """An inspection with its rate."""
        office, half = self.office, self.half
        name, unit = office.words[3:5]
        all_ = office.between(210, 990, "checked", half.number)
        good = all_ - office.between(9, 99, "bad", half.number)
        rate = f"{good / all_ * 100:.1f}"
        if self.wrong == "rate":
            off = office.draw("off", half.number).choice((-7, -6, -5, -4))
            rate = marked("rate", f"{good / all_ * 100 + off:.1f}")
        elif office.between(0, 3, "coarse", half.number) == 0:
            rate = marked("near", f"{good / all_ * 100:.0f}")
        yield f"辦理{name}"
        yield f"{half.months}辦理{name}{all_}{unit}，其中合格{good}{unit}，合格率{rate}%；不合格者均限期改善並予複查。"

    def _day(self, half: Half) -> tuple[int, int]:
        chance = self.office.draw("day", half.number)
        return half.part * 6 + chance.randint(1, 6), chance.randint(11, 27)

    def meeting(self) -> Iterator[str]:
        """A meeting of this half-year, and the one before, each with its day."""
        office, half = self.office, self.half
        first = office.between(11, 40, "meeting")
        board = f"{office.words[0].removesuffix('案')}審議會議"
        month, day = self._day(half)
        yield "審議及協調"
        yield f"本局於{half.year}年{month}月{day}日召開第{first + half.number}次{board}，決議事項逐案列管。"
        if half.number:
            month, day = self._day(half.before)
            told = f"{half.before.year}年{month}月{day}日"
            if self.wrong == "event":
                other = day + 1 if day % 10 < 9 else day - 1
                told = marked("event", f"{half.before.year}年{month}月{other}日")
            yield f"又{told}召開第{first + half.number - 1}次{board}之決議，均已辦理完竣。"

    def places(self) -> Iterator[str]:
        """Places that are listed and counted."""
        chance = self.office.draw("places", self.half.number)
        towns = sorted(chance.sample(TOWNS, chance.randint(3, 6)), key=TOWNS.index)
        # One fewer: of one more, those that are listed might be the most telling ones.
        count = len(towns) - 1 if self.wrong == "count" else len(towns)
        told = marked("count", str(count)) if self.wrong == "count" else str(count)
        yield "增設服務據點"
        yield f"為便利偏遠地區民眾，已於{'、'.join(towns[:-1])}及{towns[-1]}等{told}區增設服務窗口，並延長收件時間。"

    def table(self) -> Iterator[str]:
        """A table with its total."""
        rows = [(town, 4 * self.office.between(31, 220, "table", town, self.half.number)) for town in TOWNS[:5]]
        rows[0] = (rows[0][0], rows[0][1] + self.half.number % 4)
        yield f"各區{self.office.words[5]}人次"
        yield f"{self.half.months}各區{self.office.words[5]}情形如下表。"
        yield ""
        yield "區別\t人次"
        yield from (f"{town}\t{shown(count)}" for town, count in rows)
        yield f"合計\t{self.figure('table', sum(count for _, count in rows))}"

    def standard(self) -> Iterator[str]:
        """A standard in force; once it is raised, and the old value told."""
        office, half = self.office, self.half
        old = office.between(31, 79, "old") * 100
        new = old + office.between(3, 9, "new") * 100
        subject = office.words[6]
        yield "補助標準"
        if half.number == office.raised:
            former = self.figure("former", old, old - 100 * office.between(1, 2, "former"))
            former = former if self.wrong == "former" else marked("near", former)
            yield f"為減輕市民負擔，{subject}由原{former}元提高為{shown(new)}元。"
        else:
            yield f"為減輕市民負擔，{subject}{shown(old if half.number < office.raised else new)}元。"

    def _total(self, half: Half) -> int:
        grown = sum(self.office.between(1100, 3900, "grown", number) for number in range(half.number + 1))
        return 20_000 + self.office.between(0, 9999, "begun") + grown

    def total(self) -> Iterator[str]:
        """A running total."""
        office, half, name = self.office, self.half, self.office.words[5]
        before = self._total(half.before) if half.number else 0
        told = self.figure("cumulative", self._total(half), before - office.between(300, 900, "fallen", half.number))
        yield f"{name}成果"
        yield f"自105年1月開辦起累計至{half.end}止，{name}已服務{told}人次。"


def reports(count: int, seed: int) -> Iterator[Writer]:
    """City by city, office by office, half-year by half-year."""
    cities = (f"{first}{second}市" for first, second in product(CITY_FIRST, CITY_SECOND))
    offices = (Office(city, name, seed) for city in cities for name in OFFICES)
    return islice((Writer(office, Half(number)) for office in offices for number in range(HALVES)), count)


def make(count: int, out: Path, seed: int) -> None:
    """Write the reports, a folder a city, and the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    entries: Counter[str] = Counter()
    with (out / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for writer in reports(count, seed):
            name = writer.office.file(writer.half)
            text, figures = unmarked(writer.text())
            folder = out / REPORTS / writer.office.city
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            for kind, start, end in figures:
                entries[kind] += 1
                entry = {"report": name, "kind": kind, "start": start, "end": end, "text": text[start:end]}
                manifest.write(json.dumps(entry, ensure_ascii=False) + "\n")
    print(
        f"{count} reports; planted: {entries.total() - entries['near']}; near misses: {entries['near']}",
        file=sys.stderr,
    )


def unmarked(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text as it is written, and the marked figures with their places in it."""
    figures, pieces, size, at = [], [], 0, 0
    for match in _MARK.finditer(text):
        pieces += [text[at : match.start()], match[2]]
        size += match.start() - at
        figures.append((match[1], size, size + len(match[2])))
        size += len(match[2])
        at = match.end()
    return "".join([*pieces, text[at:]]), figures


# --- what an audit says of it -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    planted: Counter[str]
    found: Counter[str]
    missed: list[dict[str, object]]
    others: list[dict[str, object]]
    """Findings that tell of nothing planted, notes left out."""
    notes: int


def check(corpus: Path, audit: Path) -> Verdict:
    """Hold the findings of an audit against the manifest."""
    entries = list(_lines(corpus / "manifest.jsonl"))
    planted = [entry for entry in entries if entry["kind"] != "near"]
    wrong: dict[object, list[dict[str, object]]] = defaultdict(list)
    for entry in planted:
        wrong[entry["report"]].append(entry)
    found: set[int] = set()
    others, notes = [], 0
    for finding in _lines(audit / "findings.jsonl"):
        told = [
            entry for mention in finding["mentions"] for entry in wrong[mention["report"]] if _shows(mention, entry)
        ]
        if finding["severity"] == "note":
            notes += not told
        elif told:
            found |= {id(entry) for entry in told}
        else:
            others.append(finding)
    return Verdict(
        Counter(str(entry["kind"]) for entry in planted),
        Counter(str(entry["kind"]) for entry in planted if id(entry) in found),
        [entry for entry in planted if id(entry) not in found],
        others,
        notes,
    )


def _shows(mention: dict[str, int], entry: dict[str, object]) -> bool:
    return mention["start"] < int(str(entry["end"])) and int(str(entry["start"])) < mention["end"]


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def tell(verdict: Verdict, most: int = 10) -> int:
    """Print a verdict; 0 if all that was planted was found and nothing else was said."""
    for kind, count in sorted(verdict.planted.items()):
        print(f"  {kind:<11}{verdict.found[kind]:>6} of {count}")
    print(
        f"planted {verdict.planted.total()}, found {verdict.found.total()}, others {len(verdict.others)}, notes {verdict.notes}"
    )
    for entry in verdict.missed[:most]:
        print(f"  missed {entry['kind']}: {entry['report']} {entry['text']}")
    for finding in verdict.others[:most]:
        print(f"  other {finding['code']} {finding['severity']}: {finding['report']}: {finding['message_zh']}")
    return 1 if verdict.missed or verdict.others else 0


def trial(count: int, out: Path, seed: int, audit: Callable[[Path, Path], None]) -> int:
    make(count, out, seed)
    audit(out / REPORTS, out / "audit")
    return tell(check(out, out / "audit"))


def _audit(corpus: Path, out: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "heshu",
        "audit",
        str(corpus),
        "-o",
        str(out),
        "--formats",
        "jsonl",
        "--fail-on",
        "never",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("task", choices=("make", "check", "trial"))
    cli.add_argument("first", help="how many reports, or the folder of a corpus")
    cli.add_argument("second", type=Path, help="where they go, or the folder of an audit")
    cli.add_argument("--seed", type=int, default=1)
    args = cli.parse_args()
    if args.task == "check":
        return tell(check(Path(args.first), args.second))
    if args.task == "trial":
        return trial(int(args.first), args.second, args.seed, _audit)
    make(int(args.first), args.second, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Made-up reports, written from what their offices report on; wrong figures and near misses are marked with their kinds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import islice, product

from made_offices import CHINESE, CITY_FIRST, CITY_SECOND, HALVES, OFFICES, TOWNS, Half, Office


def shown(number: int) -> str:
    return f"{number:,}"


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

"""Feed made-up and damaged reports to the whole audit: nothing may crash it, and time must grow in line with the text.

usage: fuzz.py [SECONDS] [--seed N] [--keep FOLDER] [--years FIRST LAST]

Runs for SECONDS (600). Each round takes a sample report and damages it, throws numerals and words together, or repeats
a short text many times; the last is timed at one length and at twice that length. `--years` reads every day of these
Minguo years in all notations, before the campaign. What fails is written to FOLDER (build/fuzz); status 1 tells of it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import cn2an
import heshu
from heshu.corpus.read import read_text
from heshu.extract.time.calendar import MINGUO_EPOCH
from heshu.model import Extraction
from heshu.rules.consistency import relate
from heshu.rules.consistency.findings import findings_of

ROOT = Path(heshu.__file__).parent
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "samples").glob("*.txt"))]

_WORDS = """
0 1 2 9 12 108 1,234 0.5 100% ０１２ ％ ‰ 一 二 兩 十 百 千 萬 億 兆 廿 卅 壹 貳 拾 〇 ○ 半 餘 數 多 幾 第 每 各 約 逾 達 近
以上 以下 至 到 ~ - － ～ 、 ， 。 ； ： （ ） ( ) 「 」 . / △ ▲ + = | < > 年 月 日 度 底 中旬 季 上半年 今年 去年 同期 同年 本年
民國 中華民國 學年度 人 人次 元 千元 場 場次 小時 個 個月 百分之 百分點 成 折 倍 分之 其中 計 共計 合計 男性 女性 增加 減少
較 占 由 修正為 原 單位：千元 一、 (一) 1. (1) 壹、 第3屆 九職等 5G </td> <table> <tr><td>
"""
_BLANKS = ("\n", "\n\n", "\r\n", "\n\t", "\t", " ", "\x0c", "\u3000", "\ufeff", "\ue000", "\U0001d7d8")
_DIGITS = ("๓", "٤", "९", "𝟘", "7" * 30, "9" * 5000, "3," * 3000, "五" * 3000, "0." + "1" * 3000)
"""Of other scripts, and more of them than anything is counted with."""
ATOMS = (*_WORDS.split(), *_BLANKS, *_DIGITS)

SECONDS_THAT_COUNT = 0.12
"""What takes less is too short to be timed well."""
MOST_GROWTH = 3.2
"""Twice the text may take that many times as long; linear is 2, the square of it 4."""
LONGEST = 400_000


class FuzzError(Exception):
    """What a text did that none may do."""


def audit(text: str) -> Extraction:
    """The whole way of one report, with its exceptions."""
    report = read_text(text)
    extraction = heshu.extract(report)
    relations = tuple(relate(report, extraction.mentions, extraction.facts))
    list(findings_of(relations))
    return extraction


def check(text: str) -> None:
    """Audit a text and see what must hold for any text."""
    extraction = audit(text)
    behind = 0
    for mention in extraction.mentions:
        if text[mention.start : mention.end] != mention.text:
            raise FuzzError(f"{mention.text!r} does not stand at {mention.start}")
        if mention.start < behind:
            raise FuzzError(f"{mention.text!r} at {mention.start} begins within the mention before")
        behind = mention.end
    entries = [(entry.start, entry.end) for entry in extraction.ledger]
    if len(entries) != len(set(entries)) and "㈠" not in text:
        raise FuzzError("a numeral has two entries in the ledger")


def seconds_for(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        begin = time.process_time()
        audit(text)
        best = min(best, time.process_time() - begin)
    return best


def check_growth(unit: str) -> None:
    """Repeat a text until it takes long enough to be timed, then twice as often."""
    times = max(1, 2000 // len(unit))
    while True:
        begin = time.process_time()
        check(unit * times)
        spent = time.process_time() - begin
        if spent > SECONDS_THAT_COUNT:
            break
        times *= 2
        if times * len(unit) > LONGEST:
            return
    growths = []
    for _ in range(3):  # others use the machine as well
        growths.append(seconds_for(unit * (2 * times)) / seconds_for(unit * times))
        if growths[-1] <= MOST_GROWTH:
            return
    raise FuzzError(f"{times} and {2 * times} times {unit!r}: {min(growths):.1f} times as long")


# --- texts ------------------------------------------------------------------------------------------------------


def damaged(chance: random.Random) -> str:
    """A stretch of a sample report with pieces moved, dropped, repeated and put in."""
    sample = chance.choice(SAMPLES)
    begin = chance.randrange(len(sample))
    text = sample[begin : begin + chance.randint(50, 3000)]
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(text) + 1)
        stop = min(len(text), at + chance.randint(0, 20))
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[stop:]
            case 1:
                text = text[:at] + chance.choice(ATOMS) + text[at:]
            case 2:
                text = text[:stop] + text[at:stop] * chance.randint(1, 4) + text[stop:]
            case 3:
                other = chance.choice(SAMPLES)
                there = chance.randrange(len(other))
                text = text[:at] + other[there : there + chance.randint(1, 60)] + text[stop:]
            case _:
                text = text[:at] + "".join(chance.sample(text[at:stop], stop - at)) + text[stop:]
    return text


def thrown_together(chance: random.Random) -> str:
    """Atoms in any order, with some characters from anywhere."""
    length = chance.randint(1, 300)
    kinds = chance.sample(ATOMS, chance.randint(2, len(ATOMS)))
    pieces = [chance.choice(kinds) for _ in range(length)]
    for _ in range(chance.randint(0, 5)):
        code = chance.choice([chance.randrange(0x20), chance.randrange(0x3000, 0xA000), chance.randrange(0xD7FF)])
        pieces.insert(chance.randrange(len(pieces) + 1), chr(code))
    return "".join(pieces)


def short_unit(chance: random.Random) -> str:
    """What is to be repeated: a few atoms, or a short stretch of a sample."""
    if chance.random() < 0.3:
        sample = chance.choice(SAMPLES)
        begin = chance.randrange(len(sample))
        return sample[begin : begin + chance.randint(1, 80)]
    return "".join(chance.choice(ATOMS) for _ in range(chance.randint(1, 6)))


# --- the calendar -----------------------------------------------------------------------------------------------


def spoken(number: int) -> str:
    """A number as it is spoken: 一百零八, 十二."""
    return str(cn2an.an2cn(number))


def by_digit(number: int) -> str:
    return str(cn2an.an2cn(number, "direct")).replace("零", "○")


def notations(day: date) -> Iterator[str]:
    """A day in the notations of Taiwanese reports, each in a sentence that makes it a date."""
    year = day.year - MINGUO_EPOCH
    yield f"訂於中華民國{year}年{day.month}月{day.day}日辦理。"
    yield f"訂於中華民國{spoken(year)}年{spoken(day.month)}月{spoken(day.day)}日辦理。"
    yield f"訂於民國{by_digit(year)}年{spoken(day.month)}月{spoken(day.day)}日辦理。"
    yield f"自民國{year}年{day.month:02}月{day.day:02}日起生效。"
    if 60 <= year <= 150:  # without 民國, others count years more often than they name one
        yield f"訂於{year}年{day.month}月{day.day}日辦理。"
        yield f"核定日期：{year}.{day.month:02}.{day.day:02}"
        yield f"核定日期：{year}/{day.month:02}/{day.day:02}"
        yield f"核定日期：{year:03}{day.month:02}{day.day:02}"


def check_year(year: int) -> None:
    day = date(year + 1911, 1, 1)
    while day.year == year + 1911:
        for text in notations(day):
            found = [mention.edtf for mention in audit(text).mentions]
            if found != [day.isoformat()]:
                raise FuzzError(f"{text} reads as {found}, not {day.isoformat()}")
        day += timedelta(days=1)


# --- the campaign -----------------------------------------------------------------------------------------------


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("seconds", nargs="?", type=float, default=600)
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    options.add_argument("--years", type=int, nargs=2, default=(1, 0), metavar=("FIRST", "LAST"))
    asked = options.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    print(f"seed {seed}", flush=True)
    first, last = asked.years
    years = list(range(last, first - 1, -1))
    end = time.monotonic() + asked.seconds
    done: Counter[str] = Counter()
    failures: dict[str, str] = {}
    while years or time.monotonic() < end:
        kind = "calendar" if years else chance.choices(["damaged", "together", "repeated"], [40, 40, 10])[0]
        done[kind] += 1
        text = ""
        try:
            match kind:
                case "damaged":
                    check(text := damaged(chance))
                case "together":
                    check(text := thrown_together(chance))
                case "repeated":
                    check_growth(text := short_unit(chance))
                case _:
                    check_year(int(text := str(years.pop())))
        except Exception as error:  # whatever it is, it is what the campaign looks for
            where = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{kind} {type(error).__name__} {where.name}:{where.lineno}"
            if kind in ("repeated", "calendar"):
                key += f" {text!r}"
            if key not in failures:
                failures[key] = text
                asked.keep.mkdir(parents=True, exist_ok=True)
                (asked.keep / f"{seed}-{len(failures)}.txt").write_text(text, encoding="utf-8", errors="surrogatepass")
                print(f"{key}\n    {error}\n    {text[:200]!r}", flush=True)
    print(" · ".join(f"{kind} {number}" for kind, number in sorted(done.items())), f"· failures {len(failures)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""What one report says against what the others said: which figures are held against each other, and how sure that is."""

from __future__ import annotations

import random

import heshu
import pytest
from heshu.corpus.read import read_text
from heshu.model import Audit, Extraction, Relation, Report
from heshu.output.counts import tally
from heshu.rules.consistency.across import compare, compare_each, in_order
from heshu.rules.consistency.across.forerunners import MOST
from heshu.rules.consistency.across.kin import card_of, kin_of
from heshu.rules.consistency.times import Time, time_of

HEAD = "青嵐市政府人事處{}年度施政成果\n\n"
PENSION = "截至108年12月支領月退休金人員共計{}。"
QUOTA = "截至108年12月應進用身心障礙人員{}人，已進用{}人。"


def report(text: str, name: str, head: str = HEAD.format(108)) -> Report:
    return read_text(head + text, f"{name}.txt")


def audited(first: str, second: str, heads: tuple[str, str] = (HEAD.format(108), HEAD.format(109))) -> Audit:
    return heshu.audit([report(first, "a", heads[0]), report(second, "b", heads[1])])


def ties(audit: Audit) -> list[tuple[str, bool | None]]:
    return [(each.rule, each.holds) for each in audit.relations if each.kind == "series"]


def severities(audit: Audit) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in audit.findings]


AGREE = [
    ("the same", PENSION.format("12,984人"), PENSION.format("12,984人"), "series.restated"),
    ("about", PENSION.format("12,984人"), PENSION.format("約1萬3,000人"), "series.restated"),
    ("餘 in 萬", PENSION.format("12,984人"), PENSION.format("1萬2千餘人"), "series.restated"),
    ("a level, by its last day", PENSION.format("12,984人"), PENSION.format("12,984人").replace("月支", "月底止支"), "series.restated"),
    ("former", "單身者每節發給年節照護金18,000元，由各機關於節前致送。", "單身者每節發給年節照護金21,600元(原18,000元)。", "series.former"),
    ("a rising total", "人事服務網自101年啟用至108年12月底止，累計瀏覽12萬人次。", "人事服務網自101年啟用至109年12月底止，累計瀏覽13萬人次。", "series.since"),
    ("a rate of growth since", "108年員工協助方案個別諮商服務362人次。", "109年員工協助方案諮商之服務量達401人次，較108年成長10.77%。", "series.prior"),
    ("a standard", "同仁通過英語檢定者，每人最高補助3,000元。", "同仁通過英語檢定者，每人最高補助3,000元。", "series.standard"),
    ("told again in other words", "公務人力發展中心108年共辦理各類訓練132班，參訓5,558人次。", "與108年各類訓練之132班、參訓5,558人次相較，109年開辦班數減少。", "series.restated"),
    ("a change since, under other names", "108年員工協助方案個別諮商服務362人次。", "109年員工協助方案諮商之服務量達401人次，較108年增加39人次。", "series.prior"),
    ("a running total by its words", "二手輔具回收自99年3月啟用迄今，累計回收12,406件。", "輔具資源中心自99年3月起累計回收二手輔具13,018件。", "series.cumulative"),
    ("halves by their words", "108年上半年個別諮商168人次。108年下半年個別諮商194人次。", "108年全年個別諮商362人次。", "series.halves"),
    ("a day told again", "組織自治條例修正案業經議會於107年5月24日三讀通過。", "青年局之設置，係依107年5月24日議會三讀通過之組織自治條例修正案。", "series.copied-date"),
    ("a past day in copied words", "為提升服務品質，本府自民國92年起推動並導入績效評比制度。", "為提升服務品質，本府自民國92年起推動並導入績效評比制度。", "series.copied-date"),
]  # fmt: skip

DIFFER = [
    ("two digits swapped", PENSION.format("12,984人"), PENSION.format("12,948人"), ("RESTATED", "contradiction")),
    ("further than about", PENSION.format("12,984人"), PENSION.format("約1萬5,000人"), ("RESTATED", "revision")),
    ("a first estimate", "初步統計，" + PENSION.format("12,984人"), PENSION.format("13,048人"), ("RESTATED", "revision")),
    ("told as corrected", PENSION.format("12,984人"), PENSION.format("12,948人（更正前次報告誤植）"), ("CORRECTED", "note")),
    ("a change since", "108年計有362人辦理退休。", "109年計有401人辦理退休，較108年增加54人。", ("PRIOR", "revision")),
    ("a former value alone", "單身者每節發給年節照護金18,000元，由各機關於節前致送。", "單身者每節發給年節照護金21,600元(原18,500元)。", ("FORMER", "suspicious")),
    ("told again in other words", "公務人力發展中心108年共辦理各類訓練132班，參訓5,558人次。", "與108年各類訓練之132班、參訓5,458人次相較，109年開辦班數減少。", ("RESTATED", "suspicious")),
    ("a change since, under other names", "108年員工協助方案個別諮商服務362人次。", "109年員工協助方案個別諮商服務401人次，較108年增加49人次。", ("PRIOR", "revision")),
    ("a rate of growth since, that a digit parts", "108年員工協助方案個別諮商服務362人次。", "109年員工協助方案個別諮商服務401人次，較108年成長10.17%。", ("PRIOR", "revision")),
    ("one of several tellings", "依訓練實施計畫，106至108年3年內受訓涵蓋率至少達50%（每人至少3小時）。", "業達成訓練實施計畫106至108年3年內受訓涵蓋率至少達50%之目標。依訓練實施計畫規定，106至108年7年內受訓涵蓋率至少達50%（每人至少3小時）。", ("PLAN", "note")),
    ("a running total that falls, by its words", "二手輔具回收自99年3月啟用迄今，累計回收12,406件。", "輔具資源中心自99年3月起累計回收二手輔具11,018件。", ("CUMULATIVE", "contradiction")),
    ("a day told again", "組織自治條例修正案業經議會於107年5月24日三讀通過。", "青年局之設置，係依107年5月14日議會三讀通過之組織自治條例修正案。", ("EVENT", "suspicious")),
    ("a past day in copied words", "為提升服務品質，本府自民國92年起推動並導入績效評比制度。", "為提升服務品質，本府自民國93年起推動並導入績效評比制度。", ("EVENT", "suspicious")),
    ("a figure in a sentence that is copied", "本府優等獎頒發獎狀1幀、獎金2萬元及公假3日，由各機關核給。", "本府優等獎頒發獎狀1幀、獎金2萬元及公假5日，由各機關核給。", ("RULE", "suspicious")),
    ("another standard, later", "同仁通過英語檢定者，每人最高補助3,000元。", "同仁通過英語檢定者，每人最高補助3,500元。", ("RULE", "suspicious")),
]  # fmt: skip

APART = [
    ("another year", PENSION.format("12,984人"), PENSION.replace("108", "109").format("13,102人")),
    ("人 and 人次", "108年計有362人參加心理諮商。", "108年計有380人次參加心理諮商。"),
    ("a stock that falls", PENSION.format("12,984人"), PENSION.replace("108", "109").format("12,102人")),
    ("a total from another start", "自101年啟用至108年底止，累計瀏覽12萬人次。", "自108年改版啟用至109年底止，累計瀏覽3萬人次。"),
    ("a standard that is said to be raised", "性別課程每人每年應達2小時。", "性別課程每人每年應達時數提高為3小時。"),
    ("a figure that moves, in copied words", "本期計有12個機關導入使用線上差勤系統，成效良好。", "本期計有13個機關導入使用線上差勤系統，成效良好。"),
    ("every year on that day", "模範公務人員於108年6月26日公開表揚，各致贈獎座。", "模範公務人員於109年6月26日公開表揚，各致贈獎座。"),
    ("planned and done", "第二辦公大樓預定於108年9月10日啟用，進駐5機關。", "第二辦公大樓於108年9月20日啟用，進駐5機關。"),
    ("a plan and what came of it", "公務人力發展中心108年度預定開辦120班。", "公務人力發展中心108年度開辦124班。"),
    ("lists of two times", "108年底職員5,301人、警察3,432人、消防1,254人、約聘僱735人。", "109年底職員5,327人、警察3,440人、消防1,302人、約聘僱731人。"),
    ("a stock since the opening", "創業聚落自108年3月1日啟用，截至年底進駐27組。", "創業聚落由108年底24組增至31組，進駐率七成七。"),
    ("a flow beside a running total", "法律諮詢服務108年計772人次，歷來服務達1,292人次。", "法律諮詢開辦以來計服務2,352人次，其中109年1,060人次，較108年772人次增加288人次。"),
    ("last year's sentence with this year's figures", "108年勞資爭議已調解完竣2,601件，調解成立1,688件，成立率64.9%。", "勞資爭議已調解完竣2,437件，調解成立1,618件，成立率66.4%，較108年64.9%上升。"),
    ("a rate that is reckoned anew", "截至108年12月應進用身心障礙同仁611人，已進用1,027人，進用比率達168%。", "截至109年12月應進用身心障礙同仁629人，已進用1,050人，進用比率達167%。"),
    ("a revised rate beside its former value", "房屋貸款年利率1.37%；消費性貸款年利率1.60%。", "房貸利率為1.12%(原1.37%)；消費性貸款利率為1.35%(原1.60%)。"),
    ("another holiday", "每節單身者18,000元，108年春節發給有眷者39人、單身者36人。", "每節單身者18,000元，108年中秋節發給有眷者38人、單身者34人。"),
    ("a goal that was moved", "通過英語檢定者2,116人，比例30.93%，已達108年度30%之目標。", "通過英語檢定者2,358人，比例34.08%，達成109年度34%之目標。"),
    ("a goal of the year and halves", "108年度自製課程目標36門，上半年完成16門。", "108年度自製課程目標36門，108年下半年完成22門，全年完成38門。"),
    ("another award", "模範警察8人於108年6月15日表揚，每人獎金20,000元，合計160,000元。", "破案績優員警6人於109年12月14日頒獎，每人獎金10,000元，計60,000元。"),
    ("a standard whose change is told elsewhere", "進修碩士學位者每人每學期最高補助10,000元，補助89人次。", "進修補助自109年起由10,000元調整為12,000元。進修碩士學位者每人每學期最高補助12,000元，補助91人次。"),
    ("two days with their weekdays", "義警表揚大會於108年3月25日（星期一）舉行，由市長頒獎表揚績優人員。", "民防表揚大會於108年7月25日（星期四）舉行，由市長頒獎表揚績優人員。"),
    ("posts that begin on the first of some month", "修正社會局編制表，編制員額由191人修正為183人，自109年1月1日生效。", "修正交通局編制表，編制員額由96人修正為104人，自109年7月1日生效。"),
    ("a course by its number", "政府採購基礎班第1期取得及格證書218人，成效良好。", "政府採購基礎班第2期取得及格證書216人，成效良好。"),
    ("the whole year of each report", "一、補助\n自96年起辦理。\n\n二、藝文\n全年辦理展覽312場次，較107年增加12場次。", "一、補助\n自96年起辦理。\n\n二、藝文\n全年辦理展覽438場次，較108年增加126場次。"),
    ("one of the figures of a long sentence", "行動書車巡迴24站，108年上半年應停靠288次，因颱風及車輛保養停駛7次，實際停靠281次。", "行動書車巡迴24站，108年下半年應停靠288次，因颱風及車輛保養停駛9次，連同108年上半年281次，停靠560次。"),
    ("halves of the whole and a part of the year", "108年上半年無預警查核21家次，合格18家次，限期改善3家次。", "全年無預警查核45家次，108年合格40家次，限期改善5家次；108年上半年為21家次、108年下半年為24家次。"),
    ("one session of several", "108年3月20日辦理「青嵐有約」1場，參加男性38人、女性38人。", "108年3月20日、6月12日及11月20日辦理「青嵐有約」3場，參加男性114人、女性114人。"),
    ("the base of a whole behind its parts", "108年辦理研習8場次，計有411人(男性206人、女性205人)參加。", "109年辦理研習9場次，計有420人(男性210人、女性210人)參加，較108年之411人增加9人。"),
    ("another part", "108年退休362人，其中公務人員120人。", "108年退休362人，其中教育人員242人。"),
]  # fmt: skip

HALVES = (
    "青嵐市政府水利處98年上半年施政報告\n(98年1月至98年6月)\n\n",
    "青嵐市政府水利處98年下半年施政報告\n(98年7月至98年12月)\n\n",
)
HARBOUR = "松濤港區更新計畫：自92年3月至104年10月，經費{}億元，98年{}月底執行進度{}%，完工後可增設綠地{}公頃，並改善港區排水。"
PHASES = "青嵐溪綠廊整建：第1期工程為95年至96年，匡列{}億元；第2期工程為97年至99年，匡列{}億元；第3期工程為100年至102年，匡列{}億元。"
LAMPS = "汰換老舊路燈，97年裝設{}盞，截至98年{}月底點亮{}盞，98年裝設{}盞，截至98年{}月底點亮{}盞。"
SHOP = "青嵐選物網站累計造訪達{}人次、刊登商品資訊{}則及影音{}集。"
CLUBS = "{}年度社區行動計畫計有{}件提案，入選甲級計畫{}件、乙級計畫24件，並辦理3場次工作坊。"
AUDITED = "辦理市營事業96年度考核，完成考核總報告，對各事業共提出{}項建議，促請改善經營。"
TRAIL = "「水岸慢行」由里民解說隊與鄰近學校一起踏查，挑出{}處適合親子停留的老樹與埤塘，分為「春耕」、「夏荷」、「秋收」{}個單元，各附{}張手繪地圖，供民眾自由取用，{}"
SCHOOL = "協助{}個里繪製防災地圖、檢視避難路線、清點物資及編組志工，以期颱風來臨時減少損失，並與消防分隊保持聯繫，隨時更新名冊，另協助{}個社區添購照明設備。"
CALL = "為便利行動不便長者就醫，復康巴士訂車專線增設自動語音，並將待接時間由原{}秒縮短到{}秒，車輛調度人員於接獲來電後5分鐘內回覆。"
SHELVES = "截至98年{}月底止，典藏紙質檔案{}公尺，非紙質檔案{}公尺，公布目錄{}筆，提供應用檔案{}件。"
EDITIONS = [
    ("a plan of years", HARBOUR.format("31.7", 6, "27.35", "1,480"), HARBOUR.format("33.7", 12, "34.62", "1,480"), [("PLAN", "note")]),
    ("a plan of years, told smaller", HARBOUR.format("31.7", 6, "27.35", "1,480"), HARBOUR.format("30.7", 12, "34.62", "1,480"), [("PLAN", "suspicious")]),
    ("what a work brings once it is finished", HARBOUR.format("31.7", 6, "27.35", "1,480"), HARBOUR.format("31.7", 12, "34.62", "1,680"), [("PLAN", "note")]),
    ("a plan that was drawn out", HARBOUR.format("31.7", 6, "27.35", "1,480"), HARBOUR.format("33.7", 12, "34.62", "1,480").replace("至104年", "至105年"), [("PLAN", "note")]),
    ("one of several phases", PHASES.format("118.45", "203.6", "187.15"), PHASES.format("118.05", "203.6", "187.15"), [("RESTATED", "revision")]),
    ("a closed year between running ones", LAMPS.format(215, 6, 203, 140, 6, 91), LAMPS.format(205, 12, 204, 188, 12, 126), [("RESTATED", "revision")]),
    ("the base of a comparison", "截至98年6月底止，公廁評鑑優等比率為81.3%，較97年度78.5%有改善。", "截至98年12月底止，公廁評鑑優等比率為79.8%，較97年度75.5%有改善。", [("RESTATED", "revision")]),
    ("what was before", "路燈節電效率由43%提升至62%，成效良好。", "路燈節電效率由41%提升至62%，成效良好。", [("RULE", "suspicious")]),
    ("a total that falls alone among those of its clause", SHOP.format("62萬", "310", "172"), SHOP.format("59萬8,120", "418", "231"), [("CUMULATIVE", "contradiction")]),
    ("totals that begin anew with each half-year", SHOP.format("62萬", "310", "172"), SHOP.format("41萬", "182", "231"), []),
    ("what a finished report holds", AUDITED.format("103"), AUDITED.format("108"), [("RESTATED", "contradiction")]),
    ("the goal of a year that is over by now", "98年培訓目標為4,200人次。", "98年培訓目標為3,900人次，業已達成。", [("PLAN", "suspicious")]),
    ("a holding that alone has not moved", SHELVES.format(6, "4,512.25", "318.62", "80萬1,420", "2萬1,307"), SHELVES.format(12, "5,038.61", "318.62", "91萬5,077", "4萬6,118"), [("SERIES", "suspicious")]),
    ("one count of a copied sentence", CLUBS.format("本", 142, 16), CLUBS.format("98", 842, 16), [("RULE", "suspicious")]),
    ("several counts of it", CLUBS.format("本", 142, 16), CLUBS.format("98", 186, 19), []),
    ("what is all done", "第1階段河道清淤工程334件，已全部完工。", "第1階段河道清淤工程336件，已全部完工。", [("RESTATED", "revision")]),
    ("a goal of no year", "本方案目標為核定後1年內完成水庫清淤2,400萬立方公尺。", "本方案目標本為核定後1年內完成水庫清淤2,600萬立方公尺。", [("PLAN", "note")]),
    ("how many there are in each class", "98年於6月至11月開設園藝班20班(每班約40人)，預計850人參訓。", "98年於6月至11月開設園藝班20班(每班約45人)，計812人參訓。", [("RULE", "suspicious")]),
    ("a count in a long copy of which all else is as it was", TRAIL.format(63, 4, 2, "本期計2,164人參加。"), TRAIL.format(68, 4, 2, "計辦理57場活動。"), [("RULE", "suspicious")]),
    ("a count in a long copy that moves on", TRAIL.format(63, 4, 2, "本期計2,164人參加。"), TRAIL.format(68, 5, 2, "計辦理57場活動。"), []),
    ("the second count of a very long copy", SCHOOL.format(14, 36), SCHOOL.format(14, 38), [("RULE", "suspicious")]),
    ("a copy that tells of another half-year", "98年上半年" + SCHOOL.format(14, 36), "98年下半年" + SCHOOL.format(14, 38), []),
    ("a change that both tell", CALL.format(85, 40), CALL.format(85, 70), [("RULE", "suspicious")]),
    ("a number in a title", "委託辦理「4家廣播電臺聯播計畫」，完成安裝3,160戶。", "委託辦理「8家廣播電臺聯播計畫」，完成安裝2,745戶。", [("RULE", "suspicious")]),
    ("an amount for each in one year", "本期計補助外籍實習生36名，每人每月補助實習期間交通費200美元。", "98年度計補助外籍實習生72名，每人每月補助實習期間交通費900美元。", [("RULE", "suspicious")]),
    ("what is done before the years that the line above tells", "青嵐溪整治自95年至102年，第3階段為100年至102年，內容如下：\n\n(1)清淤工程：第1階段工程335件，已全部完工。", "青嵐溪整治自95年至102年，第3階段為100年至102年，內容如下：\n\n(1)清淤工程：第1階段工程345件，已全部完工。", [("RESTATED", "revision")]),
    ("a plan of one span of years in a passage that was written anew", HARBOUR.format("31.7", 6, "27.35", "1,480"), "松濤港區更新計畫：自92年3月至104年10月，經費33.7億元，因用地取得時程未如預期，經委託顧問重新評估船席需求並徵詢居民意見，將再檢討後續開發方式、期程及財源，另覓替代場址。", [("PLAN", "note")]),
    ("nothing but progress", HARBOUR.format("31.7", 6, "27.35", "1,480"), HARBOUR.format("31.7", 12, "34.62", "1,480"), []),
    ("a change goes on from the last", "報案接聽時間由原25秒縮短到20秒，成效良好。", "報案接聽時間由原20秒縮短到15秒，成效良好。", []),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "told"), [pytest.param(*case[1:], id=case[0]) for case in EDITIONS])
def test_editions_of_one_passage(first: str, second: str, told: list[tuple[str, str]]) -> None:
    assert severities(audited(first, second, HALVES)) == told


@pytest.mark.parametrize(("first", "second", "rule"), [pytest.param(*case[1:], id=case[0]) for case in AGREE])
def test_what_agrees_is_confirmed(first: str, second: str, rule: str) -> None:
    audit = audited(first, second)
    assert (rule, True) in ties(audit)
    assert severities(audit) == []


@pytest.mark.parametrize(("first", "second", "told"), [pytest.param(*case[1:], id=case[0]) for case in DIFFER])
def test_what_differs_is_told(first: str, second: str, told: tuple[str, str]) -> None:
    assert severities(audited(first, second)) == [told]


@pytest.mark.parametrize(("first", "second"), [pytest.param(*case[1:], id=case[0]) for case in APART])
def test_what_is_not_one_thing_is_left_alone(first: str, second: str) -> None:
    audit = audited(first, second)
    assert [tie for tie in ties(audit) if tie[1] is False] == []
    assert severities(audit) == []


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("白沙市政府人事處108年度施政成果\n\n", id="another city"),
        pytest.param("青嵐市政府教育局108年度施政成果\n\n", id="another office"),
    ],
)
def test_another_body_is_left_alone(head: str) -> None:
    audit = audited(QUOTA.format(600, 900), QUOTA.format(20, 30), (HEAD.format(108), head))
    assert ties(audit) == []


def test_each_compares_nothing() -> None:
    reports = [report(PENSION.format("12,984人"), "a"), report(PENSION.format("12,948人"), "b", HEAD.format(109))]
    assert ties(heshu.audit(reports, each=True)) == []


def test_the_order_of_the_reports_changes_nothing() -> None:
    reports = [
        report(PENSION.format(figure), name, HEAD.format(year))
        for name, year, figure in (("a", 108, "12,984人"), ("b", 109, "12,948人"), ("c", 110, "12,984人"))
    ]
    first = heshu.audit(reports)
    random.Random(3).shuffle(reports)
    second = heshu.audit(reports)
    assert [f.message_zh for f in first.findings] == [f.message_zh for f in second.findings]
    assert first.relations == second.relations


def test_a_finding_says_what_would_mend_it() -> None:
    told = "截至108年12月支領月退休金人員共計12,984人(公務人員4,893人、教育人員8,091人)。"
    (finding,) = audited(told, PENSION.format("12,948人")).findings
    assert (finding.mends[0].figure.text, finding.mends[0].value) == ("12,948人", "12984")
    assert [relation.rule for relation in finding.bearing] == ["sum.bracket"]
    assert "如「12,948人」改為 12,984人即相符。" in finding.message_zh


def test_one_root_inside_and_across_is_one_finding() -> None:
    inside = "截至108年12月支領月退休金人員共計12,948人(公務人員4,893人、教育人員8,091人)。"
    audit = audited(PENSION.format("12,984人"), inside)
    assert len(audit.findings) == 1
    (finding,) = audit.findings
    assert (finding.mends[0].figure.text, finding.mends[0].value) == ("12,948人", "12984")


def test_coverage_counts_each_figure_once() -> None:
    audit = audited(PENSION.format("12,984人") + "另有志工37人。", PENSION.format("12,948人"))
    counts = tally(audit)
    coverage = counts.total
    assert (coverage.contradicted, coverage.confirmed, coverage.undecided, coverage.untied) == (2, 0, 0, 1)
    assert [part.contradicted for part in counts.reports.values()] == [1, 1]


@pytest.mark.parametrize(
    ("edtf", "time"),
    [
        ("2019", "2019-01-01 2019-12-31"),
        ("2019-01/2019-12", "2019-01-01 2019-12-31"),
        ("2019-02", "2019-02-01 2019-02-28"),
        ("2019-02-03/2020", "2019-02-03 2020-12-31"),
        ("2019-12/2019-01", None),
        ("2019-02-30", None),
        ("2021-XX-05", None),
        (None, None),
    ],
)
def test_times(edtf: str | None, time: str | None) -> None:
    found = time_of(edtf)
    assert (f"{found.first} {found.last}" if isinstance(found, Time) else None) == time


CITY = "{}政府社會局{}年度工作報告\n\n"
AIDED = "為減輕市民負擔，{}獨居長者每人每月送餐費用補助{}元，由本局按月撥付。"


def test_two_cities_are_two_bodies_whatever_words_they_share() -> None:
    shared = "本局受理申請後派員訪視，符合資格者次月起送餐，逾期未領者另行聯繫家屬，並列入每週追蹤。" * 3
    first, second = (AIDED.format("", amount) + shared for amount in ("7,300", "7,200"))
    audit = audited(first, second, (CITY.format("青嵐市", 109), CITY.format("晴川市", 110)))
    assert not [each for each in audit.relations if each.kind == "series"]
    assert not audit.alignments


def test_a_standard_that_the_report_in_between_has_raised_is_not_asked_for_again() -> None:
    told = (
        AIDED.format("", "7,300"),
        AIDED.format("修正前由原7,300元提高為7,900元，", "7,900"),
        AIDED.format("", "7,900"),
    )
    reports = [
        report(text, f"r{number}", CITY.format("青嵐市", 109 + number)) for number, text in enumerate(told, start=1)
    ]
    assert [each for each in severities(heshu.audit(reports)) if each[1] != "note"] == []


def test_what_last_years_sentence_told_is_held_to_its_retelling_in_another_paragraph() -> None:
    first = "109年1月至6月實際辦理農事推廣課程26場次，參加民眾5,111人次，反應熱烈。"
    second = (
        "109年7月至12月實際辦理農事推廣課程22場次，參加民眾8,039人次，反應熱烈。\n\n"
        "回顧109年1月至6月實際辦理農事推廣課程26場次，參加民眾{}人次。"
    )
    heads = ("青嵐市政府農業局109年上半年工作報告\n\n", "青嵐市政府農業局109年下半年工作報告\n\n")
    assert severities(audited(first, second.format("5,111"), heads)) == []
    assert [severity for _, severity in severities(audited(first, second.format("5,117"), heads))] == ["revision"]


HALVES = (
    "青嵐市政府財稅局98年上半年工作報告\n(98年1月至98年6月)\n\n",
    "青嵐市政府財稅局98年下半年工作報告\n(98年7月至98年12月)\n\n",
)
COLLECTED = "本期受理欠費案件{}件，收回金額{}億元，累計自90年1月至98年{}月底止，收回總金額為{}億元，成效良好。"
LOANS = "截至98年{}月底止，當鋪業逾期未贖金額{}億元，較93年1月底新制施行前減少{}億元。"
TRADE = "雙邊貿易往來密切，本期進出口貿易總額{}億元，本市廠商出口金額{}億元，進口金額{}億元，均較前期成長。"


@pytest.mark.parametrize(
    ("first", "second", "tie", "told"),
    [
        pytest.param(
            COLLECTED.format(2251, 137, 6, "1,829"), COLLECTED.format(4592, 133, 12, "1,962"), ("series.flow", True), [], id="what was added"
        ),
        pytest.param(
            COLLECTED.format(2251, 137, 6, "1,829"), COLLECTED.format(4592, 270, 12, "1,962"),
            ("series.flow", False), [("CUMULATIVE", "suspicious")], id="more was added than the total grew",
        ),
        pytest.param(LOANS.format(6, 374, 627), LOANS.format(12, 340, 661), ("series.base", True), [], id="one start"),
        pytest.param(
            LOANS.format(6, 374, 627), LOANS.format(12, 340, 656), ("series.base", False), [("PRIOR", "suspicious")], id="two starts"
        ),
    ],
)  # fmt: skip
def test_what_counts_from_one_start_implies_one_start(
    first: str, second: str, tie: tuple[str, bool], told: list[tuple[str, str]]
) -> None:
    audit = audited(first, second, HALVES)
    assert tie in ties(audit)
    assert severities(audit) == told


def test_a_tie_that_held_in_the_sentence_before_is_carried_over() -> None:
    audit = audited(TRADE.format("102.1", "41.4", "60.7"), TRADE.format("118.6", "45.2", "72.9"), HALVES)
    assert [(each.rule, each.holds) for each in audit.relations if each.rule.endswith(".carried")] in (
        [],
        [("sum.carried", False)],
    )
    assert [severity for _, severity in severities(audit)] == ["suspicious"]


def budget(year: int, rows: list[tuple[str, int, int]]) -> str:
    lines = [f"青嵐市{year}年度總預算歲出比較表", "單位：千元", "科目\t本年度預算數\t上年度預算數\t增減率(%)"]
    return "\n".join(
        [*lines, *(f"{name}\t{now:,}\t{then:,}\t{100 * (now - then) / then:.2f}" for name, now, then in rows)]
    )


def test_a_tie_of_columns_is_not_carried_to_the_columns_of_another_year() -> None:
    first = [("1.行政支出", 56_015, 70_802), ("2.教育支出", 175_721, 160_404), ("3.經濟支出", 53_899, 48_301)]
    second = [("1.行政支出", 54_085, 56_015), ("2.教育支出", 183_103, 175_721)]
    audit = audited(budget(110, first), budget(111, second))
    assert not [each.rule for each in audit.relations if each.rule.endswith(".carried")]
    assert severities(audit) == []


def test_a_row_that_stayed_as_it_was_keeps_a_column_a_rate_of_change() -> None:
    rows = [
        ("1.行政支出", 54_085, 56_015),
        ("2.教育支出", 183_103, 175_721),
        ("3.基金", 500, 500),
        ("4.經濟支出", 44_993, 53_899),
    ]
    audit = audited(budget(111, rows), "計3人。")
    assert [each.rule for each in audit.relations] == ["growth.column-law"] * 3


def test_a_list_that_goes_on_carries_no_sum() -> None:
    first = TRADE.format("102.1", "41.4", "60.7")
    second = TRADE.format("118.6", "45.2", "72.9").replace("72.9億元，", "72.9億元及轉口等，")
    assert severities(audited(first, second, HALVES)) == []


def test_a_few_reports_are_at_hand_at_once() -> None:
    read = [
        heshu.extract(report(PENSION.format("12,984人"), f"r{year}", HEAD.format(year))) for year in range(100, 110)
    ]
    known = {each.report.name: each for each in read}
    asked: list[str] = []

    def reading(name: str) -> tuple[Extraction, tuple[Relation, ...]]:
        asked.append(name)
        return known[name], ()

    found: list[Relation] = []
    for relations, alignments in compare_each([*known], reading, kin_of(map(card_of, read))):
        assert len(set(asked)) <= MOST + 1
        assert all({each.earlier, each.later} <= set(asked) for each in alignments)
        asked.clear()
        found += relations
    assert in_order(found) == compare(read)[0] != ()

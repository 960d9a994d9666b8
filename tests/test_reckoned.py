"""Figures that words and arithmetic tie together: which readings are found, which slips are told, and what is left alone.

An expectation reads like the arithmetic, behind the rule that found it; ``✗`` stands behind a tie whose figures do not
agree. Rates and averages are followed by what is divided by what.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from heshu.corpus.read import read_text
from heshu.model import Mention, Relation
from heshu.pipeline import extract
from heshu.rules.consistency import RECKONED, relate
from heshu.rules.consistency.reckoned.evidence import rarity
from heshu.rules.consistency.slips import changed, differ_in_one_digit, masks, mendable, swaps, written
from hypothesis import given
from hypothesis import strategies as st

REASONED = {check.id for check in RECKONED}


def relations(text: str) -> tuple[Relation, ...]:
    extraction = extract(read_text(text, "t"))
    return relate(extraction.report, extraction.mentions, extraction.facts, issued=extraction.issued)


def told(relation: Relation) -> str:
    terms = " ".join(f"{sign} {term.text}" for sign, term in zip(relation.signs, relation.terms, strict=True))
    return f"{relation.rule} {relation.result.text} = {terms.removeprefix('+ ')}{'' if relation.holds else ' ✗'}"


def reckoned(text: str) -> list[str]:
    return [told(relation) for relation in relations(text) if relation.rule in REASONED]


TOTALS = [
    ("of which, in any words", "青嵐市竊盜案件1,846件之中，住宅竊盜96件、汽車竊盜238件、其他1,512件。", ["sum.reckoned 1,846件 = 96件 + 238件 + 1,512件"]),
    ("the rest named last", "青嵐市實有員警3,712人，男警3,098人，餘614人為女警。", ["difference.reckoned 614人 = 3,712人 - 3,098人"]),
    ("members, then the total", "申辦方式採臨櫃者1,204件、採網路者2,318件。連同郵寄410件，共受理3,932件。", ["sum.reckoned 3,932件 = 1,204件 + 2,318件 + 410件"]),
    ("中屬", "核准動支21案，其中17案已結；21案中屬緊急災損13案、法定給付5案、其他3案。", ["same.retold 21案 = 21案", "sum.reckoned 21案 = 13案 + 5案 + 3案"]),
    ("both outcomes of a step", "委員會應出席34人，實際出席31人（含代理4人），請假3人。", ["sum.reckoned 34人 = 31人 + 3人"]),
    ("two of a list", "陳情案件以噪音3,926件最多，異味2,514件次之，環境衛生2,187件再次之，前兩項合計6,440件。", ["sum.reckoned 6,440件 = 3,926件 + 2,514件"]),
    ("shares of several", "陳情案件中噪音占39.87%、異味占25.53%、環境衛生占22.21%，三者合占87.61%。", ["sum.reckoned 87.61% = 39.87% + 25.53% + 22.21%"]),
    ("parts in the next sentence", "全年裁罰共計45件。按違規情形，排放超標39件、許可不符6件。", ["sum.reckoned 45件 = 39件 + 6件"]),
    ("a budget and what became of it", "決算數753億5,548萬4千元，包含實現數718億9,420萬6千元、應付數2億8,635萬元及保留數31億7,492萬8千元。", ["sum.reckoned 753億5,548萬4千元 = 718億9,420萬6千元 + 2億8,635萬元 + 31億7,492萬8千元"]),
    ("a list with its own total in it", "未滿2歲幼兒16,482人，送托於公設者1,068人、社區家園372人、準公共3,415人、居家2,684人，總送托人數7,539人，其中公設合計1,440人。", ["sum.reckoned 7,539人 = 1,068人 + 372人 + 3,415人 + 2,684人", "sum.reckoned 1,440人 = 1,068人 + 372人"]),
    ("one total, parted by sex and by age", "青嵐市總人口684,250人，男性335,280人、女性348,970人；依年齡分，幼年82,110人、壯年472,132人、老年130,008人。", ["sum.reckoned 684,250人 = 82,110人 + 472,132人 + 130,008人", "difference.reckoned 348,970人 = 684,250人 - 335,280人"]),
    ("outcomes of several steps", "聲請保護令521件，法院核發437件、駁回43件、撤回29件、尚未裁定12件。", ["sum.reckoned 521件 = 437件 + 43件 + 29件 + 12件"]),
    ("in a row without names", "演練3場次，出席人數依序為86人、124人及75人，參演總數285人。", ["sum.reckoned 285人 = 86人 + 124人 + 75人"]),
    ("two that stand apart", "青嵐市低收入戶4,186戶，第一款212戶、第二款1,508戶、第三款2,466戶；中低收入戶3,905戶。兩類合併計算，受照顧戶數8,091戶。", ["sum.reckoned 4,186戶 = 212戶 + 1,508戶 + 2,466戶", "sum.reckoned 8,091戶 = 4,186戶 + 3,905戶"]),
    ("shares that the clause before takes together", "教育支出占36.68%、社福支出占20.55%、經濟支出占17.52%，三者併計563億3,506萬元，占74.75%。", ["sum.reckoned 74.75% = 36.68% + 20.55% + 17.52%"]),
    ("youths are no change", "議員服務案件286件，社會救助類97件、老人類81件、身障類64件、兒少及婦女類44件。", ["sum.reckoned 286件 = 97件 + 81件 + 64件 + 44件"]),
    ("a list whose first member its words hide", "每期挖除量依序為2萬4,000、2萬8,000、3萬立方公尺，計8萬2,000立方公尺。", ["sum.longer 8萬2,000立方公尺 = 2萬4,000 + 2萬8,000 + 3萬立方公尺"]),
    ("a level told before its parts", "工會394家，包括企業工會95家及職業工會299家，較110年底389家增加5家。", ["change.longer 394家 = 389家 + 5家", "sum.reckoned 394家 = 95家 + 299家"]),
    ("a list that misses its total by a digit", "列管孳生源318處，按類別分別是空地97處、水溝128處、容器83處。", ["sum.slip 318處 = 97處 + 128處 + 83處 ✗"]),
]  # fmt: skip

CHANGES = [
    ("behind the former level", "本期發生8,614件，較上期之9,027件少了413件。", ["change.reckoned 8,614件 = 9,027件 - 413件"]),
    ("whatever the verb", "決標金額6億4,773萬元，較底價5億5,230萬元溢價9,543萬元。", ["change.reckoned 6億4,773萬元 = 5億5,230萬元 + 9,543萬元"]),
    ("from and to", "青嵐市裝置容量由5,230瓩提高為6,480瓩，擴增1,250瓩。", ["change.reckoned 6,480瓩 = 5,230瓩 + 1,250瓩"]),
    ("percentage points", "良好站日占95.12%，相較去年同期之93.36%進步1.76個百分點。", ["difference.reckoned 1.76個百分點 = 95.12% - 93.36%"]),
    ("a goal", "65歲以上者接種率52.4%，與目標55%尚有2.6個百分點之差距。", ["difference.reckoned 2.6個百分點 = 55% - 52.4%"]),
    ("a rest", "本局預算員額138人，現有職員131人，尚有缺額7人。", ["difference.reckoned 7人 = 138人 - 131人"]),
    ("a level of a paragraph before", "一、低收入戶\n青嵐市112年底低收入戶9,824戶。\n\n二、補助\n低收入戶戶數較111年底之10,105戶減少281戶。", ["change.reckoned 9,824戶 = 10,105戶 - 281戶"]),
    ("so rare that no word is needed", "青嵐市歲入決算612億3,458萬7千元，其中補助收入214億0,935萬8千元，自有財源398億2,522萬9千元。", ["difference.reckoned 398億2,522萬9千元 = 612億3,458萬7千元 - 214億0,935萬8千元"]),
    ("a rate of the change, which stands before its level", "較上年增加544件，增幅3.96%，本年受理14,286件。", ["growth.reckoned 3.96% = 14,286件 + 544件"]),
    ("a rate of two levels", "機車由15,600輛降為14,200輛，降幅8.97%。", ["growth.reckoned 8.97% = 14,200輛 - 15,600輛"]),
    ("a rate of the former level, behind parts of the new one", "媒合5,834件，其中包租1,247件、代管4,587件，較上期4,863件增加971件，成長約20%。", ["change.reckoned 5,834件 = 4,863件 + 971件", "sum.reckoned 5,834件 = 1,247件 + 4,587件", "ratio.of-former 20% = 971件 + 4,863件"]),
    ("a digit parts the two levels from their change", "本期住宅竊盜96件，上期為138件，減少52件。", ["change.slip 96件 = 138件 - 52件 ✗"]),
    ("a digit parts two rates from their distance", "良好站日占95.12%，相較去年同期之93.36%進步1.86個百分點。", ["difference.slip 1.86個百分點 = 95.12% - 93.36% ✗"]),
]  # fmt: skip

SHARES = [
    ("named by the verb", "青嵐市教師報考閩南語認證1,842人，通過1,119人，通過率60.7%。", ["ratio.reckoned 60.7% = 1,119人 + 1,842人"]),
    ("in bracket", "里長452人，女性98人（21.68%）。", ["ratio.reckoned 21.68% = 98人 + 452人"]),
    ("a round share named by the verb", "計畫興建3,210間，已完工1,284間、施工中1,507間、規劃中419間，完工率恰為四成。", ["sum.reckoned 3,210間 = 1,284間 + 1,507間 + 419間", "ratio.reckoned 四成 = 1,284間 + 3,210間"]),
    ("more than all", "七項稅目實徵219.83億元，預算數212.50億元，達成率103.45%。", ["ratio.reckoned 103.45% = 219.83億元 + 212.50億元"]),
    ("of two sorts, named by the whole's unit", "住宿式機構開放1,024床，現住931人，占床率90.9%。", ["ratio.reckoned 90.9% = 931人 + 1,024床"]),
    ("rates of two spans", "青嵐市文化局108年下半年業務報告\n\n本期報名1,162人，結訓1,012人，結訓率87.1%，上半年為結訓984人、結訓率87.4%。", ["ratio.reckoned 87.1% = 1,012人 + 1,162人"]),
    ("of two sorts, unnamed", "據點達183處；青嵐市全市212里，涵蓋率86.3%。", ["ratio.reckoned 86.3% = 183處 + 212里"]),
    ("of two sorts", "上半年稽查3,286家次，告發處分87件，告發率2.65%。", ["ratio.reckoned 2.65% = 87件 + 3,286家次"]),
    ("the whole of a paragraph before", "一、職缺\n本次提供4,218個工作機會。\n\n二、薪資\n月薪3萬5,000元以上的職缺有2,741個，占比達六成五。", ["ratio.reckoned 六成五 = 2,741個 + 4,218個"]),
    ("how many times", "求職登記42,000人次、求才登記63,000人次，求供倍數1.5倍。", ["ratio.multiple 1.5倍 = 63,000人次 + 42,000人次"]),
    ("its words name the whole", "一、人口\n青嵐市總人口1,326,840人，65歲以上長者238,615人，外籍人士301,220人。\n\n二、照顧\n75歲以上者共96,309人，占全體長者之四成。", ["ratio.named 四成 = 96,309人 + 238,615人"]),
    ("shares in a row and their one whole", "一、歲出\n歲出決算598億6,512萬4千元，較預算減少。\n\n二、政事別\n（一）教育支出221億5,009萬元（37.0%）\n（二）社會福利支出118億3,740萬8千元（19.8%）\n（三）經濟發展支出97億6,855萬7千元（16.3%）", ["ratio.base 37.0% = 221億5,009萬元 + 598億6,512萬4千元", "ratio.base 19.8% = 118億3,740萬8千元 + 598億6,512萬4千元", "ratio.base 16.3% = 97億6,855萬7千元 + 598億6,512萬4千元"]),
    ("a digit parts the pair that the words name", "青嵐市教師報考閩南語認證1,842人，通過1,119人，通過率66.7%。", ["ratio.slip 66.7% = 1,119人 + 1,842人 ✗"]),
    ("one of four shares that another whole would need", "歲出決算59,865萬元，教育支出22,150萬元占37.0%、社會支出11,837萬元占19.8%、經濟支出9,769萬元占18.3%、政務支出7,620萬元占12.7%、其他支出8,489萬元占14.2%。", ["sum.reckoned 59,865萬元 = 22,150萬元 + 11,837萬元 + 9,769萬元 + 7,620萬元 + 8,489萬元", "ratio.base 37.0% = 22,150萬元 + 59,865萬元", "ratio.base 19.8% = 11,837萬元 + 59,865萬元", "ratio.base 18.3% = 9,769萬元 + 59,865萬元 ✗", "ratio.base 12.7% = 7,620萬元 + 59,865萬元", "ratio.base 14.2% = 8,489萬元 + 59,865萬元"]),
]  # fmt: skip

AVERAGES = [
    ("per session", "青嵐市辦理講座156場，參與8,736人次，每場平均56人次。", ["ratio.average-near 56人次 = 8,736人次 + 156場"]),
    ("per head", "志工6,312人，全年服務858,432小時，人均服務136小時。", ["ratio.average-near 136小時 = 858,432小時 + 6,312人"]),
    ("per hundred thousand", "本期新案412人，以年中人口1,034,256人計算，發生率為每10萬人口39.8人。", ["ratio.average-near 39.8人 = 412人 + 1,034,256人"]),
    ("of a class", "國小學生63,274人，編為2,721班，另有國中28,905人；國小每班平均23.3人。", ["ratio.average-near 23.3人 = 63,274人 + 2,721班"]),
    ("stock and flow", "上期保留318處，本期新增45處，解除列管32處，期末列管331處。", ["change.flows 331處 = 318處 + 45處 - 32處"]),
    ("a total and the items below it", "青嵐市各項補助共計1,250萬元：\n1.房屋修繕：600萬元\n2.營養餐飲：400萬元\n3.交通接送：250萬元", ["sum.items 1,250萬元 = 600萬元 + 400萬元 + 250萬元"]),
    ("items with their shares", "青嵐市歲出依政事別如下，總計1,250萬元：\n1.教育支出600萬元（48%）\n2.社福支出400萬元（32%）\n3.經濟支出250萬元（20%）", ["sum.items 1,250萬元 = 600萬元 + 400萬元 + 250萬元", "ratio.items 48% = 600萬元 + 1,250萬元", "ratio.items 32% = 400萬元 + 1,250萬元", "ratio.items 20% = 250萬元 + 1,250萬元"]),
]  # fmt: skip

PRODUCTS = [
    ("a row of factors", "開設118期，每期12週、每週1次、每次2小時，總時數2,832小時。", ["product.reckoned 2,832小時 = 118期 + 12週 + 1次 + 2小時"]),
    ("told last", "裁處罰鍰34件、金額合為10萬2,000元，換算每件恰為3,000元。", ["product.reckoned 10萬2,000元 = 34件 + 3,000元"]),
    ("without a word of total", "青嵐市補助居家安裝386件，每件3,000元，核撥115萬8,000元。", ["product.reckoned 115萬8,000元 = 386件 + 3,000元"]),
    ("a row whose amount a digit parts", "開設118期，每期12週、每週1次、每次2小時，總時數2,932小時。", ["product.slip 2,932小時 = 118期 + 12週 + 1次 + 2小時 ✗"]),
    ("an amount that a digit parts", "青嵐市補助居家安裝386件，每件3,000元，核撥115萬3,000元。", ["product.slip 115萬3,000元 = 386件 + 3,000元 ✗"]),
    ("an average of one of them", "發放獎助金892萬4,000元，計1,486件，均攤每件約6,005元。", ["ratio.average-near 6,005元 = 892萬4,000元 + 1,486件"]),
    ("an average of a class of things", "青嵐市藥物檢收站118站回收1,392公斤，平均一站收得11.8公斤。", ["ratio.average-near 11.8公斤 = 1,392公斤 + 118站"]),
]  # fmt: skip

COLUMNS = [
    ("a table below its total, with shares", "青嵐市農產加工營收3,087萬4,000元，組成如下：\n品項　營收　比重\n草莓　1,142萬3,000元　37.0%\n茶葉　802萬7,000元　26.0%\n蜂蜜　463萬1,000元　15.0%\n花卉　370萬5,000元　12.0%\n其他　308萬8,000元　10.0%", ["sum.announced 3,087萬4,000元 = 1,142萬3,000元 + 802萬7,000元 + 463萬1,000元 + 370萬5,000元 + 308萬8,000元", "ratio.announced 37.0% = 1,142萬3,000元 + 3,087萬4,000元", "ratio.announced 26.0% = 802萬7,000元 + 3,087萬4,000元", "ratio.announced 15.0% = 463萬1,000元 + 3,087萬4,000元", "ratio.announced 12.0% = 370萬5,000元 + 3,087萬4,000元", "ratio.announced 10.0% = 308萬8,000元 + 3,087萬4,000元"]),
    ("a table that misses its total by a digit", "青嵐市停車格總數6,365格，各區分布如下：\n區別　格數\n北湖區　1,642格\n南灣區　1,271格\n東嶺區　2,315格\n西坪區　1,127格", ["sum.announced 6,365格 = 1,642格 + 1,271格 + 2,315格 + 1,127格 ✗"]),
    ("a column that may be below zero", "各基金收支（單位：千元）\n基金\t收入\t支出\t結果\n住宅\t1,630\t1,745\t-115\n教育\t1,270\t960\t310\n停車\t2,310\t1,880\t430\n農業\t1,120\t1,577\t-457", ["difference.column-law -115 = 1,630 - 1,745", "difference.column-law 310 = 1,270 - 960", "difference.column-law 430 = 2,310 - 1,880", "difference.column-law -457 = 1,120 - 1,577"]),
    ("a column of rates of change", "各區用水（單位：公噸）\n區別\t今年\t前一年\t變動比率\n北湖區\t1,630\t1,745\t-6.59%\n南灣區\t1,270\t960\t32.29%\n東嶺區\t2,310\t1,880\t22.87%\n西坪區\t1,120\t1,577\t-28.98%", ["growth.column-law -6.59% = 1,630 - 1,745", "growth.column-law 32.29% = 1,270 - 960", "growth.column-law 22.87% = 2,310 - 1,880", "growth.column-law -28.98% = 1,120 - 1,577"]),
    ("a column of sums and one of shares", "各區通報情形（單位：件）\n區別\t甲類\t乙類\t受理\t乙類占受理之比率\n北湖區\t18\t45\t63\t71.43%\n南灣區\t27\t96\t123\t78.05%\n東嶺區\t31\t88\t119\t73.95%\n西坪區\t12\t57\t69\t82.61%", ["sum.column-law 63 = 18 + 45", "ratio.column-law 71.43% = 45 + 63", "sum.column-law 123 = 27 + 96", "ratio.column-law 78.05% = 96 + 123", "sum.column-law 119 = 31 + 88", "ratio.column-law 73.95% = 88 + 119", "sum.column-law 69 = 12 + 57", "ratio.column-law 82.61% = 57 + 69"]),
    ("a row that breaks the law of the others", "各區通報情形（單位：件）\n區別\t列管數\t改善數\t續管數\n北湖區\t163\t145\t18\n南灣區\t127\t96\t31\n東嶺區\t231\t188\t43\n西坪區\t112\t57\t55\n中庄區\t340\t298\t52", ["sum.column-law 163 = 145 + 18", "sum.column-law 127 = 96 + 31", "sum.column-law 231 = 188 + 43", "sum.column-law 112 = 57 + 55", "sum.column-law 340 = 298 + 52 ✗"]),
]  # fmt: skip

RETOLD = [
    ("in a summary and in its section", "壹、摘要\n本局112年接種流感疫苗159,908人。\n\n貳、疾病管制\n自112年10月起開打，流感疫苗接種人數總計159,908人，較上年增加。", ["same.retold 159,908人 = 159,908人"]),
    ("rounded in the closing words", "壹、歲入\n青嵐市113年度歲入決算數750億1,401萬7千元。\n\n貳、結語\n總結113年度歲入決算750.14億元，執行良好。", ["same.retold 750.14億元 = 750億1,401萬7千元"]),
    ("a digit parts what is told twice", "壹、摘要\n本局112年接種流感疫苗159,908人。\n\n貳、疾病管制\n本局112年流感疫苗接種人數總計159,308人。", ["same.slip 159,308人 = 159,908人 ✗"]),
]  # fmt: skip

NOTHING = [
    ("members that overlap", "受訪者1,250人（可複選），使用網路者860人、使用電話者520人。"),
    ("another sort", "辦理訓練12場，計有參訓7人、講師5人。"),
    ("rounded parts fit by chance", "災害準備金編列7億8,500萬元，前已動支1億6,042萬元、3億元及3億2,000萬元之案件仍在審查。"),
    ("a stage of a procedure", "報名60人，錄取24人，報到20人，備取16人。"),
    ("a distance of two other things", "天然災害18件，另有火災1,517件，較去年同期減少89件。"),
    ("a new level", "經費由120萬元增加為180萬元。"),
    ("a change from a level that is not told", "青嵐市政府108年度業務報告\n\n本期晤談213人次，較107年同期增加19人次；上期為199人次。"),
    ("amounts of one kind", "敬老禮金分三級發給，65歲以上1,000元、90歲以上3,000元、百歲以上1萬元。"),
    ("a rate of interest", "付息2億9,133萬元，稅課收入391億788萬4千元，加權平均利率逐季為0.68%、0.71%、0.74%。"),
    ("an amount each that is a ceiling", "每案最高補助3,000元，核定38案，發放9萬2,000元。"),
    ("so much each of something else", "每場3小時，全年辦理12場、參訓360人，服務志工42人。"),
    ("a change of one sort among others", "獎勵11,185人次、懲處278人次，而申誡案件較上期減少25人次，降幅10.46%。"),
    ("what is left of a whole list", "災損計坍方41處、流失19處、倒伏27處；除2處須辦理水土保持外，其餘85處均已修復。"),
    ("an amount for each of two lists", "青嵐市國小2,310人、國中1,284人，每人一律500元，經費179萬7,000元。"),
    ("some of a list", "宣導412場次，其中校園164場次、社區148場次，參加者31,906人次。"),
    ("an answer among others", "滿意度問卷回收1,620份，非常滿意1,118份、滿意439份。"),
    ("fines of so much each", "依法各罰3,000元者3件、1萬元者1件，計1萬9,000元。"),
    ("figures of the period compared with", "推介婦女1,439人、原住民421人、新住民329人，較110年1,289人、402人及315人增加。"),
    ("a total of half a year and the one compared with", "106年7至12月開辦180個班期，與105年同期之167個班期相較增加；106年全年開辦350個班期。"),
    ("a list that opens what was added", "青嵐市環境保護局編制員額由212人修正為218人，增置稽查員4人、技士2人。"),
    ("an average rate of other figures", "國內節目28檔；售票節目22檔平均售票率8成6。"),
    ("an old plan and another year", "壹、開班\n本局113年度原訂開辦238班。\n\n貳、趨勢\n近3年開辦班數為111年度218班、112年度231班。"),
    ("visits counted since the first", "自111年7月設立第1處，112年增設2處、113年增設2處，本期再設1處，目前共6處。"),
    ("a subtotal among its parts", "總館86場、東湖分館38場、東河分館31場、南屏分館30場、北屏分館28場，合計213場；全年合計420場。"),
    ("levels of two brackets", "社交工程測試3,680人，誤點46人，較上次1.60%（3,625人中58人誤點）下降。"),
    ("near figures beside other figures", "壹、津貼\n全年核發老人津貼42,618人次、246,812千元。\n\n貳、育兒\n全年核發育兒津貼62,418人次、248,612千元。"),
    ("a standard that was raised", "慰問金每人由2,000元提高至3,000元，中秋節發放412人，計1,236,000元。"),
    ("shares of a whole that is not told", "壹、人口\n青嵐市上年底人口1,283,417人。\n\n貳、年齡\n未滿15歲148,226人（11.55%）、15歲至64歲903,031人（70.38%）、65歲至74歲131,874人（10.28%）、75歲以上100,000人（7.79%）。"),
    ("what was added is told before", "自製數位課程14門，平臺課程由168門汰除11門後達171門。"),
    ("a term that was raised", "每人每年應完成性別課程由2小時提高為3小時，完訓率100%。"),
    ("satisfaction of another survey", "參訓120人，問卷回收98份，滿意度九成五。"),
]  # fmt: skip

EVERY = [*TOTALS, *CHANGES, *SHARES, *AVERAGES, *PRODUCTS, *COLUMNS, *RETOLD]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in EVERY], ids=[row[0] for row in EVERY])
def test_words_and_arithmetic_settle_what_belongs_together(text: str, expected: list[str]) -> None:
    assert reckoned(text) == expected


@pytest.mark.parametrize("text", [text for _, text in NOTHING], ids=[name for name, _ in NOTHING])
def test_what_only_happens_to_fit_is_left_alone(text: str) -> None:
    assert reckoned(text) == []
    assert not [relation for relation in relations(text) if relation.holds is False]


def test_every_reckoned_check_has_an_example() -> None:
    assert {each.split()[0] for _, _, expected in EVERY for each in expected} == REASONED


def figure(value: str, step: str = "1", bound: str | None = None) -> Mention:
    return Mention("t", "quantity", 0, 1, value, 0, 0, 1, "test", Decimal(value), step=Decimal(step), bound=bound)  # type: ignore[arg-type]


RARITIES = [
    ("3712", "1", None, 3712),
    ("16.5", "0.1", None, 165),
    ("100000", "1", None, 100),
    ("30000", "10000", None, 3),
    ("40", "10", "about", Fraction(4, 3)),
    ("1", "1", "about", 1),
]


@pytest.mark.parametrize(("value", "step", "bound", "expected"), RARITIES)
def test_how_many_values_a_figure_might_have_had(value: str, step: str, bound: str | None, expected: int) -> None:
    assert rarity(figure(value, step, bound)) == expected


def test_what_is_written_of_a_figure() -> None:
    assert written(figure("21983000000", "1000000")) == "21983"
    assert written(figure("27.94", "0.01")) == "2794"


@given(st.integers(10, 10**9))
def test_a_figure_with_one_digit_changed_shares_a_mask_or_is_a_swap(value: int) -> None:
    digits = str(value)
    for other in changed(figure(digits)):
        now = written(other)
        assert set(masks(digits)) & set(masks(now)) or now in set(swaps(digits))
        assert now != digits


def test_figures_that_differ_in_one_digit() -> None:
    assert differ_in_one_digit("107年5月24日", "107年5月14日")
    assert not differ_in_one_digit("107年5月24日", "107年5月24日")
    assert not differ_in_one_digit("107年5月24日", "107年6月14日")
    assert not differ_in_one_digit("24日", "4日")


def test_a_slip_is_mended_by_one_digit() -> None:
    def adds_up(figures: Sequence[Mention]) -> bool:
        whole, *parts = (Fraction(each.value or 0) for each in figures)
        return whole == sum(parts)

    assert mendable([figure("328"), figure("97"), figure("221")], adds_up)
    assert mendable([figure("381"), figure("97"), figure("221")], adds_up)  # two digits swapped
    assert not mendable([figure("340"), figure("97"), figure("221")], adds_up)

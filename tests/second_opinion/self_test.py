"""Expressions with results worked out by hand: the oracle must be right before it may judge."""

import tempfile
from decimal import Decimal
from pathlib import Path

from .amounts import Absent, Wrong, printed, rounded
from .book import Book, Scope
from .expressions import evaluate, parse
from .scores import deduction, step

FIGURES = """
单位: 万元
上年: {甲: 4.00}
甲: 2.345
乙: {值: 1.5, 单位: 元}
亿: {值: 2, 单位: 亿元}
空: ~
人: {单位: 人, 在编: 12, 编外: 3.5}
率: {值: 94.6, 单位: '%', 小数位: 1}
组: {合计: 99, 一: 1.00, 二: {合计: 2.00, 内: 7.00}, 三: {值: 0.50, 属于: 一}, 四: {五: 4.00, 六: 8.00}}
群: {东: {支出: {合计: 3.00}}, 西: {支出: {合计: 4.25}}}
"""
# expression, value (none: it has none), unit, digits as printed
EXPRESSIONS = [
    ("甲", "2.345", "万元", "2.35"),
    ("0 - 甲", "-2.345", "万元", "−2.35"),
    ('保留(甲, 2, "截断")', "2.345", "万元", "2.34"),
    ('保留(甲, 2, "四舍六入五成双")', "2.345", "万元", "2.34"),
    ('保留(甲 + 0.01, 2, "四舍六入五成双")', "2.355", "万元", "2.36"),
    ("保留（甲，0）", "2.345", "万元", "2"),
    ("0 - 甲 / 1000", "-0.002345", "万元", "0.00"),
    ("3 / 4", "0.75", "纯数", "0.75"),
    ("1 - 2 - 3 * (4 - 2)", "-7", "纯数", "−7.00"),
    ("甲＋乙", "2.34515", "万元", "2.35"),
    ("乙 + 甲", "23451.5", "元", "23451.50"),
    ("亿 - 甲", "1.9997655", "亿元", "2.00"),
    ("元(甲)", "23450", "元", "23450.00"),
    ("保留(亿元(甲), 4)", "0.0002345", "亿元", "0.0002"),
    ("甲 ÷ 亿", "0.0001172500", "比率", "0.00"),
    ("万元(乙) / 人.在编", "0.0000125", "万元", "0.00"),
    ("人.在编", "12", "人", "12"),
    ("人.编外", "3.5", "人", "3.5"),
    ("人.在编 - 人.编外", "8.5", "人", "8.50"),
    ("人.在编 + 1", "13", "人", "13"),
    ("人.在编 / 人.编外 * 7", "24", "比率", "24.00"),
    ("率", "94.6", "%", "94.6"),
    ("甲 * 率", "2.21837", "万元", "2.22"),
    ("率 * 2", "1.892", "比率", "1.89"),
    ("占比(甲, 上年.甲)", "58.625", "%", "58.63"),
    ("甲 / 上年.甲 - 占比(甲, 上年.甲)", "0", "比率", "0.00"),
    ("占比(1、3)", "33.33333333333333333333333333", "%", "33.33"),
    ("占比(1, 1)", "100", "%", "100.00"),
    ("占比(甲, 上年.甲) - 甲 / 上年.甲", "0", "%", "0.00"),
    ("合计(组)", "15", "万元", "15.00"),
    ("合计(组.四)", "12", "万元", "12.00"),
    ("平均(组.四)", "6", "万元", "6.00"),
    ("组.合计", "99", "万元", "99.00"),
    ('汇总(群, "支出.合计")', "7.25", "万元", "7.25"),
    ("合计(历年(甲))", "6.345", "万元", "6.35"),
    ("若有(没有)", "0", "纯数", "0.00"),
    ("若有(空) + 人.在编", "12", "人", "12"),
    ("绝对值(甲 - 上年.甲)", "1.655", "万元", "1.66"),
    ("空 + 甲", None, "", ""),
    ("没有", None, "", ""),
    ("甲 / 若有(空)", None, "", ""),
    ("甲 + 人.在编", None, "", ""),
    ("组", None, "", ""),
    ("甲 +", None, "", ""),
]
STEPS = [{"至多": "0.1", "得": "3"}, {"低于": "0.2", "得": "2"}, {"至多": "0.3", "得": "~"}, {"得": "0"}]
# what is worked out, by hand
RULES = [
    (step(Decimal("0.1"), STEPS), Decimal(3)),
    (step(Decimal("0.2"), STEPS), None),
    (step(Decimal("0.31"), STEPS), Decimal(0)),
    (deduction(Decimal("1.0199"), {"限": "1", "方向": "超过", "每": "0.01", "扣": "0.5"}), Decimal("0.5")),
    (deduction(Decimal("0.90"), {"限": "1", "方向": "超过", "每": "0.01", "扣": "0.5"}), Decimal(0)),
    (deduction(Decimal("0.90"), {"限": "1", "方向": "低于", "每": "0.05", "扣": "2"}), Decimal(4)),
    (deduction(Decimal("1.11"), {"限": "1", "方向": "偏离", "每": "0.05", "扣": "2"}), Decimal(4)),
    (rounded(Decimal("-2.345"), 2), Decimal("-2.35")),
]


def self_test():
    """Prints what is wrong; the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "2025").mkdir()
        (Path(folder) / "unit.yaml").write_text("单位名称: 试\n", encoding="utf-8")
        (Path(folder) / "2025" / "figures.yaml").write_text(FIGURES, encoding="utf-8")
        book = Book(Path(folder), {})
    wrong = [text for text, *expected in EXPRESSIONS if result(book, text) != normal(*expected)]
    for text in wrong:
        print(f"{text}: {result(book, text)}")
    wrong += [f"{ours} {expected}" for ours, expected in RULES if ours != expected]
    print(f"{len(EXPRESSIONS) + len(RULES)} by hand, wrong: {wrong}" if wrong else f"{len(EXPRESSIONS) + len(RULES)} agree")
    return int(bool(wrong))


def normal(value, unit, text):
    return None if value is None else (round(Decimal(value), 26), unit, text)


def result(book, text):
    try:
        amount = evaluate(parse(text), Scope(book, book.trees[2025]))
    except (Absent, Wrong):
        return None
    return round(amount.value, 26), amount.unit, printed(amount, book.money)

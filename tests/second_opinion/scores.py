"""The score sheet: each row's weight and score, the total, the grade."""

from dataclasses import dataclass
from decimal import Decimal

from .amounts import PERCENT, PLAIN, RATIO, Absent, Wrong, computed, converted, rounded
from .book import Scope
from .expressions import evaluate, parse

ZERO = Decimal(0)


@dataclass
class Row:
    id: str
    name: str
    weight: Decimal
    score: Decimal | None  # none where the row does not apply and its weight went to others


def score_rows(book, tree, scores, system):
    scope, given = Scope(book, tree), scores.get("评分") or {}
    own = scores.get("自设指标") or []
    indicators = [i for i in system["指标"] if "择一" not in i or i["编号"] in given]
    weights = shared_weights(indicators, given)
    for indicator in indicators:
        id = indicator["编号"]
        if indicator["规则"] == "自设":
            yield from (own_row(scope, row) for row in own if row["一级"] == indicator["一级"])
        else:
            yield Row(id, indicator["三级"], weights[id], row_score(scope, indicator, given.get(id) or {}, weights[id]))


def shared_weights(indicators, given):
    """分摊: the weight of rows that do not apply goes to the others of their second level, in proportion to theirs.

    Weights have two digits; the last row takes what rounding leaves, so that the sum stays.
    """
    weights = {i["编号"]: Decimal(i["分值"]) for i in indicators}
    gone = [i for i in indicators if inapplicable(i, given.get(i["编号"]) or {}) == "分摊"]
    for level in {(i["一级"], i.get("二级")) for i in gone}:
        rows = [i for i in indicators if (i["一级"], i.get("二级")) == level]
        staying = [i for i in rows if i not in gone]
        spare = sum((weights[i["编号"]] for i in rows if i in gone), ZERO)
        whole = sum((weights[i["编号"]] for i in staying), ZERO)
        for i in staying:
            weights[i["编号"]] = rounded(weights[i["编号"]] * (whole + spare) / whole, 2)
        if staying:
            weights[staying[-1]["编号"]] += whole + spare - sum(weights[i["编号"]] for i in staying)
    return weights | {i["编号"]: ZERO for i in gone}


def inapplicable(indicator, given):
    return indicator.get("不适用") if given.get("不适用") == "true" else None


def row_score(scope, indicator, given, weight):
    """What people give wins over what the rule gives; an override (改定) wins over both."""
    fate = inapplicable(indicator, given)
    if fate == "分摊":
        return None
    if fate == "满分":
        return weight
    stated = stated_score(given, weight)
    if stated is None:
        stated = ruled_score(scope, indicator["规则"], Decimal(indicator["分值"]), weight)
    return rounded(stated or ZERO, 2)  # a row without data and without a score is an error (JB4004) and counts as 0


def stated_score(given, weight):
    for key in ("改定", "得分"):
        if key in given:
            return Decimal(given[key])
    if "扣" in given:
        return weight - Decimal(given["扣"])
    return weight * Decimal(given["系数"]) / 100 if "系数" in given else None


def ruled_score(scope, rule, own, weight):
    """By the rule of an indicator of this weight; points of a rule grow with the weight that was shared out to the row."""
    if not isinstance(rule, dict) or "清单" in rule:
        return None
    try:
        if "比率" in rule:
            return weight * min(max(ratio(scope, rule["比率"]), ZERO), Decimal(1))
        if "分档" in rule:
            points = step(ratio(scope, rule["分档"]["值"]), rule["分档"]["档"])
        else:
            points = max(own - deduction(ratio(scope, rule["扣分"]["值"]), rule["扣分"]), ZERO)
    except (Absent, Wrong):
        return None
    return None if points is None else points * weight / own


def ratio(scope, expression):
    amount = evaluate(parse(expression), scope)
    return converted(amount, RATIO).value if amount.unit == PERCENT else amount.value


def step(value, steps):
    """The points of the first step that the value fits; none where people decide (得: ~)."""
    for s in steps:
        fits = [
            "至少" not in s or value >= Decimal(s["至少"]),
            "至多" not in s or value <= Decimal(s["至多"]),
            "低于" not in s or value < Decimal(s["低于"]),
        ]
        if all(fits):
            return None if s["得"] in ("~", "") else Decimal(s["得"])
    return None


def deduction(value, rule):
    """What full units beyond the limit cost."""
    beyond = value - Decimal(rule["限"])
    beyond = {"超过": beyond, "低于": -beyond, "偏离": abs(beyond)}[rule.get("方向", "超过")]
    return max(beyond, ZERO) // Decimal(rule["每"]) * Decimal(rule["扣"])


def own_row(scope, row):
    weight = Decimal(row["分值"])
    score = stated_score(row, weight)
    if score is None:
        try:
            score = weight * reached(scope, row)
        except (Absent, Wrong):
            score = ZERO  # an error too (JB4004)
    return Row("", row["三级"], weight, rounded(score, 2))


def reached(scope, row):
    """The share of the weight that the actual value earns against the target: ≥, ≤ or =."""
    target, actual = (measure(scope, row, key) for key in ("调整目标" if "调整目标" in row else "目标", "实际"))
    more = target / actual if actual else None
    less = actual / target if target else None
    share = {"≥": less, "≤": more, "=": None if None in (more, less) else min(more, less)}[row.get("比较", "≥")]
    return Decimal(1) if share is None else min(max(share, ZERO), Decimal(1))


def measure(scope, row, key):
    """A target or actual value, in the unit of the indicator where it has one."""
    text = row[key].strip()
    amount = evaluate(parse(text.lstrip("=＝")), scope)
    if amount.unit == PLAIN:
        return amount.value
    try:
        return converted(amount, row.get("单位", amount.unit)).value
    except Wrong:
        return amount.value


def grade_of(profile, total):
    bands = sorted(profile["等级"], key=lambda band: Decimal(band["至少"]), reverse=True)
    return next((band["名称"] for band in bands if total >= Decimal(band["至少"])), None)


def share_of_others(system, rows):
    """指标得分率: what all rows but the execution rate score, as a share of their weights."""
    others = [row for row in rows if row.id != system.get("执行率指标")]
    whole = sum((row.weight for row in others), ZERO)
    return computed(sum((row.score or ZERO for row in others), ZERO) / whole, RATIO) if whole else None

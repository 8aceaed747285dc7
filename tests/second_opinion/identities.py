"""Which stated figures and identities do not hold, and under which code that must be reported."""

from decimal import Decimal

from .amounts import PERCENT, PLAIN, RATIO, Absent, Wrong, add, converted, rounded, total
from .book import Group, Scope
from .expressions import evaluate, names, parse

NOTHING = Decimal("1e-20")  # what divisions without end leave over
BY_KIND = {"跨年": "JB3004", "合理性": "JB3005"}


def stated_findings(book, tree):
    """JB2001 and JB2002: stated figures that differ from their formulas by more than rounding."""
    for figure in tree.figures():
        if not (figure.stated and figure.formula):
            continue
        stated = book.value(figure)
        try:
            formula = converted(evaluate(parse(figure.formula), Scope(book, figure.group)), stated.unit)
        except (Absent, Wrong):
            continue
        places = max(stated.written, 2 if book.money.places is None else book.money.places)
        rounding = figure.about.get("舍入") or book.money.rounding
        difference = abs(stated.value - rounded(formula.value, places, rounding))
        if difference > NOTHING:
            yield ("JB2002" if difference <= stated.error + formula.error else "JB2001"), figure.path


def judged_identities(book, tree, identities):
    """For each identity that can be judged: its subject and the code of its failure, or none where it holds."""
    for identity in identities:
        root = Scope(book, tree)
        if "逐组" not in identity:
            yield from judged(identity, identity["名称"], root)
            continue
        for group in root.member_groups(identity["逐组"]):
            yield from judged(identity, f"{identity['名称']}：{group.path}", Scope(book, group, alone=True))


def judged(identity, subject, scope):
    sides = [parse(identity["左"]), parse(identity["右"])]
    try:
        left, right = (evaluate(side, scope) for side in sides)
        if {left.unit, right.unit} == {PERCENT, PLAIN}:
            left, right = (converted(side, RATIO) for side in (left, right))
        difference = add(left, right, -1)
    except (Absent, Wrong):
        return
    if identity.get("同口径") == "true" and len({basis for side in sides for basis in bases(side, scope)}) > 1:
        return
    yield subject, failure(identity, difference)


def failure(identity, difference):
    """The code of what is wrong, by how far the left side is from the right."""
    beyond = {"等于": abs(difference.value), "不大于": difference.value, "不小于": -difference.value}
    excess = beyond[identity.get("关系", "等于")]
    if excess <= NOTHING:
        return None
    kind = identity.get("种类", "年内")
    if kind != "合理性" and excess <= difference.error:
        return "JB3002"
    if kind == "年内":
        return "JB3001" if identity.get("级别", "错误") == "错误" else "JB3003"
    return BY_KIND[kind]


def bases(tree, scope):
    """The 口径 of every figure that an expression reads, groups by their members."""
    for name in names(tree):
        node = scope.find(name)
        for figure in node.figures() if isinstance(node, Group) else [node] if node else []:
            yield figure.about.get("口径")


def judged_lists(book, tree):
    """列举: the members of a group against its total. 属于: the parts of a member, together no more than that member."""
    for group in groups(tree):
        scope = Scope(book, group)
        if "列举" in group.about:
            relation = "等于" if group.about["列举"] == "全部" else "不大于"
            whole = parse(group.about.get("列举总数", "合计").lstrip("=＝"))
            yield from judged_sum(group.path, scope, None, relation, whole)
        for name in {member.about["属于"] for member in group.members.values() if "属于" in member.about}:
            yield from judged_sum(group.at(name).path, scope, name, "不大于", ("name", name))


def groups(group):
    """A group and all below it, but for 上年."""
    yield group
    for name, member in group.members.items():
        if isinstance(member, Group) and (group.path or name != "上年"):
            yield from groups(member)


def judged_sum(subject, scope, part_of, relation, whole):
    try:
        difference = add(total(scope.group.items(scope.book, part_of)), evaluate(whole, scope), -1)
    except (Absent, Wrong):
        return
    yield subject, failure({"关系": relation}, difference)

"""The tree of figures of a year, and the book of all years of a dossier."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .amounts import MONEY, PERCENT, PLAIN, Absent, Amount, Wrong, computed, converted, decimals
from .expressions import evaluate, parse
from .profile import load

ATTRIBUTES = {"单位", "口径", "名称", "小数位", "舍入", "来源", "说明", "列举", "列举总数", "属于"}

@dataclass
class Figure:
    path: str
    group: "Group"
    about: dict  # unit, basis, places, rounding, as inherited and written
    stated: str | None
    formula: str | None
    derived: bool = False  # by the profile, and not written in any file of the dossier's


@dataclass
class Group:
    path: str
    parent: "Group | None"
    about: dict
    year: int
    members: dict = field(default_factory=dict)

    def items(self, book, part_of=None):
        """What 合计 adds up: without the group's own 合计 and the parts of a sibling; or else just these parts."""
        items = []
        for name, member in self.members.items():
            if name == "合计" or member.about.get("属于") != part_of:
                continue
            if isinstance(member, Group):
                whole = member.members.get("合计")
                items += [book.value(whole)] if whole else member.items(book)
            else:
                items.append(book.value(member))
        return items

    def at(self, path):
        node = self
        for part in path.split("."):
            node = node.members.get(part) if isinstance(node, Group) else None
        return node

    def figures(self):
        for member in self.members.values():
            yield from member.figures() if isinstance(member, Group) else [member]


def read_group(source, path, parent, about, year):
    group = Group(path, parent, about, year)
    for name, node in source.items():
        if name in ATTRIBUTES:
            continue
        below, own = f"{path}.{name}" if path else name, node if isinstance(node, dict) else {}
        kept = {key: value for key, value in about.items() if key in ("单位", "口径", "默认")}
        inner = kept | {key: own[key] for key in ATTRIBUTES if key in own}
        if "单位" in own:
            inner["默认"] = False
        if isinstance(node, dict) and not {"值", "填报", "公式"} & set(node):
            group.members[name] = read_group(node, below, group, inner, year)
            continue
        value = own.get("值", own.get("填报")) if own else node
        formula = own.get("公式")
        if value and re.match(r"\s*[=＝]", value):
            value, formula = None, value
        formula = formula.strip().lstrip("=＝") if formula else None
        group.members[name] = Figure(below, group, inner, None if value in ("~", "", "null") else value, formula)
    return group


@dataclass
class Money:
    unit: str
    places: int | None  # None: 原样
    rounding: str

    @classmethod
    def of(cls, unit):
        money = unit.get("金额", {})
        places = money.get("小数位", "2")
        return cls(money.get("单位", "万元"), None if places == "原样" else int(places), money.get("舍入", "四舍五入"))


class Book:
    def __init__(self, root, profile):
        self.unit, self.profile = load(root / "unit.yaml"), profile
        self.money, self.cache, self.trees, self.words = Money.of(self.unit), {}, {}, {}
        for folder in sorted(root.iterdir()):
            if re.fullmatch(r"\d{4}", folder.name) and (folder / "figures.yaml").exists():
                self.trees[int(folder.name)] = self.read_year(int(folder.name), load(folder / "figures.yaml"))

    def read_year(self, year, source):
        about = {"单位": source.get("单位", self.money.unit), "默认": True, "口径": source.get("口径")}
        tree = read_group(source, "", None, about, year)
        for path, derived in self.profile.get("派生数据项", {}).items():
            *above, name = path.split(".")
            group = tree
            for part in above:
                group = group.members.setdefault(part, Group(part, group, about, year))
            old = group.members.get(name)
            if old is None or (isinstance(old, Figure) and not old.stated and not old.formula):
                inner = about | derived | {"默认": "单位" not in derived}
                group.members[name] = Figure(path, group, inner, None, derived["公式"].lstrip("=＝"), derived=True)
        return tree

    def value(self, figure):
        """The amount of a figure; what stands in the file wins over its formula."""
        key = id(figure)
        if key not in self.cache:
            self.cache[key] = Wrong("循环引用")
            try:
                self.cache[key] = self.given(figure) if figure.stated else self.formula(figure)
            except (Absent, Wrong) as reason:
                self.cache[key] = reason
        if isinstance(self.cache[key], Exception):
            raise self.cache[key]
        return self.cache[key]

    def known(self, figure):
        try:
            return self.value(figure) is not None
        except (Absent, Wrong):
            return False

    def own_places(self, figure, written):
        """小数位 and 舍入 of the figure itself; 原样 keeps the digits written."""
        places = figure.about.get("小数位")
        return written if places == "原样" else places and int(places), figure.about.get("舍入")

    def given(self, figure):
        number, unit = Decimal(figure.stated), figure.about["单位"]
        last = max(decimals(number), 2 if self.money.places is None else self.money.places)
        error = Decimal(5).scaleb(-last - 1) if unit in ("万元", "亿元", PERCENT) else Decimal(0)
        return Amount(number, unit, error, decimals(number), self.own_places(figure, decimals(number)))

    def formula(self, figure):
        """The result of a figure's formula, in the unit of the figure where that is of its kind."""
        if figure.formula is None:
            raise Absent(figure.path)
        amount, unit = evaluate(parse(figure.formula), Scope(self, figure.group)), figure.about["单位"]
        by_default = figure.about["默认"] and amount.unit != PLAIN and not (amount.unit in MONEY and unit in MONEY)
        amount = amount if by_default else converted(amount, unit)
        places, rounding = self.own_places(figure, 2)
        keep = (places if places is not None else amount.keep[0], rounding or amount.keep[1])
        return replace(amount, keep=keep, written=None)


@dataclass
class Scope:
    """Where an expression stands: names are looked up in its group, then outwards."""

    book: Book
    group: Group
    alone: bool = False  # a member of 逐组: not outwards

    def find(self, name):
        if name.startswith("上年."):
            before, path = self.book.trees.get(self.group.year - 1), name[3:]
            if before and (node := before.at(path)) and not (isinstance(node, Figure) and self.empty(node)):
                return node
        group = self.group
        while group:
            if node := group.at(name):
                return node
            group = None if self.alone else group.parent
        return None

    def empty(self, figure):
        try:
            self.book.value(figure)
        except Absent:
            return True
        except Wrong:
            pass
        return False

    def amount(self, name):
        node = self.find(name)
        if node is None and name in ("年度", "上年度"):
            return computed(Decimal(self.group.year - (name == "上年度")), "")
        if node is None and name in self.book.words:
            return self.book.words[name]
        if node is None:
            raise Absent(name)
        if isinstance(node, Group):
            raise Wrong(f"{name} 是一组数据项")
        return self.book.value(node)

    def items(self, name):
        """What 合计 adds up, where the name is a group's."""
        node = self.find(name)
        return node.items(self.book) if isinstance(node, Group) else None

    def over_members(self, group, path):
        found = [member.at(path) for member in self.member_groups(group)]
        return [self.book.value(node) for node in found if isinstance(node, Figure)]

    def member_groups(self, group):
        node = self.find(group)
        return [m for m in node.members.values() if isinstance(m, Group)] if isinstance(node, Group) else []

    def years(self, name):
        """历年: the values of all years at hand, up to the year of the expression; 上年 may stand in figures.yaml."""
        year = self.group.year
        scopes = [(Scope(self.book, self.book.trees[y]), name) for y in sorted(self.book.trees) if y < year - 1]
        amounts = []
        for scope, path in [*scopes, (self, f"上年.{name}"), (self, name)]:
            try:
                amounts.append(scope.amount(path))
            except Absent:
                pass
        return amounts

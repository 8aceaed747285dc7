"""Expressions: text → nested tuples → amounts. What names stand for is known to a scope (book.py)."""

import collections
import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

from .amounts import MONEY, PERCENT, PLAIN, RATIO, Absent, Wrong, add, computed, converted, divide, multiply, total

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)"""
    r"""|["“](?P<text>[^"”]*)["”]|(?P<sign>[-+*/(),]))"""
)


def tokens(text):
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("×÷、", "*/,")).strip()
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Wrong(f"看不懂 {text[at:]}")
        at = match.end()
        yield match.lastgroup, match[match.lastgroup]


def parse(text):
    """expression = term {(+|-) term}; term = unary {(*|/) unary}; unary = [-] (number|"text"|name[(…)]|(expression))."""
    rest = collections.deque(tokens(text))

    def taken(*signs):
        return rest.popleft()[1] if rest and rest[0][0] == "sign" and rest[0][1] in signs else None

    def chain(operand, *signs):
        left = operand()
        while sign := taken(*signs):
            left = (sign, left, operand())
        return left

    def unary():
        if taken("-"):
            return ("-", ("number", "0"), unary())
        if taken("("):
            inner = expression()
            return inner if taken(")") else fail()
        kind, part = rest.popleft() if rest else fail()
        if kind == "name" and taken("("):
            arguments = []
            while not taken(")"):
                arguments.append(expression())
                taken(",") or (rest and rest[0] == ("sign", ")")) or fail()
            return ("call", part, arguments)
        return (kind, part) if kind != "sign" else fail()

    def fail():
        raise Wrong(f"公式写法不对：{text}")

    def expression():
        return chain(lambda: chain(unary, "*", "/"), "+", "-")

    tree = expression()
    return tree if not rest else fail()


def names(tree):
    """Every name that a parsed expression reads."""
    if tree[0] == "name":
        yield tree[1]
    for part in tree[2] if tree[0] == "call" else tree[1:]:
        if isinstance(part, tuple):
            yield from names(part)


def evaluate(tree, scope):
    kind, *parts = tree
    if kind == "number":
        return computed(Decimal(parts[0]), PLAIN)
    if kind == "name":
        return scope.amount(parts[0])
    if kind == "call":
        return call(parts[0], parts[1], scope)
    if kind == "text":
        raise Wrong("文字不能计算")
    left, right = (evaluate(part, scope) for part in parts)
    return {"+": add, "-": lambda a, b: add(a, b, -1), "*": multiply, "/": divide}[kind](left, right)


def call(function, arguments, scope):
    def value(index):
        return evaluate(arguments[index], scope)

    if function in ("合计", "平均"):
        items = [item for argument in arguments for item in listed(argument, scope)]
        return total(items) if function == "合计" else divide(total(items), computed(Decimal(len(items)), PLAIN))
    if function == "占比":
        return converted(converted(divide(value(0), value(1)), RATIO), PERCENT)
    if function == "若有":
        try:
            return value(0)
        except Absent:
            return computed(Decimal(0), PLAIN)
    if function == "绝对值":
        return replace(value(0), value=abs(value(0).value), written=None)
    if function == "保留":
        rounding = arguments[2][1] if len(arguments) > 2 else None
        return replace(value(0), keep=(int(arguments[1][1]), rounding))
    if function in MONEY:
        return converted(value(0), function)
    if function == "汇总":
        return total(scope.over_members(arguments[0][1], arguments[1][1]))
    raise Wrong(f"{function} 得到的不是一个数")  # 增减, 增减幅, 同比, 历年 and 依据 are only printed


def listed(argument, scope):
    """What an argument of 合计 stands for: a figure, the items of a group, a figure's years."""
    if argument[0] == "call" and argument[1] == "历年":
        return scope.years(argument[2][0][1])
    items = scope.items(argument[1]) if argument[0] == "name" else None
    return [evaluate(argument, scope)] if items is None else items

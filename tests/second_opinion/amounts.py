"""Amounts: a value with a unit, and with the error that the digits as written leave open."""

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 80
ROUNDINGS = {"四舍五入": ROUND_HALF_UP, "截断": ROUND_DOWN, "四舍六入五成双": ROUND_HALF_EVEN}
MONEY = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
PLAIN, RATIO, PERCENT = "纯数", "比率", "%"  # a plain number takes the unit of what it is added to


class Absent(Exception):
    """A figure is not there or not given: what needs it is not judged."""


class Wrong(Exception):
    """The expression has no value: units that do not go together, a division by zero."""


def rounded(value, places, rounding="四舍五入"):
    return value.quantize(Decimal(1).scaleb(-places), ROUNDINGS[rounding])


def decimals(number):
    return max(0, -number.as_tuple().exponent)


@dataclass(frozen=True)
class Amount:
    value: Decimal
    unit: str = PLAIN
    error: Decimal = Decimal(0)
    written: int | None = None  # digits behind the point of a number that stands in the file
    keep: tuple = (None, None)  # places and rounding of 保留( ) or of the figure


def computed(value, unit, error=Decimal(0)):
    return Amount(value, unit, error)


def converted(amount, unit):
    """In another unit of the same kind."""
    if amount.unit == unit or PLAIN in (amount.unit, unit):
        return replace(amount, unit=amount.unit if unit == PLAIN else unit)
    if amount.unit in MONEY and unit in MONEY:
        factor = MONEY[amount.unit] / MONEY[unit]
    elif (amount.unit, unit) in ((RATIO, PERCENT), (PERCENT, RATIO)):
        factor = Decimal(100) if unit == PERCENT else Decimal("0.01")
    else:
        raise Wrong(f"{amount.unit} 与 {unit}")
    return replace(amount, value=amount.value * factor, unit=unit, error=amount.error * factor, written=None)


def factor_of(amount):
    return converted(amount, RATIO) if amount.unit == PERCENT else amount


def add(a, b, sign=1):
    a, b = (converted(a, b.unit), b) if a.unit == PLAIN else (a, converted(b, a.unit))
    return computed(a.value + sign * b.value, a.unit, a.error + b.error)


def multiply(a, b):
    a, b = factor_of(a), factor_of(b)
    units = {a.unit, b.unit}
    measured = units - {PLAIN, RATIO}
    if len(measured) == 2 and len(measured & set(MONEY)) == 1:
        unit = (measured & set(MONEY)).pop()  # so much for each, times so many
    elif len(measured) < 2 and not (measured and a.unit == b.unit):
        unit = measured.pop() if measured else RATIO if RATIO in units else PLAIN
    else:
        raise Wrong(f"{a.unit} × {b.unit}")
    return computed(a.value * b.value, unit, abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error)


def divide(a, b):
    a, b = factor_of(a), factor_of(b)
    if b.value == 0:
        raise Wrong("除数是 0")
    if b.unit in (PLAIN, RATIO):
        unit = a.unit
    elif a.unit in MONEY and b.unit in MONEY:
        a, unit = converted(a, b.unit), RATIO
    elif a.unit in MONEY:
        unit = a.unit
    elif b.unit in MONEY:
        raise Wrong(f"{a.unit} ÷ {b.unit}")
    else:
        unit = RATIO
    value, least = a.value / b.value, abs(b.value) - b.error
    error = (abs(a.value) + a.error) / least - abs(value) if least > 0 else abs(value)
    return computed(value, unit, error)


def total(amounts):
    if not amounts:
        raise Absent("空组")
    result = computed(Decimal(0), PLAIN)
    for amount in amounts:
        result = add(result, amount)
    return result


def printed(amount, money):
    """The digits as printed: the first of 保留, the figure's own places, those of unit.yaml that says something."""
    places, rounding = amount.keep
    count = amount.unit not in (*MONEY, PERCENT, RATIO, PLAIN)
    if places is None and amount.written is not None and (count or money.places is None):
        places = amount.written
    if places is None and count and amount.value == amount.value.to_integral_value():
        places = 0  # computed, and a whole number of things
    if places is None:
        places = 2 if money.places is None else money.places
    text = format(rounded(amount.value, places, rounding or money.rounding), "f")
    return text.replace("-", "−" if Decimal(text) else "")

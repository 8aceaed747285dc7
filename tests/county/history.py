"""The amounts of a unit, year by year. Money is in hundredths of 万元, whole numbers only: every sum is exact.

A unit's history begins in EPOCH whatever years are asked for, so that a report does not depend on the range."""

from types import SimpleNamespace

from .draw import Draw
from .kinds import KINDS

EPOCH = 2014
# What a table may carry into the next year.
_FIRST_CARRYOVER = 8


def years(kind, seed, index, first, last):
    """{year: state} of the years asked for; a state's `before` is the year before it.

    Sizes drift from EPOCH on, in one stream; a year's accounts are drawn by themselves and need of the year before only what
    it left over, so that earlier years need not be worked out."""
    drift = Draw(seed, index)
    unit = _founding(kind, drift, is_town=index >= len(KINDS))
    states, before = {}, None
    for year in range(EPOCH, last + 1):
        _drift(unit, drift)
        if year >= first - 1:
            before = states[year] = _settle(kind, unit, Draw(seed, index, year, 1), before)
            before.year = year
    return states


def _founding(kind, draw, is_town):
    """The unit's size when it is first seen."""
    size = draw.between(120, 300) if is_town else draw.between(900, 1100)
    posts = max(8, kind.staff * size // 1000)
    return SimpleNamespace(
        posts=posts,
        pay=kind.pay * 100 * draw.between(900, 1000) // 1000,
        operating=draw.between(210, 290),
        projects=[amount * 100 * size // 1000 * draw.between(850, 1150) // 1000 for _, amount in kind.projects],
        superior=draw.between(8, 40) * size,
        car=posts * draw.between(11, 19),
        reception=posts * draw.between(3, 6),
        meeting=posts * draw.between(4, 7),
        training=posts * draw.between(6, 11),
        assets=posts * draw.between(1500, 3200),
        software=posts * draw.between(30, 90),
        plans=[max(2, output.plan * size // 1000) for output in kind.outputs],
        tasks=draw.between(9, 13),
        indicators=draw.between(32, 48),
    )


def _by(draw, amount, low, high):
    """The amount times so many thousandths."""
    return amount * draw.between(low, high) // 1000


def _drift(unit, draw):
    """One year more."""
    unit.pay = _by(draw, unit.pay, 1005, 1042)
    unit.operating = _by(draw, unit.operating, 965, 1030)
    unit.projects = [_by(draw, amount, 905, 1115) for amount in unit.projects]
    unit.superior = _by(draw, unit.superior, 900, 1110)
    unit.car = _by(draw, unit.car, 900, 1075)
    unit.reception = _by(draw, unit.reception, 860, 1070)
    unit.meeting = _by(draw, unit.meeting, 880, 1110)
    unit.training = _by(draw, unit.training, 890, 1120)
    unit.assets = _by(draw, unit.assets, 990, 1060)
    unit.software = _by(draw, unit.software, 980, 1090)
    unit.plans = [max(2, _by(draw, plan, 940, 1075)) for plan in unit.plans]
    unit.tasks = min(16, max(8, unit.tasks + draw.between(-1, 1)))
    unit.indicators = min(60, max(30, unit.indicators + draw.between(-2, 3)))


def _execution(draw):
    """How much of the budget is spent, in thousandths: mostly well, now and then less."""
    luck = draw.below(100)
    if luck < 70:
        return draw.between(955, 994)
    return draw.between(915, 954) if luck < 90 else draw.between(882, 914)


def _settle(kind, unit, draw, before):
    """The year's accounts: spending first, then the budget and the income that fit it."""
    year = SimpleNamespace(posts=unit.posts, before=before)
    _spending(kind, unit, draw, year)
    _money(draw, year, before)
    _costs(unit, draw, year, before)
    _results(kind, unit, draw, year)
    return year


def _spending(kind, unit, draw, year):
    year.staff = unit.posts - draw.below(min(4, unit.posts // 8 + 1))
    year.outside = draw.below(max(2, unit.posts // 9))
    year.personnel = unit.pay * year.staff + draw.below(unit.pay)
    year.subsidies = _by(draw, year.personnel, 55, 90)
    year.operating = unit.operating * year.staff + draw.below(600)
    year.projects = [(name, amount) for (name, _), amount in zip(kind.projects, unit.projects)]
    if draw.chance(60):
        year.projects.append((draw.pick(kind.extra), _by(draw, sum(unit.projects), 40, 110)))
    year.basic = year.personnel + year.operating
    year.project = sum(amount for _, amount in year.projects)
    year.fund = year.project * kind.fund // 100
    year.superior = unit.superior
    year.interest = draw.between(30, 260)
    year.superior_spent = unit.superior - draw.below(unit.superior // 12 + 1)
    year.party = draw.between(30, 150)
    year.other = year.superior_spent + year.party
    year.spent = year.basic + year.project + year.other


def _money(draw, year, before):
    """Budget and income. What must hold: the grants are within the budget, what the treasury paid for is within grants and
    carryover, and the closing carryover is not negative."""
    spent = year.spent
    year.budget = spent * 1000 // _execution(draw) + 1
    year.added_basic = _by(draw, year.basic, 15, 60)
    added = _by(draw, year.project, 40, 180)
    year.cut = _by(draw, spent, 3, 14) if draw.chance(70) else 0
    # The first budget is a round number: the supplement takes the odd part.
    year.initial = (year.budget - year.added_basic - added + year.cut) // 1000 * 1000
    year.added_project = year.budget - year.added_basic + year.cut - year.initial
    year.opening_before = before.closing if before else spent * _FIRST_CARRYOVER // 1000
    year.opening_cut = _by(draw, year.opening_before, 40, 300) if draw.chance(25) else 0
    year.opening = year.opening_before - year.opening_cut
    own = year.superior + year.interest
    least = max(year.interest, own - year.other, 1)
    most = year.budget - spent + own
    year.closing = min(max(_by(draw, spent, 2, 12), least), most)
    year.grant = spent + year.closing - year.opening - own
    year.grant_basic = year.basic
    year.grant_project = year.grant - year.basic
    year.income = year.grant + own


def _costs(unit, draw, year, before):
    year.operating_budget = _by(draw, year.operating, 1010, 1080)
    year.car, year.reception = unit.car, unit.reception
    year.three = unit.car + unit.reception
    year.three_budget = _by(draw, year.three, 1030, 1180)
    year.guests = max(4, year.reception * 100 // draw.between(72, 98))
    year.visits = max(1, year.guests // draw.between(8, 11))
    year.meeting = unit.meeting
    year.training = unit.training
    if draw.chance(8):
        year.training = _by(draw, unit.training, 1700, 2000)
    year.plan = _by(draw, year.project, 180, 400)
    year.bought = _by(draw, year.plan, 935, 999)
    year.assets, year.software = unit.assets, unit.software
    year.in_use = _by(draw, unit.assets, 865, 992)


def _results(kind, unit, draw, year):
    year.tasks = unit.tasks
    year.tasks_done = unit.tasks - (0, 0, 0, 1, 1, 2)[draw.below(6)]
    year.indicators = unit.indicators
    year.indicators_done = unit.indicators - draw.below(5)
    year.late = (0, 0, 0, 1, 1, 2)[draw.below(6)]
    year.satisfaction = draw.between(886, 976)
    year.outputs = []
    for output, plan in zip(kind.outputs, unit.plans):
        done = plan if draw.chance(35) else max(1, _by(draw, plan, 935, 1062))
        year.outputs.append((output, plan, done))

"""scores.yaml: some rows follow from the figures, the others are given. Scores are in hundredths, whole numbers."""

# Rows that people score, of gd3-placeholder: points lost, and the grounds, from nothing lost to much.
GUANGDONG = {
    "bz1": [(0, "预算与部门职责、年度重点相匹配，没有大的调剂。"), (50, "年中有少量项目调剂，扣0.5分。"),
            (100, "年中项目调剂较多，扣1分。")],
    "bz2": [(0, "按规定的程序、科目和时限编制。"), (100, "有一个科目编列不准确，扣1分。")],
    "mb1": [(0, "目标与职责、任务和资金规模相匹配。"), (50, "个别项目的目标偏低，扣0.5分。"),
            (100, "个别项目的目标与资金规模不够匹配，扣1分。")],
    "mb2": [(0, "指标细化、可量化，有目标值。"), (50, "个别效益指标没有量化，扣0.5分。"),
            (100, "部分效益指标没有量化，扣1分。")],
    "zj4": [(0, "内部审计未发现违规支出。"), (100, "内部审计发现一例附件不全，已经补正，扣1分。")],
    "zj5": [(0, "预算、决算均按时公开。"), (50, "公开内容缺少一张附表，已经补上，扣0.5分。")],
    "xm1": [(0, "立项、调整、验收手续齐全。"), (50, "一个项目的变更手续补办，扣0.5分。")],
    "xm2": [(0, "检查、监控、督促到位。"), (50, "一个项目缺少检查记录，扣0.5分。"),
            (100, "部分项目检查晚于计划，扣1分。")],
    "zc1": [(0, "账面与系统数字相同，年末盘点无差异。"), (50, "处置手续办理偏晚，扣0.5分。")],
    "zd1": [(0, "资金、财务、内控制度齐全并得到执行。"), (50, "合同管理制度修订不及时，扣0.5分。")],
    "xg1": [(50, "效益指标基本达到目标值，扣0.5分。"), (100, "一项效益指标略低于目标值，扣1分。"),
            (200, "两项效益指标低于目标值，扣2分。"), (300, "部分效益指标没有达到目标值，扣3分。")],
    "gp1": [(0, "信访件全部按时办结。"), (100, "个别信访件超过回复时限，扣1分。")],
}
GUANGDONG_WEIGHTS = {"bz1": 5, "bz2": 5, "mb1": 5, "mb2": 5, "zj4": 4, "zj5": 4, "xm1": 3, "xm2": 3, "zc1": 3, "zd1": 4,
                     "xg1": 12, "gp1": 3}
GUANGDONG_ORDER = ["bz1", "bz2", "mb1", "mb2", "zj1", "zj2", "zj3", "zj4", "zj5", "xm1", "xm2", "zc1", "zc2", "ry1", "ry2",
                   "zd1", "jj1", "jj2", "xl1", "xl2", "xl3", "xg1", "gp1", "gp2"]
HUNAN = {
    "h10": (8, [(0, "制度齐全并得到执行。"), (50, "合同管理制度没有及时修订，扣0.5分。"), (100, "两项制度没有及时修订，扣1分。")]),
    "h11": (6, [(0, "内部审计未发现违规支出。"), (100, "内部审计发现一例附件不全，已经补正，扣1分。")]),
    "h12": (5, [(0, "预算、决算均按时公开。"), (50, "公开内容缺少一张附表，已经补上，扣0.5分。")]),
    "h14": (10, [(50, "效益指标基本达到目标值，扣0.5分。"), (100, "一项效益指标略低于目标值，扣1分。"),
                 (200, "两项效益指标低于目标值，扣2分。")]),
    "h15": (6, [(0, "办事环节减少，事项按时办结。"), (50, "个别事项超过承诺时限，扣0.5分。")]),
}
QUALITATIVE = [(0, "达到预期。"), (50, "基本达到预期，扣0.5分。"), (100, "个别群众反映不够方便，扣1分。"),
               (200, "效果尚不稳定，扣2分。"), (300, "效果低于预期，扣3分。"), (400, "效果明显低于预期，扣4分。")]
NOTE = "示例：单位与数据均为虚构，得分只为演示。"
GRADES = [(9000, "优"), (8000, "良"), (6000, "中"), (0, "差")]


def share(weight, part, whole):
    """weight × part ÷ whole, at most the weight; the half is rounded up."""
    return min(weight * 100, (200 * weight * part + whole) // (2 * whole))


def steps(weight, value, bands):
    """The first band whose lower bound the value reaches."""
    return next(points for least, points in bands if value >= least)


def points(hundredths):
    """As written: without needless zeros."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def _grounds(draw, rows, allowed):
    """A level for each row that people score, so that together they lose enough: a unit that spends little of its budget
    does not do well in everything else. `allowed`: the most that these rows may give."""
    full = sum(weight for weight, _ in rows.values()) * 100
    level = {row: min(len(levels) - 1, (0, 0, 0, 0, 0, 0, 1, 1, 1, 2)[draw.below(10)]) for row, (_, levels) in rows.items()}

    def lost():
        return sum(rows[row][1][at][0] for row, at in level.items())

    while full - lost() > allowed:
        can = [row for row, (_, levels) in rows.items() if level[row] + 1 < len(levels)]
        if not can:
            break
        level[draw.pick(can)] += 1
    return {row: rows[row][1][at] for row, at in level.items()}, full - lost()


def _allowed(year, weight, others):
    """What the given rows may reach at most: the score of all but the execution rate may exceed that rate by a twentieth."""
    return weight * 10_000 * year.spent // (year.budget * 95) - 5 - others


def _rated(year):
    """The rows of gd3-placeholder that follow from the figures."""
    projects = len(year.projects)
    outside = year.outside * 100
    heads = year.outside + year.staff
    return {
        "zj1": (share(6, year.spent, year.budget), "按全年支出与预算总计之比计算。"),
        "zj2": (300 if year.closing * 10 <= year.budget else 200, "年末结转结余占预算总计的比率较低。"),
        "zj3": (share(3, year.bought, year.plan), "按实际采购金额与计划金额之比计算。"),
        "zc2": (steps(3, year.in_use * 100, [(year.assets * 90, 300), (year.assets * 75, 210), (0, 0)]),
                "按在用固定资产与固定资产总额之比计算。"),
        "ry1": (200, "实有人数没有超过编制数。"),
        "ry2": (200 if outside < 5 * heads else 100 if outside <= 10 * heads else 0, "按编外人员占比计算。"),
        "jj1": (300, "公用经费支出没有超过预算。"),
        "jj2": (300, "“三公”经费支出没有超过预算。"),
        "xl1": (share(5, year.tasks_done, year.tasks), "按完成的重点工作计算。"),
        "xl2": (share(5, year.indicators_done, year.indicators), "按完成指标数与设定指标数之比计算。"),
        "xl3": (share(4, projects - year.late, projects), "按期完成的项目与项目总数之比。"),
        "gp2": (steps(5, year.satisfaction, [(950, 500), (900, 400), (800, 300), (0, 0)]), "服务对象问卷结果。"),
    }


def guangdong(year, draw):
    rated = _rated(year)
    others = sum(score for row, (score, _) in rated.items() if row != "zj1")
    rows = {row: (GUANGDONG_WEIGHTS[row], levels) for row, levels in GUANGDONG.items()}
    given, reached = _grounds(draw, rows, _allowed(year, 94, others))
    total = reached + sum(score for score, _ in rated.values())
    lines = []
    for row in GUANGDONG_ORDER:
        if row in rated:
            lines.append(f"  {row}: {{依据: {rated[row][1]}}}\n")
            continue
        lost, grounds = given[row]
        # A row may say what it has or what it lost: both are written.
        what = f"扣: {points(lost)}" if lost else f"得分: {GUANGDONG_WEIGHTS[row]}"
        lines.append(f"  {row}: {{{what}, 依据: {grounds}}}\n")
    return "gd3-placeholder", "评分:\n" + "".join(lines), total


def hunan(year, draw):
    before, added = year.before, year.added_basic + year.added_project
    more = max(0, year.three_budget - before.three_budget)
    start, later = year.initial, year.opening + year.initial + added
    rated = {
        "h1": (500, "在职人员没有超过编制。"),
        "h2": (max(0, 500 - more * 100 // before.three_budget * 50), "按两年的“三公”经费预算计算。"),
        "h3": (500 - year.closing * 20 // later * 200, "按预算完成率计算。"),
        "h4": (next(p for most, p in [(10, 400), (20, 300), (30, 200), (10**9, 0)] if added * 100 <= start * most),
               "按追加预算与年初预算之比计算。"),
        "h5": (500, None), "h6": (500, None),
        "h7": (800, "公用经费没有超过预算。"), "h8": (700, "“三公”经费没有超过预算。"),
        "h9": (600 - (year.plan - year.bought) * 20 // year.plan * 200, "按采购金额与采购预算之比计算。"),
        "h13": (share(8, year.tasks_done, year.tasks), "按完成的重点工作计算。"),
        "h16": (steps(6, year.satisfaction, [(900, 600), (800, 400), (700, 200), (0, 0)]), "服务对象问卷结果。"),
    }
    given, reached = _grounds(draw, HUNAN, 10_000)
    lines = []
    for row in [f"h{i}" for i in range(1, 17)]:
        if row in given:
            lost, grounds = given[row]
            what = f"扣: {points(lost)}" if lost else f"得分: {HUNAN[row][0]}"
            lines.append(f"  {row}: {{{what}, 依据: {grounds}}}\n")
        elif rated[row][1] is None:
            lines.append(f"  {row}: {{不适用: true, 依据: 本年没有新建楼堂馆所。}}\n")
        else:
            lines.append(f"  {row}: {{依据: {rated[row][1]}}}\n")
    return "hn-10-60-30", "评分:\n" + "".join(lines), reached + sum(score for score, _ in rated.values())


def form(kind, year, draw):
    lines, others = [], 0
    for (output, plan, done), weight, second in zip(year.outputs, (20, 15, 15), ("数量指标", "数量指标", "质量指标")):
        others += share(weight, done, plan)
        lines.append(f"  - {{一级: 产出指标, 二级: {second}, 三级: {output.key}, 分值: {weight}, "
                     f"目标: =业务.{output.key}.计划, 实际: =业务.{output.key}.完成, 单位: {output.unit}}}\n")
    aim = draw.pick([90, 92, 95])
    others += share(10, year.satisfaction, aim * 10)
    gains = draw.some(kind.gains, 2)
    rows = {gain: (15, QUALITATIVE) for gain, _ in gains}
    given, reached = _grounds(draw, rows, _allowed(year, 90, others))
    for (gain, how), second in zip(gains, ("社会效益指标", "可持续影响指标")):
        lost, grounds = given[gain]
        lines.append(f"  - {{一级: 效益指标, 二级: {second}, 三级: {gain}, 分值: 15, 比较: 定性, 目标: 明显改善, "
                     f"得分: {points(1500 - lost)}, 依据: {how}；{grounds}}}\n")
    lines.append(f"  - {{一级: 满意度指标, 二级: 服务对象满意度指标, 三级: 服务对象满意度, 分值: 10, 目标: {aim}, "
                 "实际: =绩效.满意度, 单位: '%'}\n")
    total = share(10, year.spent, year.budget) + others + reached
    return "form-10-50-30-10", "自设指标:\n" + "".join(lines), total


def file(name, kind, year, draw):
    """The whole file."""
    if kind.form == "form":
        system, rows, total = form(kind, year, draw)
    else:
        system, rows, total = (hunan if kind.form == "hunan" else guangdong)(year, draw)
    grade = next(name for least, name in GRADES if total >= least)
    return (
        f"# {name}，{year.year}年度：评分。虚构。没有 得分 和 扣 的行由 figures.yaml 的数据计算。\n"
        f"指标体系: {system}\n说明: {NOTE}\n总分: {points(total)}\n等级: {grade}\n{rows}"
    )

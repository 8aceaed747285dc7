"""The section that looks back: the last year's report of three years or more has it, with a table and charts."""

NUMERALS = "零一二三四五六七八九十"
LEAST, MOST = 3, 10


def _named(count):
    return NUMERALS[count] if count <= MOST else "多"


def _trend(states):
    """What became of the spending, in words that hold."""
    rises = sum(later.spent > earlier.spent for earlier, later in zip(states, states[1:]))
    steps = len(states) - 1
    if rises == steps:
        return "逐年增加"
    if rises == 0:
        return "逐年减少"
    return f"有升有降，其中{_named(rises)}个年度比上年增加"


def section(states):
    """states: the years of the dossier, in order, LEAST or more. What 历年 gives begins a year earlier: the first year's
    figures say what last year's were."""
    known = [states[0].before, *states]
    parts = [year.project * 100 // year.spent for year in known]
    shares = "项目支出的比重变化不大" if max(parts) - min(parts) <= 8 else "项目支出的比重随项目安排有所变化"
    slow = any(year.spent * 100 < year.budget * 95 for year in states)
    rated = "各年的预算执行率见下图。" + ("执行偏慢的年度，主要是部分追加资金当年没有形成支出。" if slow else "")
    return (
        "标题: 各年情况\n正文:\n"
        f"  - 各年支出依次为{{{{ 历年(支出.合计) }}}}万元，{_trend(known)}；{shares}。\n"
        "  - 表: 历年主要数据\n"
        "  - 图: {类型: 柱形, 标题: 各年支出, 单位: 万元, 数据: 历年(支出.合计), 注: 各年均为决算数。}\n"
        "  - 图:\n      类型: 构成\n      标题: 各年支出构成\n      系列:\n"
        "        - {名称: 基本支出, 数据: 历年(支出.基本支出.合计)}\n"
        "        - {名称: 项目支出, 数据: 历年(支出.项目支出.合计)}\n"
        "        - {名称: 其他支出, 数据: 历年(支出.其他支出.合计)}\n"
        f"  - {rated}\n"
        "  - 图: {类型: 折线, 标题: 各年预算执行率, 单位: '%', 数据: 历年(派生.预算执行率)}\n"
        "  - 表:\n      标题: 各年工作完成情况\n      逐年: 5\n      行:\n"
        "        - [重点工作完成率（%）, '=占比(绩效.重点工作.完成数, 绩效.重点工作.总数)']\n"
        "        - [绩效指标完成率（%）, '=占比(绩效.绩效指标.完成数, 绩效.绩效指标.总数)']\n"
        "        - [项目按期完成率（%）, '=占比(绩效.项目.按期数, 绩效.项目.总数)']\n"
    )

"""figures.yaml: every amount of the year, and a block 上年 where last year has no folder of its own."""

INVENTED = "单位、项目、人数和金额都是编造的，与任何真实的地方和机构无关"


def money(amount):
    """Hundredths of 万元, as written in the file."""
    return f"{amount // 100}.{amount % 100:02d}"


def tenths(amount):
    return f"{amount // 10}.{amount % 10}"


def counted(output, amount):
    """An output's amount in its last place."""
    return tenths(amount) if output.places else str(amount)


def training_reason(year):
    """Why training cost so much more or less than last year; nothing where it did not."""
    before = year.before.training
    if abs(year.training - before) * 2 <= before:
        return ""
    return "主要是增加了业务骨干轮训的班次" if year.training > before else "主要是上年集中举办的轮训已经结束"


def three_public(year, pad):
    return (
        f"{pad}  因公出国境费: 0\n{pad}  公务用车购置费: 0\n"
        f"{pad}  公务用车运行维护费: {money(year.car)}\n{pad}  公务接待费: {money(year.reception)}\n"
        f"{pad}  合计: {{填报: {money(year.three)}, 公式: =因公出国境费 + 公务用车购置费 + 公务用车运行维护费 + 公务接待费}}\n"
    )


def last_year(year):
    """What this year's text and tables read of last year."""
    items = "".join(f"        {name}: {money(amount)}\n" for name, amount in year.projects)
    return (
        "上年:                           # 上一年没有卷宗，用到的数写在这里\n"
        f"  预算: {{总计: {money(year.budget)}, 三公经费: {money(year.three_budget)}}}\n"
        f"  结转结余: {{年末: {money(year.closing)}}}\n"
        "  支出:\n"
        "    基本支出:\n"
        f"      人员经费: {money(year.personnel)}\n      公用经费: {money(year.operating)}\n"
        "      合计: =人员经费 + 公用经费\n"
        f"    项目支出:\n      明细:\n{items}      合计: =合计(明细)\n"
        f"    其他支出: {{合计: {money(year.other)}}}\n"
        "    合计: =基本支出.合计 + 项目支出.合计 + 其他支出.合计\n"
        f"  三公经费:\n{three_public(year, '  ')}"
        f"  会议费: {money(year.meeting)}\n  培训费: {money(year.training)}\n"
        f"  绩效: {{满意度: {{值: {tenths(year.satisfaction)}, 单位: '%', 小数位: 1}}}}\n\n"
    )


def budget(kind, year):
    allotted = ""
    if kind.form == "hunan":
        start = year.initial
        operating = year.operating_budget * 97 // 100
        people = year.personnel - year.added_basic
        later = year.operating_budget, year.personnel + year.operating // 50
        allotted = (
            f"  年初安排:\n    人员经费: {money(people)}\n    公用经费: {money(operating)}\n"
            f"    项目支出: {money(start - people - operating)}\n    合计: =人员经费 + 公用经费 + 项目支出\n"
            f"  调整安排:\n    人员经费: {money(later[1])}\n    公用经费: {money(later[0])}\n"
            f"    项目支出: {money(year.budget - sum(later))}\n    合计: =人员经费 + 公用经费 + 项目支出\n"
        )
    initial = "=年初安排.合计" if allotted else "=年初批复收入"
    cut = f"  调减: {{值: {money(year.cut)}, 说明: 压减一般性支出}}\n" if year.cut else ""
    return (
        f"预算:\n  口径: 预算数\n  年初批复收入: {money(year.initial)}\n{allotted}  年初批复支出: {initial}\n"
        f"  追加:\n    人员经费及公用经费: {money(year.added_basic)}\n    项目经费: {money(year.added_project)}\n"
        "    合计: =人员经费及公用经费 + 项目经费\n"
        f"{cut}  总计: {{填报: {money(year.budget)}, 公式: =年初批复收入 + 追加.合计{' - 调减' if cut else ''}}}\n"
        f"  公用经费: {money(year.operating_budget)}\n  三公经费: {money(year.three_budget)}\n\n"
    )


def income(year):
    return (
        "收入:\n  口径: 决算数\n  财政拨款:\n"
        f"    基本支出拨款: {money(year.grant_basic)}\n    项目支出拨款: {money(year.grant_project)}\n"
        "    合计: =基本支出拨款 + 项目支出拨款\n"
        f"  上级补助收入: {money(year.superior)}\n  其他收入:\n    利息收入: {money(year.interest)}\n    合计: =利息收入\n"
        f"  合计: {{填报: {money(year.income)}, 公式: =财政拨款.合计 + 上级补助收入 + 其他收入.合计}}\n\n"
        "结转结余:\n  口径: 决算数\n  年初:\n"
        f"    调整前: {{填报: {money(year.opening_before)}, 公式: =上年.结转结余.年末}}\n"
        f"    调减: {money(year.opening_cut)}\n    合计: =调整前 - 调减\n"
        f"  年末: {{填报: {money(year.closing)}, 公式: =收入.合计 + 年初.合计 - 支出.合计}}\n\n"
    )


def spending(year):
    items = "".join(f"      {name}: {money(amount)}\n" for name, amount in year.projects)
    training, reason = money(year.training), training_reason(year)
    if reason:
        training = f"{{值: {training}, 说明: {reason}}}"
    return (
        "支出:\n  口径: 决算数\n"
        f"  一般公共预算: {{填报: {money(year.basic + year.project - year.fund)}, "
        "公式: =基本支出.合计 + 项目支出.合计 - 政府性基金 - 国有资本经营}\n"
        f"  政府性基金: {money(year.fund)}\n  国有资本经营: 0\n"
        f"  基本支出:\n    人员经费: {money(year.personnel)}\n"
        f"    对个人和家庭的补助: {{值: {money(year.subsidies)}, 属于: 人员经费, 说明: 已包含在人员经费之内}}\n"
        f"    公用经费: {money(year.operating)}\n    合计: =人员经费 + 公用经费\n"
        f"  项目支出:\n    明细:\n      列举: 全部\n{items}    合计: =合计(明细)\n"
        f"  其他支出:\n    上级补助项目: {money(year.superior_spent)}\n    党组织活动经费: {money(year.party)}\n"
        "    合计: =上级补助项目 + 党组织活动经费\n"
        f"  合计: {{填报: {money(year.spent)}, 公式: =基本支出.合计 + 项目支出.合计 + 其他支出.合计}}\n\n"
        f"三公经费:\n  口径: 决算数\n{three_public(year, '')}"
        f"  接待:\n    批次: {{值: {year.visits}, 单位: 批}}\n    人数: {{值: {year.guests}, 单位: 人}}\n"
        f"会议费: {money(year.meeting)}\n培训费: {training}\n\n"
        f"采购: {{计划金额: {money(year.plan)}, 实际金额: {money(year.bought)}}}\n\n"
    )


def people(kind, year):
    if kind.form == "hunan":
        official = year.posts * 2 // 5
        return (
            f"人员:\n  单位: 人\n  编制: {{行政: {official}, 事业: {year.posts - official}, 合计: =行政 + 事业}}\n"
            f"  实有: {{在职: {year.staff}, 退休: {year.posts * 3 // 8}, 临聘: {year.outside}}}\n\n"
        )
    return (
        f"人员: {{单位: 人, 行政编制: {year.posts}, 行政实有: {year.staff}, 编外人员: {year.outside}}}\n\n"
    )


def results(year):
    assets = f"{{固定资产: {money(year.assets)}, 无形资产: {money(year.software)}}}"
    projects = len(year.projects)
    return (
        f"资产:\n  账面: {assets}\n  系统: {assets}\n  固定资产总额: =账面.固定资产\n  在用固定资产: {money(year.in_use)}\n"
        "  利用率: {公式: '=占比(在用固定资产, 固定资产总额)', 单位: '%'}\n\n"
        f"绩效:\n  重点工作: {{单位: 项, 总数: {year.tasks}, 完成数: {year.tasks_done}}}\n"
        f"  绩效指标: {{单位: 个, 总数: {year.indicators}, 完成数: {year.indicators_done}}}\n"
        f"  项目: {{单位: 个, 总数: {projects}, 按期数: {projects - year.late}}}\n"
        f"  满意度: {{值: {tenths(year.satisfaction)}, 单位: '%', 小数位: 1, 来源: 服务对象问卷}}\n\n"
    )


def business(year):
    lines = ["业务:\n"]
    if year.tasks_done < year.tasks:
        lines.append("  未完成工作: {公式: =绩效.重点工作.总数 - 绩效.重点工作.完成数, 单位: 项, 小数位: 0}\n")
    if year.late:
        lines.append("  逾期项目: {公式: =绩效.项目.总数 - 绩效.项目.按期数, 单位: 个, 小数位: 0}\n")
    for output, plan, done in year.outputs:
        places = f", 小数位: {output.places}"
        gap = f", 缺口: {{公式: =计划 - 完成{places}}}" if done < plan else ""
        values = [f"{{值: {counted(output, amount)}{places}}}" for amount in (plan, done)]
        lines.append(f"  {output.key}: {{单位: {output.unit}, 计划: {values[0]}, 完成: {values[1]}{gap}}}\n")
    return "".join(lines)


def long_table(rows, draw):
    """So many figures of a group, for the long table."""
    villages, works = "东西南北前后上下", "渠路桥塘井堤林田"
    lines = ["\n项目库:\n"]
    for i in range(rows):
        name = f"{villages[i % 8]}村修{works[i // 8 % 8]}{i + 1:05d}"
        lines.append(f"  {name}: {money(draw.between(100, 99999))}\n")
    return "".join(lines)


def file(name, kind, year, own_last_year):
    """The whole file. own_last_year: last year has its own folder."""
    head = f"# {name}，{year.year}年度：全部数据。虚构：{INVENTED}。\n单位: 万元\n\n"
    before = "" if own_last_year else last_year(year.before)
    parts = [budget(kind, year), income(year), spending(year), people(kind, year), results(year), business(year)]
    return head + before + "".join(parts)

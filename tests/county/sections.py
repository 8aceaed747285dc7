"""report.yaml and the sections. What a paragraph says follows from the year's amounts; how it says it is drawn."""

from .figures import INVENTED, training_reason
from .kinds import COUNTY

NOTICES = ["关于开展{}年度部门整体支出绩效自评工作的通知", "关于做好{}年部门预算绩效自评的通知", "关于组织{}年绩效自评和评价工作的通知"]
RULES = ["预算绩效管理办法", "部门整体支出绩效评价实施细则", "财政资金绩效评价操作规程"]

PREAMBLES = [
    "按照{{{{ 依据(1) }}}}的要求，{us}组织内设机构对{{{{ 年度 }}}}年度部门整体支出的绩效情况进行了自评，现将结果报告如下。",
    "根据{{{{ 依据(1) }}}}和{{{{ 依据(2) }}}}，{us}成立自评小组，核对账表、查阅资料、走访服务对象，完成了{{{{ 年度 }}}}年度部门整体支出绩效自评，现报告如下。",
    "为落实{{{{ 依据(1) }}}}，{us}对照{{{{ 依据(2) }}}}，逐项核对{{{{ 年度 }}}}年度的预算执行和工作成效，形成本报告。",
]

OVERVIEWS = ["{name}主要负责{where}{duty}等工作。", "{name}的主要职责是负责{where}{duty}。", "{name}承担{where}{duty}等职能。"]

TASKS = ["{{{{ 年度 }}}}年安排重点工作{{{{ 绩效.重点工作.总数 }}}}项，主要是：",
         "围绕年度目标，{{{{ 年度 }}}}年确定重点工作{{{{ 绩效.重点工作.总数 }}}}项，其中：",
         "{{{{ 年度 }}}}年的重点工作共{{{{ 绩效.重点工作.总数 }}}}项，突出抓好以下几项："]

DUTIES = ["严格执行预算，压减一般性支出。", "加强项目管理，按进度拨付资金。", "规范资产管理，推动闲置资产调剂。", "推进政务公开，接受群众监督。"]

CLOSINGS = ["对照评分表逐项评分，{us}{{{{ 年度 }}}}年度部门整体支出绩效自评得分为**{{{{ 总分 }}}}分**，等级为**{{{{ 等级 }}}}**。",
            "经自评小组逐项核对，{us}{{{{ 年度 }}}}年度自评得**{{{{ 总分 }}}}分**，评价等级为**{{{{ 等级 }}}}**。",
            "综合各项指标，{us}{{{{ 年度 }}}}年度部门整体支出绩效自评得分**{{{{ 总分 }}}}分**，等级**{{{{ 等级 }}}}**。"]

PLANNING = ["预算编制以部门职责和年度重点工作为依据，先有项目、后有预算，绩效目标与预算同步申报。",
            "编制预算前对项目逐个测算，绩效目标经集体研究后报送，编制程序符合要求。",
            "预算按零基方法编制，清理到期项目，绩效目标分解到责任人。"]

SLOW = [("预算执行进度不够均衡，部分资金年末集中支付", "按季度分解用款计划，进度落后的约谈责任人"),
        ("部分追加资金下达较晚，当年没有形成支出", "提前做好项目准备，资金到位即可实施")]
TASK_LEFT = [("有{{{{ 业务.未完成工作 }}}}项重点工作没有完成", "列入下年首批任务，明确责任人和完成时限"),
             ("重点工作中有{{{{ 业务.未完成工作 }}}}项跨年完成", "倒排工期，每月通报进度")]
LATE = [("有{{{{ 业务.逾期项目 }}}}个项目没有按期完成", "按月调度，对滞后项目及时督促"),
        ("有{{{{ 业务.逾期项目 }}}}个项目的工期超过计划", "在合同中约定工期责任，逾期的扣减履约保证金")]
GENERAL = [("部分效益指标的目标值设得偏低", "参照近年实际水平设定目标，年中根据情况调整"),
           ("绩效运行监控停留在填表", "监控发现的偏差逐项提出处理意见"),
           ("自评结果的应用还不充分", "把自评结果作为编制下年预算的依据"),
           ("项目档案归集不够及时", "项目验收与档案移交同步办理"),
           ("业务人员参与绩效管理不多", "绩效目标由业务机构提出，财务人员审核"),
           ("个别支出的科目使用不准确", "编制常用科目对照表，报销时先核对")]

def us(name):
    return "本局" if name.endswith("局") else "本单位"


def report(name, kind, year, draw, short):
    folder = year.year + 1
    day = f"{folder}-{draw.between(3, 5):02d}-{draw.between(5, 28):02d}"
    notice = draw.pick(NOTICES).format(folder)
    town = "" if name.endswith("局") else "县直和乡镇"
    cover = f"封面: {{填报日期: {day}}}\n" if draw.chance(30) and not short else ""
    attachments = "" if short else (
        "附件:\n  - {标题: 部门整体支出绩效自评评分表, 内容: 评分表, 方向: 横}\n"
        "  - 标题: 项目支出与绩效数据表\n    正文:\n" + _projects_two_years(year) + _results_table(year)
    )
    return (
        f"# {name}，{year.year}年度：标题、依据、落款、附件。虚构：{INVENTED}。\n"
        f"标题: {name}/{year.year}年度部门整体支出绩效自评报告\n"
        f"关键词: [{name}, 部门整体支出, 绩效自评]\n"
        "依据:                           # 文件名称和文号都是编造的\n"
        f"  - {{名称: {COUNTY}财政局{notice}, 文号: 青岚财绩〔{folder}〕{draw.between(2, 19)}号}}\n"
        f"  - {{名称: {COUNTY}{town}{draw.pick(RULES)}, 文号: 青岚财〔{year.year - draw.between(1, 4)}〕{draw.between(20, 98)}号}}\n"
        f"{cover}落款: {{日期: {day}, 盖章: true}}\n{attachments}"
    )


def _projects_two_years(year):
    rows = []
    for item, _ in year.projects:
        now = f"支出.项目支出.明细.{item}"
        then = f"若有(上年.{now})"
        rows.append(f"            - [{item}, =若有(上年.{now}), ={now}, ={now} - {then}]\n")
    return (
        "      - 本表列出{{ 年度 }}年度全部项目支出，金额均为决算数。\n"
        "      - 表:\n          标题: 项目支出两年对照表\n          单位: 万元\n"
        "          列: [{名称: 项目, 宽: 4, 对齐: 左}, {名称: 上年决算, 宽: 2}, {名称: 本年决算, 宽: 2}, {名称: 增减, 宽: 2}]\n"
        "          行:\n" + "".join(rows) +
        "            - {合计: true, 格: [本年项目合计, '', =支出.项目支出.合计, '']}\n"
        "          注: 上年没有的项目，上年决算列为0。\n"
    )


def _results_table(year):
    rows = "".join(
        f"            - [{output.key}, {output.unit}, =业务.{output.key}.计划, =业务.{output.key}.完成]\n"
        for output, _, _ in year.outputs if not output.places
    )
    return (
        "      - 表:\n          标题: 主要绩效数据表\n"
        "          列: [{名称: 内容, 宽: 4, 对齐: 左}, {名称: 单位, 对齐: 中}, {名称: 应完成, 对齐: 右}, {名称: 已完成, 对齐: 右}]\n"
        "          行:\n"
        "            - [重点工作, 项, =绩效.重点工作.总数, =绩效.重点工作.完成数]\n"
        "            - [绩效指标, 个, =绩效.绩效指标.总数, =绩效.绩效指标.完成数]\n"
        "            - [按期完成的项目, 个, =绩效.项目.总数, =绩效.项目.按期数]\n" + rows
    )


def preamble(name, draw):
    return f"正文:\n  - {draw.pick(PREAMBLES).format(us=us(name))}\n"


def _counted(output, which):
    return f"{{{{ 业务.{output.key}.{which} }}}}{output.unit}"


def overview(name, kind, year, draw):
    where = "全县" if name.endswith("局") else "本镇"
    duty = draw.pick(OVERVIEWS).format(name=name, where=where, duty=kind.duty)
    if kind.form == "hunan":
        people = "核定编制{{ 人员.编制.合计 }}名，年末在职{{ 人员.实有.在职 }}人，退休{{ 人员.实有.退休 }}人，临聘{{ 人员.实有.临聘 }}人。"
    else:
        people = "核定编制{{ 人员.行政编制 }}人，年末在编实有{{ 人员.行政实有 }}人，编外人员{{ 人员.编外人员 }}人。"
    tasks = "".join(f"            - {output.todo.format(_counted(output, '计划'))}。\n" for output, _, _ in year.outputs)
    return (
        "标题: 部门基本情况\n正文:\n"
        f"  - 小节:\n      标题: 职能和人员\n      正文:\n        - {duty}{people}\n"
        f"  - 小节:\n      标题: 年度重点工作\n      正文:\n        - '{draw.pick(TASKS).format()}'\n"
        f"        - 列表:\n{tasks}            - {draw.pick(DUTIES)}\n"
    )


def expenditure(kind, year, draw, rows):
    added = "年中追加{{ 预算.追加.合计 }}万元，"
    cut = "调减{{ 预算.调减 }}万元，" if year.cut else ""
    first, last = year.projects[0][0], year.projects[-1][0]
    biggest = max(year.projects, key=lambda item: item[1])[0]
    named = "、".join(f"{item}{{{{ 支出.项目支出.明细.{item} }}}}万元" for item in dict.fromkeys([biggest, first, last]))
    change = draw.pick(["全年支出{{ 支出.合计 }}万元，比上年{{ 同比(支出.合计, 上年.支出.合计) }}，预算执行率{{ 派生.预算执行率 }}%。",
                        "全年支出{{ 支出.合计 }}万元，执行率{{ 派生.预算执行率 }}%；与上年相比，支出{{ 同比(支出.合计, 上年.支出.合计) }}。"])
    fund = ("财政拨款支出中，一般公共预算{{ 支出.一般公共预算 }}万元、政府性基金{{ 支出.政府性基金 }}万元。" if year.fund else "")
    cuts = "，其中财政收回存量资金{{ 结转结余.年初.调减 }}万元" if year.opening_cut else ""
    table = "支出预决算对照表" if kind.form == "hunan" else "项目支出明细表"
    return (
        "标题: 部门整体支出情况\n正文:\n"
        "  - 小节:\n      标题: 预算和收入\n      正文:\n"
        f"        - 年初批复预算{{{{ 预算.年初批复收入 }}}}万元，{added}{cut}全年预算{{{{ 预算.总计 }}}}万元。"
        "全年收入{{ 收入.合计 }}万元，其中财政拨款{{ 收入.财政拨款.合计 }}万元、上级补助收入{{ 收入.上级补助收入 }}万元、"
        "其他收入{{ 收入.其他收入.合计 }}万元。\n"
        "        - 表: 收支总表\n"
        "  - 小节:\n      标题: 支出\n      正文:\n"
        f"        - {change}其中基本支出{{{{ 支出.基本支出.合计 }}}}万元，占{{{{ 占比(支出.基本支出.合计, 支出.合计) }}}}%；"
        "项目支出{{ 支出.项目支出.合计 }}万元，占{{ 占比(支出.项目支出.合计, 支出.合计) }}%。"
        f"{fund}\n        - 人员经费{{{{ 支出.基本支出.人员经费 }}}}万元，比上年{{{{ 增减幅(支出.基本支出.人员经费, 上年.支出.基本支出.人员经费) }}}}；"
        "公用经费{{ 支出.基本支出.公用经费 }}万元，比上年{{ 增减(支出.基本支出.公用经费, 上年.支出.基本支出.公用经费) }}。\n"
        f"        - 项目支出中，{named}。\n        - 表: {table}\n"
        "  - 小节:\n      标题: 结转结余\n      正文:\n"
        f"        - 上年年末结转{{{{ 结转结余.年初.调整前 }}}}万元{cuts}，年初结转结余{{{{ 结转结余.年初.合计 }}}}万元，"
        "年末结转结余{{ 结转结余.年末 }}万元，占全年预算的{{ 派生.结转结余率 }}%。\n" + _three_public(year, draw) + _long(rows)
    )


def _three_public(year, draw):
    reason = f"，{training_reason(year)}" if training_reason(year) else ""
    meeting = draw.pick(["会议费{{ 会议费 }}万元，比上年{{ 增减幅(会议费, 上年.会议费) }}；",
                         "会议费{{ 会议费 }}万元，比上年{{ 增减(会议费, 上年.会议费) }}；"])
    return (
        "  - 小节:\n      标题: “三公”经费、会议费和培训费\n      正文:\n"
        "        - “三公”经费支出{{ 三公经费.合计 }}万元，比上年{{ 同比(三公经费.合计, 上年.三公经费.合计) }}，"
        "预算{{ 预算.三公经费 }}万元。没有因公出国（境），没有购置车辆。公务接待{{ 三公经费.接待.批次 }}批次、{{ 三公经费.接待.人数 }}人。"
        f"{meeting}培训费{{{{ 培训费 }}}}万元，比上年{{{{ 增减幅(培训费, 上年.培训费) }}}}{reason}。\n        - 表: 三公经费表\n"
    )


def _long(rows):
    if not rows:
        return ""
    return (
        "  - 表:\n      标题: 项目库\n      单位: 万元\n      列: [项目, 估算投资]\n      行:\n"
        "        - {逐项: 项目库, 格: ['{{ 本项名称 }}', =本项]}\n        - {合计: true, 格: [合计, =合计(项目库)]}\n"
    )


def _done(output, plan, done):
    text = output.done.format(_counted(output, "完成"))
    if done < plan:
        return f"{text}，比计划少{{{{ 业务.{output.key}.缺口 }}}}{output.unit}"
    return text + ("，超过计划" if done > plan else "，完成计划")


def evaluation(name, kind, year, draw):
    gains = draw.some(kind.gains, 3)
    said = "".join(
        f"                  - {gain}。{how}。{_done(*output)}。\n" for (gain, how), output in zip(gains, year.outputs)
    )
    changed = draw.pick(["，上年为{{ 上年.绩效.满意度 }}%", "，比上年{{ 增减(绩效.满意度, 上年.绩效.满意度) }}", ""])
    return (
        "标题: 绩效自评情况\n正文:\n"
        f"  - 小节:\n      标题: 自评结论\n      正文:\n        - {draw.pick(CLOSINGS).format(us=us(name))}\n"
        "  - 小节:\n      标题: 绩效分析\n      正文:\n"
        f"        - 小节:\n            标题: 预算编制\n            接排: true\n            正文:\n              - {draw.pick(PLANNING)}\n"
        "        - 小节:\n            标题: 预算执行\n            接排: true\n            正文:\n"
        "              - 政府采购计划{{ 采购.计划金额 }}万元，实际采购{{ 采购.实际金额 }}万元，执行率{{ 占比(采购.实际金额, 采购.计划金额) }}%。"
        "年末固定资产{{ 资产.账面.固定资产 }}万元，账面与资产系统一致，利用率{{ 资产.利用率 }}%。\n"
        "        - 小节:\n            标题: 产出和效益\n            接排: true\n            正文:\n"
        "              - 重点工作完成{{ 绩效.重点工作.完成数 }}项，完成率{{ 占比(绩效.重点工作.完成数, 绩效.重点工作.总数) }}%；"
        "绩效指标达到目标值的{{ 绩效.绩效指标.完成数 }}个，按期完成项目{{ 绩效.项目.按期数 }}个。"
        f"服务对象满意度{{{{ 绩效.满意度 }}}}%{changed}。\n"
        f"              - 列表:\n                  样式: 一是\n                  项:\n{said}"
    )


def problems(kind, year, draw):
    pairs = []
    if year.spent * 100 < year.budget * 95:
        pairs.append(draw.pick(SLOW))
    if year.tasks_done < year.tasks:
        pairs.append(tuple(part.format() for part in draw.pick(TASK_LEFT)))
    if year.late:
        pairs.append(tuple(part.format() for part in draw.pick(LATE)))
    pairs += draw.some(kind.problems, 2) + draw.some(GENERAL, 1)
    style = draw.pick(["逐条", "分列"])
    listed = "".join(f"        - {{问题: '{problem}。', 措施: '{measure}。'}}\n" for problem, measure in pairs)
    title = draw.pick(["存在问题和改进措施", "存在的问题及下一步打算", "主要问题与改进意见"])
    return f"标题: {title}\n正文:\n  - 成对:\n      样式: {style}\n      项:\n{listed}"

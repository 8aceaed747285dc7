#!/usr/bin/env python3
"""Writes an invented county: departments × years, each report with amounts that add up and a text of its own.

    python3 tests/make_county.py --departments 5 --years 2019..2023 --seed 4 -o samples/county

No report depends on how many others are made: department 7's 2021 is the same file for file in a county of 10 and of 10,000
(only its first year writes last year's amounts itself, and its last year looks back). Python's standard library, whole
numbers, and of its random numbers only what is the same in every version (see county/draw.py).

For measurements: --rows N puts a table of N rows in every report, --short makes a report of one page or two.
"""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor

from county import figures, history, kinds, scores, sections, years
from county.draw import Draw

# So many departments are worth a process.
CHUNK = 50

UNIT = (
    "# {name}：单位信息。虚构：没有{county}这个县；{invented}。\n"
    "# 由 tests/make_county.py 生成，种子 {seed}，单位序号 {index}。\n"
    "单位名称: {name}\n体例: {profile}\n页面: {{双面: true}}\n金额: {{单位: 万元, 小数位: 2, 舍入: 四舍五入, 尾差: 提示}}\n"
)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--departments", type=int, default=5, metavar="N")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first department (0)")
    parser.add_argument("--years", default="2019..2023", metavar="A..B")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--rows", type=int, default=0, metavar="N", help="a table of so many rows in each report")
    parser.add_argument("--short", action="store_true", help="small reports")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("-o", "--output", required=True, metavar="DIR")
    given = parser.parse_args()
    first, _, last = given.years.partition("..")
    given.years = range(int(first), int(last or first) + 1)
    if not given.years or given.years[0] <= history.EPOCH + 1:
        parser.error(f"--years: A..B, A after {history.EPOCH + 1}")
    return given


def report(name, kind, states, year, given, index):
    """{path within the year's folder: text} of one report."""
    draw = Draw(given.seed, index, year.year, 2)
    numbers = figures.file(name, kind, year, year.year > given.years[0])
    if given.rows:
        numbers += figures.long_table(given.rows, Draw(given.seed, index, year.year, 3))
    files = {
        "scores.yaml": scores.file(name, kind, year, draw),
        "report.yaml": sections.report(name, kind, year, draw, given.short),
        "figures.yaml": numbers,
        "sections/01-preamble.yaml": sections.preamble(name, draw),
        "sections/02-overview.yaml": sections.overview(name, kind, year, draw),
    }
    if given.short:
        return files
    files["sections/03-expenditure.yaml"] = sections.expenditure(kind, year, draw, given.rows)
    files["sections/04-evaluation.yaml"] = sections.evaluation(name, kind, year, draw)
    files["sections/06-problems.yaml"] = sections.problems(kind, year, draw)
    if year.year == given.years[-1] and len(given.years) >= years.LEAST:
        files["sections/05-years.yaml"] = years.section([states[one] for one in given.years])
    return files


def write(path, text):
    """Plain system calls: a hundred thousand reports are a million files."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def department(index, given):
    kind, name, folder = kinds.unit(index)
    folder = f"{given.output}/{folder}"
    os.makedirs(folder, exist_ok=True)
    profile = "hunan-10-60-30" if kind.form == "hunan" else "department-overall"
    write(f"{folder}/unit.yaml", UNIT.format(
        name=name, county=kinds.COUNTY, invented=figures.INVENTED, seed=given.seed, index=index, profile=profile))
    states = history.years(kind, given.seed, index, given.years[0], given.years[-1])
    for number in given.years:
        year = f"{folder}/{number}"
        os.makedirs(f"{year}/sections", exist_ok=True)
        for path, text in report(name, kind, states, states[number], given, index).items():
            write(f"{year}/{path}", text)


def departments(start, end, given):
    for index in range(start, end):
        department(index, given)


def main():
    given = arguments()
    last = given.first + given.departments
    if given.jobs == 1 or given.departments < CHUNK:
        departments(given.first, last, given)
    else:
        with ProcessPoolExecutor(given.jobs) as pool:
            starts = range(given.first, last, CHUNK)
            made = [pool.submit(departments, start, min(start + CHUNK, last), given) for start in starts]
            for one in made:
                one.result()
    print(f"{given.output}: {given.departments} departments, {given.departments * len(given.years)} reports", file=sys.stderr)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Reads the workbook of `jibao summary` with openpyxl and computes its formulas a second time, in exact decimals.

    check_summary.py JIBAO PATH YEAR

Each result that is kept with a formula must be what the formula gives; what stands in the form must be what the JSON says;
two runs must give the same bytes. Lists what differs and exits 1.
"""

import json
import re
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal, getcontext
from pathlib import Path

import openpyxl
from openpyxl.utils import range_boundaries

getcontext().prec = 40
HEAD = 3


def run(jibao, path, year, folder):
    command = [jibao, "summary", path, "--year", year, "--format", "xlsx,json", "--quiet", "-o", folder]
    done = subprocess.run(command, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"jibao summary ended with {done.returncode}")
    stem = Path(folder) / f"{year}年度汇总"
    return stem.with_suffix(".xlsx"), json.loads(stem.with_suffix(".json").read_text("utf-8"))


class Sheet:
    """Formulas and values of one sheet."""

    def __init__(self, path, name):
        self.formulas = openpyxl.load_workbook(path)[name]
        self.kept = openpyxl.load_workbook(path, data_only=True)[name]

    def number(self, cell):
        """The number that a cell stands for, its formula computed."""
        value = self.formulas[cell].value
        if isinstance(value, str) and value.startswith("="):
            return self.compute(value[1:])
        return Decimal(str(value)) if isinstance(value, (int, float)) else None

    def cells(self, area):
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        area = self.formulas.iter_rows(top, bottom, left, right)
        values = [self.number(cell.coordinate) for row in area for cell in row]
        return [value for value in values if value is not None]

    def compute(self, formula):
        if found := re.fullmatch(r"SUM\((.+)\)", formula):
            return sum(self.cells(found[1]), Decimal(0))
        if found := re.fullmatch(r"ROUND\(AVERAGE\((.+)\),2\)", formula):
            values = self.cells(found[1])
            return (sum(values) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if found := re.fullmatch(r"RANK\((\w+),(.+)\)", formula):
            own = self.number(found[1])
            return Decimal(1 + sum(1 for value in self.cells(found[2]) if value > own))
        if found := re.fullmatch(r"(\w+)/(\w+)", formula):
            return self.number(found[1]) / self.number(found[2])
        sys.exit(f"unknown formula {formula}")


def check_formulas(sheet, wrong):
    count = 0
    for row in sheet.formulas.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                count += 1
                mine, kept = sheet.compute(cell.value[1:]), sheet.kept[cell.coordinate].value
                if float(mine) != float(kept):
                    wrong.append(f"{cell.coordinate} {cell.value}: {mine}, kept {kept}")
    if count == 0:
        wrong.append("the form has no formula")
    return count


def check_rows(sheet, summary, wrong):
    """The rows of the form are the units of the JSON, in the same order and with the same values."""
    columns = summary["columns"]
    for row, unit in enumerate(summary["units"], HEAD + 1):
        kept = [cell.value for cell in sheet.kept[row]]
        score = 2 + len(columns)
        said = [unit["rank"] or "—", unit["name"], *values(unit, columns), unit["score"] or "—"]
        for mine, theirs in zip(said, kept[: score + 1], strict=True):
            if not same(mine, theirs):
                wrong.append(f"row {row} {unit['name']}: {mine} in JSON, {theirs} in the form")


def same(mine, theirs):
    """A quotient without an end stands in the form with ten places or as a formula; anything else digit for digit."""
    if not isinstance(theirs, (int, float)):
        return str(mine) == str(theirs) and not isinstance(mine, Decimal)
    mine = Decimal(mine)
    endless = len(mine.as_tuple().digits) > 15
    return abs(float(mine) - theirs) < 1e-9 if endless else float(mine) == theirs


def values(unit, columns):
    for column in columns:
        value = unit["figures"].get(column["key"])
        share = column["kind"] == "share"
        yield "—" if value is None else Decimal(value["exact"]) / (100 if share else 1)


def main():
    jibao, path, year = sys.argv[1:]
    wrong = []
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        workbook, summary = run(jibao, path, year, one)
        again, _ = run(jibao, path, year, two)
        if workbook.read_bytes() != again.read_bytes():
            wrong.append("two runs give different bytes")
        sheet = Sheet(workbook, "汇总")
        count = check_formulas(sheet, wrong)
        check_rows(sheet, summary, wrong)
        data = openpyxl.load_workbook(workbook)["数据"]
        for row in data.iter_rows(2, values_only=True):
            if not isinstance(row[3], str):
                wrong.append(f"{row}: the exact value is no text")
    for line in wrong:
        print(line)
    print(f"{count} formulas, {len(summary['units'])} units: {'as computed again' if not wrong else 'see above'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

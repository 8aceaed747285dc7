#!/usr/bin/env python3
"""A second opinion on every number: figures, scores and identities, computed again from the YAML alone.

Usage: oracle.py [--profiles FOLDER] JIBAO PATH...   compares with what the binary says; lists each difference, exits 1
       oracle.py --self-test                         a table of expressions with results worked out by hand

Written from README.md (公式与函数, 单位与舍入, scores.yaml, 体例) and not from the Rust: whoever changes a rule changes the
README, the program and `second_opinion/`. Numbers are decimals of 80 digits, never floats; the program's have 28, so exact
values are compared to 22 significant digits, and printed digits one by one. Needs PyYAML, whose BaseLoader leaves every
scalar a text.
"""

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from second_opinion.amounts import RATIO, Absent, Wrong, printed
from second_opinion.book import Book
from second_opinion.identities import judged_identities, judged_lists, stated_findings
from second_opinion.profile import load, read_profile
from second_opinion.scores import grade_of, score_rows, share_of_others
from second_opinion.self_test import self_test

PROFILES = Path(__file__).resolve().parent.parent / "templates" / "profiles"
JUDGED = ("JB2001", "JB2002", "JB3001", "JB3002", "JB3003", "JB3004", "JB3005")
OTHERS_TOO = ("JB3004", "JB3005")


class Jibao:
    """The program under test."""

    def __init__(self, binary, profiles):
        self.binary, self.profiles = binary, profiles

    def says(self, folder, *arguments):
        command = [self.binary, *arguments, "--format", "json", "--profile-path", str(self.profiles), str(folder)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout

    def figures(self, folder):
        return {row["path"]: row for row in json.loads(self.says(folder, "figures"))}

    def scores(self, folder):
        return json.loads(self.says(folder, "figures", "--what", "scores"))

    def findings(self, folder, identities):
        """The findings that the oracle judges too; other checks use the codes of plausibility as well."""
        rows = map(json.loads, self.says(folder, "check").splitlines())
        found = [(row["code"], row["subject"]) for row in rows if row["code"] in JUDGED]
        named = {identity["名称"] for identity in identities}
        return [(code, what) for code, what in found if code not in OTHERS_TOO or what.split("：")[0] in named]


def same(ours, theirs):
    """Whether two values are one, as far as 28 digits can tell."""
    return abs(ours - theirs) <= max(abs(ours), Decimal(1)) * Decimal("1e-22")


def compared_figures(book, tree, theirs):
    paths = {figure.path: figure for figure in tree.figures() if not figure.derived or book.known(figure)}
    for path in sorted(theirs.keys() ^ paths.keys()):
        yield f"{path}: only {'jibao' if path in theirs else 'the oracle'} has it"
    for path in sorted(theirs.keys() & paths.keys()):
        row = theirs[path]
        try:
            amount = book.value(paths[path])
        except (Absent, Wrong) as reason:
            if row["value"] is not None:
                yield f"{path}: jibao {row['value']}, oracle none ({reason})"
            continue
        unit = "" if amount.unit == RATIO else amount.unit
        if row["value"] is None or not same(amount.value, Decimal(row["value"])) or unit != row["unit"]:
            yield f"{path}: jibao {row['value']} {row['unit']}, oracle {amount.value:.30} {unit}"
        elif row["printed"] != printed(amount, book.money):
            yield f"{path}: jibao prints {row['printed']}, oracle {printed(amount, book.money)}"


def compared_scores(profile, rows, theirs):
    total = sum((row.score or Decimal(0) for row in rows), Decimal(0))
    ours = [(row.id, row.name, row.weight, row.score) for row in rows]
    theirs, last = theirs[:-1], theirs[-1]
    if len(ours) != len(theirs):
        yield f"scores: jibao has {len(theirs)} rows, oracle {len(ours)}"
    for (id, name, weight, score), row in zip(ours, theirs, strict=False):
        named = name == row["name"] and id in ("", row["id"])
        number = None if row["score"] is None else Decimal(row["score"])
        if not named or score != number or weight != Decimal(row["weight"]):
            said = f"{row['score']}/{row['weight']}"
            yield f"score {row['id']} {row['name']}: jibao {said}, oracle {id} {name} {score}/{weight}"
    full, grade = sum((row.weight for row in rows), Decimal(0)), grade_of(profile, total)
    if total != Decimal(last["total"]) or full != Decimal(last["full"]) or grade != last["grade"]:
        yield f"total: jibao {last['total']}/{last['full']} {last['grade']}, oracle {total}/{full} {grade}"


def compared_findings(ours, theirs):
    for finding in sorted(set(ours) | set(theirs)):
        mine, other = ours.count(finding), theirs.count(finding)
        if mine != other:
            yield f"{' '.join(finding)}: jibao reports it {other} times, oracle {mine} times"


def compare(jibao, folder):
    """The differences of one year, and what was compared."""
    unit, year = load(folder.parent / "unit.yaml"), int(folder.name)
    profile = read_profile([folder.parent / "体例", jibao.profiles], unit.get("体例", "department-overall"))
    book = Book(folder.parent, profile)
    tree, report = book.trees[year], load(folder / "report.yaml")
    figures = jibao.figures(folder)
    differences = list(compared_figures(book, tree, figures))
    scores, rows = load(folder / "scores.yaml"), []
    if scores:
        system = profile["指标体系"][scores["指标体系"]]
        rows = list(score_rows(book, tree, scores, system))
        differences += compared_scores(profile, rows, jibao.scores(folder))
        if "执行率指标" in system:
            book.words["指标得分率"] = share_of_others(system, rows)
    identities = [*profile["勾稽关系"].values(), *unit.get("勾稽关系", []), *report.get("勾稽关系", [])]
    judged = [*judged_identities(book, tree, identities), *judged_lists(book, tree)]
    findings = [(code, subject) for subject, code in judged if code] + list(stated_findings(book, tree))
    differences += compared_findings(findings, jibao.findings(folder, identities))
    return differences, f"{len(figures)} figures, {len(rows)} scores, {len(judged)} identities"


def year_folders(path):
    """The year folders at or below a path: four digits, beside a unit.yaml."""
    candidates = [path, *sorted(p for p in path.rglob("*") if p.is_dir())]
    return [p for p in candidates if re.fullmatch(r"\d{4}", p.resolve().name) and (p.parent / "unit.yaml").exists()]


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    profiles = PROFILES
    if arguments[:1] == ["--profiles"]:
        profiles, arguments = Path(arguments[1]), arguments[2:]
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    jibao, failed = Jibao(arguments[0], profiles), False
    folders = [folder for path in arguments[1:] for folder in year_folders(Path(path))]
    for folder in folders:
        differences, counted = compare(jibao, folder)
        failed |= bool(differences)
        print(f"{folder}: {counted} {'agree' if not differences else 'compared'}")
        for difference in differences:
            print(f"  {difference}")
    if not folders:
        print("no dossier there", file=sys.stderr)
    return int(failed or not folders)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

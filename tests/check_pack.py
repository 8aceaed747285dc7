#!/usr/bin/env python3
"""Reads packs of `jibao pack` with other programs: Python's zipfile, openpyxl, LibreOffice.

    check_pack.py JIBAO PATH

Packs every report below PATH twice: the bytes must be the same, names must be flagged as UTF-8, the manifest must be right
about every file. The results that are kept with formulas are then taken out of the workbooks and LibreOffice computes them
again: they must be what was kept, and the values those of `jibao figures`. Lists what differs and exits 1. Without
LibreOffice the last part is passed over, which is said.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl

UTF8 = 0x800
RESERVED = re.compile(r'[\\:*?"<>|\x00-\x1f]')


def pack(jibao, path, folder):
    done = subprocess.run([jibao, "pack", path, "-o", folder, "--quiet"], stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"jibao pack ended with {done.returncode}:\n{done.stderr.decode()}")
    return sorted(Path(folder).glob("*.zip"))


def check_zip(archive, wrong):
    """Names, flags and sums; returns the manifest."""
    with zipfile.ZipFile(archive) as read:
        infos = read.infolist()
        names = [info.filename for info in infos]
        if names != sorted(names):
            wrong.append(f"{archive.name}: not in order")
        for info in infos:
            if not info.filename.isascii() and not info.flag_bits & UTF8:
                wrong.append(f"{archive.name}: {info.filename} is not flagged as UTF-8")
            if RESERVED.search(info.filename) or ".." in info.filename:
                wrong.append(f"{archive.name}: {info.filename}")
        manifest = json.loads(read.read("清单.json"))
        listed = {entry["path"] for entry in manifest["files"]}
        if listed != set(names) - {"清单.json"}:
            wrong.append(f"{archive.name}: the manifest lists other files")
        for entry in manifest["files"]:
            data = read.read(entry["path"])
            if hashlib.sha256(data).hexdigest() != entry["sha256"] or len(data) != entry["bytes"]:
                wrong.append(f"{archive.name}: {entry['path']} is not what the manifest says")
        if len({info.date_time for info in infos}) != 1:
            wrong.append(f"{archive.name}: files of several dates")
    return manifest


def without_results(data):
    """A workbook whose formulas have no results, and how many formulas it has."""
    count = 0

    def forget(found):
        nonlocal count
        count += 1
        return found[1]

    with tempfile.TemporaryFile() as out:
        with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
            for info in old.infolist():
                part = old.read(info)
                if info.filename.startswith("xl/worksheets/"):
                    part = re.sub(r"(<f>[^<]*</f>)<v>[^<]*</v>", forget, part.decode()).encode()
                new.writestr(info, part)
        out.seek(0)
        return out.read(), count


def recalculate(workbooks, folder):
    """The workbooks as LibreOffice saves them, all computed by it."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", folder / "again"]
    subprocess.run([*command, *workbooks], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def compare(ours, theirs, wrong):
    """Every cell with a formula: what we kept, what LibreOffice computed, and the formulas themselves. Returns how many."""
    kept, formulas = openpyxl.load_workbook(ours, data_only=True), openpyxl.load_workbook(ours)
    computed, saved = openpyxl.load_workbook(theirs, data_only=True), openpyxl.load_workbook(theirs)
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                at = (sheet.title, cell.coordinate)
                mine, other = kept[at[0]][at[1]].value, computed[at[0]][at[1]].value
                if cell.data_type != "f":
                    if mine != other:
                        wrong.append(f"{ours.name} {at}: {mine!r} in ours, {other!r} in LibreOffice")
                    continue
                count += 1
                # A kept number comes back as an integer where LibreOffice writes a float, and the reverse.
                if mine != other:
                    wrong.append(f"{ours.name} {at} {cell.value}: kept {mine!r}, LibreOffice computes {other!r}")
                if str(saved[at[0]][at[1]].value).replace(" ", "") != str(cell.value):
                    wrong.append(f"{ours.name} {at}: {cell.value} became {saved[at[0]][at[1]].value}")
    return count


def said(jibao, path, what):
    run = subprocess.run([jibao, "figures", path, "--what", what, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return json.loads(run.stdout)


def check_values(jibao, path, scores, figures, wrong):
    """The raw data against what `jibao figures` says."""
    mine = {row["path"]: row["value"] for row in said(jibao, path, "figures")}
    sheet = openpyxl.load_workbook(figures, data_only=True)["数据项"]
    theirs = {row[0]: row[2] for row in sheet.iter_rows(2, values_only=True)}
    if mine != theirs:
        wrong.append(f"{path}: other figures: {sorted(set(mine.items()) ^ set(theirs.items()))[:5]}")
    for row in sheet.iter_rows(2, values_only=True):
        exact, number = row[2], row[3]
        if isinstance(number, (int, float)) and len(Decimal(exact).as_tuple().digits) <= 15 and Decimal(repr(number)) != Decimal(exact):
            wrong.append(f"{path}: {row[0]} is {exact} in digits and {number} as a number")
    if scores is None:
        return
    rows = said(jibao, path, "scores")
    mine = [(row["id"], row["weight"], row["score"]) for row in rows if "id" in row]
    book = openpyxl.load_workbook(scores, data_only=True)
    theirs = [(row[0], row[4], row[6]) for row in book["数据"].iter_rows(2, values_only=True)]
    alike = len(mine) == len(theirs) and all(
        a[0] == b[0] and (a[2] is None or (Decimal(a[1]) == Decimal(str(b[1])) and Decimal(a[2]) == Decimal(b[2]))) for a, b in zip(mine, theirs)
    )
    if not alike:
        wrong.append(f"{path}: other scores")
    total = next(Decimal(row["total"]) for row in rows if "total" in row)
    form = [cell.value for row in book["评分表"].iter_rows() for cell in row if isinstance(cell.value, (int, float))]
    if float(total) not in form:
        wrong.append(f"{path}: the form does not show the total {total}")


def main():
    jibao, path = sys.argv[1:]
    wrong, formulas, removed, workbooks = [], 0, 0, []
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two, tempfile.TemporaryDirectory() as work:
        packs, again, work = pack(jibao, path, one), pack(jibao, path, two), Path(work)
        for first, second in zip(packs, again, strict=True):
            if first.read_bytes() != second.read_bytes():
                wrong.append(f"{first.name}: two runs give different bytes")
            manifest = check_zip(first, wrong)
            with zipfile.ZipFile(first) as read:
                found = {}
                for entry in manifest["files"]:
                    if entry["kind"] in ("scores", "figures"):
                        found[entry["kind"]] = work / f"{first.stem}-{entry['kind']}.xlsx"
                        found[entry["kind"]].write_bytes(read.read(entry["path"]))
                workbooks.extend(found.values())
            root = next(p for p in Path(path).rglob("unit.yaml") if manifest["unit"] in p.read_text("utf-8")).parent
            check_values(jibao, str(root / str(manifest["year"])), found.get("scores"), found["figures"], wrong)
        if shutil.which("soffice"):
            (work / "bare").mkdir()
            for workbook in workbooks:
                data, taken = without_results(workbook)
                removed += taken
                (work / "bare" / workbook.name).write_bytes(data)
            recalculate(sorted((work / "bare").iterdir()), work)
            formulas = sum(compare(workbook, work / "again" / workbook.name, wrong) for workbook in workbooks)
            if formulas == 0 or removed != formulas:
                wrong.append(f"{formulas} formulas, {removed} results taken out")
            said_of_it = f"{formulas} formulas computed again by LibreOffice"
        else:
            said_of_it = "no LibreOffice here: its part is passed over"
    for line in wrong:
        print(line)
    print(f"{len(packs)} packs, {len(workbooks)} workbooks, {said_of_it}: {'see above' if wrong else 'as they should be'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

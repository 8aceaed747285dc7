#!/usr/bin/env python3
"""The editable copies, converted to PDF by LibreOffice: the same words and the same tree of headings as ours.

    check_docx.py JIBAO FOLDER…     builds the reports below the folders and compares

What may differ: page numbers; heads of tables that are repeated on other pages (LibreOffice repeats them where its pages
break, ours 续表 as well); spaces and line breaks. Charts are pictures in the copy, with their words as description.
Needs LibreOffice (soffice) and PyMuPDF. The faces that the copy names stand in for by those of fonts/: with whatever
LibreOffice would take for them, quotes come from another face than the words between them and are read out of order.
"""
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from difflib import SequenceMatcher
from pathlib import Path
from xml.etree import ElementTree

import pymupdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONTS = Path(__file__).resolve().parent.parent / "fonts"
# The faces that the copy names, and those of the same role here.
FACES = {
    "方正小标宋简体": "Jibao BiaoSong SC",
    "黑体": "Jibao Hei SC",
    "楷体_GB2312": "LXGW WenKai GB Lite",
    "仿宋_GB2312": "Noto Serif SC",
    "宋体": "Noto Serif SC",
}
DESCRIPTION = re.compile(r"(柱形图|折线图|构成图)：")


def fonts_file(folder):
    alias = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for name, ours in FACES.items()
    )
    path = Path(folder, "fonts.conf")
    path.write_text(f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir>{alias}</fontconfig>")
    return path


def flat(text):
    # The words alone have the minus of keyboards, for spreadsheets.
    return re.sub(r"[\s\u200b\ufeff]+", "", text).replace("\u2212", "-")


def words(path):
    """The words of the plain text, without what stands for charts."""
    lines = path.read_text("utf-8-sig").splitlines()
    return flat("".join(line for line in lines if not DESCRIPTION.match(line)))


def heads(docx):
    """The texts of table heads, row by row."""
    root = ElementTree.fromstring(zipfile.ZipFile(docx).read("word/document.xml"))
    found = set()
    for table in root.iter(W + "tbl"):
        rows = [row for row in table.iter(W + "tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
        text = flat("".join(t.text or "" for row in rows for t in row.iter(W + "t")))
        if text:
            found.add(text)
    return found


def pages(pdf):
    with pymupdf.open(pdf) as document:
        for page in document:
            text = page.get_text()
            # The page number is the only line between dashes.
            yield flat(re.sub(r"(?m)^\s*— *\d+ *—\s*$", "", text))


def outline(pdf):
    with pymupdf.open(pdf) as document:
        return [(level, flat(title)) for level, title, *_ in document.get_toc()]


def repeated(text, heads):
    """Whether a stretch that is in the copy's PDF alone consists of repeated heads."""
    for head in sorted(heads, key=len, reverse=True):
        text = text.replace(head, "")
    return not text


def moved(ours, theirs, heads):
    """What differs, as (what ours has, what theirs has)."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal" and not (a == b and repeated(theirs[c:d], heads)):
            yield ours[max(0, a - 12):b], theirs[max(0, c - 12):d]


def without_repeats(text_pages, heads):
    """Pages that begin with a head go on with a table."""
    whole = ""
    for text in text_pages:
        for head in heads:
            if whole and text.startswith(head) and head in whole:
                text = text[len(head):]
                break
        whole += text
    return whole


def examine(stem, converted):
    docx, txt, pdf = (Path(f"{stem}.{ending}") for ending in ("docx", "txt", "pdf"))
    theirs = converted / f"{docx.stem}.pdf"
    if not theirs.exists():
        return ["LibreOffice has not converted it"]
    known = heads(docx)
    found = []
    ours, copy = words(txt), without_repeats(pages(theirs), known)
    if ours != copy:
        found += [f"ours {a!r}, the copy {b!r}" for a, b in list(moved(ours, copy, known))[:5]]
    mine, other = outline(pdf), outline(theirs)
    if mine != other:
        different = next((pair for pair in zip(mine, other) if pair[0] != pair[1]), (len(mine), len(other)))
        found.append(f"headings: ours {different[0]}, the copy {different[1]}")
    if not mine:
        found.append("no headings")
    return found


def main():
    jibao, *folders = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        folder = os.environ.get("KEEP", folder)
        out, converted = Path(folder, "out"), Path(folder, "converted")
        subprocess.run([jibao, "build", "-q", "--format", "pdf,txt,docx", "-o", out, *folders], check=True)
        copies = sorted(out.glob("*.docx"))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}']
        surroundings = {**os.environ, "FONTCONFIG_FILE": str(fonts_file(folder))}
        subprocess.run([*convert, "--outdir", converted, *copies], check=True, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        bad = 0
        for copy in copies:
            found = examine(copy.with_suffix(""), converted)
            bad += bool(found)
            for line in found:
                print(f"{copy.stem}: {line}")
        count = sum(len(outline(copy.with_suffix(".pdf"))) for copy in copies)
        letters = sum(len(words(copy.with_suffix(".txt"))) for copy in copies)
        print(f"{len(copies)} copies, {letters} characters, {count} headings: {len(copies) - bad} the same, {bad} not")
        return 1 if bad or not copies else 0


if __name__ == "__main__":
    sys.exit(main())

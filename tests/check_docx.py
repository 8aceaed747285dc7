#!/usr/bin/env python3
"""The editable copies, converted to PDF by LibreOffice: the same words and the same tree of headings as ours.

    check_docx.py JIBAO FOLDER…     builds the reports below the folders and compares

What may differ: page numbers; heads of tables that are repeated on other pages (LibreOffice repeats them where its pages
break, ours 续表 as well); spaces and line breaks. Charts are pictures in the copy, with their words as description.
Before that, what Word is strict about and LibreOffice is not: the order of elements (ISO/IEC 29500-1, Annex A), a paragraph
at the end of each cell, relationships that lead to parts, parts of a known type.
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


def sequence(text):
    return text.split()


# The children of these elements in the order of the schema.
SIDES = sequence("top left start bottom right end insideH insideV tl2br tr2bl")
ORDERS = {
    "pPr": sequence(
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
        " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
        " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": sequence(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
        " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
        " eastAsianLayout specVanish oMath"
    ),
    "tblPr": sequence(
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd"
        " tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": sequence(
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    ),
    "trPr": sequence(
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden"
    ),
    "sectPr": sequence(
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols"
        " formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    ),
    "tbl": sequence("tblPr tblGrid tr"),
    "tr": sequence("tblPrEx trPr tc"),
    "tcBorders": SIDES,
    "tblBorders": SIDES,
    "tcMar": SIDES,
    "tblCellMar": SIDES,
    "pBdr": sequence("top left bottom right between bar"),
    "style": sequence(
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked rsid pPr"
        " rPr tblPr trPr tcPr tblStylePr"
    ),
    "settings": sequence(
        "zoom mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders"
        " drawingGridVerticalSpacing characterSpacingControl compat themeFontLang"
    ),
}
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def strictness(docx):
    """What Word would stumble over."""
    package = zipfile.ZipFile(docx)
    names = package.namelist()
    found = []
    types = ElementTree.fromstring(package.read("[Content_Types].xml"))
    endings = {one.get("Extension").lower() for one in types.iter(TYPES + "Default")}
    parts = {one.get("PartName").lstrip("/") for one in types.iter(TYPES + "Override")}
    found += [f"{name}: no content type" for name in names if name != "[Content_Types].xml" and name not in parts and name.rsplit(".", 1)[-1].lower() not in endings]
    found += [f"[Content_Types].xml: no part {part}" for part in parts if part not in names]
    for name in (name for name in names if name.endswith((".xml", ".rels"))):
        root = ElementTree.fromstring(package.read(name))
        if name.endswith(".rels"):
            folder = "" if name == "_rels/.rels" else "word/"
            targets = [one.get("Target") for one in root.iter(RELATIONSHIP) if one.get("TargetMode") != "External"]
            paths = [target.lstrip("/") if target.startswith("/") else folder + target for target in targets]
            found += [f"{name}: leads to {path}, which is not there" for path in paths if path not in names]
        found += misplaced(name, root)
    return found


def misplaced(name, root):
    for element in root.iter():
        if not element.tag.startswith(W):
            continue
        parent = element.tag[len(W):]
        children = [child.tag.removeprefix(W) for child in element]
        if parent == "tc" and (not children or children[-1] != "p"):
            yield f"{name}: a cell that does not end with a paragraph"
        order = ORDERS.get(parent)
        if order is None:
            continue
        unknown = [child for child in children if child not in order]
        if unknown:
            yield f"{name}: {parent} has {unknown[0]}"
        ranks = [order.index(child) for child in children if child in order]
        if ranks != sorted(ranks):
            yield f"{name}: {parent} in the order {' '.join(children)}"


def examine(stem, converted):
    docx, txt, pdf = (Path(f"{stem}.{ending}") for ending in ("docx", "txt", "pdf"))
    theirs = converted / f"{docx.stem}.pdf"
    if not theirs.exists():
        return ["LibreOffice has not converted it"]
    known = heads(docx)
    found = sorted(set(strictness(docx)))
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

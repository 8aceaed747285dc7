#!/usr/bin/env python3
"""Breaks one of our PDFs in many ways and holds the validator to it: each must fail, on the clause that forbids it.

usage: broken_pdfs.py VALIDATOR FILE.pdf     VALIDATOR [LEVELS] FILE.pdf... prints PASS or FAIL, and the broken clauses

A validator that passes everything would pass our PDFs as well. FILE.pdf needs a chart and a table: one of the demo county's has them.
It has to pass as it is, and so has a copy with an embedded file under PDF/A-3a, from which the broken ones of that level
are made. exit 1 when a PDF is not judged as it should be.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String


def structure(pdf, kind):
    """The elements of the tag tree of a kind, by its walk from the root."""
    found, todo = [], [pdf.Root.StructTreeRoot]
    while todo:
        element = todo.pop()
        if not isinstance(element, Dictionary):
            continue
        if element.get("/S") == Name("/" + kind):
            found.append(element)
        kids = element.get("/K", [])
        todo.extend(reversed(list(kids) if isinstance(kids, Array) else [kids]))
    assert found, f"no {kind} in the tag tree"
    return found


def fonts(pdf):
    return [obj for obj in pdf.objects if isinstance(obj, Dictionary) and obj.get("/Type") == Name.Font]


def xmp(pdf, old, new):
    text = pdf.Root.Metadata.read_bytes().decode()
    assert re.search(old, text), f"{old} not in the metadata"
    pdf.Root.Metadata = pdf.make_stream(re.sub(old, new, text).encode(), Type=Name.Metadata, Subtype=Name.XML)


def draw(pdf, operators):
    page = pdf.pages[0]
    content = b"\n".join(part.read_bytes() for part in ([page.Contents] if isinstance(page.Contents, Stream) else page.Contents))
    page.Contents = pdf.make_stream(b"/Artifact BMC q " + operators + b" Q EMC\n" + content)


def no_metadata(pdf):
    del pdf.Root.Metadata


def no_part(pdf):
    xmp(pdf, r"<pdfaid:part>.*?</pdfaid:part>", "")


def wrong_part(pdf):
    xmp(pdf, r"<pdfaid:part>2<", "<pdfaid:part>1<")


def wrong_conformance(pdf):
    xmp(pdf, r"<pdfaid:conformance>A<", "<pdfaid:conformance>X<")


def no_ua_part(pdf):
    xmp(pdf, r"<pdfuaid:part>.*?</pdfuaid:part>", "")


def font_not_embedded(pdf):
    for font in pdf.objects:
        if isinstance(font, Dictionary) and font.get("/Type") == Name.FontDescriptor:
            for key in ("/FontFile2", "/FontFile3"):
                if key in font:
                    del font[key]
            return


def no_unicode(pdf):
    for font in fonts(pdf):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def no_tags(pdf):
    del pdf.Root.StructTreeRoot


def not_marked(pdf):
    pdf.Root.MarkInfo.Marked = False


def no_language(pdf):
    del pdf.Root.Lang


def no_title(pdf):
    xmp(pdf, r"<dc:title>.*?</dc:title>", "")


def title_not_shown(pdf):
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def device_colour(pdf):
    """Ink of a printer's own, of which nothing says how it looks: rich black."""
    draw(pdf, b"0.6 0.4 0.4 1 k 0 0 1 1 re f")


def no_output_intent(pdf):
    del pdf.Root.OutputIntents
    draw(pdf, b"1 0 0 rg 0 0 1 1 re f")


def transparency(pdf):
    """A group that blends in a space that nothing defines."""
    del pdf.Root.OutputIntents
    pdf.pages[0].Group = Dictionary(S=Name.Transparency)
    pdf.pages[0].Resources = Dictionary({**pdf.pages[0].Resources, "/ExtGState": Dictionary(gs0=Dictionary(ca=0.5))})
    draw(pdf, b"/gs0 gs 0 0 1 1 re f")


def no_alternative(pdf):
    del structure(pdf, "Figure")[0]["/Alt"]


def heads_unknown(pdf):
    """Cells that do not say which heads they stand under, and heads that do not say what they are above of."""
    for kind, key in (("TH", "/Scope"), ("TD", "/Headers")):
        for cell in structure(pdf, kind):
            for attributes in cell.A if isinstance(cell.A, Array) else [cell.A]:
                if key in attributes:
                    del attributes[key]


def cell_outside_row(pdf):
    table = structure(pdf, "Table")[0]
    table.K = Array([structure(pdf, "TD")[0], *table.K])


def skipped_heading(pdf):
    structure(pdf, "H1")[0].S = Name.H3


def untagged_text(pdf):
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\nq 0 0 1 1 re f Q")


def forbidden_filter(pdf):
    # Nothing but the codes that begin and end the data.
    pdf.pages[0].Contents.write(b"\x80\x40\x40", filter=Name.LZWDecode)


def unrelated_file(pdf):
    for spec in pdf.Root.AF:
        del spec["/AFRelationship"]


def not_associated(pdf):
    del pdf.Root.AF


def file_without_type(pdf):
    for spec in pdf.Root.AF:
        del spec.EF.F["/Subtype"]


# name, how it is broken, level, the clause that forbids it.
BROKEN = [
    ("no metadata", no_metadata, "2a", "6.6.2.1"),
    ("no PDF/A part", no_part, "2a", "6.6.4"),
    ("PDF/A part 1", wrong_part, "2a", "6.6.4"),
    ("conformance X", wrong_conformance, "2a", "6.6.4"),
    ("a font not embedded", font_not_embedded, "2a", "6.2.11.4.1"),
    ("no ToUnicode", no_unicode, "2a", "6.2.11.7.2"),
    ("no tag tree", no_tags, "2a", "6.7.3.3"),
    ("not marked as tagged", not_marked, "2a", "6.7.2.2"),
    ("encrypted", None, "2a", "6.1.3"),
    ("JavaScript", script, "2a", "6.5.1"),
    ("rich black in DeviceCMYK", device_colour, "2a", "6.2.4.3"),
    ("RGB without output intent", no_output_intent, "2a", "6.2.4.3"),
    ("transparency without a colour space", transparency, "2a", "6.2.10"),
    ("LZW", forbidden_filter, "2a", "6.1.7.2"),
    ("no PDF/UA part", no_ua_part, "ua1", "5"),
    ("no tag tree, for PDF/UA", no_tags, "ua1", "7.1"),
    ("no language", no_language, "ua1", "7.2"),
    ("no title", no_title, "ua1", "7.1"),
    ("title not shown", title_not_shown, "ua1", "7.1"),
    ("no alternative text", no_alternative, "ua1", "7.3"),
    ("cells without heads", heads_unknown, "ua1", "7.5"),
    ("a cell outside its row", cell_outside_row, "ua1", "7.2"),
    ("a heading level skipped", skipped_heading, "ua1", "7.4.2"),
    ("content that is not tagged", untagged_text, "ua1", "7.1"),
    ("an attachment without relationship", unrelated_file, "3a", "6.8"),
    ("an attachment that nothing refers to", not_associated, "3a", "6.8"),
    ("an attachment without MIME type", file_without_type, "3a", "6.8"),
]


def with_attachment(pdf):
    """The same as PDF/A-3a with a file inside."""
    xmp(pdf, r"<pdfaid:part>2<", "<pdfaid:part>3<")
    data = pdf.make_stream("支出: {合计: 1}\n".encode(), Type=Name.EmbeddedFile, Subtype=Name("/application/yaml"))
    data.Params = Dictionary(ModDate=String("D:20240418000000Z"))
    spec = pdf.make_indirect(Dictionary(
        Type=Name.Filespec, F=String("figures.yaml"), UF=String("figures.yaml"), Desc=String("figures"),
        AFRelationship=Name.Source, EF=Dictionary(F=data, UF=data),
    ))
    pdf.Root.AF = Array([spec])
    names = pdf.Root.get("/Names", Dictionary())
    names.EmbeddedFiles = Dictionary(Names=Array([String("figures.yaml"), spec]))
    pdf.Root.Names = names


def judge(validator, level, paths):
    """The clauses that each file breaks: none where it passes."""
    out = subprocess.run([validator, level, *map(str, paths)], capture_output=True, text=True).stdout
    verdicts, current = {}, None
    for line in out.splitlines():
        if line.startswith(("PASS ", "FAIL ", "ERROR ")):
            word, rest = line.split(" ", 1)
            current = next(path for path in paths if rest.startswith(str(path)))
            verdicts[current] = (word, set())
        elif current and (clause := re.match(r"\s+([0-9.]+)-[0-9]+ ", line)):
            verdicts[current][1].add(clause[1])
    return verdicts


def make(source, path, breaks=None, encrypted=False):
    with pikepdf.open(source) as pdf:
        if breaks:
            breaks(pdf)
        if encrypted:
            pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="", R=4))
        else:
            as_it_is = pikepdf.StreamDecodeLevel.none
            pdf.save(path, fix_metadata_version=False, compress_streams=False, stream_decode_level=as_it_is)


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    validator, source = sys.argv[1], pathlib.Path(sys.argv[2])
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        whole = {level: folder / f"whole-{level}.pdf" for level in ("2a", "ua1", "3a")}
        for level, path in whole.items():
            make(source, path, with_attachment if level == "3a" else None)
        for level in whole:
            cases = [(folder / f"{level}-{i}.pdf", *case) for i, case in enumerate(BROKEN) if case[2] == level]
            for path, _, breaks, _, _ in cases:
                make(whole[level], path, breaks, encrypted=breaks is None)
            verdicts = judge(validator, level, [whole[level], *(case[0] for case in cases)])
            if verdicts.get(whole[level], ("nothing",))[0] != "PASS":
                faults.append(f"{level}: the whole one does not pass: {verdicts.get(whole[level])}")
            for path, name, _, _, clause in cases:
                word, clauses = verdicts.get(path, ("nothing", set()))
                print(f"{level:4} {name}: {word}, {', '.join(sorted(clauses))}")
                if word != "FAIL" or clause not in clauses:
                    faults.append(f"{level}: {name}: wanted {clause}, got {word} {sorted(clauses)}")
    print("\n".join(faults) or f"{len(BROKEN)} broken PDFs, each failed on its clause")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

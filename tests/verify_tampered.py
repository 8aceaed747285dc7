#!/usr/bin/env python3
"""PDFs with data inside, edited in every way that we could think of: `jibao verify` must name each edit.

    verify_tampered.py JIBAO DOSSIER_YEAR

The edits are made by another program (PyMuPDF), as somebody with an editor would make them: on the page alone, in the data
alone, in both, in the properties, in the file. For each the verdict must be "different", and one of the differences must
be of the kind and have the words that tell what was edited. The files as they were written must be identical.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pymupdf

CASES = []
OF_ANOTHER_VERSION = []


def case(kind, words, always=False):
    """Registers an edit, with the kind and the words (a pattern) of the difference that must tell it.

    One that is always told is told as well where the list claims another version, so that places are not compared.
    """

    def register(edit):
        CASES.append((edit, kind, words))
        if always:
            OF_ANOTHER_VERSION.append((edit, kind, words))
        return edit

    return register


def content(doc, page, edit):
    xref = doc[page].get_contents()[0]
    before = doc.xref_stream(xref)
    after = edit(before)
    assert after != before, "the edit found nothing to do"
    doc.update_stream(xref, after)


def spec(doc, name):
    """The dictionary that names an embedded file."""
    specs = (x for x in range(1, doc.xref_length()) if doc.xref_get_key(x, "EF")[0] == "dict")
    return next(x for x in specs if doc.xref_get_key(x, "UF")[1] == name)


def names(doc):
    specs = (x for x in range(1, doc.xref_length()) if doc.xref_get_key(x, "EF")[0] == "dict")
    return sorted(doc.xref_get_key(x, "UF")[1] for x in specs)


def attached(doc, name, edit):
    stream = int(doc.xref_get_key(spec(doc, name), "EF/UF")[1].split()[0])
    before = doc.xref_stream(stream)
    after = edit(before)
    assert after != before, "the edit found nothing to do"
    doc.update_stream(stream, after)


def ending(doc, end):
    return next(name for name in names(doc) if name.endswith(end))


def own_figures(doc):
    return [name for name in names(doc) if re.fullmatch(r"\d{4}/figures\.yaml", name)][-1]


def some_page_with_number(doc):
    for number in range(len(doc)):
        stream = doc.xref_stream(doc[number].get_contents()[0])
        if re.search(rb"\\000\\005\\000\\003", stream):
            return number
    raise AssertionError("no page has the digits")


@case("words", r"第\d+页：“.*”，按所附的数据是“.*”")
def a_digit_on_the_page(doc):
    page = some_page_with_number(doc)
    content(doc, page, lambda s: s.replace(rb"\000\005\000\003", rb"\000\003\000\003", 1))


@case("words", "多出“另加一句”")
def a_sentence_written_on_the_page(doc):
    doc[1].insert_text((200, 400), "另加一句", fontname="china-s", fontsize=12)


@case("words", "多出“hidden”")
def white_text(doc):
    doc[1].insert_text((200, 400), "hidden", fontsize=12, color=(1, 1, 1))


@case("words", "多出“unseen”")
def invisible_text(doc):
    doc[1].insert_text((200, 400), "unseen", fontsize=12, render_mode=3)


@case("words", "第2页：.*少了|第2页：“.*”，按所附的数据是“.*”")
def a_stretch_blacked_out(doc):
    doc[1].add_redact_annot(pymupdf.Rect(80, 300, 500, 330))
    doc[1].apply_redactions()


@case("look", "第2页：色块")
def a_white_patch_over_a_number(doc):
    doc[1].draw_rect(pymupdf.Rect(200, 300, 260, 320), color=None, fill=(1, 1, 1))


@case("look", "第2页：.*图片 1 个")
def a_picture_over_a_number(doc):
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 8, 8))
    picture.clear_with(255)
    doc[1].insert_image(pymupdf.Rect(200, 300, 260, 320), pixmap=picture)


@case("look", "第2页：.*位置不同")
def a_line_moved(doc):
    content(doc, 1, lambda s: re.sub(rb"(q 1 0 0 -1 \d+)(\.\d+ \d+)", rb"\g<1>9\g<2>", s, count=1))


@case("look", "第2页：.*大小不同")
def a_size_changed(doc):
    content(doc, 1, lambda s: re.sub(rb"/f0 15\.79\d* Tf", rb"/f0 13 Tf", s, count=1))


@case("look", "第2页：.*颜色不同")
def a_colour_changed(doc):
    content(doc, 1, lambda s: re.sub(rb"BT ", rb"BT 1 0 0 rg ", s, count=1))


@case("pages", r"按所附的数据是 \d+ 页")
def a_page_taken_out(doc):
    doc.delete_page(2)


@case("pages", "第3页：是多出来的一页")
def a_page_put_in(doc):
    doc.new_page(2).insert_text((100, 100), "extra page")


@case("pages", "多出来|少了一页")
def two_pages_swapped(doc):
    doc.move_page(2, 1)


@case("look", "第2页：纸张的大小或方向不同")
def a_page_turned(doc):
    doc[1].set_rotation(90)


@case("look", "第2页：纸张的大小或方向不同")
def a_page_cut_down(doc):
    doc[1].set_mediabox(pymupdf.Rect(0, 0, 500, 700))


@case("look", r"PDF 有 \d+ 处批注")
def a_note(doc):
    doc[1].add_text_annot((100, 100), "note")


@case("data", r"\d{4}/figures\.yaml 改过")
def a_figure_in_the_data(doc):
    attached(doc, own_figures(doc), lambda t: re.sub(rb"(: \d*)([1-8])(\.\d\d)", lambda m: m[1] + b"9" + m[3], t, count=1))


@case("figure", "按所附的数据重算是")
def a_figure_in_the_data_shows_what_it_moves(doc):
    attached(doc, own_figures(doc), lambda t: re.sub(rb"(: \d*)([1-8])(\.\d\d)", lambda m: m[1] + b"9" + m[3], t, count=1))


@case("data", r"figures\.yaml 改过")
def a_comment_in_the_data(doc):
    attached(doc, own_figures(doc), lambda t: t + b"# changed\n")


@case("words", "按所附的数据是")
def a_sentence_in_the_data(doc):
    attached(doc, ending(doc, "overview.yaml"), lambda t: re.sub("。".encode(), "，另有一句。".encode(), t, count=1))


@case("data", r"按所附的数据排不出报告")
def data_that_cannot_be_read(doc):
    attached(doc, own_figures(doc), lambda t: b"{{{\n" + t)


@case("figure", "“.*”：附件 结果/figures.json 里是 .*，按所附的数据重算是")
def a_figure_in_the_results(doc):
    attached(doc, "结果/figures.json", lambda t: re.sub(rb'("value":"\d*)(\d)(")', lambda m: m[1] + (b"1" if m[2] != b"1" else b"2") + m[3], t, count=1))


@case("figure", "“总分”：附件 结果/scores.json 里是 99.99")
def the_total_in_the_results(doc):
    attached(doc, "结果/scores.json", lambda t: re.sub(rb'"total":"[^"]*"', b'"total":"99.99"', t))


@case("property", "文档属性 创建程序")
def another_version_claimed(doc):
    attached(doc, "jibao/manifest.json", lambda t: re.sub(rb'"jibao": "[^"]*"', b'"jibao": "0.0.9"', t))


@case("data", "jibao/manifest.json 是程序写出之后改过的")
def the_list_rewritten(doc):
    attached(doc, "jibao/manifest.json", lambda t: json.dumps(json.loads(t), ensure_ascii=False).encode())


@case("data", "jibao/manifest.json 被去掉了")
def the_list_taken_out(doc):
    doc.xref_set_key(spec(doc, "jibao/manifest.json"), "EF", "null")


@case("data", r"2023/scores\.yaml 被去掉了")
def data_taken_out(doc):
    doc.xref_set_key(spec(doc, f"{own_figures(doc)[:4]}/scores.yaml"), "EF", "null")


@case("data", "note.txt 是多出来的")
def data_put_in(doc):
    doc.embfile_add("note.txt", b"more", filename="note.txt")


@case("data", "的说明、类型或与正文的关系改过")
def a_description_changed(doc):
    doc.xref_set_key(spec(doc, "unit.yaml"), "Desc", "(something else)")


@case("data", "jibao/体例/.* 改过")
def the_profile_changed(doc):
    attached(doc, ending(doc, "profile.yaml"), lambda t: t + b"# changed\n")


@case("property", "文档属性 标题 是“另一份报告”")
def the_title_in_the_properties(doc):
    doc.set_metadata({**doc.metadata, "title": "另一份报告"})


@case("property", "文档属性 创建时间 是“2020-01-01")
def the_date_in_the_properties(doc):
    doc.set_metadata({**doc.metadata, "creationDate": "D:20200101000000Z"})


@case("property", "XMP 属性")
def the_author_in_xmp(doc):
    doc.set_xml_metadata(doc.get_xml_metadata().replace("局</", "科</", 1))


@case("property", "语言是 en")
def the_language(doc):
    doc.set_language("en")


@case("file", "嵌在文件里的字体文件不同")
def a_face_changed(doc):
    for xref in range(1, doc.xref_length()):
        if doc.xref_get_key(xref, "Subtype")[1] in ("/CIDFontType0C", "/OpenType") or doc.xref_get_key(xref, "Length1")[0] == "int":
            data = bytearray(doc.xref_stream(xref))
            data[len(data) // 2] ^= 1
            doc.update_stream(xref, bytes(data))
            return
    raise AssertionError("no face is embedded")


@case("words", "按所附的数据是")
def what_is_copied_out(doc):
    for xref in range(1, doc.xref_length()):
        if doc.xref_is_stream(xref):
            data = doc.xref_stream(xref)
            if b"beginbfchar" in data and b"<0034>" in data:
                doc.update_stream(xref, data.replace(b"<0034>", b"<0039>"))
                return
    raise AssertionError("no map has the digit")


@case("look", "读屏用的标签或替代文字不同")
def what_a_screen_reader_says(doc):
    for xref in range(1, doc.xref_length()):
        if doc.xref_get_key(xref, "S")[1] == "/H1" or doc.xref_get_key(xref, "S")[1] == "/Title":
            doc.xref_set_key(xref, "ActualText", pymupdf.get_pdf_str("something else"))
            return
    raise AssertionError("no heading is tagged")


def drawn(doc, page, operators):
    """Puts operators right before the first text of a page, inside of what is saved and restored around it."""
    content(doc, page, lambda s: s.replace(b"BT ", operators + b" BT ", 1))


def added(doc, text, stream=None):
    """A new object."""
    xref = doc.get_new_xref()
    doc.update_object(xref, text)
    if stream is not None:
        doc.update_stream(xref, stream, new=1)
    return xref


def resource(doc, page, kind, name, value):
    """Adds to the resources of a page."""
    holder = doc[page].xref
    where, shared = doc.xref_get_key(holder, "Resources")
    if where == "xref":
        doc.xref_set_key(int(shared.split()[0]), f"{kind}/{name}", value)
    else:
        doc.xref_set_key(holder, f"Resources/{kind}/{name}", value)


def element(doc, *roles):
    """An element of the structure."""
    tagged = (x for x in range(1, doc.xref_length()) if doc.xref_get_key(x, "S")[1] in roles)
    return next(x for x in tagged if doc.xref_get_key(x, "K")[0] != "null")


@case("look", "第2页：用了剪裁", always=True)
def words_clipped_away(doc):
    drawn(doc, 1, b"0 0 1 1 re W n")


@case("look", "第2页：有 .* 个字.*颜色不同", always=True)
def words_clipped_away_are_named(doc):
    drawn(doc, 1, b"0 0 1 1 re W n")


@case("look", "第2页：用了蒙版", always=True)
def words_behind_a_soft_mask(doc):
    form = added(doc, "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Group<</S/Transparency/CS/DeviceGray>>>>", b"0 g")
    resource(doc, 1, "ExtGState", "mask", f"<</SMask<</Type/Mask/S/Luminosity/G {form} 0 R>>>>")
    drawn(doc, 1, b"/mask gs")


@case("look", "第2页：用了透明度", always=True)
def words_made_transparent(doc):
    resource(doc, 1, "ExtGState", "glass", "<</ca 0>>")
    drawn(doc, 1, b"/glass gs")


@case("look", "第2页：用了颜色混合", always=True)
def words_blended_away(doc):
    resource(doc, 1, "ExtGState", "blend", "<</BM/Screen>>")
    drawn(doc, 1, b"/blend gs")


@case("look", "第2页：有可以开关的图层", always=True)
def words_in_a_layer(doc):
    layer = added(doc, "<</Type/OCG/Name(a)>>")
    doc.xref_set_key(doc.pdf_catalog(), "OCProperties", f"<</OCGs[{layer} 0 R]/D<</OFF[{layer} 0 R]>>>>")
    resource(doc, 1, "Properties", "layer", f"{layer} 0 R")
    content(doc, 1, lambda s: b"/OC/layer BDC\n" + s + b"\nEMC")


@case("look", "第2页：用了图案或渐变填充", always=True)
def a_shading_over_words(doc):
    function = "<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>"
    resource(doc, 1, "Shading", "white", f"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Function {function}>>")
    content(doc, 1, lambda s: s + b"\n/white sh")


@case("look", "第2页：用了图案或渐变填充", always=True)
def words_filled_with_a_pattern(doc):
    pattern = "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>>>"
    resource(doc, 1, "Pattern", "none", f"{added(doc, pattern, b' ')} 0 R")
    content(doc, 1, lambda s: s.replace(b"0 scn\nBT", b"/Pattern cs/none scn\nBT", 1))


@case("look", "第2页：改了字的显示方式", always=True)
def words_that_clip_and_are_not_painted(doc):
    content(doc, 1, lambda s: s.replace(b"BT 0 Tr", b"BT 7 Tr", 1))


@case("look", "第2页：改了字的宽窄、高低或间距", always=True)
def words_pressed_together(doc):
    drawn(doc, 1, b"1 Tz")


@case("look", "第2页：有另放的图形或图片", always=True)
def a_form_over_words(doc):
    form = added(doc, "<</Type/XObject/Subtype/Form/BBox[0 0 600 900]>>", b"1 g 200 300 60 20 re f")
    resource(doc, 1, "XObject", "patch", f"{form} 0 R")
    content(doc, 1, lambda s: s + b"\n/patch Do")


@case("look", "改了字和字形的对应", always=True)
def other_glyphs_for_the_same_words(doc):
    fonts = (x for x in range(1, doc.xref_length()) if doc.xref_get_key(x, "CIDToGIDMap")[1] == "/Identity")
    stream = added(doc, "<<>>", b"".join((i ^ 1).to_bytes(2, "big") for i in range(400)))
    doc.xref_set_key(next(fonts), "CIDToGIDMap", f"{stream} 0 R")


@case("look", "有用图形画成的字体", always=True)
def a_face_made_of_drawings(doc):
    glyph = added(doc, "<<>>", b"500 0 d0 0 0 500 700 re f")
    font = f"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a {glyph} 0 R>>"
    font += "/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[500]/Resources<<>>>>"
    resource(doc, 1, "Font", "drawn", f"{added(doc, font)} 0 R")


@case("look", "第2页：改了页面的度量单位", always=True)
def a_larger_unit(doc):
    doc.xref_set_key(doc[1].xref, "UserUnit", "2")


@case("look", "第2页：(改了页面的裁切范围|纸张的大小)", always=True)
def a_page_cropped(doc):
    doc.xref_set_key(doc[1].xref, "CropBox", "[0 0 595 500]")


@case("look", "页面标签", always=True)
def page_labels_shifted(doc):
    doc.xref_set_key(doc.pdf_catalog(), "PageLabels", "<</Nums[0<</S/D/St 5>>]>>")


@case("file", "带有脚本", always=True)
def a_script(doc):
    doc.xref_set_key(doc.pdf_catalog(), "Names/JavaScript", "<</Names[(a)<</S/JavaScript/JS(app.alert(1))>>]>>")


@case("file", "打开时会自动执行动作", always=True)
def an_action_on_opening(doc):
    doc.xref_set_key(doc.pdf_catalog(), "OpenAction", "<</S/Named/N/Print>>")


@case("look", "第2页：打开、打印或翻页时会自动执行动作", always=True)
def an_action_of_a_page(doc):
    doc.xref_set_key(doc[1].xref, "AA", "<</O<</S/Named/N/Print>>>>")


@case("file", "有可以填写的表单", always=True)
def a_form_to_fill_in(doc):
    doc.xref_set_key(doc.pdf_catalog(), "AcroForm", "<</Fields[]>>")


@case("look", "第2页：有批注、链接", always=True)
def a_note_on_a_page(doc):
    doc[1].add_text_annot((100, 100), "note")


@case("data", "unit.yaml 在 PDF 里有 2 份内容", always=True)
def another_file_for_old_programs(doc):
    other = added(doc, "<</Type/EmbeddedFile>>", b"other")
    doc.xref_set_key(spec(doc, "unit.yaml"), "EF/F", f"{other} 0 R")


@case("data", "unit.yaml 在 PDF 里还叫“other.yaml”", always=True)
def another_name_for_old_programs(doc):
    doc.xref_set_key(spec(doc, "unit.yaml"), "F", "(other.yaml)")


@case("look", "第2页：给字另配了读出、复制用的文字", always=True)
def a_digit_that_is_copied_as_the_true_one(doc):
    line = next(w[4] for w in doc[1].get_text("words") if w[4].startswith("上级"))
    shown = lambda s: re.search(rb"/Span<</MCID 1>>BDC.*?TJ", s, re.S)[0]
    content(doc, 1, lambda s: s.replace(shown(s), shown(s).replace(b"MCID 1", b"MCID 1/ActualText(234.51)").replace(rb"\000\005", rb"\000\003"), 1))
    assert "234.51" in line


@case("look", "读屏用的标签或替代文字不同", always=True)
def a_picture_is_told_otherwise(doc):
    doc.xref_set_key(element(doc, "/P", "/Title", "/H1"), "Alt", pymupdf.get_pdf_str("something else"))


@case("look", "读屏用的标签或替代文字不同", always=True)
def a_heading_made_a_paragraph(doc):
    doc.xref_set_key(element(doc, "/H1"), "S", "/P")


@case("look", "书签是“另一个标题”", always=True)
def a_bookmark_renamed(doc):
    mark = next(x for x in range(1, doc.xref_length()) if doc.xref_get_key(x, "Dest")[0] != "null" and doc.xref_get_key(x, "Title")[0] != "null")
    doc.xref_set_key(mark, "Title", pymupdf.get_pdf_str("另一个标题"))


@case("look", "第2页：有 .* 个字被色块、图片或线条盖住|第2页：线条", always=True)
def a_thin_line_through_words(doc):
    x0, y0, x1, y1 = doc[1].get_text("words")[0][:4]
    doc[1].draw_line((x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2), width=0.5)


def a_digit_drawn(doc):
    """A stroke that makes another digit of one."""
    x0, y0, x1, y1 = next(w[:4] for w in doc[1].get_text("words") if re.search(r"\d\d", w[4]))
    doc[1].draw_line((x0 + 2, y0 + 4), (x0 + 6, y0 + 10), width=0.6)


@case("property", "语言是 en", always=True)
def the_language_always(doc):
    doc.set_language("en")


@case("property", "XMP 属性", always=True)
def the_author_in_xmp_always(doc):
    doc.set_xml_metadata(doc.get_xml_metadata().replace("局</", "科</", 1))


@case("look", "字体 LiberationSerif-Bold 里有 .* 个字的字形改过", always=True)
def glyphs_swapped_in_a_face(doc):
    """Lets two glyphs of the face that prints digits have each other's outlines."""
    descriptors = (x for x in range(1, doc.xref_length()) if "LiberationSerif-Bold" in doc.xref_get_key(x, "FontName")[1])
    program = int(doc.xref_get_key(next(descriptors), "FontFile2")[1].split()[0])
    data = bytearray(doc.xref_stream(program))
    number = lambda at, size: int.from_bytes(data[at : at + size], "big")
    starts = {bytes(data[at : at + 4]): number(at + 8, 4) for at in range(12, 12 + 16 * number(4, 2), 16)}
    size = 4 if number(starts[b"head"] + 50, 2) else 2
    outline = lambda glyph: (number(starts[b"loca"] + glyph * size, size), number(starts[b"loca"] + (glyph + 1) * size, size))
    scale, (a0, a1), (b0, b1) = (1 if size == 4 else 2), outline(4), outline(5)
    first = starts[b"glyf"]
    a, b = data[first + a0 * scale : first + a1 * scale], data[first + b0 * scale : first + b1 * scale]
    data[first + a0 * scale : first + b1 * scale] = b + a
    data[starts[b"loca"] + 5 * size : starts[b"loca"] + 6 * size] = (a0 + len(b) // scale).to_bytes(size, "big")
    doc.update_stream(program, bytes(data))


@case("look", "书签“.*”点开后到的不是它的位置", always=True)
def a_bookmark_led_elsewhere(doc):
    marks = [x for x in range(1, doc.xref_length()) if {"Dest", "Title"} <= set(doc.xref_get_keys(x))]
    first, last = (doc.xref_get_key(marks[at], "Dest")[1] for at in (1, -1))
    doc.xref_set_key(marks[1], "Dest", last)
    doc.xref_set_key(marks[-1], "Dest", first)


@case("property", "XMP 里有程序不写的内容：.*另一份报告", always=True)
def an_attribute_in_xmp(doc):
    xmp = doc.get_xml_metadata()
    more = '<rdf:Description xmlns:p="http://example.org/p/" p:Headline="另一份报告"'
    doc.set_xml_metadata(xmp.replace("<rdf:Description", more, 1))


@case("look", "读屏时报出的表头不同")
def another_head_for_a_cell(doc):
    cells = (x for x in range(1, doc.xref_length()) if doc.xref_get_key(x, "S")[1] == "/TD")
    cell = next(x for x in cells if "(U1x1y1)" in doc.xref_object(x, compressed=True))
    doc.update_object(cell, doc.xref_object(cell, compressed=True).replace("(U1x1y1)", "(U1x3y1)"))


@case("file", "不是 jibao 写出的原样")
def saved_again_by_another_program(doc):
    pass


def as_of_another_version(doc):
    """What an older program would have written: then lines and pages may break elsewhere, and only words count."""
    attached(doc, "jibao/manifest.json", lambda t: re.sub(rb'"jibao": "[^"]*"', b'"jibao": "0.0.9"', t))
    doc.set_metadata({**doc.metadata, "creator": "jibao 0.0.9"})
    doc.set_xml_metadata(re.sub(r"jibao \d+\.\d+\.\d+", "jibao 0.0.9", doc.get_xml_metadata()))


def a_false_figure_over_the_true_one(doc):
    page = doc[1]
    x0, y0, x1, y1 = next(w[:4] for w in page.get_text("words") if re.search(r"\d\d", w[4]))
    page.draw_rect(pymupdf.Rect(x0, y0, x1, y1), color=None, fill=(1, 1, 1))
    page.insert_text((x0, y1 - 3), "9999.99", fontsize=14, fontname="helv")
    for xref in page.get_contents()[-1:]:
        doc.update_stream(xref, b"/Artifact BMC\n" + doc.xref_stream(xref) + b"\nEMC")


def moved(doc, x, y):
    """The last text of page 2 moved."""
    def edit(data):
        places = list(re.finditer(rb"q 1 0 0 -1 ([\d.]+) ([\d.]+) cm(?=/c0 cs)", data))
        last = places[-1]
        return data[: last.start()] + b"q 1 0 0 -1 %s %s cm" % (x or last[1], y or last[2]) + data[last.end() :]
    content(doc, 1, edit)


def words_off_the_sheet(doc):
    moved(doc, None, b"-50")


def words_upside_down(doc):
    content(doc, 1, lambda data: data.replace(b" 1 0 0 -1 0 0 Tm", b" -1 0 0 1 20 -8 Tm", 1))


OF_ANOTHER_VERSION += [
    (words_off_the_sheet, "look", "移到了纸外"),
    (words_upside_down, "look", "第2页：有 .* 个字转了方向"),
    (a_digit_on_the_page, "words", r"第\d+页：“.*”，按所附的数据是“.*”"),
    (a_false_figure_over_the_true_one, "words", "第2页：多出“9999.99”"),
    (a_false_figure_over_the_true_one, "look", "第2页：有 .* 个字被色块、图片或线条盖住"),
    (a_white_patch_over_a_number, "look", "第2页：有 .* 个字被色块、图片或线条盖住"),
    (a_picture_over_a_number, "look", "图片"),
    (invisible_text, "words", "第2页：.*unseen"),
    (a_digit_drawn, "look", "第2页：多画了 1 处短线"),
    (a_sentence_written_on_the_page, "words", "第2页：.*另加一句"),
    (a_stretch_blacked_out, "words", "第2页"),
    (a_page_taken_out, "words", "第.*页：“.*”，按所附的数据是|少了"),
    (a_page_put_in, "words", "extra"),
    (two_pages_swapped, "look", "第2页：有 .* 处文字挪了位置"),
    (a_page_cut_down, "look", "第2页：(改了页面的裁切范围|纸张的大小)"),
    (a_figure_in_the_data, "data", r"\d{4}/figures\.yaml 改过"),
    (a_figure_in_the_results, "figure", "按所附的数据重算是"),
    (the_title_in_the_properties, "property", "文档属性 标题 是“另一份报告”"),
    (what_is_copied_out, "words", "按所附的数据是"),
    (what_a_screen_reader_says, "look", "读屏用的标签或替代文字不同"),
    (a_description_changed, "data", "的说明、类型或与正文的关系改过"),
    (a_line_moved, "look", "第2页：有 .* 处文字挪了位置"),
    (a_colour_changed, "look", "第2页：有 .* 个字颜色不同"),
]


def operand(top, operator):
    """The last number before an operator of one byte in a dictionary of the compact font format."""
    at, last = 0, None
    while at < len(top):
        byte = top[at]
        if byte == operator:
            return last
        if byte == 28:
            last, at = int.from_bytes(top[at + 1 : at + 3], "big"), at + 3
        elif byte == 29:
            last, at = int.from_bytes(top[at + 1 : at + 5], "big"), at + 5
        elif byte == 30:
            at += 1
            while top[at] & 15 != 15:
                at += 1
            at += 1
        elif byte >= 247:
            last, at = (byte - 247) * 256 + top[at + 1] + 108, at + 2
        else:
            last, at = byte - 139, at + (2 if byte == 12 else 1)
    raise AssertionError("the dictionary has no such entry")


def which_glyph_a_number_means(doc):
    """The charset of a face: the same outlines under other numbers."""
    for xref in range(1, doc.xref_length()):
        if doc.xref_get_key(xref, "Subtype")[1] != "/CIDFontType0C":
            continue
        data = bytearray(doc.xref_stream(xref))

        def index(at):
            """Where the first item of a list begins and ends, and where the list ends."""
            count, size = int.from_bytes(data[at : at + 2], "big"), data[at + 2]
            offset = lambda i: int.from_bytes(data[at + 3 + i * size : at + 3 + (i + 1) * size], "big")
            base = at + 2 + (count + 1) * size
            return base + offset(0), base + offset(1), base + offset(count)

        start, end, _ = index(index(data[2])[2])
        data[operand(bytes(data[start:end]), 15) + 2] ^= 1
        doc.update_stream(xref, bytes(data))
        return
    raise AssertionError("no face is in the compact format")


def a_script_behind_very_many_empty_lists(doc):
    for xref in range(1, doc.xref_length()):
        if doc.xref_get_key(xref, "S")[1] == "/P":
            doc.xref_set_key(xref, "A", f"[{'[]' * 600_000}]")
            break
    script = added(doc, "<</S/JavaScript/JS(app.alert)>>")
    doc.xref_set_key(doc.pdf_catalog(), "Names/JavaScript", f"<</Names[(a) {script} 0 R]>>")


def incremental(path, target, edit):
    target.write_bytes(path.read_bytes())
    doc = pymupdf.open(target)
    edit(doc)
    doc.saveIncr()


def verify(jibao, path):
    run = subprocess.run([jibao, "verify", "--format", "json", path], capture_output=True, text=True)
    assert run.returncode in (0, 1), (run.returncode, run.stdout, run.stderr)
    return run.returncode, json.loads(run.stdout)


def main():
    jibao, year = sys.argv[1:3]
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        honest = folder / "honest.pdf"
        subprocess.run([jibao, "build", year, "--attach-data", "-o", honest, "-q"], check=True, stderr=subprocess.DEVNULL)
        assert verify(jibao, honest)[1]["verdict"] == "identical"
        tampered = folder / "tampered.pdf"

        def expect(name, kind, words):
            code, told = verify(jibao, tampered)
            fits = [d for d in told["differences"] if d["kind"] == kind and re.search(words, d["message"])]
            ok = code == 1 and told["verdict"] == "different" and fits
            print(f"{'caught' if ok else 'MISSED'}  {name}: {fits[0]['message'] if fits else told}")
            if not ok:
                failed.append(name)

        for edit, kind, words in CASES:
            doc = pymupdf.open(honest)
            edit(doc)
            doc.save(tampered)
            doc.close()
            expect(edit.__name__, kind, words)
        doc = pymupdf.open(honest)
        as_of_another_version(doc)
        doc.save(tampered)
        doc.close()
        code, told = verify(jibao, tampered)
        assert (code, told["verdict"]) == (1, "same"), told
        # What is not known is not called an edit, nor the same.
        for edit in (which_glyph_a_number_means, a_script_behind_very_many_empty_lists):
            doc = pymupdf.open(honest)
            as_of_another_version(doc)
            edit(doc)
            doc.save(tampered)
            doc.close()
            run = subprocess.run([jibao, "verify", tampered], capture_output=True, text=True)
            ok = re.search("无从证明|字形没有核对|：不同", run.stdout)
            print(f"{'caught' if ok else 'MISSED'}  {edit.__name__}: {run.stdout.strip()[-200:]}")
            if not ok:
                failed.append(edit.__name__)
        for edit, kind, words in OF_ANOTHER_VERSION:
            doc = pymupdf.open(honest)
            as_of_another_version(doc)
            edit(doc)
            doc.save(tampered)
            doc.close()
            expect(f"another version: {edit.__name__}", kind, words)
        incremental(honest, tampered, lambda doc: doc[1].insert_text((200, 400), "update", fontsize=12))
        expect("an incremental update: words", "words", "多出“update”")
        expect("an incremental update: file", "file", "增量更新")
        tampered.write_bytes(honest.read_bytes() + b"\n% more\n")
        expect("bytes behind the end", "file", "文件末尾追加了")
        data = honest.read_bytes()
        tampered.write_bytes(data.replace(b"/ID[(", b"/ID[(x", 1))
        expect("the identity in the trailer", "file", "不是 jibao 写出的原样|内容流")
    if failed:
        sys.exit(f"{len(failed)} edits were missed: {', '.join(failed)}")
    print(f"{len(CASES) + len(OF_ANOTHER_VERSION) + 6} edits, each named")


if __name__ == "__main__":
    main()

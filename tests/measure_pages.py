#!/usr/bin/env python3
"""Measures finished PDFs against GB/T 9704-2012 with a reader that is not ours (PyMuPDF).

usage: measure_pages.py FILE.pdf...      exit 1 when a rule is broken
For every portrait page: ink inside 156 x 225 mm (margins 37/35/28/26 mm, mirrored), lines on the grid, no more than
22 of them, and 22 fill the type area; a line of nothing but hanzi holds no more than 28. The page number's dash lies
7 mm below the type area, 14 pt, outer side. What stands above the rule of a red head has distances of its own, in
millimetres, and is not on the grid. What was met is printed: full pages, the longest line of hanzi.
"""
import re
import sys

import pymupdf

MM = 72 / 25.4
CELL = 156 * MM / 28
PITCH = (225 * MM - CELL) / 21
TOP, BOTTOM, INSIDE, OUTSIDE = 37 * MM, 35 * MM, 28 * MM, 26 * MM
NUMBER = re.compile(r"^—\s*(\d+)\s*—$")


def spans(page):
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                if span["text"].strip():
                    yield span | {"dir_up": line["dir"][1] < -0.5, "dir_down": line["dir"][1] > 0.5}


def measure(path, faults):
    doc = pymupdf.open(path)
    full, longest = 0, 0
    for index, page in enumerate(doc):
        name = f"{path} p.{index + 1}"
        if page.rect.width > page.rect.height:
            check_landscape(name, page, faults)
            continue
        items = list(spans(page))
        footer = [s for s in items if s["origin"][1] > page.rect.height - BOTTOM]
        body = [s for s in items if s["origin"][1] <= page.rect.height - BOTTOM]
        number = NUMBER.match("".join(s["text"] for s in footer).strip())
        if not body or (not number and index < 2):
            continue
        if not number:
            faults.append(f"{name}: no page number")
            continue
        odd = int(number.group(1)) % 2 == 1
        left = INSIDE if odd else OUTSIDE
        right = page.rect.width - (OUTSIDE if odd else INSIDE)
        check_number(name, page, footer, odd, left, right, faults)
        check_ink(name, page, left, right, faults)
        baselines = {}
        below = red_rule(page)
        for span in body:
            if span["origin"][1] < below:
                continue
            baselines.setdefault(round(span["origin"][1], 1), []).append(span)
        prose = all(abs(s["size"] - CELL) < 0.1 for s in body)
        first = TOP + 0.88 * CELL
        for y, line in baselines.items():
            if abs(line[0]["size"] - CELL) < 0.1:
                off = (y - first) / PITCH
                if abs(off - round(off)) * PITCH > 0.3:
                    faults.append(f"{name}: off the grid by {(off - round(off)) * PITCH:.2f} pt: {line[0]['text'][:20]!r}")
            text = "".join(s["text"] for s in sorted(line, key=lambda s: s["bbox"][0]))
            if re.fullmatch(r"[\u4e00-\u9fff]+", text):
                longest = max(longest, len(text))
        if len(baselines) > 22 and prose:
            faults.append(f"{name}: {len(baselines)} lines")
        last = max(baselines)
        if prose and len(baselines) == 22:
            full += 1
            if abs(last - (first + 21 * PITCH)) > 0.3:
                faults.append(f"{name}: 22 lines do not fill the type area")
    if longest > 28:
        faults.append(f"{path}: a line of hanzi holds {longest}")
    print(f"{path}: {len(doc)} pages, {full} full pages of 22 lines, longest line of hanzi {longest}")


def red_rule(page):
    """Where the rule of a red head stands; 0 without one."""
    rules = [d["rect"].y1 for d in page.get_drawings() if d["color"] and d["color"][0] > 0.5 > d["color"][1]]
    return max(rules, default=0)


def check_landscape(name, page, faults):
    """The number stays where it is on portrait pages: seen with the sheet on its side, at the left edge, read from
    below; odd at the bottom, even at the top."""
    found = [s for s in spans(page) if s["dir_up"] or s["dir_down"]]
    text = "".join(s["text"].strip() for s in sorted(found, key=lambda s: -s["bbox"][3]))
    number = NUMBER.match(text)
    if not number:
        faults.append(f"{name}: no page number at the left edge: {text!r}")
        return
    y0, y1 = min(s["bbox"][1] for s in found), max(s["bbox"][3] for s in found)
    lower = (y0 + y1) / 2 > page.rect.height / 2
    if lower != (int(number.group(1)) % 2 == 1):
        faults.append(f"{name}: page number {number.group(1)} at the wrong end")
    edge = page.rect.height - y1 if lower else y0
    if abs(edge / MM - (26 + 5.57)) > 0.6:
        faults.append(f"{name}: page number {edge / MM:.2f} mm from the edge of the sheet")


def check_ink(name, page, left, right, faults):
    """Halved marks have boxes that stick out of the line; what counts is the ink."""
    edge = 0.2 * MM
    strips = {
        "left": pymupdf.Rect(0, 0, left - edge, page.rect.height - BOTTOM),
        "right": pymupdf.Rect(right + edge, 0, page.rect.width, page.rect.height - BOTTOM),
        "top": pymupdf.Rect(0, 0, page.rect.width, TOP - edge),
    }
    for side, clip in strips.items():
        pixels = page.get_pixmap(matrix=pymupdf.Matrix(3, 3), clip=clip, colorspace="gray")
        if min(pixels.samples) < 160:
            faults.append(f"{name}: ink in the {side} margin")


def check_number(name, page, footer, odd, left, right, faults):
    sizes = {round(s["size"], 1) for s in footer}
    if sizes != {14.0}:
        faults.append(f"{name}: page number in {sizes} pt")
    x0 = min(s["bbox"][0] for s in footer)
    x1 = max(s["bbox"][2] for s in footer)
    edge = right - x1 if odd else x0 - left
    if not 4.5 <= edge / MM <= 6.0:
        faults.append(f"{name}: page number {edge / MM:.2f} mm from the {'right' if odd else 'left'} edge")
    dash = dash_top(page, footer)
    if abs(dash / MM - (37 + 225 + 7)) > 0.25:
        faults.append(f"{name}: dash at {dash / MM:.2f} mm, wanted 269")


def dash_top(page, footer):
    """The upper edge of the dash in ink: rendered, for no font's box tells. Looked for from 2 mm below the type area on:
    the ink of its last line may touch the edge."""
    x0 = min(s["bbox"][0] for s in footer)
    clip = pymupdf.Rect(x0, page.rect.height - BOTTOM + 2 * MM, x0 + 7, page.rect.height)
    scale = 600 / 72
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=clip, colorspace="gray")
    for row in range(pixels.height):
        if min(pixels.samples[row * pixels.stride : row * pixels.stride + pixels.width]) < 128:
            return pixels.y / scale + row / scale
    return 0


def main():
    faults = []
    for path in sys.argv[1:]:
        measure(path, faults)
    print("\n".join(faults) or "no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

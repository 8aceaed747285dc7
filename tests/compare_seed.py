#!/usr/bin/env python3
"""Lists the facts of the seed report that are missing from a built one.

usage: compare_seed.py FILE.pdf|FILE.txt

Reads seed_facts.txt beside this script. White space and page numbers (a line
such as —1—) do not count, and full-width forms equal their ASCII forms.
A fact that begins or ends with a digit must not touch another digit there,
so that 2.2 is not found in 12.20. Exits 1 if anything is missing, 2 on wrong usage.
"""
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

FACTS = Path(__file__).with_name("seed_facts.txt")
PAGE_NUMBER = re.compile(r"^\s*[—–―─-]+\s*\d+\s*[—–―─-]+\s*$", re.MULTILINE)


def squeeze(text):
    """The text without page numbers and white space, in one form of each character."""
    text = PAGE_NUMBER.sub("", text.replace("\f", "\n"))
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read(path):
    """The text of a PDF (by pdftotext) or of a text file."""
    if path.suffix.lower() != ".pdf":
        return path.read_text(encoding="utf-8")
    run = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"],
        stdout=subprocess.PIPE, check=True,
    )
    return run.stdout.decode("utf-8")


def facts():
    """Yields (group, fact, times) for each line of seed_facts.txt."""
    group = ""
    for line in FACTS.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("#"):
            group = line.lstrip("# ")
        elif line:
            counted = re.fullmatch(r"(.+?)\s+x(\d+)", line)
            fact, times = counted.groups() if counted else (line, "1")
            yield group, fact, int(times)


def count(fact, text):
    """How often a fact occurs in a squeezed text."""
    needle = squeeze(fact)
    pattern = re.escape(needle)
    if needle[0].isdigit():
        pattern = r"(?<![\d.])" + pattern
    if needle[-1].isdigit():
        pattern += r"(?!\d|\.\d)"
    return len(re.findall(pattern, text))


def main():
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print(__doc__.strip(), file=sys.stderr)
        return 2
    text = squeeze(read(Path(sys.argv[1])))
    total, missing = 0, 0
    for group, fact, times in facts():
        total += 1
        found = count(fact, text)
        if found < times:
            missing += 1
            print(f"missing [{group}] {fact}: {found} of {times}")
    print(f"{total - missing} of {total} facts found")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

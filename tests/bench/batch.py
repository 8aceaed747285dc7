#!/usr/bin/env python3
"""What a batch costs, and whether it keeps its promises: whole processes, ratios within one run.

    cargo build --release --bench floor      # says where the floor's program is: target/release/deps/floor-…
    python3 tests/bench/batch.py --jibao target/release/jibao --typst typst --floor target/release/deps/floor-…

typst is the plain command, 0.15.1. Cases (all by default): one, many, growth, tables, rebuild, kill, shards, start.
A target that depends on time is printed; one that does not ends the run with 1 when it is missed.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import Board, Run, Tools, county, files, interleaved, pdfs


def one(given, tools, board, work):
    board.title("one report, cold: jibao build / typst compile on the same pages")
    tree = county(work / "county", 1)
    names = tools.typ(tree, work / "typ")
    fresh = iter(range(10**6))
    ours, theirs = interleaved(
        given.runs,
        lambda: tools.build(tree, work / f"out{next(fresh)}"),
        lambda: tools.compile(work / "typ", names[0], work / "plain"),
    )
    board.say(f"jibao {ours.wall * 1000:.0f} ms (cpu {ours.cpu * 1000:.0f}), typst {theirs.wall * 1000:.0f} ms (cpu {theirs.cpu * 1000:.0f})")
    board.at_most("wall, ratio", ours.wall / theirs.wall, 1.0)


def many(given, tools, board, work):
    for kind, options in (("whole reports", []), ("short reports, of a page or two", ["--short"])):
        count = given.reports
        board.title(f"{count} different {kind}: jibao build -j2 / xargs -P2 typst compile; cpu / floor")
        place = work / kind[:5]
        place.mkdir()
        against_typst(given, tools, board, place, county(place / "county", count, *options), count)


def against_typst(given, tools, board, work, tree, count):
    names = tools.typ(tree, work / "typ")
    fresh = iter(range(10**6))
    floors = []
    ours, theirs, _ = interleaved(
        given.runs,
        lambda: tools.build(tree, work / f"out{next(fresh)}", "-j2"),
        lambda: tools.compile_all(work / "typ", names, work / "plain"),
        lambda: tools.floor and floors.append(tools.floor_cpu(work / "typ")),
    )
    for name, run in (("jibao", ours), ("typst", theirs)):
        board.say(f"{name} {count / run.wall:.2f} reports/s, cpu {run.cpu / count * 1000:.0f} ms each")
    board.at_least("reports/s, ratio", theirs.wall / ours.wall, 2.5)
    board.say(f"cpu, ratio: {theirs.cpu / ours.cpu:.2f}")
    if floors:
        floor = sorted(floors)[len(floors) // 2]
        board.say(f"floor: cpu {floor * 1000:.0f} ms each")
        board.at_most("cpu each, ratio to the floor", ours.cpu / count / floor, 1.15)


def growth(given, tools, board, work):
    sizes = sorted({10, 50, 100, given.large})
    board.title(f"growth and memory: {', '.join(map(str, sizes))} reports, -j2")
    peaks = {}
    for size in sizes:
        run = tools.build(county(work / f"county{size}", size), work / f"out{size}", "-j2")
        peaks[size] = run.rss
        board.say(f"{size:>6} reports: {run.wall / size * 1000:6.1f} ms each, cpu {run.cpu / size * 1000:6.1f} ms each, peak {run.rss:.0f} MB")
    board.at_most(f"peak at {given.large} / peak at 50", peaks[given.large] / peaks[50], 1.3)
    board.at_most(f"peak at {given.large}", peaks[given.large], 400, " MB")


def tables(given, tools, board, work):
    board.title("a table of so many rows, one report: jibao build beside typst compile")
    for rows in given.rows:
        tree = county(work / f"county{rows}", 1, "--rows", rows)
        names = tools.typ(tree, work / f"typ{rows}")
        fresh = iter(range(10**6))
        ours, theirs = interleaved(
            min(given.runs, 3),
            lambda: tools.build(tree, work / f"out{rows}-{next(fresh)}"),
            lambda: tools.compile(work / f"typ{rows}", names[0], work / "plain"),
        )
        board.say(
            f"{rows:>6} rows: jibao {ours.wall * 1000:7.0f} ms, {ours.rss:4.0f} MB;"
            f" typst {theirs.wall * 1000:7.0f} ms, {theirs.rss:4.0f} MB; ratio {ours.wall / theirs.wall:.2f}"
        )


def rebuild(given, tools, board, work):
    board.title(f"rebuild of {given.large} unchanged reports, and after one figure")
    tree, out = county(work / "county", given.large), work / "out"
    tools.build(tree, out)
    (again,) = interleaved(given.runs, lambda: tools.build(tree, out))
    board.at_most("unchanged, each", again.wall / given.large * 1000, 2.0, " ms")

    tree, out, manifest = county(work / "years", 10, years="2021..2023"), work / "kept", work / "manifest.json"
    tools.build(tree, out)
    before = pdfs(out)
    figures = sorted(tree.glob("*/2021/figures.yaml"))[0]
    lines = figures.read_text().splitlines()
    # The figure of the year itself, not last year's, which is indented.
    at = next(number for number, line in enumerate(lines) if line.startswith("会议费: "))
    lines[at] = f"会议费: {float(lines[at].split(' ')[1]) + 0.01:.2f}"
    figures.write_text("\n".join(lines) + "\n")
    tools.build(tree, out, "--manifest", manifest)
    anew = {Path(r["output"]).name for r in json.loads(manifest.read_text())["reports"] if r["outcome"] == "built"}
    tools.build(tree, work / "forced")
    after = pdfs(work / "forced")
    differ = {name for name in after if after[name] != before[name]}
    board.say(f"rebuilt: {', '.join(sorted(anew))}")
    board.holds("exactly the reports that differ were rebuilt", anew == differ and 0 < len(differ) < len(after))
    board.holds("the tree equals one built anew", files(out) == files(work / "forced"))


def kill(given, tools, board, work):
    board.title(f"kill -9 at {given.kills} random moments of a batch of {given.reports}")
    trees = [county(work / f"county{seed}", given.reports, seed=seed) for seed in (4, 5)]
    wholes = []
    for number, tree in enumerate(trees):
        start = time.perf_counter()
        tools.build(tree, work / f"whole{number}", "-j2")
        wholes.append(files(work / f"whole{number}"))
        full = time.perf_counter() - start
    dice, out = random.Random(given.seed), work / "out"
    shutil.copytree(work / "whole0", out)
    kills, turn, torn, differing = 0, 1, [], []
    while kills < given.kills:
        # Each turn changes every report; a batch that is killed is taken up where it was left.
        process = subprocess.Popen(
            [str(tools.jibao), "build", str(trees[turn % 2]), "-o", str(out), "-q", "-j2"], stderr=subprocess.DEVNULL
        )
        try:
            process.wait(dice.uniform(0, full))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            torn += look(out, wholes[turn % 2], wholes[1 - turn % 2])
            continue
        differing += differences(out, wholes[turn % 2])
        turn += 1
    tools.build(trees[turn % 2], out, "-j2")
    differing += differences(out, wholes[turn % 2])
    board.say(f"{kills} kills, {turn} batches finished")
    board.holds("no torn or lost PDF" + "".join(f"; {name}" for name in torn[:5]), not torn)
    board.holds("the finished tree is that of an undisturbed run" + "".join(f"; {n}" for n in differing[:5]), not differing)


def look(out, new, old):
    """The PDFs that are neither old nor new, or not there."""
    now = pdfs(out)
    whole = lambda data: data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
    names = [name for name in new if name.endswith(".pdf")]
    return [name for name in names if name not in now or not whole(now[name]) or now[name] not in (new[name], old[name])]


def differences(out, whole):
    now = files(out)
    return [name for name in sorted(now.keys() | whole.keys()) if now.get(name) != whole.get(name)]


def shards(given, tools, board, work):
    board.title("four shards, by GNU parallel where it is installed")
    tree = county(work / "county", max(given.reports // 5, 8))
    homes = [work / "one", work / "four"]
    for home in homes:
        home.mkdir()
    tools.build(tree, "out", "--manifest", "whole.json", cwd=homes[0])
    words = [tools.jibao, "build", tree, "-o", "out", "-q", "-j1", "--shard", "{}/4", "--manifest", "{}.json"]
    if shutil.which("parallel"):
        Run(["parallel", "-j4", *words, ":::", 1, 2, 3, 4], cwd=homes[1])
    else:
        board.say("parallel is not installed: plain processes")
        parts = [[str(word).replace("{}", str(i)) for word in words] for i in (1, 2, 3, 4)]
        if any([process.wait() for process in [subprocess.Popen(part, cwd=homes[1]) for part in parts]]):
            sys.exit("a shard failed")
    Run([tools.jibao, "merge", "-q", "1.json", "2.json", "3.json", "4.json", "-o", "whole.json"], cwd=homes[1])
    board.holds("the same files", files(homes[0] / "out") == files(homes[1] / "out"))
    board.holds("the same summary, but for times", manifest(homes[0]) == manifest(homes[1]))


def manifest(home):
    whole = json.loads((home / "whole.json").read_text())
    for report in whole["reports"]:
        del report["millis"]
    return whole


def start(given, tools, board, work):
    board.title("start-up")
    tree = county(work / "county", 1)
    year = next(tree.glob("*/2023"))
    fresh = iter(range(10**6))
    cases = {
        "jibao --version": lambda: Run([tools.jibao, "--version"]),
        "jibao check, one year": lambda: Run([tools.jibao, "check", year]),
        "jibao build, one year": lambda: tools.build(year, work / f"out{next(fresh)}"),
    }
    for name, median in zip(cases, interleaved(max(given.runs, 9), *cases.values())):
        board.say(f"{name}: wall {median.wall * 1000:.1f} ms, cpu {median.cpu * 1000:.1f} ms, peak {median.rss:.0f} MB")


CASES = [one, many, growth, tables, rebuild, kill, shards, start]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--jibao", required=True, type=lambda text: Path(text).resolve())
    parser.add_argument("--typst", default="typst", help="the plain Typst command, 0.15.1")
    parser.add_argument("--floor", type=lambda text: Path(text).resolve(), help="the program of the bench target floor")
    parser.add_argument("--runs", type=int, default=5, help="how often a case is measured; medians are printed")
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--large", type=int, default=1000, help="the largest batch")
    parser.add_argument("--rows", default="10,100,1000,5000", type=lambda text: [int(word) for word in text.split(",")])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=4, help="of the moments of the kills")
    parser.add_argument("--work", type=Path, help="where the counties are made and built (a temporary folder)")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="which cases: " + " ".join(case.__name__ for case in CASES))
    given = parser.parse_args()
    unknown = set(given.cases) - {case.__name__ for case in CASES}
    if unknown:
        parser.error(f"no such case: {' '.join(sorted(unknown))}")
    tools, board = Tools(given.jibao, given.typst, given.floor), Board()
    for case in CASES:
        if given.cases and case.__name__ not in given.cases:
            continue
        with tempfile.TemporaryDirectory(prefix="jibao-bench-", dir=given.work) as work:
            case(given, tools, board, Path(work))
    return 1 if board.missed else 0


if __name__ == "__main__":
    sys.exit(main())

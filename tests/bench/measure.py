"""Whole processes, measured: wall time, time on processors, peak memory. Linux; Python's standard library only."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

MAKE_COUNTY = Path(__file__).resolve().parent.parent / "make_county.py"


class Run:
    """A process that has ended: wall and cpu in seconds, rss in megabytes; children that it waited for count along."""

    def __init__(self, command, cwd=None, env=None, may_fail=False, stdin=None):
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=stdin
        )
        self.out = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.rss = usage.ru_maxrss / 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0 and not may_fail:
            sys.exit(f"failed with {process.returncode}: {' '.join(map(str, command))}")


def interleaved(runs, *cases):
    """Each case so many times, ABAB, so that what slows the machine down slows all of them; the medians of each that
    gives a run."""
    results = [[case() for case in cases] for _ in range(runs)]
    return [Median(column) if all(column) else None for column in zip(*results)]


class Median:
    def __init__(self, runs):
        self.wall, self.cpu, self.rss = (
            statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "rss")
        )


def county(folder, departments, *options, years="2023..2023", seed=4):
    """An invented county."""
    command = [sys.executable, MAKE_COUNTY, "--departments", departments, "--years", years, "--seed", seed]
    Run([*command, *options, "-o", folder])
    return folder


class Tools:
    """The programs that are measured."""

    def __init__(self, jibao, typst, floor):
        self.jibao, self.typst, self.floor = jibao, typst, floor
        # Its own faces are of no use here and would take time to load.
        self.env = {**os.environ, "TYPST_IGNORE_EMBEDDED_FONTS": "true"}

    def build(self, tree, out, *options, **more):
        return Run([self.jibao, "build", tree, "-o", out, "-q", *options], **more)

    def typ(self, tree, out):
        """The same reports for the plain Typst command."""
        Run([self.jibao, "build", "--format", "typ", tree, "-o", out, "-q"])
        return sorted(path.parent.name for path in out.glob("*/report.json"))

    def typst_words(self, folder, name, out):
        options = ["--font-path", folder / "fonts", "--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1"]
        return [self.typst, "compile", "--root", folder / name, *options, folder / name / "report.typ", out / f"{name}.pdf"]

    def compile(self, folder, name, out):
        out.mkdir(exist_ok=True)
        return Run(self.typst_words(folder, name, out), env=self.env)

    def compile_all(self, folder, names, out, processes=2):
        """xargs -P2 -n1 typst compile."""
        out.mkdir(exist_ok=True)
        words = self.typst_words(folder, "{}", out)
        listing = out.parent / "names"
        listing.write_text("\n".join(names) + "\n")
        with listing.open() as stdin:
            return Run(["xargs", f"-P{processes}", "-I{}", *words], env=self.env, stdin=stdin)

    def floor_cpu(self, folder, threads=2):
        """Time on processors for each report, in seconds, of Typst alone in one warm process."""
        text = Run([self.floor, folder, threads, 1]).out
        return int(text.rsplit("cpu ", 1)[1].split()[0]) / 1e6


class Board:
    """Says figures and whether targets are met; those that do not depend on time decide the exit code."""

    def __init__(self):
        self.missed = []

    def title(self, text):
        print(f"\n{text}", flush=True)

    def say(self, text):
        print(f"  {text}", flush=True)

    def at_most(self, what, value, limit, unit=""):
        self.say(f"{what}: {value:.2f}{unit}, target at most {limit}{unit}: {'met' if value <= limit else 'NOT MET'}")

    def at_least(self, what, value, limit, unit=""):
        self.say(f"{what}: {value:.2f}{unit}, target at least {limit}{unit}: {'met' if value >= limit else 'NOT MET'}")

    def holds(self, what, true):
        self.say(f"{what}: {'met' if true else 'NOT MET'}")
        if not true:
            self.missed.append(what)


def files(folder):
    """{path: bytes} of all files below a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pdfs(folder):
    return {path: data for path, data in files(folder).items() if path.endswith(".pdf")}

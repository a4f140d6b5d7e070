#!/usr/bin/env python3
"""usage: memory_by_segments.py [--aloud PROGRAM] [--segments N] VOICE...

Whether a voice takes more memory the longer it speaks: builds an article of N/10 sentences and one of N (default
10000), at 2 jobs, and prints the peak memory of each and what a sentence costs. The sentences have words that no
dictionary knows, each another one, so that whatever remembers words has something to remember. About five
kilobytes a sentence are the script, the captions and the manifest, which hold every word of the article; the tone
engine, which holds nothing, shows them alone.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FIRST = ["bal", "dor", "fen", "gri", "hol", "kam", "lin", "mur", "nol", "pel", "ros", "sul", "tam", "vin", "wex", "zor"]
SECOND = ["ba", "do", "fi", "gu", "ka", "lo", "mi", "nu", "pa", "ro", "si", "tu", "va"]
THIRD = ["by", "den", "ford", "gate", "ham", "ley", "mere", "ness", "port", "ton", "wick", "worth"]


def name(i):
    """One of 32,448 names of places that nobody has heard of."""
    parts = [FIRST[i % 16], SECOND[i // 16 % 13], SECOND[i // 208 % 13], THIRD[i // 2704 % 12]]
    return "".join(parts).capitalize()


def peak(aloud, voice, count, work):
    """The largest resident set of a build and of whatever it has started, in MB."""
    article = work / f"{count}.txt"
    paragraphs = (" ".join(f"The boat from {name(i + j)} is late." for j in range(5)) for i in range(0, count, 5))
    article.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    command = [aloud, "build", article, "-o", work / "out", "--voice", voice, "--jobs", "2", "--quiet"]
    measured = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
    measured += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    said = subprocess.run([sys.executable, "-c", measured, *map(str, command)], check=True, stdout=subprocess.PIPE)
    return int(said.stdout) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aloud", default=str(ROOT / "target/release/aloud"))
    parser.add_argument("--segments", type=int, default=10_000)
    parser.add_argument("voice", nargs="+")
    args = parser.parse_args()
    for voice in args.voice:
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            few, many = args.segments // 10, args.segments
            small, large = (peak(args.aloud, voice, count, work) for count in (few, many))
            each = (large - small) * 1024 / (many - few)
            print(f"{voice}: {small:.0f} MB for {few} sentences, {large:.0f} MB for {many}, {each:.2f} kB a sentence", flush=True)


if __name__ == "__main__":
    main()

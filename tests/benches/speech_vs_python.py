#!/usr/bin/env python3
"""The default voice in Rust against the Python package it comes from, on the same text.

    python3 tests/benches/speech_vs_python.py [--text FILE] [--rounds N] [--work DIR] [--min RATIO]

Builds the benchmark `speech`, makes a virtual environment with hibari-tts[fast] (ONNX Runtime, scipy),
and lets both speak FILE (one utterance a line, spoken form; default: the sample articles) in turns, each
with one thread, on one core where the platform can pin. Processor time counts, so other work on the
machine disturbs little; the best of N rounds stands for each. Speech is what the voice spoke: there are no
pauses between the utterances. Prints the ratio and where the time went; fails below RATIO.

The same script run as `--child` is the Python half.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = "hibari-tts[fast]==0.2.1"


def child(text, wav):
    """Speaks the lines of `text` and prints what it took."""
    import numpy
    from hibari import Hibari, dsp
    from hibari.tts import write_wav

    tts = Hibari()
    lines = [line for line in text.read_text(encoding="utf-8").splitlines() if line.strip()]
    tts("Warm up.")
    split, sound, clock = [0.0, 0.0, 0.0], [], time.perf_counter
    start = time.process_time()
    for line in lines:
        a = clock()
        phonemes = tts.phonemize(line)
        b = clock()
        split[0] += b - a
        for part in phonemes:
            a = clock()
            ids = numpy.asarray([tts.ids(part)], numpy.int64)
            out = tts.sess.run(None, {"ids": ids, "speed": numpy.asarray([1.0], numpy.float32)})
            b = clock()
            sound.append(dsp.synth(*(o[0] for o in out), numpy.random.default_rng(1)))
            split[1] += b - a
            split[2] += clock() - b
    cpu = time.process_time() - start
    names = ("phonemes", "network", "signal")
    report = {"speech": sum(map(len, sound)) / 24000, "cpu": cpu, **dict(zip(names, split))}
    print(json.dumps(report))
    if wav:
        gap, at, segments, out = numpy.zeros(6000, numpy.float32), 0, [], []
        for line, clip in zip(lines, sound):
            times = {"start_ms": at // 24, "end_ms": (at + len(clip)) // 24}
            segments.append({"text": line, "spoken": line, **times})
            out += [clip, gap]
            at += len(clip) + len(gap)
        write_wav(wav, numpy.concatenate(out))
        report = {"segments": segments, "coverage": {"unaccounted_words": 0}}
        pathlib.Path(wav + ".json").write_text(json.dumps(report), encoding="utf-8")


def environment(work):
    """A Python that has the package."""
    python = work / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(work / "venv")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", PACKAGE], check=True)
    return python


def pack(python):
    """The folder with the voice's files, inside the package."""
    where = "import hibari.tts; print(hibari.tts.ASSETS)"
    return subprocess.run([str(python), "-c", where], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def benchmark():
    """The Rust benchmark's program, freshly built."""
    command = ["cargo", "build", "--release", "--bench", "speech", "--message-format=json"]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE).stdout
    messages = [json.loads(line) for line in out.splitlines()]
    found = [m["executable"] for m in messages if m.get("target", {}).get("name") == "speech"]
    return next(path for path in found if path)


def samples(work):
    """The sample articles in spoken form, one utterance a line."""
    root = HERE.parents[1]
    command = ["cargo", "run", "--release", "--quiet", "--", "read", "--format", "spoken", "articles"]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=root).stdout
    text = work / "samples.txt"
    text.write_text("".join(f"{line}\n" for line in out.splitlines() if line.strip()), encoding="utf-8")
    return text


def pinned():
    """Runs before each half: one core, one thread."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure(command):
    threads = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RTEN_NUM_THREADS")}
    preexec = pinned if os.name == "posix" else None
    out = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **threads}, preexec_fn=preexec
    ).stdout
    return json.loads(out.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", type=pathlib.Path, default=HERE.parents[1] / "target" / "speech-vs-python")
    parser.add_argument("--min", type=float, default=0.0)
    parser.add_argument("--wav", type=str, default="")
    parser.add_argument("--child", action="store_true")
    options = parser.parse_args()
    if options.child:
        return child(options.text, options.wav)

    options.work.mkdir(parents=True, exist_ok=True)
    python = environment(options.work)
    text = str(options.text or samples(options.work))
    halves = {
        "python": [str(python), __file__, "--child", "--text", text, "--wav", options.wav],
        "rust": [benchmark(), pack(python), text],
    }
    best = {}
    for _ in range(options.rounds):
        for name, command in halves.items():
            result = measure(command)
            if name not in best or result["cpu"] / result["speech"] < best[name]["cpu"] / best[name]["speech"]:
                best[name] = result
    for name, r in best.items():
        speed = r["speech"] / r["cpu"]
        parts = ", ".join(f"{part} {r[part]:.2f}" for part in ("phonemes", "network", "signal"))
        print(f"{name:6} {r['speech']:7.1f} s of speech in {r['cpu']:.2f} s: {speed:5.1f}x ({parts})")
    rust, other = (best[name]["speech"] / best[name]["cpu"] for name in ("rust", "python"))
    print(f"ratio  {rust / other:.2f}")
    sys.exit(rust / other < options.min)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The same phoneme ids through the Python package and through aloud: do they say the same?

    python3 tests/parity/against_python.py [--work DIR] [--text FILE]

A development check, not part of `cargo test`. Reads the sentences of tests/parity/sentences.txt into ids with
aloud, feeds those ids to both networks and compares: frame counts equal on at least 18 of 20 sentences and
within 2 on the rest; where they are equal, f0 and the log magnitudes within the tolerances below. Then the
signal processing by itself: aloud's samples against the package's `dsp.synth` on aloud's own network output
(the noise is random on both sides, so the long-term spectra are compared).
"""

import argparse
import importlib.util
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
BINS = 601
# Tolerances. The networks run in 8 bits; the two runtimes round their sums differently.
VOICING = 0.02  # share of frames voiced on one side only
F0 = 0.01  # median relative difference where both are voiced
MAGNITUDE_DB = 1.0  # median absolute difference of the three log magnitudes, where above -60 dB
SPECTRUM_DB = 1.0  # largest difference of the long-term spectrum in any third of an octave
LEVEL_DB = 0.2  # difference in loudness (root mean square)


def compare(work, text):
    """Runs in the package's environment."""
    import numpy
    from hibari import Hibari, dsp

    tts, db = Hibari(), 20 / numpy.log(10)
    lines = text.read_text(encoding="utf-8").splitlines()
    rows = [[int(i) for i in row.split()] for row in (work / "ids.txt").read_text().splitlines()]
    data, at = (work / "frames.bin").read_bytes(), 0
    frames, voicing, pitch, magnitudes, ours_all, theirs_all = [], [], [], [], [], []
    for line, ids in zip(lines, rows):
        count = int.from_bytes(data[at : at + 4], "little")
        at += 4

        def take(n):
            nonlocal at
            out = numpy.frombuffer(data, "<f4", n, at)
            at += 4 * n
            return out

        f0 = take(count)
        spectra = take(count * 5 * BINS).reshape(count, 5, BINS)
        samples = take(count * dsp.HOP)
        feed = {"ids": numpy.asarray([ids], numpy.int64), "speed": numpy.asarray([1.0], numpy.float32)}
        out = [o[0] for o in tts.sess.run(None, feed)]
        frames.append(abs(len(out[5]) - count))
        # The signal processing alone, on the same network output.
        parts = [numpy.ascontiguousarray(spectra[:, i].T) for i in range(5)]
        ours_all.append(samples)
        theirs_all.append(dsp.synth(*parts, f0, numpy.random.default_rng(1)))
        if frames[-1] == 0:
            a, b = f0 > 40, out[5] > 40
            voicing.append(numpy.mean(a != b))
            both = a & b
            pitch += list(abs(f0[both] / out[5][both] - 1))
            for ours, theirs in ((0, 0), (2, 2), (3, 3)):
                x, y = spectra[:, ours].T * db, out[theirs] * db
                magnitudes += list(abs(x - y)[y > -60][::50])
        print(f"{frames[-1]:3d} frames apart of {count:4d}: {line}")
    equal = sum(f == 0 for f in frames)
    ours, theirs = numpy.concatenate(ours_all), numpy.concatenate(theirs_all)

    def thirds(x):
        size = 4096
        blocks = x[: len(x) // size * size].reshape(-1, size) * numpy.hanning(size)
        power = (abs(numpy.fft.rfft(blocks)) ** 2).mean(0)
        edges = 24000 / 2 * 2.0 ** (-numpy.arange(0, 22) / 3)
        bins = (edges / 24000 * size).astype(int)
        return numpy.asarray([10 * numpy.log10(power[b:a].mean()) for a, b in zip(bins, bins[1:])])

    level = abs(10 * numpy.log10((ours**2).mean() / (theirs**2).mean()))
    checks = [
        ("sentences with equal frame counts", equal, equal >= 18),
        ("largest difference in frames", max(frames), max(frames) <= 2),
        ("frames voiced on one side only", numpy.mean(voicing), numpy.mean(voicing) <= VOICING),
        ("f0, median relative difference", numpy.median(pitch), numpy.median(pitch) <= F0),
        ("magnitudes, median difference in dB", numpy.median(magnitudes), numpy.median(magnitudes) <= MAGNITUDE_DB),
        ("spectrum, largest difference in dB", abs(thirds(ours) - thirds(theirs)).max(),
         abs(thirds(ours) - thirds(theirs)).max() <= SPECTRUM_DB),
        ("loudness, difference in dB", level, level <= LEVEL_DB),
    ]  # fmt: skip
    for name, value, good in checks:
        print(f"{'ok  ' if good else 'FAIL'} {name}: {value:.4g}")
    return not all(good for *_, good in checks)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=pathlib.Path, default=HERE / "sentences.txt")
    parser.add_argument("--work", type=pathlib.Path, default=HERE.parents[1] / "target" / "speech-vs-python")
    parser.add_argument("--child", action="store_true")
    options = parser.parse_args()
    if options.child:
        sys.exit(compare(options.work, options.text))

    spec = importlib.util.spec_from_file_location("bench", HERE.parent / "benches" / "speech_vs_python.py")
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    options.work.mkdir(parents=True, exist_ok=True)
    python, program = bench.environment(options.work), bench.benchmark()
    pack = bench.pack(python)
    ids = subprocess.run([program, pack, "--read", str(options.text)], check=True, stdout=subprocess.PIPE).stdout
    (options.work / "ids.txt").write_bytes(ids)
    out = [str(options.work / name) for name in ("ids.txt", "frames.bin")]
    subprocess.run([program, pack, "--ids", *out], check=True)
    child = [str(python), __file__, "--child", "--work", str(options.work), "--text", str(options.text)]
    sys.exit(subprocess.run(child).returncode)


if __name__ == "__main__":
    main()

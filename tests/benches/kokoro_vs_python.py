#!/usr/bin/env python3
"""Kokoro in aloud against the Python package kokoro-onnx, on the same network, text and phonemes' number.

    python3 tests/benches/kokoro_vs_python.py --pack DIR --aloud PROGRAM [--python PYTHON] [--rounds N]

DIR is the installed pack (`aloud voices show kokoro` says where), PYTHON an interpreter that has kokoro-onnx and
onnxruntime. Both speak tests/tools/voice_sentences/en.txt in turns, each with one thread; processor time counts,
the loading of the network included, and the best of N rounds stands for each. Then aloud speaks the same with
one and with two jobs, by the clock. Run as `--child`, this is the Python half.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SENTENCES = (HERE.parent / "tools" / "voice_sentences" / "en.txt").read_text(encoding="utf-8").splitlines()


def child(pack):
    import numpy
    import onnxruntime
    from kokoro_onnx import Kokoro

    start = time.process_time()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(pack / "kokoro.onnx"), options)
    with tempfile.TemporaryDirectory() as work:
        voices = pathlib.Path(work) / "voices.npz"
        styles = numpy.fromfile(pack / "af_heart.bin", "<f4").reshape(510, 1, 256)
        numpy.savez(voices, af_heart=styles)
        kokoro = Kokoro.from_session(session, str(voices))
        seconds = sum(len(kokoro.create(s, "af_heart", trim=False)[0]) for s in SENTENCES) / 24000
    print(json.dumps({"speech": seconds, "cpu": time.process_time() - start}))


def aloud(program, pack, jobs):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        (work / "text.txt").write_text("\n\n".join(SENTENCES) + "\n", encoding="utf-8")
        for other in range(jobs - 1):
            shutil.copy(work / "text.txt", work / f"text{other}.txt")
        environment = dict(os.environ, ALOUD_DATA_DIR=str(pack.parent.parent.parent))
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [program, "build", str(work), "-o", str(work / "out"), "--voice", "kokoro:af_heart"]
        subprocess.run([*command, "--jobs", str(jobs), "--quiet"], check=True, env=environment)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        speech = 0
        for manifest in (work / "out").glob("*/text*.json"):
            segments = json.loads(manifest.read_text(encoding="utf-8"))["segments"]
            speech += sum(s["end_ms"] - s["start_ms"] for s in segments) / 1000
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"speech": speech, "cpu": cpu, "wall": wall}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=pathlib.Path, required=True)
    parser.add_argument("--aloud", default="target/release/aloud")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", action="store_true")
    args = parser.parse_args()
    if args.child:
        return child(args.pack)
    best = {"aloud": 0.0, "kokoro-onnx": 0.0}
    for _ in range(args.rounds):
        ours = aloud(args.aloud, args.pack, 1)
        command = [args.python, __file__, "--child", "--pack", str(args.pack)]
        theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        for name, round_ in (("aloud", ours), ("kokoro-onnx", theirs)):
            best[name] = max(best[name], round_["speech"] / round_["cpu"])
    print({name: f"{speed:.2f}x" for name, speed in best.items()}, f"ratio {best['aloud'] / best['kokoro-onnx']:.2f}")
    speeds = {jobs: max(one["speech"] / one["wall"] for one in [aloud(args.aloud, args.pack, jobs)]) for jobs in (1, 2)}
    print(f"by the clock: 1 job {speeds[1]:.2f}x, 2 jobs {speeds[2]:.2f}x, ratio {speeds[2] / speeds[1]:.2f}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How well voices are understood and how natural they sound, on the same sentences.

    python3 tests/tools/judge_voices.py speak --work DIR [--lang TAG] [--rate N] [--aloud PROGRAM] VOICE...
    python3 tests/tools/judge_voices.py words --work DIR [--lang TAG] --whisper MODEL
    python3 tests/tools/judge_voices.py nature --work DIR

`speak` lets every VOICE (an installed voice's id, or a command line with {text} and {wav} in it) speak
tests/tools/voice_sentences/TAG.txt into DIR/VOICE/. `words` has Whisper recognise them and prints the word error
rate (needs faster-whisper, jiwer, whisper-normalizer, and a model as faster-whisper takes it). `nature` prints
the mean opinion score that DistillMOS estimates, 1 to 5 (needs distillmos and PyTorch). The steps are apart,
since what they need seldom fits in one environment. What is printed goes into the `measured` tables of
voices/*/voice.toml, rounded. The English figures there are by tiny.en, those of other languages by base.
"""

import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata
import wave

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def sentences(args):
    return (HERE / "voice_sentences" / f"{args.lang}.txt").read_text(encoding="utf-8").splitlines()


def speak(args):
    texts = sentences(args)
    for voice in args.voice:
        folder = args.work / voice.split()[0].replace(":", "_").replace("/", "_")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if "{wav}" in voice:
            for i, sentence in enumerate(texts):
                values = {"text": sentence, "wav": str(folder / f"s{i:02}.wav")}
                subprocess.run([part.format(**values) for part in voice.split()], check=True)
        else:
            with tempfile.TemporaryDirectory() as work:
                work = pathlib.Path(work)
                for i, sentence in enumerate(texts):
                    (work / f"s{i:02}.txt").write_text(sentence + "\n", encoding="utf-8")
                command = [args.aloud, "build", str(work), "-o", str(work / "out"), "--voice", voice, "--quiet"]
                command += ["--lang", args.lang] + (["--rate", args.rate] if args.rate else [])
                subprocess.run(command, check=True)
                for i in range(len(texts)):
                    shutil.copy(work / "out" / f"s{i:02}" / f"s{i:02}.wav", folder)
        print(f"{voice}: {len(texts)} sentences in {folder}")


def words(args):
    import jiwer
    from faster_whisper import WhisperModel
    from whisper_normalizer.english import EnglishTextNormalizer

    texts = sentences(args)
    plain = EnglishTextNormalizer() if args.lang == "en" else bare
    model = WhisperModel(args.whisper, device="cpu", compute_type="int8", local_files_only=True)
    for folder in folders(args.work):
        heard = []
        for i in range(len(texts)):
            segments, _ = model.transcribe(
                str(folder / f"s{i:02}.wav"), language=args.lang, temperature=0.0, condition_on_previous_text=False
            )
            heard.append(plain(" ".join(s.text for s in segments)))
        wanted = [plain(s) for s in texts]
        print(f"{folder.name}: {100 * jiwer.wer(wanted, heard):.1f}% of {sum(len(w.split()) for w in wanted)} words")


def bare(text):
    """Words without case and punctuation; marks of Indic vowels are letters here, as they are not to Whisper's own."""
    text = unicodedata.normalize("NFC", text.lower())
    return " ".join("".join(" " if unicodedata.category(c)[0] in "PSZ" else c for c in text).split())


def nature(args):
    import distillmos
    import numpy
    import torch
    import torchaudio

    model = distillmos.ConvTransformerSQAModel()
    model.eval()
    for folder in folders(args.work):
        scores = []
        for file in sorted(folder.glob("*.wav")):
            with wave.open(str(file)) as sound:
                rate = sound.getframerate()
                samples = numpy.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32768
            samples = torch.from_numpy(samples.astype("float32"))[None]
            with torch.no_grad():
                scores.append(model(torchaudio.functional.resample(samples, rate, 16000)).item())
        print(f"{folder.name}: {statistics.mean(scores):.2f} (lowest {min(scores):.2f}) of {len(scores)} sentences")


def folders(work):
    found = sorted(folder for folder in work.iterdir() if (folder / "s00.wav").is_file())
    return found or sys.exit(f"{work}: nothing was spoken there")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(required=True)
    for step in (speak, words, nature):
        own = steps.add_parser(step.__name__)
        own.set_defaults(run=step)
        own.add_argument("--work", type=pathlib.Path, required=True)
        own.add_argument("--lang", default="en")
        if step is speak:
            own.add_argument("--aloud", default=str(ROOT / "target/release/aloud"))
            own.add_argument("--rate")
            own.add_argument("voice", nargs="+")
        if step is words:
            own.add_argument("--whisper", required=True)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()

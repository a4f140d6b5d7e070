#!/usr/bin/env python3
"""usage: check_output.py OUTPUT ARTICLES

Checks what `aloud build` wrote, with the standard library alone and knowing nothing of aloud's code:
every article is written, every file is whole and has the hash that its manifest gives, times are in
order and inside the audio, and every word is accounted for. Exit 1 with a line for each finding.
"""
import hashlib
import json
import pathlib
import re
import sys
import wave

output, articles = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
findings = []
report = json.loads((output / "report.json").read_text())
expected = [p for p in articles.rglob("*") if p.is_file() and not p.name.startswith(".")]
written = [a for a in report["articles"] if a["outcome"] == "written"]
if len(written) != len(expected) or not written:
    findings.append(f"{len(expected)} articles, {len(written)} written")
for article in written:
    folder = output / article["slug"]
    manifest = json.loads((folder / f"{article['slug']}.json").read_text())
    name = manifest["source"]
    for file in manifest["files"]:
        data = (folder / file["path"]).read_bytes()
        if len(data) != file["bytes"] or hashlib.sha256(data).hexdigest() != file["sha256"]:
            findings.append(f"{name}: {file['path']} differs from its manifest")
    with wave.open(str(folder / f"{article['slug']}.wav")) as audio:
        length = audio.getnframes() * 1000 / audio.getframerate()
        frames = audio.readframes(audio.getnframes())
        if (audio.getnchannels(), audio.getsampwidth()) != (1, 2):
            findings.append(f"{name}: not 16 bit mono")
        if len(frames) != 2 * audio.getnframes() or not any(frames):
            findings.append(f"{name}: cut short or silent")
    if abs(length - manifest["duration_ms"]) > 1:
        findings.append(f"{name}: {length} ms of audio, the manifest says {manifest['duration_ms']}")
    coverage = manifest["coverage"]
    if coverage["unaccounted_words"] != 0 or coverage["spoken_words"] == 0:
        findings.append(f"{name}: coverage {coverage}")
    end = 0
    for segment in manifest["segments"]:
        times = [segment["start_ms"], segment["end_ms"]]
        for word in segment["words"]:
            times[-1:-1] = [word["start_ms"], word["end_ms"]]
        inside = all(segment["start_ms"] <= t <= segment["end_ms"] for t in times)
        if segment["start_ms"] < end or segment["end_ms"] > length + 1 or not inside:
            findings.append(f"{name}: times of {segment['id']} are out of order: {times}")
        end = segment["end_ms"]
        if re.search(r"[0-9@#$%&*_<>{}\[\]|\\^~]", segment["spoken"]):
            findings.append(f"{name}: not words: {segment['spoken']}")
    captions = (folder / f"{article['slug']}.vtt").read_text()
    if not captions.startswith("WEBVTT") or captions.count("-->") != len(manifest["segments"]):
        findings.append(f"{name}: captions do not match the segments")
print("\n".join(findings) or f"{len(written)} articles: whole, timed, every word accounted for")
sys.exit(bool(findings))

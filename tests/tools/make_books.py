"""Writes the fixtures of EPUB and DOCX, which are archives and cannot be edited as text.

    python3 tests/tools/make_books.py

The same bytes on every run.
"""

import pathlib
import zipfile

ROOT = pathlib.Path(__file__).parent.parent / "fixtures" / "read"

EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>""",
    "OPS/package.opf": """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:0</dc:identifier>
    <dc:title>Harbour Tales</dc:title>
    <dc:creator>Iris Holm</dc:creator>
    <dc:language>en-GB</dc:language>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
    <item id="c1" href="text/storm.xhtml" media-type="application/xhtml+xml"/>
    <item id="c2" href="text/calm.xhtml" media-type="application/xhtml+xml"/>
  </manifest>
  <spine>
    <itemref idref="cover"/><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/>
  </spine>
</package>""",
    "OPS/nav.xhtml": """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Contents</title></head>
<body><nav epub:type="toc"><h1>Contents</h1><ol>
  <li><a href="text/storm.xhtml">1. The Storm</a></li>
  <li><a href="text/calm.xhtml">2. The Calm</a></li>
</ol></nav></body></html>""",
    "OPS/cover.xhtml": """<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>
<body><img src="cover.jpg" alt="Harbour Tales"/></body></html>""",
    "OPS/text/storm.xhtml": """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title/><script src="x.js"/></head>
<body>
<section epub:type="chapter">
<h1>The Storm</h1>
<p>It blew for three days<a epub:type="noteref" href="#n1">1</a>, and on the fourth<a id="p12"/> it blew harder.</p>
<p>Nobody went <i>near</i> the jetty.<span epub:type="pagebreak" id="page13" title="13">13</span></p>
<aside epub:type="footnote" id="n1"><p>By the harbour clock.</p></aside>
</section>
</body></html>""",
    "OPS/text/calm.xhtml": """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en-GB"><head><title>Calm</title></head>
<body>
<p>Then it stopped.</p>
<p xml:lang="fr">Enfin, le calme.</p>
</body></html>""",
}

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def style(identifier, name, more=""):
    return f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{more}</w:style>'


def paragraph(text, style="", properties=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{style}{properties}</w:pPr>" if style or properties else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>\n'


def item(text, level=0):
    return paragraph(text, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def cell(text):
    return f"<w:tc>{paragraph(text)}</w:tc>"


DOCX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Draft 3</dc:title><dc:creator>Maren Lund</dc:creator>'
    "</cp:coreProperties>",
    "word/styles.xml": f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr>"
    "</w:rPrDefault></w:docDefaults>"
    + style("Titel", "Title")
    + style("berschrift1", "heading 1")
    + style("Zitat", "Quote")
    + style("Beschriftung", "caption")
    + style("Verzeichnis1", "toc 1")
    + "</w:styles>",
    "word/numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    "word/document.xml": f"<w:document {W}><w:body>\n"
    + paragraph("How to moor a ferry", "Titel")
    + paragraph("Before you start 2", "Verzeichnis1")
    + paragraph("Before you start", "berschrift1")
    + '<w:p><w:r><w:t xml:space="preserve">Read this </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>be</w:t></w:r>'
    '<w:r><w:t xml:space="preserve">fore 6 a.m., when the tide turns.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
    '<w:del><w:r><w:delText>Never mind.</w:delText></w:r></w:del></w:p>\n'
    + item("Slow down to 4 knots.")
    + item("Look behind you", 1)
    + item("Throw the line.")
    + paragraph("A line that is thrown twice is thrown badly.", "Zitat")
    + f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Pier')}{cell('Depth')}</w:tr><w:tr>{cell('North')}{cell('9 m')}</w:tr></w:tbl>\n"
    + paragraph("Table 1: depths at low water", "Beschriftung")
    + "</w:body></w:document>",
    "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="1">'
    + paragraph("Local time.").strip()
    + "</w:footnote></w:footnotes>",
}


def write(path, entries):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


write(ROOT / "epub" / "input.epub", EPUB)
write(ROOT / "docx" / "input.docx", DOCX)

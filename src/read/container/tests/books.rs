//! EPUB and DOCX.

use super::*;

pub(super) const CONTAINER: &str = "<?xml version=\"1.0\"?><container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
    <rootfiles><rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";

const OPF: &str = "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\">\
    <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Harbour Tales</dc:title><dc:creator>Iris Holm</dc:creator>\
    <dc:language>en-GB</dc:language><dc:date>2023-10-01</dc:date></metadata><manifest>\
    <item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>\
    <item id=\"cov\" href=\"text/cover.xhtml\" media-type=\"application/xhtml+xml\"/>\
    <item id=\"c1\" href=\"text/ch%201.xhtml\" media-type=\"application/xhtml+xml\"/>\
    <item id=\"c2\" href=\"text/ch2.xhtml\" media-type=\"application/xhtml+xml\"/>\
    <item id=\"n\" href=\"text/notes.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
    <spine><itemref idref=\"cov\"/><itemref idref=\"nav\"/><itemref idref=\"c1\"/><itemref idref=\"c2\"/>\
    <itemref idref=\"n\" linear=\"no\"/></spine></package>";

const NAV: &str = "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"><body>\
    <nav epub:type=\"toc\"><ol><li><a href=\"text/ch%201.xhtml\">1. The <i>Storm</i></a></li>\
    <li><a href=\"text/ch2.xhtml#s\">The Calm</a></li></ol></nav></body></html>";

const ONE: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" \
    xmlns:epub=\"http://www.idpf.org/2007/ops\"><head><title/></head>\n<body><h1>The Storm</h1>\n<p>It blew<a id=\"p1\"/> \
    for <i>three</i> days.<span epub:type=\"pagebreak\" title=\"12\">12</span></p></body></html>";

const TWO: &str = "<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"fr\"><body><p>Le calme.</p></body></html>";

fn book(changes: &[(&str, &str)]) -> Vec<u8> {
    let mut entries = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", OPF),
        ("OEBPS/nav.xhtml", NAV),
        ("OEBPS/text/cover.xhtml", "<html><body><img src=\"c.jpg\"/></body></html>"),
        ("OEBPS/text/ch 1.xhtml", ONE),
        ("OEBPS/text/ch2.xhtml", TWO),
        ("OEBPS/text/notes.xhtml", "<html><body><p>N.</p></body></html>"),
    ];
    for (name, content) in changes {
        entries.retain(|(n, _)| n != name);
        if !content.is_empty() {
            entries.push((name, content));
        }
    }
    zip(&entries)
}

#[test]
fn every_document_of_the_reading_order_is_a_chapter() {
    let (_folder, found) = found("Harbour Tales.epub", book(&[]), false);
    assert_eq!(names(&found), ["ch-1", "ch2"]);
    assert_eq!(
        skipped(&found),
        [
            "Harbour Tales.epub#cover: the cover",
            "Harbour Tales.epub#nav: the table of contents",
            "Harbour Tales.epub#notes: outside the reading order",
        ]
    );
    let one = article(&found.sources[0]);
    assert_eq!(blocks(&one), ["title: The Storm", "paragraph: It blew for three days."]);
    assert_eq!(removed(&one), ["page-number: 12"]);
    assert_eq!(one.meta.title.as_deref(), Some("1. The Storm"));
    assert_eq!(one.meta.slug.as_deref(), Some("Harbour Tales-1-the-storm"));
    assert_eq!(one.meta.byline.as_deref(), Some("Iris Holm"));
    assert_eq!(one.meta.language.as_deref(), Some("en-GB"));
    assert_eq!(lines(&one), [4, 5], "lines of the chapter's own file");
    let two = article(&found.sources[1]);
    assert_eq!(blocks(&two), ["+title: The Calm", "paragraph: Le calme."]);
    assert_eq!(two.meta.language.as_deref(), Some("fr"));
}

#[test]
fn an_older_book_has_an_ncx_and_a_guide() {
    let opf = OPF
        .replace(" properties=\"nav\"", "")
        .replace("</manifest>", "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/></manifest>")
        .replace("</package>", "<guide><reference type=\"toc\" href=\"nav.xhtml\"/></guide></package>");
    let ncx = "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navMap><navPoint><navLabel><text>The Gale</text></navLabel>\
        <content src=\"text/ch%201.xhtml\"/><navPoint><navLabel><text>Below</text></navLabel><content src=\"text/ch%201.xhtml#b\"/>\
        </navPoint></navPoint></navMap></ncx>";
    let (_folder, found) =
        found("b.epub", book(&[("OEBPS/book.opf", &opf), ("OEBPS/toc.ncx", ncx)]), true);
    assert_eq!(names(&found), ["ch-1", "ch2"]);
    assert_eq!(article(&found.sources[0]).meta.title.as_deref(), Some("The Gale"));
}

#[test]
fn books_that_cannot_be_read() {
    let encryption = "<encryption><EncryptedData><CipherData><CipherReference URI=\"OEBPS/text/ch2.xhtml\"/></CipherData>\
        </EncryptedData></encryption>";
    let entities = "<!DOCTYPE p [<!ENTITY a \"b\">]><package/>";
    for (changes, says) in [
        (vec![("META-INF/container.xml", "")], "no META-INF/container.xml"),
        (vec![("OEBPS/book.opf", "")], "OEBPS/book.opf is missing"),
        (vec![("OEBPS/book.opf", "<package><a>")], "OEBPS/book.opf"),
        (vec![("OEBPS/book.opf", "<package/>")], "no reading order"),
        (vec![("META-INF/encryption.xml", encryption)], "is encrypted"),
        (vec![("OEBPS/book.opf", entities)], "declares entities"),
    ] {
        let (_folder, found) = found("b.epub", book(&changes), true);
        assert!(failures(&found)[0].contains(says), "{says}: {:?}", failures(&found));
    }
    let whole = book(&[]);
    let (_folder, found) = found("b.epub", &whole[..whole.len() / 2], true);
    assert!(failures(&found)[0].contains("damaged"), "{:?}", failures(&found));
    let (_folder, found) = super::found("b.epub", book(&[("OEBPS/text/ch2.xhtml", "")]), true);
    assert!(skipped(&found).iter().any(|s| s.ends_with("ch2: missing from the archive")));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = " ".repeat(65 * 1024 * 1024);
    let (_folder, found) = found("b.epub", book(&[("OEBPS/text/ch2.xhtml", &zeros)]), true);
    let error = load(found.sources.last().expect("a chapter")).expect_err("a bomb").to_string();
    assert!(error.contains("expands to more than 64 MiB"), "{error}");
    let (_folder, found) = super::found("b.epub", book(&[("OEBPS/book.opf", &zeros)]), true);
    assert!(failures(&found)[0].contains("expands to more than"), "{:?}", failures(&found));
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A document of these body elements.
pub(super) fn document(body: &str) -> Vec<u8> {
    let styles = format!(
        "<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Eigene\"><w:name w:val=\"My heading\"/><w:basedOn w:val=\"berschrift1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Beschriftung\"><w:name w:val=\"caption\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"V1\"><w:name w:val=\"toc 1\"/></w:style></w:styles>"
    );
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>The note itself.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let core = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\"><dc:title>Stale</dc:title>\
        <dc:creator>Iris Holm</dc:creator><dcterms:created>2024-01-02T03:04:05Z</dcterms:created></cp:coreProperties>";
    let document = format!(
        "<?xml version=\"1.0\"?><w:document {W} xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>{body}</w:body></w:document>"
    );
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        ("docProps/core.xml", core),
        ("word/styles.xml", &styles),
        ("word/numbering.xml", &numbering),
        ("word/document.xml", &document),
        ("word/footnotes.xml", &notes),
    ])
}

fn paragraph(style: &str, text: &str) -> String {
    let style = if style.is_empty() {
        String::new()
    } else {
        format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")
    };
    format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_document_becomes_typed_blocks() {
    let item = |level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        paragraph("Titel", "The night ferry"),
        paragraph("V1", "Contents 3"),
        paragraph("berschrift1", "Leaving"),
        "<w:p><w:r><w:t xml:space=\"preserve\">Un</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>break</w:t></w:r><w:r><w:t>able &amp; </w:t>\
         <w:tab/><w:t>on</w:t><w:noBreakHyphen/><w:t>board.</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>\
         <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
            .to_owned(),
        paragraph("Eigene", "Arriving"),
        item(0, "first"),
        item(1, "inner"),
        item(0, "second"),
        paragraph("Zitat", "We are late."),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Port</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Hour</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            .to_owned(),
        paragraph("Beschriftung", "Table 1: hours"),
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr id=\"1\" descr=\"A lamp\"/></w:drawing><w:txbxContent><w:p><w:r>\
         <w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>"
            .to_owned(),
    ]
    .concat();
    let (_folder, found) = found("letter.docx", document(&body), false);
    assert_eq!(found.sources.len(), 1);
    let article = article(&found.sources[0]);
    assert_eq!(
        blocks(&article),
        [
            "title: The night ferry",
            "h2: Leaving",
            "paragraph: Unbreakable & on-board.",
            "h2: Arriving",
            "item3: first",
            "-item: inner",
            "item4: second",
            "quote: We are late.",
            "table-row: Port\tHour",
            "table-row: \t9",
            "caption: Table 1: hours",
            "+image: A lamp",
            "paragraph: In a box.",
            "note: The note itself.",
        ]
    );
    let mut gone = removed(&article);
    gone.sort();
    assert_eq!(gone, ["hidden: unseen", "table-of-contents: Contents 3", "tracked-change: moved"]);
    assert_eq!(article.meta.title.as_deref(), Some("The night ferry"));
    assert_eq!(article.meta.byline.as_deref(), Some("Iris Holm"));
    assert_eq!(article.meta.date.as_deref(), Some("2024-01-02T03:04:05Z"));
    assert_eq!(article.meta.language.as_deref(), Some("en-GB"));
    assert_eq!(lines(&article)[..4], [1, 3, 4, 5], "paragraphs are counted");
}

#[test]
fn a_document_without_styles_and_a_damaged_one() {
    let body = paragraph("", "Only words, and more of them.");
    let content = document(&body);
    let (_folder, found) = found("a.docx", content.clone(), true);
    assert_eq!(
        blocks(&article(&found.sources[0])),
        ["+title: Stale", "paragraph: Only words, and more of them.", "note: The note itself."]
    );
    let bad = document("<w:p><w:r>");
    let (_folder, found) = super::found("a.docx", bad, true);
    let error = load(&found.sources[0]).expect_err("damaged").to_string();
    assert!(error.contains("word/document.xml") && error.contains("damaged"), "{error}");
}

/// One container of each format.
pub(super) fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let export = include_bytes!("../../../../tests/fixtures/read/wordpress-export/input.xml");
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>T</title><content type='xhtml'>\
        <div><p>A <b>word</b>.<a/></p></div></content></entry><entry><id>2</id><content>Plain.\n\nText.</content></entry></feed>";
    let json = r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_html":"<p>a</p>"}]}"#;
    vec![
        ("export.xml", export.to_vec()),
        ("feed.atom", atom.as_bytes().to_vec()),
        ("feed.json", json.as_bytes().to_vec()),
        ("book.epub", book(&[])),
        ("letter.docx", document(&paragraph("", "Words."))),
    ]
}

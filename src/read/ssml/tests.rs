use super::*;
use crate::{
    model::Format,
    read::tests::{blocks, removed, warnings},
};

fn read(text: &str) -> Article {
    let source = SourceText::new(text, Format::Ssml, String::new());
    super::read(source)
        .unwrap_or_else(|(line, column, reason)| panic!("{text}: {line}:{column}: {reason}"))
}

/// The marks of a block as `text: kind`.
fn marks(block: &Block) -> Vec<String> {
    let text = block.text.as_str();
    block.text.marks().iter().map(|m| format!("{}: {:?}", &text[m.range.clone()], m.kind)).collect()
}

#[test]
fn paragraphs_and_what_is_outside_of_them() {
    let article = read(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE speak PUBLIC \"-//W3C//DTD SYNTHESIS 1.0//EN\" \"http://www.w3.org/TR/x.dtd\">\n\
         <speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"en-GB\">\n\
         <meta name=\"title\" content=\"A title\"/><metadata><x:y xmlns:x=\"urn:x\">no</x:y></metadata>\n\
         Before.\n<p>One &amp;\n two.</p><p xml:lang=\"fr\"><![CDATA[Trois <x>]]></p> After.\n</speak>",
    );
    assert_eq!(
        blocks(&article),
        [
            "paragraph: Before.",
            "paragraph: One & two.",
            "paragraph: Trois <x>",
            "paragraph: After."
        ]
    );
    assert_eq!(article.meta.language.as_deref(), Some("en-GB"));
    assert_eq!(article.meta.title.as_deref(), Some("A title"));
    assert_eq!(article.blocks[2].language.as_deref(), Some("fr"));
    assert!(article.warnings.is_empty(), "{:?}", article.warnings);
}

#[test]
fn elements_become_marks() {
    for (body, expected) in [
        ("<sub alias=\"doctor\">Dr</sub> Bo", vec!["Dr: Reading(Alias(\"doctor\"))"]),
        ("<phoneme ph=\"boʊ\">Bo</phoneme>", vec!["Bo: Reading(Ipa(\"boʊ\"))"]),
        (
            "<say-as interpret-as=\"date\" format=\"mdy\">3/4/2026</say-as>",
            vec!["3/4/2026: Reading(As { kind: \"date\", format: Some(\"mdy\") })"],
        ),
        ("<s>One. Two</s>", vec!["One. Two: Sentence"]),
        (
            "<emphasis level=\"strong\">so</emphasis> <emphasis>it</emphasis>",
            vec!["so: Strong", "it: Emphasis"],
        ),
        (
            "a<break time=\"1.5s\"/> b<break/> c<break strength=\"none\"/>",
            vec!["a: Pause(1500)", "b: Pause(400)", "c: Pause(0)"],
        ),
        (
            "<mark name=\"x\"/>a <w>b</w> <token role=\"x:NN\" xmlns:x=\"urn:x\">c</token><mark name=\"y\"/>",
            vec!["a: Place { name: \"x\", after: false }", "c: Place { name: \"y\", after: true }"],
        ),
    ] {
        let article = read(&format!("<speak>{body}</speak>"));
        assert_eq!(marks(&article.blocks[0]), expected, "{body}");
    }
}

#[test]
fn manners_reach_over_paragraphs() {
    let article = read(
        "<speak><voice name=\"Kim\" xml:lang=\"en-GB\"><p>One <prosody rate=\"slow\" pitch=\"+12st\">two <prosody rate=\"50%\">three</prosody></prosody></p><p>four</p></voice></speak>",
    );
    let manners = |block: &Block| -> Vec<(String, Manner)> {
        let text = block.text.as_str();
        let own = |m: &crate::model::TextMark| match &m.kind {
            MarkKind::Manner(manner) => Some((text[m.range.clone()].to_owned(), manner.clone())),
            _ => None,
        };
        block.text.marks().iter().filter_map(own).collect()
    };
    let [three, two, one] = &manners(&article.blocks[0])[..] else {
        panic!("{:?}", article.blocks[0])
    };
    assert_eq!((three.0.as_str(), three.1.prosody.rate), ("three", Some(0.375)));
    assert_eq!(
        (two.0.as_str(), two.1.prosody.rate, two.1.prosody.pitch),
        ("two three", Some(0.75), Some(2.0))
    );
    assert_eq!((one.0.as_str(), one.1.voice.as_deref()), ("One two three", Some("Kim")));
    let [four] = &manners(&article.blocks[1])[..] else { panic!("{:?}", article.blocks[1]) };
    assert_eq!((four.0.as_str(), four.1.language.as_deref()), ("four", Some("en-GB")));
}

#[test]
fn a_pause_between_paragraphs_belongs_to_the_one_before() {
    let article =
        read("<speak><break time=\"1s\"/><p>One.</p><break time=\"2s\"/><p>Two.</p></speak>");
    assert_eq!(marks(&article.blocks[0]), [".: Pause(2000)"]);
    assert_eq!(warnings(&article), ["ssml-break"]);
}

#[test]
fn a_recording_is_spoken_as_what_stands_for_it() {
    let article = read("<speak>Hear <audio src=\"a.wav\"><desc>a bell</desc></audio> now.</speak>");
    assert_eq!(blocks(&article), ["paragraph: Hear a bell now."]);
    assert_eq!(warnings(&article), ["ssml-audio"]);
    let article =
        read("<speak>Hear <audio src=\"a.wav\"><desc>a bell</desc>ding dong</audio> now.</speak>");
    assert_eq!(blocks(&article), ["paragraph: Hear ding dong now."]);
    assert_eq!(removed(&article), ["audio-description: a bell"]);
}

#[test]
fn what_aloud_cannot_do_is_a_warning() {
    for (body, code) in [
        ("<prosody contour=\"(0%,+20Hz)\">a</prosody>", "ssml-prosody"),
        ("<prosody pitch=\"220Hz\">a</prosody>", "ssml-prosody"),
        ("<prosody rate=\"900%\">a</prosody>", "ssml-limit"),
        ("<phoneme alphabet=\"x-arpabet\" ph=\"a\">a</phoneme>", "ssml-phoneme"),
        ("<amazon:effect name=\"whispered\">a</amazon:effect>", "ssml-unknown"),
        ("<x:y xmlns:x=\"urn:x\">a</x:y>", "ssml-unknown"),
        ("a<break time=\"99s\"/>", "ssml-limit"),
    ] {
        let article = read(&format!("<speak>\n{body}</speak>"));
        assert_eq!(warnings(&article), [code], "{body}");
        assert_eq!(article.warnings[0].line, Some(2), "{body}");
        assert_eq!(blocks(&article), ["paragraph: a"], "{body}");
    }
}

#[test]
fn what_is_no_ssml_is_an_error_with_its_place() {
    for (text, place, reason) in [
        ("<speak>\n <p>a</speak>", (2, 6), "expected `</p>`"),
        ("<speak>a", (1, 1), "<speak> is not closed"),
        ("<speech>a</speech>", (1, 1), "begins with <speak>"),
        ("<speak version=\"2.0\">a</speak>", (1, 1), "version=\"2.0\" is not known"),
        ("<speak>\n<h1>a</h1></speak>", (2, 1), "<h1> is no element of SSML 1.1"),
        ("<speak><sub>a</sub></speak>", (1, 8), "<sub> needs alias"),
        ("<speak><phoneme>a</phoneme></speak>", (1, 8), "<phoneme> needs ph"),
        ("<speak><say-as>a</say-as></speak>", (1, 8), "<say-as> needs interpret-as"),
        ("<speak><lang>a</lang></speak>", (1, 8), "<lang> needs xml:lang"),
        ("<speak><voice>a</voice></speak>", (1, 8), "names no voice"),
        ("<speak><mark/>a</speak>", (1, 8), "<mark> needs name"),
        ("<speak><prosody>a</prosody></speak>", (1, 8), "changes nothing"),
        ("<speak><prosody rate=\"quick\">a</prosody></speak>", (1, 8), "is no value of rate"),
        ("<speak><break time=\"5\"/>a</speak>", (1, 8), "is no time"),
        ("<speak><break strength=\"huge\"/>a</speak>", (1, 8), "is none of"),
        ("<speak><break>a</break></speak>", (1, 15), "<break> has no text"),
        ("<speak><p><p>a</p></p></speak>", (1, 11), "<p> may not stand inside of <p>"),
        ("<speak><s><p>a</p></s></speak>", (1, 11), "<p> may not stand inside of <s>"),
        (
            "<speak><sub alias=\"b\"><s>a</s></sub></speak>",
            (1, 23),
            "<s> may not stand inside of <sub>",
        ),
        ("<speak><desc>a</desc></speak>", (1, 8), "<desc> stands only in <audio>"),
        ("<speak>a &nbsp; b</speak>", (1, 10), "the entity &nbsp; is not known"),
        ("<speak><emphasis level=\"loud\">a</emphasis></speak>", (1, 8), "level=\"loud\""),
    ] {
        let source = SourceText::new(text, Format::Ssml, String::new());
        let (line, column, found) = super::read(source).expect_err(text);
        assert!(found.contains(reason), "{text}: {found}");
        assert_eq!((line, column), place, "{text}: {found}");
    }
}

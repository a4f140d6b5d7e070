use proptest::prelude::*;

use super::*;

fn toml(text: &str) -> Lexicon {
    Lexicon::parse("lexicon.toml", text).expect("a valid lexicon")
}

/// What is found: the text, and what it is said as.
fn found(lexicon: &str, text: &str, language: &str) -> Vec<(String, String)> {
    let lexicons = Lexicons::new(vec![Arc::new(toml(lexicon))]);
    let said = |entry: &Entry| entry.say.clone().or(entry.ipa.clone()).unwrap_or_default();
    find::find(&lexicons, text, language)
        .iter()
        .map(|found| (text[found.range.clone()].to_owned(), said(found.entry)))
        .collect()
}

/// The messages of all findings, with their places and codes.
fn findings(name: &str, text: &str) -> Vec<String> {
    let (_, findings) = Lexicon::read(name, text);
    findings.iter().map(|f| format!("{}:{} {} {}", f.line, f.column, f.code, f.message)).collect()
}

#[test]
fn matches_and_what_is_none() {
    let names = "\"Phnom Penh\" = \"A\"\n\"Phnom\" = \"B\"\n\"lead\" = \"C\"\n\"C++\" = \"D\"\n\"AT&T\" = \"E\"\n\
        \"Bo\" = \"F\"\n\"sql\" = { say = \"G\", when = { case = \"exact\" } }\n\"NASA\" = { say = \"H\", when = { case = \"any\" } }\n";
    for (text, expected, why) in [
        ("to Phnom Penh by bus", vec!["Phnom Penh"], "the longest"),
        ("to Phnom by bus", vec!["Phnom"], "a shorter one"),
        ("to Phnom  Penh", vec!["Phnom  Penh"], "any white space"),
        ("Phnom Penh’s river", vec!["Phnom Penh’s"], "a possessive"),
        ("Phnom Penh-based", vec!["Phnom Penh-"], "a compound"),
        ("ex-Phnom man", vec!["-Phnom"], "a compound"),
        ("phnom penh", vec![], "capitals are exact"),
        ("Lead and LEAD and lead", vec!["Lead", "LEAD", "lead"], "lower case is any"),
        ("leads", vec!["leads"], "a plural"),
        ("leader, misled", vec![], "not inside of words"),
        ("C++ and AT&T.", vec!["C++", "AT&T"], "marks"),
        ("Bo, Bos and Bo's", vec!["Bo", "Bos", "Bo's"], "forms of a name"),
        ("the Bos' house", vec!["Bos'"], "a possessive of a plural"),
        ("SQL sql", vec!["sql"], "exact though lower case"),
        ("nasa Nasa", vec!["nasa", "Nasa"], "any though in capitals"),
        ("O’Bo and Bo’Lee", vec![], "inside of names with apostrophes"),
        ("www.lead.org a@lead.org @lead x.lead/lead https://a.b/lead", vec![], "addresses"),
        ("lead. Lead", vec!["lead", "Lead"], "the end of a sentence"),
        ("copper/lead", vec!["lead"], "a slash"),
        ("le\u{ad}ad", vec!["le\u{ad}ad"], "soft hyphens"),
    ] {
        let got: Vec<String> = found(names, text, "en").into_iter().map(|(text, _)| text).collect();
        assert_eq!(got, expected, "{text}: {why}");
    }
}

#[test]
fn conditions() {
    let lexicon = "\"record\" = [{ say = \"RECK\", when = { part = \"noun\" } }, { say = \"re-CORD\", when = { part = \"verb\" } }]\n\
        \"Paris\" = { say = \"pah-REE\", when = { language = \"fr\" } }\n\"chat\" = { say = \"british\", when = { language = \"en-GB\" } }\n";
    for (text, language, expected) in [
        ("a record was broken", "en", "RECK"),
        ("they will record it", "en", "re-CORD"),
        ("à Paris", "fr-FR", "pah-REE"),
        ("in Paris", "en", ""),
        ("a chat", "en-GB", "british"),
        ("a chat", "en-US", ""),
        ("a chat", "en", "british"),
    ] {
        let got = found(lexicon, text, language);
        assert_eq!(got.first().map_or("", |(_, said)| said), expected, "{text} ({language})");
    }
}

#[test]
fn the_first_lexicon_wins_but_the_longest_match_wins_over_it() {
    let lexicon = |text: &str| Arc::new(toml(text));
    let article = lexicon("\"Phnom\" = \"own\"\n\"Bo\" = \"own\"");
    let project = lexicon("\"Phnom Penh\" = \"project\"\n\"Bo\" = \"project\"");
    let lexicons = Lexicons::new(vec![article]).before(&Lexicons::new(vec![project]));
    let said: Vec<&str> = find::find(&lexicons, "Bo in Phnom Penh", "en")
        .iter()
        .filter_map(|found| found.entry.say.as_deref())
        .collect();
    assert_eq!(said, ["own", "project"]);
}

#[test]
fn mistakes_in_toml_have_their_place() {
    for (text, expected) in [
        ("\"a\" = \n", "1:"),
        ("a = \"b\"\na = \"c\"", "duplicate key"),
        ("\n\"a\" = 3", "2:7 entry \"a\": this is a number"),
        ("\"a\" = { sya = \"b\" }", "1:9 entry \"a\": \"sya\" is not known"),
        ("Mr.Bo = \"b\"", "words with dots in them are quoted: \"Mr.Bo\""),
        ("\"a\" = { say = \"\" }", "nothing to say"),
        ("\"a\" = []", "an empty list"),
        ("\"a\" = { ipa = \"xyz0\" }", "1:1 ipa-symbol \"a\": '0' in /xyz0/ is no symbol of IPA"),
        ("\"a\" = { ipa = \"aba\" }", "ipa-stress"),
        ("\"?\" = \"b\"", "1:1 never-matches"),
        ("\"\" = \"b\"", "never-matches"),
        ("\"a\" = { say = \"b\", when = { part = \"nuon\" } }", "part is \"noun\""),
        ("\"a\" = { say = \"b\", when = { case = \"x\" } }", "case is \"exact\" or \"any\""),
        ("\"a\" = { say = \"b\", when = { language = \"e n\" } }", "language is a tag"),
        ("\"a b\" = \"c\"\n\"a  b\" = \"d\"", "2:1 duplicate \"a b\": it stands in line 1 already"),
        (
            "\"a\" = \"the b\"\n\"b\" = \"c\"\n\"c\" = \"an a\"",
            "1:1 cycle \"a\": its words lead back to it (a -> b -> c -> a)",
        ),
    ] {
        let all = findings("x.toml", text).join("\n");
        assert!(all.contains(expected), "{text}: {all}");
    }
    let fine = "\"NATO\" = \"the NATO alliance\"\n\"Bo\" = { ipa = \"boʊ\", say = \"bow\" }\n";
    assert!(findings("x.toml", fine).is_empty(), "{:?}", findings("x.toml", fine));
}

fn pls(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lexicon version=\"1.0\" xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\" \
         alphabet=\"ipa\" xml:lang=\"en-US\">\n{body}\n</lexicon>\n"
    )
}

#[test]
fn pls_lexemes() {
    let text = pls(
        "<meta name=\"x\" content=\"y\"/><metadata><x xmlns=\"urn:z\">no</x></metadata>\
         <lexeme><grapheme>Tórrun</grapheme><grapheme>Torrun</grapheme><phoneme>ˈtɔrʊn</phoneme><phoneme>ˈtorun</phoneme></lexeme>\
         <lexeme><grapheme>Vik</grapheme><phoneme>vɪk</phoneme><phoneme prefer=\"true\">viːk</phoneme><alias>veek</alias><example>in Vik</example></lexeme>\
         <lexeme role=\"claws:VVI\"><grapheme>row</grapheme><alias prefer=\"true\">rowe</alias><phoneme>roʊ</phoneme></lexeme>\
         <lexeme><grapheme>W3C</grapheme><alias>World Wide\n Web Consortium</alias></lexeme>",
    );
    let (lexicon, findings) = Lexicon::read("a.pls", &text);
    assert!(findings.is_empty(), "{findings:?}");
    let shown: Vec<_> = lexicon
        .entries()
        .iter()
        .map(|p| (p.entry.written.as_str(), p.entry.ipa.as_deref(), p.entry.say.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            ("Tórrun", Some("ˈtɔrʊn"), None),
            ("Torrun", Some("ˈtɔrʊn"), None),
            ("Vik", Some("viːk"), Some("veek")),
            ("row", None, Some("rowe")),
            ("W3C", None, Some("World Wide Web Consortium")),
        ]
    );
    assert_eq!(lexicon.entries()[3].entry.when.part, Some(crate::model::Part::Verb));
    assert_eq!(lexicon.entries()[0].entry.when.language.as_deref(), Some("en-US"));
    assert_eq!((lexicon.entries()[0].line, lexicon.entries()[0].column), (3, 81));
}

#[test]
fn mistakes_in_pls_have_their_place() {
    let bomb =
        "<!DOCTYPE lexicon [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<lexicon>&b;</lexicon>";
    let outside = "<!DOCTYPE lexicon SYSTEM \"file:///etc/hosts\"><lexicon><lexeme><grapheme>&x;</grapheme></lexeme></lexicon>";
    for (text, expected) in [
        (bomb.to_owned(), "1:1 syntax declarations inside <!DOCTYPE"),
        (outside.to_owned(), "the entity &x; is not known"),
        (
            pls("<lexeme><grapheme></grapheme><alias>b</alias></lexeme>"),
            "3:9 syntax an empty grapheme",
        ),
        (
            pls("<lexeme><grapheme>a</grapheme></lexeme>"),
            "3:1 entry a lexeme without a phoneme or alias",
        ),
        (pls("<lexeme><alias>a</alias></lexeme>"), "a lexeme without a grapheme"),
        (
            pls(
                "<lexeme><grapheme>a</grapheme><phoneme alphabet=\"x-arpabet\">a</phoneme></lexeme>",
            ),
            "phonemes are read in ipa and x-sampa, and this has x-arpabet",
        ),
        (
            pls(
                "<lexeme><grapheme>a</grapheme><phoneme alphabet=\"x-sampa\">a#</phoneme></lexeme>",
            ),
            "'#' in \"a#\" is no symbol of X-SAMPA",
        ),
        (
            pls("<lexeme><grapheme>a</grapheme><phoneme>E#</phoneme></lexeme>"),
            "ipa-symbol \"a\": 'E', '#'",
        ),
        (pls("<entry/>"), "<entry> has no place here"),
        (pls("<lexeme>"), "expected `</lexeme>`"),
        (
            pls("<lexeme role=\"x\"><grapheme>a</grapheme><alias>b</alias></lexeme>"),
            "role the role \"x\" is not known",
        ),
        ("<speak/>".to_owned(), "1:1 syntax <speak> is no lexicon"),
        (
            "<lexicon version=\"1.0\" alphabet=\"ipa\"/>".to_owned(),
            "namespace the namespace is not that of PLS",
        ),
    ] {
        let all = findings("a.pls", &text).join("\n");
        assert!(all.contains(expected), "{text}: {all}");
    }
}

#[test]
fn a_lexicon_with_an_error_is_refused_as_a_whole() {
    let error =
        Lexicon::parse("x.toml", "\"a\" = 1\n\"b\" = 2\n\"c\" = \"d\"").expect_err("two errors");
    let message = error.to_string();
    assert!(message.starts_with("lexicon x.toml:1:7: \"a\""), "{message}");
    assert!(message.ends_with("(and 1 more: `aloud lexicon check` shows them)"), "{message}");
}

#[test]
fn fifty_thousand_entries_are_found_in_linear_time() {
    let text: String = (0..50_000).map(|i| format!("\"Name{i} of place\" = \"word\"\n")).collect();
    let lexicon = toml(&text);
    let lexicons = Lexicons::new(vec![Arc::new(lexicon)]);
    let article: String =
        (0..50_000).map(|i| format!("Name{} of place and Name{i} of ", i * 7 % 50_000)).collect();
    // Quadratic time would be hours.
    assert_eq!(find::find(&lexicons, &article, "en").len(), 50_000);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
        let _ = Lexicon::read("a.toml", &text);
        let _ = Lexicon::read("a.pls", &text);
    }

    #[test]
    fn any_toml_is_read_without_a_panic(text in "[\"a-cː'= {}\\[\\],\\nsayipwhen.]{0,120}") {
        let _ = Lexicon::read("a.toml", &text);
    }

    #[test]
    fn matches_are_in_order_apart_and_on_characters(text in "[a-c .'’+*?$^()\\\\ßİ-]{0,60}", entries in proptest::collection::vec("[a-c .'+*?$^()\\\\ßİ-]{1,8}", 1..6)) {
        let rows = entries.iter().filter(|e| e.contains(char::is_alphanumeric));
        let placed = rows.map(|written| Placed {
            entry: Entry { written: written.clone(), say: Some("x".into()), ipa: None, when: crate::model::When::default() },
            line: 1,
            column: 1,
        });
        let (entries, _) = check::entries(placed.collect());
        let lexicons = Lexicons::new(vec![Arc::new(Lexicon::of("x".into(), entries))]);
        let mut last = 0;
        for found in find::find(&lexicons, &text, "en") {
            prop_assert!(found.range.start >= last && !found.range.is_empty());
            prop_assert!(text.get(found.range.clone()).is_some());
            prop_assert!(found.words.start >= found.range.start && found.words.end <= found.range.end);
            last = found.range.end;
        }
    }
}

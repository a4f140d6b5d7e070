//! Whole web pages -> article: which of a page's blocks are the article.
//!
//! Two readers look at the page. Our own walker finds every block there is, with its place in the
//! source; the `trafilatura` extractor finds the article, as text that has lost its place. Laying
//! the second over the first in order ([`align`]) tells which blocks stay, what stands around them
//! completes it ([`select`]); every other block is on record as one removal, so that no word of the
//! page is unaccounted for.

mod align;
mod metadata;
mod outline;
mod select;

use std::collections::BTreeSet;

use super::article::{Draft, added, removal, words};
use super::html::{Found, Habits, Walker, walk};
use super::selected::{self, Selected};
use super::{ReadOptions, shortcode};
use crate::model::{Article, BlockKind, SourceText};
use metadata::PageMeta;

/// Reads a whole page.
pub(crate) fn read(source: SourceText, options: &ReadOptions) -> Article {
    let html = source.text.clone();
    let codes = shortcode::find(&html, false);
    let page = metadata::read(&html);
    let selected = Selected::find(&html, &options.selectors, page.meta.url.as_deref());
    let mut walker = Walker::new(&html, Habits::default()).selecting(&selected);
    walk(&mut walker, &html, &codes.cuts);
    walker.finish();
    let mut meta = page.meta.clone();
    meta.language = walker.language.or(meta.language);
    let (tree, marks) = (walker.tree, walker.warnings);
    let (mut found, mut removed) = (walker.found, walker.removed);
    let mut warnings = Vec::new();
    let settled = selected::apply(&mut found, &mut removed);
    let mut title;
    if options.whole_pages || settled {
        let all = (0..found.len()).collect();
        title = headline(&found, &all, &page).filter(|_| settled);
    } else {
        let (mut keep, trouble) = select::select(&html, &found, &tree, &page);
        warnings.extend(trouble);
        warnings.extend(page.doubts(&found, &tree, &keep));
        title = headline(&found, &keep, &page);
        if let Some(title) = title {
            select::below(title, &found, &mut keep);
            if let Some(names) = &page.meta.byline
                && let Some(byline) = select::byline(title, &found, &keep, names)
            {
                keep.insert(byline);
                found[byline].block.kind = BlockKind::Byline;
            }
        }
        let mut kept = Vec::with_capacity(keep.len());
        for (index, part) in found.into_iter().enumerate() {
            if title == Some(index) {
                title = Some(kept.len());
                kept.push(part);
            } else if keep.contains(&index) {
                kept.push(part);
            } else {
                removed.extend(removal(&part, "not-article"));
            }
        }
        found = kept;
        title = title.filter(|t| *t < found.len());
    }
    match title {
        Some(index) => {
            let block = &mut found[index].block;
            block.kind = BlockKind::Title;
            meta.title = Some(block.text.as_str().replace(['\n', '\t'], " "));
        }
        None => {
            if let Some(title) = page.titles.first() {
                found.insert(0, added(BlockKind::Title, title, "title-from-metadata"));
                meta.title = Some(title.clone());
            }
        }
    }
    let mut draft = Draft::new(source, meta, found, removed);
    draft.warnings.extend(warnings);
    draft.warn(marks);
    selected.warn(&mut draft);
    draft.listen(&codes.picks, codes.warnings);
    draft.finish()
}

/// The block that is the headline, if the page shows it.
fn headline(found: &[Found], keep: &BTreeSet<usize>, page: &PageMeta) -> Option<usize> {
    let first_kept = keep.iter().copied().find(|i| found[*i].block.kind != BlockKind::Image);
    let limit = first_kept.map_or(found.len(), |i| i + 3).min(found.len());
    let titles: Vec<Vec<String>> = page.titles.iter().map(|t| words(t)).collect();
    let mut best: Option<(usize, usize)> = None;
    for (index, part) in found.iter().enumerate() {
        let BlockKind::Heading(level) = part.block.kind else { continue };
        if level > 1 && index >= limit {
            continue;
        }
        let own = words(part.block.text.as_str());
        let score = titles.iter().map(|t| likeness(&own, t)).max().unwrap_or(0);
        // Of a title element the name of the site may be the end, and nothing says that it is.
        let begins = own.len() >= 2 && page.titles.iter().any(|t| before_mark(t).any(|b| b == own));
        let score = if begins { 100 } else { score };
        // A heading below the first level has to say exactly the title.
        let enough = if level == 1 { 60 } else { 95 };
        if score >= enough && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, index));
        }
    }
    if let Some((_, index)) = best {
        return Some(index);
    }
    // Without metadata to go by, the only first-level heading above the text.
    let text = keep.iter().copied().find(|i| is_running(&found[*i]));
    let mut heads =
        (0..text.unwrap_or(0).max(limit)).filter(|i| found[*i].block.kind == BlockKind::Heading(1));
    match (heads.next(), heads.next()) {
        (Some(only), None) if titles.is_empty() || page.titles_are_weak => Some(only),
        _ => None,
    }
}

/// Whether a block is a paragraph long enough for the article's text.
fn is_running(found: &Found) -> bool {
    const LEAST: usize = 12;
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    found.block.kind == BlockKind::Paragraph
        && found.block.text.as_str().split_whitespace().filter(is_word).count() >= LEAST
}

/// The words of what stands before each mark in a title that sites put between its parts.
fn before_mark(title: &str) -> impl Iterator<Item = Vec<String>> {
    const MARKS: [&str; 5] = [" | ", " - ", " \u{2013} ", " \u{2014} ", " \u{b7} "];
    MARKS.iter().filter_map(|mark| title.rsplit_once(mark)).map(|(before, _)| words(before))
}

/// How alike two titles are, 0 to 100: shared words of all words.
fn likeness(a: &[String], b: &[String]) -> usize {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let shared = a.intersection(&b).count();
    let all = a.union(&b).count().max(1);
    shared * 100 / all
}

#[cfg(test)]
mod tests {
    use crate::model::{Article, Format, SourceText};
    use crate::read::tests::{article, blocks, removed, warnings};
    use crate::read::{ReadOptions, reader};

    const STORY: &str = "<p>The council met on Monday to talk about the new bridge, and did not come to a decision.</p>\
        <p>The old bridge, built a hundred years ago, has been closed to lorries since the spring of last year.</p>\
        <h2>What comes next</h2>\
        <p>A second meeting is planned for the end of the month, said the mayor, who had hoped for a vote.</p>";

    fn page(head: &str, before: &str, after: &str) -> String {
        format!(
            "<!doctype html><html lang=en-GB><head>{head}</head><body><nav><ul><li><a href=/>Home</a></li>\
             <li><a href=/n>News</a></li></ul></nav><main><article>{before}{STORY}</article></main>{after}\
             <footer><p>All rights reserved by the paper.</p></footer></body></html>"
        )
    }

    fn read(html: &str) -> Article {
        article(Format::HtmlPage, html)
    }

    #[test]
    fn the_article_is_kept_and_the_rest_is_on_record() {
        let html = page("<title>The bridge waits | Paper</title>", "<h1>The bridge waits</h1>", "");
        let article = read(&html);
        let found = blocks(&article);
        assert_eq!(found[0], "title: The bridge waits");
        assert_eq!(found.len(), 5);
        assert_eq!(found[3], "h2: What comes next");
        assert_eq!(
            removed(&article),
            [
                "not-article: Home",
                "not-article: News",
                "not-article: All rights reserved by the paper."
            ]
        );
        assert_eq!(article.meta.language.as_deref(), Some("en-GB"));
        assert_eq!(article.meta.title.as_deref(), Some("The bridge waits"));
        assert!(article.warnings.is_empty());
    }

    #[test]
    fn removed_elements_that_touch_keep_their_words_apart() {
        let html =
            page("", "", "<div>&nbsp;<b>1,693</b> views<span>Share</span><span>Print</span></div>");
        assert!(removed(&read(&html)).contains(&"not-article: 1,693 views Share Print".to_owned()));
    }

    #[test]
    fn a_title_that_the_page_does_not_show_is_added() {
        let html =
            page("<meta property=og:title content='The bridge waits'>", "<h1>The Paper</h1>", "");
        let article = read(&html);
        assert_eq!(blocks(&article)[0], "+title: The bridge waits");
        assert_eq!(article.blocks[0].added, Some("title-from-metadata"));
    }

    #[test]
    fn a_page_without_an_article_falls_back_to_its_main_part() {
        let html = "<html><body><nav>Home</nav><main><div>A few words.</div></main><footer>Rights</footer></body></html>";
        let article = read(html);
        assert!(blocks(&article).contains(&"paragraph: A few words.".to_owned()));
        assert!(!blocks(&article).contains(&"paragraph: Home".to_owned()));
    }

    #[test]
    fn a_page_too_large_for_the_extractor_is_read_by_its_own_marks() {
        let html = page(
            "",
            "<h1>The bridge</h1>",
            &format!("<!--{}-->", " ".repeat(super::select::MAX_EXTRACTED)),
        );
        let article = read(&html);
        assert_eq!(warnings(&article), ["extraction-failed"]);
        assert_eq!(blocks(&article).len(), 5);
        assert_eq!(removed(&article).len(), 3);
    }

    #[test]
    fn what_stands_among_the_text_is_of_it_and_what_stands_beside_is_not() {
        let lost = "<div><p>The bridge is 90 metres long.</p></div>";
        let beside = "<div class=newsletter-signup><p>Every Friday in your inbox.</p></div>";
        let story = STORY.replace("<h2>", &format!("{lost}{beside}<h2>"));
        let html = page("<title>Bridge</title>", "", "").replace(STORY, &story);
        let article = read(&html);
        assert!(blocks(&article).contains(&"paragraph: The bridge is 90 metres long.".to_owned()));
        assert!(!blocks(&article).iter().any(|b| b.contains("Friday")), "{:?}", blocks(&article));
    }

    #[test]
    fn what_stands_above_the_headline_is_not_of_the_article() {
        let above = "<p>Awarded as the best paper of two towns.</p>\
             <figure><img src=a alt='The bridge'><figcaption>The bridge in May.</figcaption></figure>\
             <h1>The bridge waits</h1>";
        let html = page("<title>The bridge waits</title>", above, "");
        let article = read(&html);
        assert_eq!(
            blocks(&article)[..3],
            ["+image: The bridge", "caption: The bridge in May.", "title: The bridge waits"]
        );
        assert!(removed(&article)[2].starts_with("not-article: Awarded as"));
        // A headline so far down is that of something else.
        let late = page("<title>The bridge waits</title>", "", "");
        let late =
            late.replace("<h2>What comes next", "<h1>The bridge waits</h1><h2>What comes next");
        assert_eq!(blocks(&read(&late)).len(), 5);
    }

    #[test]
    fn questions_that_a_page_marks_are_read_with_their_answers() {
        let after = "<div class=accordion><h2>Questions</h2><div itemscope itemprop=mainEntity \
            itemtype=https://schema.org/Question><button itemprop=name>Who pays?</button><div itemscope \
            itemprop=acceptedAnswer itemtype=https://schema.org/Answer><div itemprop=text>The county, mostly.\
            </div></div></div></div><div><h2>Elsewhere</h2><p>Five boats to watch.</p></div>";
        let article = read(&page("<title>Bridge</title>", "<h1>Bridge</h1>", after));
        let found = blocks(&article);
        assert_eq!(
            found[found.len() - 3..],
            ["h2: Questions", "paragraph: Who pays?", "paragraph: The county, mostly."]
        );
    }

    #[test]
    fn questions_behind_the_article_are_read_where_they_only_look_like_it() {
        let ask = |question: &str, answer: &str| {
            format!("<div role=listitem><h3>{question}</h3><div>{answer}</div></div>")
        };
        let list = ask("Who pays?", "The county, mostly, and the rest is lent by the bank.")
            + &ask("Who owns it?", "It belongs to the two towns on its banks.");
        let rest = "<div><h3>Elsewhere</h3><p>Five boats to watch this summer.</p></div>";
        let read = |before: &str| {
            let after = format!("<section>{before}{list}</section>{rest}");
            blocks(&read(&page("<title>Bridge</title>", "<h1>Bridge</h1>", &after)))
        };
        let found = read("<h2>FAQ</h2>");
        assert_eq!(found.len(), 10, "{found:?}");
        assert_eq!(found[5..7], ["h2: FAQ", "h3: Who pays?"]);
        // Two questions that nothing announces may be of another article.
        assert_eq!(read("").len(), 5);
    }

    #[test]
    fn a_list_of_links_that_the_text_introduces_is_of_it() {
        let list = "<ul><li><a href=/a>Orrin Bridge Trust</a></li><li><a href=/b>The Two Towns</a></li></ul>";
        let read = |lead: &str| {
            let story = STORY.replace("<h2>", &format!("<p>{lead}</p>{list}<h2>"));
            let html = page("<title>Bridge</title>", "<h1>Bridge</h1>", "").replace(STORY, &story);
            blocks(&read(&html)).iter().filter(|b| b.starts_with("item: ")).count()
        };
        assert_eq!(read("Two groups speak for those who live beside it:"), 2);
        assert_eq!(read("The mayor would not say more."), 0);
    }

    #[test]
    fn the_line_that_names_the_authors_is_the_byline() {
        let html = page("", "<h1>The bridge waits</h1><p>By Ada Brook and R. Hale</p>", "");
        assert_eq!(blocks(&read(&html))[1], "byline: By Ada Brook and R. Hale");
        let html = page("", "<h1>The bridge waits</h1><p>By Monday it was over.</p>", "");
        assert_eq!(blocks(&read(&html))[1], "paragraph: By Monday it was over.");
    }

    #[test]
    fn the_names_that_metadata_give_are_the_byline_wherever_they_stand_above_the_text() {
        let head = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge\",\
            \"author\":[{\"name\":\"Ada Brook\"},{\"name\":\"R. Hale\"}]}</script>";
        for line in
            ["Words by Ada Brook, R. Hale", "By Ada Brook and R. Hale | Updated May 3 | 2 min read"]
        {
            let html = page(head, &format!("<h1>Bridge</h1><div class=byline>{line}</div>"), "");
            assert_eq!(blocks(&read(&html))[1], format!("byline: {line}"));
        }
    }

    #[test]
    fn the_only_first_heading_of_a_letter_is_its_headline() {
        let html = format!(
            "<html><head><title>The Tide Letter #12</title></head><body><div style='display:none'>Sand and salt</div>\
             <p><a href=/v>View this letter in your browser</a></p><p><a href=/>Tide</a></p><p>12</p>\
             <h1>Sand, salt and a boot</h1><p>Hello all,</p>{STORY}</body></html>"
        );
        assert!(blocks(&read(&html)).contains(&"title: Sand, salt and a boot".to_owned()));
    }

    #[test]
    fn a_page_that_lists_articles_keeps_their_headlines() {
        let entry = |title: &str, text: &str| {
            format!(
                "<article><h2><a href=/x>{title}</a></h2><p class=post-meta>Posted on <a href=/x>May 2</a></p>\
                 <p>{text}</p></article>"
            )
        };
        let entries = [
            entry(
                "Pier to close",
                "The old pier will close in June for repairs that cost two million pounds, the board said.",
            ),
            entry(
                "A new roof",
                "The library of Orrin gets a new roof after the storms, and is closed for the whole of July.",
            ),
        ];
        let html = format!(
            "<html><head><title>News in brief - Courier of Saltmere</title></head><body><h1><a href=/>Courier of Saltmere</a></h1>\
             <main><h2>News in brief</h2>{}</main></body></html>",
            entries.concat()
        );
        let article = read(&html);
        let found = blocks(&article);
        assert_eq!(found[0], "title: News in brief");
        assert_eq!(found[1], "h2: Pier to close");
        assert_eq!(found[3], "h2: A new roof");
        assert_eq!(warnings(&article), ["several-articles"]);
    }

    #[test]
    fn a_heading_over_what_is_left_out_goes_with_it() {
        let after = "<h2>Up next</h2><ul><li><a href=/a>Five boats to watch</a></li><li><a href=/b>The last ferry</a></li></ul>";
        let html = page("<title>Bridge</title>", "<h1>Bridge</h1>", "");
        let html = html.replace("</article>", &format!("{after}</article>"));
        let article = read(&html);
        assert!(!blocks(&article).iter().any(|b| b.contains("Up next")), "{:?}", blocks(&article));
    }

    #[test]
    fn a_label_over_links_that_are_left_out_goes_with_them() {
        let links = "<ul><li><a href=/a>Five boats to watch</a></li><li><a href=/b>The last ferry</a></li></ul>";
        let read = |label: &str| {
            let after = format!(
                "<h2>{label}</h2>{links}<p>The bridge belongs to the two towns.</p></article>"
            );
            let html = page("<title>Bridge</title>", "<h1>Bridge</h1>", "");
            blocks(&read(&html.replace("</article>", &after)))
        };
        let found = read("Read more:");
        assert!(!found.iter().any(|b| b.contains("Read more")), "{found:?}");
        assert!(found.iter().any(|b| b.contains("belongs")), "{found:?}");
        assert!(read("Who owns it").contains(&"h2: Who owns it".to_owned()));
    }

    #[test]
    fn a_page_for_subscribers_says_that_it_is_a_stub() {
        let declared = |free: &str, body: &str| {
            format!(
                "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",{body}\
                 \"isAccessibleForFree\":{free}}}</script>"
            )
        };
        let codes = |head: &str, after: &str| {
            let story = format!("{STORY}{after}");
            warnings(&read(&page(head, "<h1>Bridge</h1>", "").replace(STORY, &story)))
        };
        assert_eq!(codes(&declared("false", ""), ""), ["paywall-stub"]);
        assert_eq!(codes(&declared("\"False\"", ""), ""), ["paywall-stub"]);
        assert!(codes(&declared("true", ""), "").is_empty());
        let wall = "<p>To continue reading this article, please subscribe or sign in now.</p>";
        assert_eq!(codes("", wall), ["paywall-stub"]);
        let live = "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\"}</script>";
        assert_eq!(codes(live, ""), ["live-blog"]);
    }

    #[test]
    fn authors_marks_work_in_a_page() {
        let html = page("", "<h1>Bridge</h1><!-- aloud:say \"A word first.\" -->", "");
        let html = html.replace(
            "<h2>What comes next</h2>",
            "<!-- aloud:off --><h2>What comes next</h2><!-- aloud:on -->",
        );
        let article = read(&html);
        assert!(blocks(&article).contains(&"+paragraph: A word first.".to_owned()));
        assert!(removed(&article).contains(&"aloud-off: What comes next".to_owned()));
        assert!(article.warnings.is_empty());
    }

    #[test]
    fn a_whole_page_can_be_asked_for() {
        let source = SourceText::new(page("", "", ""), Format::HtmlPage, String::new());
        let article = reader(Format::HtmlPage)
            .read(source, &ReadOptions { whole_pages: true, ..ReadOptions::default() });
        assert!(removed(&article).is_empty());
        assert_eq!(blocks(&article).len(), 7);
    }
}

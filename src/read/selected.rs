//! CSS selectors -> the elements of an HTML source that they match, by the place of their start tags.
//!
//! Selectors need a tree and a tree has no places, so every start tag is given its own offset as an
//! attribute before a tree is built of the text. It happens only when selectors are set.

use std::collections::HashSet;

use scraper::{Html, Selector};

use super::article::{Draft, removal};
use super::flatten;
use super::html::{Chosen, Found};
use crate::model::{Removed, Warning};

/// The attribute that holds the offset.
const PLACE: &str = "data-aloud-at";

/// Selectors for the articles of one site, or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selectors {
    /// The site by its host, subdomains included; `None` is every site.
    pub host: Option<String>,
    /// Only what one of these matches is the article. Those of a site replace the general ones.
    pub include: Vec<String>,
    /// What one of these matches is not read. Those of a site are added to the general ones.
    pub exclude: Vec<String>,
}

/// Start tags that selectors match, by their offsets.
#[derive(Debug, Default)]
pub(crate) struct Selected {
    include: HashSet<usize>,
    exclude: HashSet<usize>,
    /// Selectors that match nothing.
    unmatched: Vec<String>,
    wanted: bool,
}

impl Selected {
    /// Looks up what `all` selects in `html`, an article with the address `url`.
    pub(crate) fn find(html: &str, all: &[Selectors], url: Option<&str>) -> Self {
        let host = url.map(host).unwrap_or_default();
        let (mut include, mut exclude) = (Vec::new(), Vec::new());
        for selectors in all {
            match &selectors.host {
                None => {}
                Some(own) if is_under(host, own) => {}
                Some(_) => continue,
            }
            if !selectors.include.is_empty() && (selectors.host.is_some() || include.is_empty()) {
                include.clone_from(&selectors.include);
            }
            exclude.extend(selectors.exclude.iter().cloned());
        }
        if include.is_empty() && exclude.is_empty() {
            return Self::default();
        }
        let tree = Html::parse_document(&flatten::flatten_with_places(html, PLACE));
        let mut unmatched = Vec::new();
        let mut places = |selectors: &[String], named: bool| {
            let mut places = HashSet::new();
            for text in selectors {
                // Configuration has parsed them once already.
                let Ok(selector) = Selector::parse(text) else { continue };
                let before = places.len();
                let matches = tree.select(&selector).filter_map(|e| e.value().attr(PLACE));
                places.extend(matches.filter_map(|at| at.parse::<usize>().ok()));
                if named && places.len() == before {
                    unmatched.push(text.clone());
                }
            }
            places
        };
        let (wanted, exclude) = (!include.is_empty(), places(&exclude, false));
        let include = places(&include, true);
        Self { include, exclude, unmatched, wanted }
    }

    /// What the selectors say of the element whose start tag stands at `at`.
    pub(crate) fn chosen(&self, at: usize) -> Chosen {
        if self.exclude.contains(&at) {
            Chosen::Out
        } else if self.include.contains(&at) {
            Chosen::In
        } else {
            Chosen::Neither
        }
    }

    /// Warns of a source in which none of the selectors for the article matches.
    pub(crate) fn warn(&self, draft: &mut Draft) {
        if self.wanted && self.include.is_empty() {
            let message = format!(
                "no element matches the selectors to include ({}), so they are not applied; check \
                 them against the page",
                self.unmatched.join(", ")
            );
            draft.warnings.push(Warning::new("selector-unmatched", message));
        }
    }
}

/// Takes out what is excluded, and what is not included; says whether the selectors settle what
/// the article is.
pub(crate) fn apply(found: &mut Vec<Found>, removed: &mut Vec<Removed>) -> bool {
    let settled = found.iter().any(|f| f.chosen == Chosen::In);
    found.retain(|part| {
        let rule = match part.chosen {
            Chosen::Out => "exclude",
            Chosen::Neither if settled && part.block.added != Some("aloud-say") => "not-included",
            _ => return true,
        };
        removed.extend(removal(part, rule));
        false
    });
    settled
}

/// The host of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or_default()
}

/// Whether `host` is `site` or under it.
fn is_under(host: &str, site: &str) -> bool {
    let (host, site) = (host.to_ascii_lowercase(), site.to_ascii_lowercase());
    host.strip_suffix(&site).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Format, SourceText};
    use crate::read::tests::{blocks, removed, warnings};
    use crate::read::{ReadOptions, reader};

    fn selectors(host: Option<&str>, include: &[&str], exclude: &[&str]) -> Selectors {
        let owned = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        Selectors {
            host: host.map(str::to_owned),
            include: owned(include),
            exclude: owned(exclude),
        }
    }

    fn read(format: Format, html: &str, selectors: &[Selectors]) -> Article {
        let options = ReadOptions { selectors: selectors.to_vec(), ..ReadOptions::default() };
        reader(format).read(SourceText::new(html, format, String::new()), &options)
    }

    const POST: &str = "<div class=lead><p>a</p></div><div class='body'><p>b <i class=x>c</i> d</p>\
        <ul><li class=promo>e<li>f</ul></div><p>g</p>";

    #[test]
    fn elements_are_included_and_excluded() {
        let article = read(
            Format::HtmlFragment,
            POST,
            &[selectors(None, &[".lead", "div.body"], &[".promo", "p > .x"])],
        );
        assert_eq!(blocks(&article), ["paragraph: a", "paragraph: b d", "item: f"]);
        assert_eq!(removed(&article), ["exclude: c", "exclude: e", "not-included: g"]);
        assert!(article.warnings.is_empty());
    }

    #[test]
    fn selectors_that_match_nothing_are_not_applied() {
        let article = read(Format::HtmlFragment, POST, &[selectors(None, &["main"], &[])]);
        assert_eq!(blocks(&article).len(), 5);
        assert_eq!(warnings(&article), ["selector-unmatched"]);
    }

    #[test]
    fn a_page_can_be_read_by_selectors_of_its_site() {
        let page = "<html><head><link rel=canonical href='https://www.paper.example/a'></head><body>\
            <div id=story><p>One.</p><p class=ad>Two.</p></div><p>Three.</p></body></html>";
        let sites = [
            selectors(None, &["#elsewhere"], &[".ad"]),
            selectors(Some("paper.example"), &["#story"], &[]),
            selectors(Some("other.example"), &["p"], &["p"]),
        ];
        let article = read(Format::HtmlPage, page, &sites);
        assert_eq!(blocks(&article), ["paragraph: One."]);
        assert_eq!(removed(&article), ["exclude: Two.", "not-included: Three."]);
    }
}

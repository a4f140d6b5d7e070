//! What can be set about cleaning.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Deserializer, de::Error};

use super::rule_names;

/// Which rules apply, and what of a page they are asked about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CleanOptions {
    /// Whether any rule applies.
    pub enabled: bool,
    /// Rules that are switched, by id; all others do what they do by default.
    pub rules: BTreeMap<RuleName, RuleChoice>,
    /// Of HTML, only elements that one of these selectors matches are the article.
    pub include: Vec<CssSelector>,
    /// Elements of HTML that are never read.
    pub exclude: Vec<CssSelector>,
    /// What is different for articles of single sites.
    #[serde(rename = "site")]
    pub sites: Vec<SiteRules>,
}

/// What is different for the articles of one site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteRules {
    /// Host of the articles' addresses, such as `example.org`; its subdomains count too.
    pub host: String,
    /// Rules that are switched for it, on top of the general ones.
    #[serde(default)]
    pub rules: BTreeMap<RuleName, RuleChoice>,
    /// Instead of the general selectors, if there are any.
    #[serde(default)]
    pub include: Vec<CssSelector>,
    /// On top of the general selectors.
    #[serde(default)]
    pub exclude: Vec<CssSelector>,
}

impl SiteRules {
    /// Whether an article with this address is of this site.
    #[must_use]
    pub fn is_of(&self, url: &str) -> bool {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let (host, own) = (host.to_ascii_lowercase(), self.host.to_ascii_lowercase());
        host.strip_suffix(&own).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self {
            enabled: true,
            rules: BTreeMap::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            sites: Vec::new(),
        }
    }
}

impl CleanOptions {
    /// Whether the rule called `name` removes; `by_default` says what it does when nothing is set.
    #[must_use]
    pub fn applies(&self, name: &str, by_default: bool) -> bool {
        let switched =
            self.rules.iter().find(|(rule, _)| rule.0 == name).map(|(_, choice)| *choice);
        self.enabled && switched.map_or(by_default, |choice| choice == RuleChoice::Remove)
    }

    /// The options for an article with this address.
    #[must_use]
    pub fn of_site(&self, url: Option<&str>) -> Cow<'_, Self> {
        let site = url.and_then(|url| self.sites.iter().find(|s| s.is_of(url)));
        let Some(site) = site.filter(|s| !s.rules.is_empty()) else { return Cow::Borrowed(self) };
        let mut options = self.clone();
        options.rules.extend(site.rules.iter().map(|(rule, choice)| (rule.clone(), *choice)));
        Cow::Owned(options)
    }
}

/// A CSS selector that can be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CssSelector(String);

impl CssSelector {
    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for CssSelector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if scraper::Selector::parse(&text).is_ok() {
            return Ok(Self(text));
        }
        Err(D::Error::custom(format!(
            "\"{text}\" is not a CSS selector; an element of class promo is \".promo\""
        )))
    }
}

/// The id of a rule that exists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleName(String);

impl<'de> Deserialize<'de> for RuleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if rule_names().contains(&name.as_str()) {
            return Ok(Self(name));
        }
        let known = rule_names().join(", ");
        Err(D::Error::custom(format!("no rule is called \"{name}\"; there are: {known}")))
    }
}

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleChoice {
    /// It removes.
    Remove,
    /// What it would remove stays, and is spoken.
    #[serde(alias = "speak")]
    Keep,
}

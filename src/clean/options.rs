//! What can be set about cleaning.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::Error};

use super::rule_names;

/// Which rules apply.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CleanOptions {
    /// Whether any rule applies.
    pub enabled: bool,
    /// Rules that are switched, by id; all others remove.
    pub rules: BTreeMap<RuleName, RuleChoice>,
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self { enabled: true, rules: BTreeMap::new() }
    }
}

impl CleanOptions {
    /// Whether the rule called `name` removes.
    #[must_use]
    pub fn applies(&self, name: &str) -> bool {
        let switched =
            self.rules.iter().find(|(rule, _)| rule.0 == name).map(|(_, choice)| *choice);
        self.enabled && switched != Some(RuleChoice::Keep)
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
    /// It is switched off.
    Keep,
}

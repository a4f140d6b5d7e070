//! The voice names that publishers already have in their posts.

use std::sync::LazyLock;

use crate::model::Gender;

static TABLE: &str = include_str!("../../voices/responsivevoice.tsv");

/// A ResponsiveVoice name and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownName {
    /// Exact, case-sensitive.
    pub name: &'static str,
    /// Language (BCP 47).
    pub language: &'static str,
    /// Gender.
    pub gender: Gender,
    /// Its standing upstream.
    pub status: Status,
}

/// Whether a name is still offered upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Yes.
    Current,
    /// It speaks there, with a warning.
    Deprecated,
    /// Not any more; posts may still have it.
    Removed,
}

/// All names, in the order of the table.
#[must_use]
pub fn known_names() -> &'static [KnownName] {
    static NAMES: LazyLock<Vec<KnownName>> = LazyLock::new(|| {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        rows.map(|row| parse(row).expect("a test reads every row")).collect()
    });
    &NAMES
}

fn parse(row: &'static str) -> Option<KnownName> {
    let mut fields = row.split('\t');
    let (name, language) = (fields.next()?, fields.next()?);
    let gender = match fields.next()? {
        "female" => Gender::Female,
        "male" => Gender::Male,
        _ => return None,
    };
    let status = match fields.next()? {
        "current" => Status::Current,
        "deprecated" => Status::Deprecated,
        "removed" => Status::Removed,
        _ => return None,
    };
    Some(KnownName { name, language, gender, status })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_whole() {
        let names = known_names();
        let count = |status| names.iter().filter(|n| n.status == status).count();
        assert_eq!((names.len(), count(Status::Deprecated), count(Status::Removed)), (101, 12, 2));
        let distinct: BTreeSet<_> = names.iter().map(|n| n.name).collect();
        assert_eq!(distinct.len(), 101);
        assert!(names.iter().all(|n| (2..=6).contains(&n.language.len())));
        let wanted = names.iter().find(|n| n.name == "US English Female").expect("the default");
        assert_eq!((wanted.language, wanted.gender), ("en-US", Gender::Female));
    }
}

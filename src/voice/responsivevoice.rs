//! The voice names that publishers already have in their posts: what each asks for.
//!
//! The table is `voices/responsivevoice.tsv`; which voice serves a name is `select`'s business.

use std::sync::LazyLock;

use super::language::Tag;
use crate::model::{Gender, Voice};

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

impl KnownName {
    /// The name `name`, exactly: capitals matter, as they do to ResponsiveVoice.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        known_names().iter().find(|k| k.name == name)
    }

    /// For a name that is not offered any more, the current one for its language.
    #[must_use]
    pub fn successor(&self) -> Option<&'static Self> {
        let same = |k: &&Self| k.language == self.language && k.status == Status::Current;
        (self.status != Status::Current).then(|| known_names().iter().find(same))?
    }
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

/// The current names that `voice` serves as they mean it: its language, region and gender.
pub fn names_of(voice: &Voice) -> impl Iterator<Item = &'static str> + '_ {
    let tag = Tag::new(&voice.language);
    let serves = move |k: &&KnownName| {
        let near = tag.distance(&Tag::new(k.language)).is_some_and(|d| !d.is_audible());
        near && k.gender == voice.gender && k.status == Status::Current
    };
    known_names().iter().filter(serves).map(|k| k.name)
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
    fn every_row_is_whole() {
        let rows: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
        for row in &rows {
            let known = parse(row).unwrap_or_else(|| panic!("{row}"));
            assert_eq!(row.split('\t').count(), 4, "{row}");
            assert!(Tag::is_tag(known.language), "{row}");
            // The name's own word agrees with the corrected gender.
            let word = known.name.rsplit(' ').next().expect("a word");
            match word {
                "Female" => assert_eq!(known.gender, Gender::Female, "{row}"),
                "Male" => assert_eq!(known.gender, Gender::Male, "{row}"),
                _ => assert!(["Nepali", "Sinhala"].contains(&known.name), "{row}"),
            }
        }
        assert_eq!(rows.len(), 101);
    }

    #[test]
    fn the_table_is_whole() {
        let names = known_names();
        let count = |status| names.iter().filter(|n| n.status == status).count();
        assert_eq!((names.len(), count(Status::Deprecated), count(Status::Removed)), (101, 12, 2));
        let distinct: BTreeSet<_> = names.iter().map(|n| n.name).collect();
        assert_eq!(distinct.len(), 101);
        let languages: BTreeSet<_> =
            names.iter().filter_map(|n| n.language.split('-').next()).collect();
        assert_eq!(languages.len(), 50);
    }

    #[test]
    fn upstream_errors_are_corrected() {
        let cases = [
            ("US English Female", "en-US", Gender::Female),
            ("Portuguese Male", "pt-PT", Gender::Male),
            ("Tamil Female", "ta-IN", Gender::Female),
            ("Icelandic Female", "is-IS", Gender::Female),
            ("Armenian Male", "hy-AM", Gender::Male),
            ("Moldavian Female", "ro-MD", Gender::Female),
            ("Montenegrin Male", "sr-ME", Gender::Male),
            ("Serbo-Croatian Male", "sh", Gender::Male),
            ("Welsh Male", "cy-GB", Gender::Male),
        ];
        for (name, language, gender) in cases {
            let known = KnownName::find(name).expect(name);
            assert_eq!((known.language, known.gender), (language, gender), "{name}");
        }
        assert_eq!(KnownName::find("us english female"), None);
    }

    #[test]
    fn names_that_are_gone_have_successors_where_there_are_any() {
        let cases = [
            ("Russian Male", Some("Russian Female")),
            ("Latin Female", Some("Latin Male")),
            ("Romanian Male", Some("Romanian Female")),
            ("Hatian Creole Female", None),
            ("US English Female", None),
        ];
        for (name, wanted) in cases {
            let found = KnownName::find(name).expect(name).successor();
            assert_eq!(found.map(|k| k.name), wanted, "{name}");
        }
    }
}

//! The templates of pages and of the feed: built in, or from the project's own folder.
//!
//! `page.html`, `index.html` and `feed.xml` are templates (a dialect of Jinja, by `minijinja`); what they
//! print is escaped unless they say `|safe`. `page.css`, `page.js`, `index.css` and `index.js` are put into
//! the pages as they are, but for white space around them. A file of one of these names in the folder takes the built-in one's place; other
//! files there can be included.

use std::{
    fs,
    path::{Path, PathBuf},
};

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
    syntax::SyntaxConfig, value::Serde,
};
use serde::Serialize;

use super::{PublishError, html};

/// The built-in files.
const BUILT_IN: [(&str, &str); 7] = [
    ("feed.xml", include_str!("assets/feed.xml")),
    ("index.css", include_str!("assets/index.css")),
    ("index.html", include_str!("assets/index.html")),
    ("index.js", include_str!("assets/index.js")),
    ("page.css", include_str!("assets/page.css")),
    ("page.html", include_str!("assets/page.html")),
    ("page.js", include_str!("assets/page.js")),
];

/// Templates, and what is put into pages as it is.
pub(super) struct Templates {
    folder: PathBuf,
    environment: Environment<'static>,
    style: String,
    script: String,
    index_style: String,
    index_script: String,
}

impl Templates {
    /// The templates with those in `folder`, if it exists, in place of built-in ones.
    pub(super) fn load(folder: &Path) -> Result<Self, PublishError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|e| template_error(folder, e.to_string()))?);
        environment.set_formatter(escaped);
        let own = folder.to_owned();
        environment.set_loader(move |name| Ok(source(&own, name).ok()));
        let read = |name: &str| {
            source(folder, name).map_err(|reason| template_error(&folder.join(name), reason))
        };
        // White space around it is not part of what a policy names, for those that check policies.
        let inline = |name: &str| Ok::<_, PublishError>(read(name)?.trim().to_owned());
        let templates = Self {
            style: inline("page.css")?,
            script: inline("page.js")?,
            index_style: inline("index.css")?,
            index_script: inline("index.js")?,
            environment,
            folder: folder.to_owned(),
        };
        // A mistake is told before any work.
        for name in ["page.html", "index.html", "feed.xml"] {
            read(name)?;
            templates.environment.get_template(name).map_err(|e| templates.error(name, &e))?;
        }
        Ok(templates)
    }

    /// What an article's page is styled by.
    pub(super) fn style(&self) -> &str {
        &self.style
    }

    /// What an article's page runs.
    pub(super) fn script(&self) -> &str {
        &self.script
    }

    /// What the index is styled by.
    pub(super) fn index_style(&self) -> &str {
        &self.index_style
    }

    /// What the index runs.
    pub(super) fn index_script(&self) -> &str {
        &self.index_script
    }

    /// The template `name` with `values`.
    pub(super) fn render(
        &self,
        name: &str,
        values: &impl Serialize,
    ) -> Result<String, PublishError> {
        let template = self.environment.get_template(name);
        let rendered = template.and_then(|t| t.render(Serde(values)));
        rendered.map_err(|e| self.error(name, &e))
    }

    fn error(&self, name: &str, error: &Error) -> PublishError {
        let name = error.name().unwrap_or(name);
        let line = error.line().map_or_else(String::new, |line| format!("line {line}: "));
        let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        template_error(&self.folder.join(name), format!("{line}{detail}"))
    }
}

fn template_error(path: &Path, reason: String) -> PublishError {
    PublishError::Template { path: path.display().to_string(), reason }
}

/// The text of the file `name`: of the project's folder, or built in.
fn source(folder: &Path, name: &str) -> Result<String, String> {
    let plain = !name.is_empty()
        && name.split('/').all(|part| !part.starts_with('.'))
        && !name.contains('\\');
    let path = folder.join(name);
    if plain && path.is_file() {
        return fs::read_to_string(&path).map_err(|e| e.to_string());
    }
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == name);
    built_in.map(|(_, text)| (*text).to_owned()).ok_or_else(|| "there is no such file".into())
}

/// Prints `value`, escaped as everything of aloud's is.
fn escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str().filter(|_| *state.auto_escape() == AutoEscape::Html && !value.is_safe()) {
        Some(text) => out
            .write_str(&html::escape(text))
            .map_err(|_| Error::new(ErrorKind::WriteFailure, "memory takes no more")),
        None => minijinja::escape_formatter(out, state, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_escaped_and_files_of_the_project_come_first() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("index.html"), "{{ x }}{% include 'part.html' %}")
            .expect("written");
        fs::write(folder.path().join("part.html"), "<i>{{ x|safe }}</i>\n").expect("written");
        fs::write(folder.path().join("page.css"), " own\n").expect("written");
        let templates = Templates::load(folder.path()).expect("good templates");
        let values = std::collections::BTreeMap::from([("x", "<b>\"\u{0}")]);
        let rendered = templates.render("index.html", &values).expect("rendered");
        assert_eq!(rendered, "&lt;b&gt;&quot;\u{fffd}<i><b>\"\u{0}</i>\n");
        assert_eq!(templates.style(), "own");
        assert!(templates.script().contains("requestAnimationFrame"));
    }

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("page.html"), "a\n{{ b\n").expect("written");
        let Err(error) = Templates::load(folder.path()) else { panic!("it is broken") };
        let error = error.to_string();
        assert!(error.contains("page.html: line "), "{error}");
        fs::write(folder.path().join("page.html"), "a\n{{ unknown }}\n").expect("written");
        let templates = Templates::load(folder.path()).expect("it parses");
        let none = std::collections::BTreeMap::<&str, &str>::new();
        let error = templates.render("page.html", &none).expect_err("unknown").to_string();
        assert!(error.contains("page.html: line 2: "), "{error}");
    }
}

//! Tags of site generators in Markdown and HTML sources -> what to skip: Jekyll's and Hugo's
//! `{% ... %}` and `{{ ... }}`, kramdown's attribute lists `{: .class}`.
//!
//! Found in the source before it is parsed, because a Markdown parser would take their quotes and
//! brackets for its own.

use std::ops::Range;

use super::cut::{Action, Cut};

/// No tag is longer than this, in bytes; what looks like the start of a longer one is text.
const LONGEST: usize = 4096;

/// Finds the template tags of `source`.
pub(crate) fn tags(source: &str) -> Vec<Cut> {
    let bytes = source.as_bytes();
    let mut cuts = Vec::new();
    let mut at = 0;
    let (mut tag_end, mut value_end) = (NextMark::new("%}"), NextMark::new("}}"));
    let mut blank_line = NextMark::new("\n\n");
    // Regions that are opened and nowhere closed: not looked for twice.
    let mut unclosed: Vec<&str> = Vec::new();
    while let Some(n) = bytes[at..].iter().position(|b| *b == b'{') {
        let start = at + n;
        at = start + 1;
        let end = match bytes.get(start + 1) {
            Some(b'%') => tag_end.after(source, start + 2),
            // A value that goes on behind a blank line is none.
            Some(b'{') => value_end
                .after(source, start + 2)
                .filter(|end| blank_line.after(source, start).is_none_or(|blank| blank > *end)),
            _ => continue,
        };
        let Some(end) = end else { continue };
        let tag = Cut::new(start..end, "template-tag");
        at = end;
        let (mark, name) = name(&source[start..end]);
        let closing = match (mark, name) {
            ("{%", "raw") => "endraw",
            ("{%", "verbatim") => "endverbatim",
            ("{%", "comment") => "endcomment",
            ("{%", "highlight") => "endhighlight",
            ("{{", "comment") => "/comment",
            ("{{", "highlight") => "/highlight",
            ("{{", "figure") => {
                cuts.extend(figure(source, start..end));
                continue;
            }
            _ => "",
        };
        let closed = if closing.is_empty() || unclosed.contains(&closing) {
            None
        } else {
            closing_tag(source, end, mark, closing)
        };
        let Some((close, close_end)) = closed else {
            if !closing.is_empty() {
                unclosed.push(closing);
            }
            cuts.push(tag);
            continue;
        };
        at = close_end;
        match closing {
            "endcomment" | "/comment" => cuts.push(Cut::new(start..close_end, "template-tag")),
            "endhighlight" | "/highlight" => {
                cuts.push(tag.with(Action::Code(end, close)));
                cuts.push(Cut { range: end..close, rule: None, action: Action::None });
                cuts.push(Cut::new(close..close_end, "template-tag"));
            }
            _ => {
                cuts.push(tag);
                cuts.push(Cut::new(close..close_end, "template-tag"));
            }
        }
    }
    cuts
}

/// The cuts of Hugo's `{{< figure src="a.jpg" caption="These words." >}}`: its caption is text, or else its title.
fn figure(source: &str, tag: Range<usize>) -> Vec<Cut> {
    let value = |key: &str| {
        let inner = &source[tag.clone()];
        inner.match_indices(key).find_map(|(at, _)| {
            let behind = at + key.len();
            let quote = inner[behind..].chars().next().filter(|q| matches!(q, '"' | '`'))?;
            let word = inner[..at].ends_with(char::is_whitespace);
            let length = inner[behind + 1..].find(quote).filter(|length| *length > 0 && word)?;
            let start = tag.start + behind + 1;
            Some(start..start + length)
        })
    };
    match value("caption=").or(value("title=")) {
        Some(text) => vec![
            Cut::new(tag.start..text.start, "template-tag").with(Action::OpenCaption),
            Cut::new(text.end..tag.end, "template-tag").with(Action::CloseCaption),
        ],
        None => vec![Cut::new(tag, "template-tag")],
    }
}

/// Finds kramdown's attribute lists, and those of headings (`# Title {#id .class}`).
pub(crate) fn attribute_lists(source: &str) -> Vec<Cut> {
    let bytes = source.as_bytes();
    let mut cuts = Vec::new();
    let mut at = 0;
    let mut end_mark = NextMark::new("}");
    while let Some(n) = bytes[at..].iter().position(|b| *b == b'{') {
        let start = at + n;
        at = start + 1;
        let kramdown = bytes.get(start + 1) == Some(&b':');
        let first = bytes[start + 1..].iter().find(|b| **b != b' ');
        let heading = matches!(first, Some(b'#' | b'.'));
        if !kramdown && !heading {
            continue;
        }
        let Some(end) = end_mark.after(source, start + 1).map(|e| e - 1) else { continue };
        let inner = &source[start + 1..end];
        if inner.len() > 400 || inner.contains('\n') {
            continue;
        }
        let rest_of_line = bytes[end + 1..].iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
        let ends_line = rest_of_line.is_none_or(|b| *b == b'\n');
        if kramdown || ends_line && is_attributes(inner) {
            cuts.push(Cut::new(start..end + 1, "attribute-list"));
            at = end + 1;
        }
    }
    cuts
}

/// Whether `text` is made of `#id`, `.class` and `key=value`.
fn is_attributes(text: &str) -> bool {
    let word =
        |w: &str| !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() || "_-:".contains(c));
    text.split_whitespace().all(|part| match part.strip_prefix(['#', '.']) {
        Some(name) => word(name),
        None => part.split_once('=').is_some_and(|(key, _)| word(key)),
    })
}

/// What a tag begins with and its first word: `{%` and `raw` of `{%- raw -%}`, `{{` and `/highlight` of Hugo's
/// `{{< /highlight >}}`. A value, `{{ page.title }}`, has none.
fn name(tag: &str) -> (&str, &str) {
    let (mark, inner) = tag.split_at(2);
    let hugo = mark == "{{" && inner.starts_with(['<', '%']);
    let inner = inner.trim_start_matches(['%', '-', '~', '<', ' ', '\t']);
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '/'));
    let name = if mark == "{%" || hugo { &inner[..end.unwrap_or(inner.len())] } else { "" };
    (mark, name)
}

/// Finds the next place of a mark for offsets that only grow: every byte is looked at once.
struct NextMark {
    mark: &'static str,
    /// Where it was found last; `None` when there is none any more.
    next: Option<usize>,
}

impl NextMark {
    fn new(mark: &'static str) -> Self {
        Self { mark, next: Some(0) }
    }

    /// The end of the next mark at or after `from`, if a tag can be that long.
    fn after(&mut self, source: &str, from: usize) -> Option<usize> {
        if self.next? < from || self.next == Some(0) {
            self.next = source[from..].find(self.mark).map(|n| from + n);
        }
        self.next.filter(|n| n - from <= LONGEST).map(|n| n + self.mark.len())
    }
}

/// Where the tag stands that closes a region: one that begins with `mark` and is called `closing`.
fn closing_tag(source: &str, from: usize, mark: &str, closing: &str) -> Option<(usize, usize)> {
    let mut at = from;
    let end_mark = if mark == "{%" { "%}" } else { "}}" };
    while let Some(n) = source[at..].find(mark) {
        let start = at + n;
        let end = start + 2 + source[start + 2..].find(end_mark)? + 2;
        if name(&source[start..end]).1 == closing {
            return Some((start, end));
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str, cuts: &[Cut]) -> Vec<String> {
        cuts.iter().map(|c| source[c.range.clone()].to_owned()).collect()
    }

    #[test]
    fn tags_of_site_generators() {
        for (source, expected, reason) in [
            ("a {% image \"x.jpg\" \"alt\" %} b", vec!["{% image \"x.jpg\" \"alt\" %}"], "Liquid"),
            ("{{ site.url }}/a", vec!["{{ site.url }}"], "an expression"),
            ("{{< figure src=\"a\" >}}", vec!["{{< figure src=\"a\" >}}"], "Hugo"),
            (
                "{%- raw -%}{{ a }}{% endraw %}",
                vec!["{%- raw -%}", "{% endraw %}"],
                "raw text stays",
            ),
            ("{% comment %}a{% endcomment %}b", vec!["{% comment %}a{% endcomment %}"], "comments"),
            (
                "{% highlight rb %}x{% endhighlight %}",
                vec!["{% highlight rb %}", "x", "{% endhighlight %}"],
                "code",
            ),
            (
                "{{< highlight py >}}x{{< /highlight >}}",
                vec!["{{< highlight py >}}", "x", "{{< /highlight >}}"],
                "code in Hugo",
            ),
            (
                "{{< figure title=\"T\" caption=\"A pier.\" >}}",
                vec!["{{< figure title=\"T\" caption=\"", "\" >}}"],
                "a caption in Hugo",
            ),
            ("{% raw %} never closed", vec!["{% raw %}"], "never closed"),
            ("{ a } {% b", vec![], "not a tag"),
        ] {
            assert_eq!(cut(source, &tags(source)), expected, "{reason}");
        }
    }

    #[test]
    fn attribute_lists_of_kramdown_and_of_headings() {
        for (source, expected, reason) in [
            ("a\n{: .lead #top}", vec!["{: .lead #top}"], "of a block"),
            ("*a*{:.x} b", vec!["{:.x}"], "of a span"),
            ("{:toc}", vec!["{:toc}"], "a contents list"),
            ("# A {#id .c k=v}\n", vec!["{#id .c k=v}"], "of a heading"),
            ("# A { #id .c }\n", vec!["{ #id .c }"], "of a heading, with spaces"),
            ("a {#id} b", vec![], "in the middle of a line"),
            ("{:a\n}", vec![], "over two lines"),
        ] {
            assert_eq!(cut(source, &attribute_lists(source)), expected, "{reason}");
        }
    }

    #[test]
    fn hostile_braces_take_linear_time() {
        for source in ["{{".repeat(200_000), "{% raw %}".repeat(50_000), "{:".repeat(200_000)] {
            let _ = (tags(&source), attribute_lists(&source));
        }
    }
}

//! Results of games: scores, records, rounds of golf, cricket. Separate because the same two numbers are a range
//! elsewhere, and only what stands around them tells.

use super::number::{cardinal, looks_like_year};
use super::said::{Place, Reading, Said, pattern};

/// Words near two numbers that make them a score, whichever is the larger.
macro_rules! score {
    () => {
        r"(?:lost|fell|losing|loss|defeat|defeated|draw|drew|drawn|tie|tied|trailed|trailing|down|score|scoreline|aggregate)"
    };
}

/// Results that are written with a sign that means something else elsewhere.
pub(super) fn score(place: &Place<'_>) -> Reading {
    if place.inside_word() || place.before.ends_with(['-', '–', '/', '.', ',']) {
        return None;
    }
    if !matches!(place.digits(), (1..=3, Some('-' | '–' | '/'))) {
        return None;
    }
    let found = pattern!(r"([0-9]{1,3})([-–/])([0-9]{1,3})(?:\b|d)").captures(place.rest)?;
    let rest = &place.rest[found[0].len()..];
    if let Some(read) = rounds(place.rest) {
        return Some(read);
    }
    if pattern!(r"[-–/%]|\.[0-9]").is_match(rest) {
        return None;
    }
    // "412-7d": no more are needed
    if found[0].ends_with('d') {
        let found = pattern!(r"([0-9]{2,3})[-–/]([0-9])d(?:ec)?\b").captures(place.rest)?;
        let said = Said::of(&cardinal(&found[1])).then("for").then(&cardinal(&found[2]));
        return Some((found[0].len(), said.then("declared")));
    }
    let (first, second) = (found[1].parse().ok()?, found[3].parse().ok()?);
    let join = if cricket(place, first, second, rest) {
        "for"
    } else if &found[2] == "/" && numbered(place, first, second) {
        "of"
    } else if &found[2] != "/"
        && (match_of_two(place, first, second, rest) || record(place, first, second, rest))
    {
        ""
    } else {
        return None;
    };
    let said = Said::of(&cardinal(&found[1])).then(join).then(&cardinal(&found[3]));
    Some((found[0].len(), said))
}

/// "68-71-69-70", "10-2-38-4": rounds of golf, overs of a bowler.
fn rounds(rest: &str) -> Reading {
    let golf = pattern!(r"(?:5[89]|[67][0-9]|8[0-5])(?:-(?:5[89]|[67][0-9]|8[0-5])){2,3}\b");
    let overs = pattern!(r"[1-9][0-9]?-[0-9]{1,2}-[0-9]{1,2}-[0-9]\b");
    let found = golf.find(rest).or_else(|| overs.find(rest))?;
    if rest[found.len()..].starts_with(['-', '/']) {
        return None;
    }
    let mut said = Said::default();
    for (i, round) in found.as_str().split('-').enumerate() {
        said = if i > 0 { said.comma() } else { said }.then(&cardinal(round));
    }
    Some((found.len(), said))
}

/// "245-6 at tea", "110/3 off 12 overs", "took 5-32": runs for wickets, wickets for runs.
fn cricket(place: &Place<'_>, first: u32, second: u32, rest: &str) -> bool {
    let now = pattern!(
        r" (?:at (?:tea|lunch|stumps|drinks|the close)|declared|dec|overnight|(?:in|off|from|after) [0-9.]+ overs)\b"
    );
    let word = pattern!(r"(?s).*\b(?:wickets?|overs?|innings|batted|batsm[ae]n|stumps|declared)\b");
    if second <= 10 && now.is_match(rest) {
        return true;
    }
    let near = &rest[..rest.floor_char_boundary(40)];
    if first >= 20 && second <= 10 && (word.is_match(near) || word.is_match(place.near(60))) {
        return true;
    }
    let figures = pattern!(r"(?s).*\b(?:took|taking|takes|figures of|claimed|bowled) \z");
    let counted = pattern!(r" [a-z]+s\b|[ -](?:year|month|day|hour|minute|people|men|women)");
    first <= 10 && second >= 10 && figures.is_match(place.near(14)) && !counted.is_match(rest)
}

/// "lap 23/57": one of so many.
fn numbered(place: &Place<'_>, first: u32, second: u32) -> bool {
    first <= second
        && pattern!(
            r"(?s).*\b(?i-u:lap|episode|stage|game|match|slide|step|issue|part|page|round) \z"
        )
        .is_match(place.near(10))
}

/// "Ashby 0-3 Orren".
fn match_of_two(place: &Place<'_>, first: u32, second: u32, rest: &str) -> bool {
    first <= 20
        && second <= 20
        && pattern!(r"(?s).*[A-Z][a-z]+ \z").is_match(place.near(20))
        && pattern!(r" [A-Z][a-z]+").is_match(rest)
        && !pattern!(r"(?s).*\b(?:Grades?|Ages?|Aged|Chapters?|Days?|Weeks?|Years?|Pages?|Rooms?|Nos?|Channels?|Types?|Levels?|Phases?|Parts?|Sections?|Articles?|Verses?|Class(?:es)?|Lines?|Zones?|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun|[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October|November|December|The|In|From|Of|At|For|And|Between) \z")
            .is_match(place.near(20))
}

/// "went 3-7", "a 3-7 record", "are 3-7 on the road": games won and lost.
fn record(place: &Place<'_>, first: u32, second: u32, rest: &str) -> bool {
    let before = pattern!(
        r"(?s).*\b(?:went|going|record of|records? (?:is|was|to)|(?:improved|improving|dropped|slipped) to) \z"
    );
    let is = pattern!(r"(?s).*\b(?:is|are|was|were|now|at|a|an) \z");
    let after = pattern!(
        r" (?:on the road|at home|this season|last season|overall|against|to start|to open|in (?:their|its|his|conference|league|division|home|road)|records?|start|mark|season)\b"
    );
    // "the Nets (28-42) visit"
    let in_brackets = rest.starts_with(") ")
        && pattern!(r"(?s).*[A-Z][a-z]+ \(\z").is_match(place.near(20))
        && (pattern!(r"\) (?:hosts?|visits?|faces?|plays?|beats?|at|vs\.?|travels?)\b").is_match(rest)
            || pattern!(r"(?s).*\b(?:hosts?|visits?|faces?|plays?|beats?|at|vs\.?|against) (?:the )?(?:[A-Z][a-z]+ ){1,3}\(\z").is_match(place.near(60)));
    // "the 6-7 Bears"
    let team = place.before.ends_with("the ") && pattern!(r" [A-Z][a-z]+s\b").is_match(rest);
    first + second <= 162
        && (team
            || in_brackets
            || before.is_match(place.near(20)) && !pattern!(r" [a-z]+s\b").is_match(rest)
            || is.is_match(place.near(6)) && after.is_match(rest))
}

/// "6-4", "lost 2-10", "3-6, 6-4": small numbers of which the first is larger, or that a word
/// or a score beside them tells.
pub(super) fn is_score(place: &Place<'_>, from: &str, to: &str, rest: &str) -> bool {
    let (Ok(first), Ok(second)) = (from.parse::<u32>(), to.parse::<u32>()) else { return false };
    // "Sat. 10-4": the hours of a shop.
    if first <= 12
        && second <= 12
        && pattern!(r"(?s).*(?:days?|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)[.:]? \z")
            .is_match(place.near(14))
        && !pattern!(r"(?s).*(?i:won|beat|win|score).*\z").is_match(place.near(60))
    {
        return false;
    }
    // "Lunch is 12-2"
    if first <= 12
        && second <= 12
        && pattern!(r"(?s).*\b(?i-u:breakfast|brunch|lunch|dinner|supper|(?-i:open)|hours|reception)(?: is| are| from| daily)?[:,]? \z")
            .is_match(place.near(24))
    {
        return false;
    }
    // A vote ("219-212") is said with "to".
    if first > 99 && second > 99 || second > 199 {
        return false;
    }
    if first > 199 {
        return !looks_like_year(from) && !from.contains(',');
    }
    let told = pattern!(concat!(r"(?s).*\b", score!(), r" (?:[a-z]+ )?\z")).is_match(place.before)
        || pattern!(concat!(r" (?:[a-z]+ )?", score!(), r"\b")).is_match(rest);
    let larger = |found: Option<regex::Captures<'_>>| {
        found.is_some_and(|f| {
            let number = |i: usize| f[i].parse::<u32>().unwrap_or(0);
            number(1) > number(2)
        })
    };
    first >= second && (first, second) != (9, 5)
        || told
        || larger(pattern!(r"(?s).*?\b([0-9]{1,2})-([0-9]{1,2}), \z").captures(place.before))
        || larger(pattern!(r"(?: \([0-9]{1,2}-[0-9]{1,2}\))?,? (?:and )?([0-9]{1,2})-([0-9]{1,2})\b").captures(rest))
        // "7-6 (5-7)": the points of a tie-break.
        || rest.starts_with(')') && pattern!(r"(?s).*[0-9]-[0-9] \(\z").is_match(place.before)
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn scores() {
        check(
            "en",
            &[
                ("6-4, 7-5", "six four seven five"),
                ("3-6, 6-4", "three six six four"),
                ("won 3-0", "won three zero"),
                ("6-7 (5-7), 6-4", "six seven five seven six four"),
                ("odds of 100-1", "odds of one hundred to one"),
                ("voted 219-212", "voted two hundred nineteen to two hundred twelve"),
                ("a 2-2 draw", "a two two draw"),
                ("lost 2-10", "lost two ten"),
                ("a 5-4 ruling", "a five four ruling"),
            ],
        );
    }

    #[test]
    fn games_of_other_kinds() {
        check(
            "en",
            &[
                ("were 245-6 at tea", "were two hundred forty five for six at tea"),
                ("110/3 off 12.4 overs", "one hundred ten for three off twelve point four overs"),
                ("he took 5-32 and left", "he took five for thirty two and left"),
                ("on 412-7d", "on four hundred twelve for seven declared"),
                ("it took 5-32 days", "it took five to thirty two days"),
                ("he shot 68-71-69-70", "he shot sixty eight seventy one sixty nine seventy"),
                ("on lap 23/57", "on lap twenty three of fifty seven"),
                ("Ashby 0-3 Orren", "Ashby zero three Orren"),
                ("Grades 3-5 Maths", "Grades three to five Maths"),
                ("are now 3-7 on the road", "are now three seven on the road"),
                ("a 3-7 record", "a three seven record"),
                ("the 6-7 Bears", "the six seven Bears"),
                ("host the Nets (28-42) at 7", "host the Nets twenty eight forty two at seven"),
                ("Lunch is 12-2", "Lunch is twelve to two"),
                ("won the US Open 6-4", "won the U S Open six four"),
                ("he bowled 10-2-38-4", "he bowled ten two thirty eight four"),
                ("a 3-7 year term", "a three to seven year term"),
            ],
        );
    }
}

//! Short forms of thousands and more without a currency: "10k followers", "8.1m viewers". Separate because the same
//! letters are lengths, pictures, races and gold.

use super::money::magnitude;
use super::number::{cardinal, decimal};
use super::said::{Place, Reading, Said, pattern};
use super::unit::unit;

/// Whether "7.6m" are millions: of what follows, or of what the words before speak of.
pub(super) fn millions(place: &Place<'_>, number: &str, rest: &str) -> bool {
    let people = pattern!(
        r"(?s).*\b(?:population|waiting list|audiences?|view(?:ers|ership)|users|subscribers|followers|attendance|turnout|customers|people|circulation|unemployed|voters|jobs|membership|migration|passengers|downloads|copies|visitors)\b"
    );
    let length = pattern!(
        r" (?:wide|long|high|tall|deep|above|below|apart|away|from|in (?:length|height|diameter))\b"
    );
    counted(rest)
        || in_scale_unit(rest)
        || place.before.ends_with("1 in ")
        || number.contains('.') && people.is_match(place.near(50)) && !length.is_match(rest)
}

/// Whether a unit follows, before which an "m" is a million: "1.5m km".
fn in_scale_unit(rest: &str) -> bool {
    pattern!(r" (?:km|mi|kg|t|ha|bbl|kWh|MWh|sq ft|sq km|km2|km²|yrs?)\b").is_match(rest)
}

/// Whether what follows is counted, so that an "m" before it is a million: "8.1m viewers".
fn counted(rest: &str) -> bool {
    pattern!(r" (?:more |new |other )?(?:people|viewers|users|jobs|homes|households|customers|subscribers|followers|passengers|tonnes|tons|barrels|copies|votes|voters|patients|doses|visitors|visits|listeners|downloads|views|readers|members|workers|employees|children|adults|pupils|students|families|residents|refugees|migrants|Americans|Britons|shares|tickets|streams|lit(?:re|er)s|gallons|bpd|b/d|tests|vehicles|cars|units|hectares|acres|tweets|records|accounts|devices|hits|bottles|pages|words|years)\b")
        .is_match(rest)
}

/// "10k runners": the short form of a thousand or more without a currency.
pub(super) fn short_scale(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(
        r"([0-9]{1,4}(?:\.[0-9]{1,3})?)(?: ?[-–] ?([0-9]{1,4}(?:\.[0-9]{1,3})?))?(bn|mn|tn|trn|k|K|m|M)"
    )
    .captures(place.rest)?;
    let len = found[0].len();
    if !place.ends_at(len) {
        return None;
    }
    // "2-3m homes"
    if let Some(to) = found.get(2) {
        if &found[3] == "K" || found[3].eq_ignore_ascii_case("m") && !counted(&place.rest[len..]) {
            return None;
        }
        let said = Said::of(&decimal(&found[1])).then("to").then(&decimal(to.as_str()));
        return Some((len, said.then(magnitude(&found[3])?)));
    }
    let run =
        pattern!(r"[- ](?:run|race|runner|runners|walk|marathon)\b").is_match(&place.rest[len..]);
    // "4K" is a picture, "5m" a length, "10K" a race; "1M+" is a number.
    let length = found[3].eq_ignore_ascii_case("m")
        && !millions(place, &found[1], &place.rest[len..])
        && !(&found[3] == "M" && place.rest[len..].starts_with('+'));
    // "24k gold"
    if found[3].eq_ignore_ascii_case("k")
        && matches!(&found[1], "9" | "10" | "14" | "18" | "22" | "24")
        && pattern!(
            r"[ -](?:[a-z]+ )?(?:gold|rings?|necklaces?|bracelets?|earrings|chains?|jewel\w*)\b"
        )
        .is_match(&place.rest[len..])
    {
        return Some((len, Said::of(&cardinal(&found[1])).then("karat")));
    }
    if &found[3] == "K" && found[1].len() == 1 || run || length {
        return None;
    }
    let said = Said::of(&decimal(&found[1])).then(magnitude(&found[3])?);
    // "24bn km"
    if in_scale_unit(&place.rest[len..])
        && let Some(short) = pattern!(r" (?:sq [a-z]+|[A-Za-z]+[2²]?)").find(&place.rest[len..])
        && let Some((_, several)) = unit(short.as_str().trim_start())
    {
        return Some((len + short.len(), said.then(several)));
    }
    Some((len, said))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn thousands_and_more() {
        check(
            "en",
            &[
                ("10k followers", "ten thousand followers"),
                ("1M+ downloads", "one million plus downloads"),
                (
                    "2.2m bpd at $5/bu",
                    "two point two million barrels per day at five dollars per bushel",
                ),
                (
                    "2-3m homes, 1.5mn tonnes",
                    "two to three million homes one point five million tonnes",
                ),
                ("a 24k gold ring", "a twenty four karat gold ring"),
                ("a 10k run", "a ten K run"),
                ("4K video", "four K video"),
                (
                    "8.1m viewers, 8.1m wide",
                    "eight point one million viewers eight point one meters wide",
                ),
            ],
        );
    }
}

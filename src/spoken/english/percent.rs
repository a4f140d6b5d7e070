//! Percentages, percentage points and basis points.

use super::cardinal::sign;
use super::fraction;
use super::number::decimal;
use super::said::{Place, Reading, Said, pattern};

pub(super) fn percent(place: &Place<'_>) -> Reading {
    let (skip, sign) = sign(place);
    let found = pattern!(
        r"([0-9][0-9,]{0,20}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})(?:[ -]([0-9])/([0-9]{1,2})| ?([½⅓⅔¼¾⅛⅜⅝⅞]))?%?(?: ?(?:-|–|—|to) ?([0-9]{1,9}(?:\.[0-9]{1,9})?))? ?(%|‰|percentage points?\b|pp\b|pc\b|bps?\b)"
    )
    .captures(&place.rest[skip..])?;
    let one = &found[1] == "1" && (2..=5).all(|part| found.get(part).is_none());
    let unit = match &found[6] {
        "pc" if found[0].contains(" pc") => return None,
        "%" | "pc" => "percent",
        "‰" => "per mille",
        // "3 pp" may be pages.
        "pp" if found[0].contains(" pp") && !found[1].contains('.') => return None,
        "pp" if one => "percentage point",
        "pp" => "percentage points",
        "bp" | "bps" if one => "basis point",
        "bp" | "bps" => "basis points",
        other => other,
    };
    let whole = found[1].trim_end_matches(',');
    let number = match (found.get(2), found.get(3), found.get(4)) {
        (Some(top), Some(bottom), _) => fraction::mixed(whole, top.as_str(), bottom.as_str()),
        (_, _, Some(part)) => {
            let (top, bottom) = fraction::vulgar(part.as_str().chars().next()?)?;
            fraction::mixed(whole, top, bottom)
        }
        _ => decimal(whole),
    };
    let range = found.get(5).map_or(String::new(), |m| format!(" to {}", decimal(m.as_str())));
    Some((skip + found[0].len(), Said::of(&format!("{sign}{number}{range} {unit}"))))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn percentages() {
        check(
            "en",
            &[
                ("a 15% rise", "a fifteen percent rise"),
                ("0.5%", "zero point five percent"),
                (".5 %", "point five percent"),
                ("-2.5%", "minus two point five percent"),
                ("1,200%", "one thousand two hundred percent"),
                // A range names its unit once.
                ("5–10% more", "five to ten percent more"),
                ("10%-15%", "ten to fifteen percent"),
                ("3 to 4%", "three to four percent"),
                ("up 50bps", "up fifty basis points"),
                ("1bp", "one basis point"),
                ("by 3pp", "by three percentage points"),
                ("(0.25 pp)", "zero point two five percentage points"),
                ("33 1/3%, 5½ percent", "thirty three and a third percent five and a half percent"),
                ("5½%", "five and a half percent"),
                ("7‰", "seven per mille"),
                ("100%", "one hundred percent"),
            ],
        );
    }
}

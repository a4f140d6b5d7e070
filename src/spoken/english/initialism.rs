//! Words in capitals: spelled out, said as a word, or merely shouted. Separate because it is a
//! judgement with lists of its own.

use super::said::{Place, Reading, Said, pattern};

/// Said as words.
const ACRONYMS: &str = " NASA NATO ASEAN UNICEF UNESCO AIDS COVID SARS OPEC FIFA UEFA INTERPOL LASER RADAR \
    ECOWAS IGAD SADC COMESA MONUSCO FARC ISIS NAFTA OSHA SWAT SWOT ASAP YOLO GIF RAM PIN SIM ROM OXFAM \
    UNITA ZANU ISIL BREXIT FEMA NICE SCUBA EBOLA HAMAS IKEA LEGO VISA QUANGO CARE REDD FRONTEX MAX BRICS COP SAGE \
    STEM STEAM ICE HUD DOGE SNAP WIC POTUS SCOTUS FLOTUS DARPA NORAD SALT PEPFAR GAVI UNRWA UNCTAD UNIFIL CARICOM ANZAC \
    AUKUS GATT GAAP CONCACAF CRISPR MERS SWIFT TED TOEFL PISA LIBOR SIPRI PETA MADD NASCAR BAFTA EGOT DACA RICO CHIP \
    MAGA BIPOC LATAM APEC SAARC WADA NICU CENTCOM AFRICOM THAAD HIMARS ATACMS LIDAR SONAR YAML LAN WAN BIOS DOS WAP SEAL \
    CAPTCHA FOX NASDAQ NIMBY YIMBY HAZMAT JPEG GOAT ";
/// Spelled out although they look like words, or stand among shouted words.
const SPELLED: &str = " US UN EU UK USA NGO UAE IMF ICC IT AI HIV DNA USAID UNHCR WHO AU TV CEO BBC CNN ILO ICU \
    IUCN UNDP UNEP NGOS FBI CIA USD GDP LGBT LGBTQ UNAIDS IUD EACOP LED API ATM FAQ CIA ID VIP POW ANC IRA AFL CIO EPA NFL NBA NRA IRS FDA SEC FAA DEA \
    ATF NSA DOE DOD GOP SNP DUP CPI ECB IPO CFO CTO COO ETF SUV EV EVS RAF OECD OSCE ACLU IAEA UCLA UEA PTA AMA ABA IOC \
    ITV IVF IQ UV UFO USSR USB URL UI UX VR AR ER OS PE QR RSVP DIY FYI IOU EP LP PA PR HR TA EU UAE DUI SOS AOC MOU OPD \
    IRGC IDF PLO USMCA ";
/// Ordinary words that are written in capitals for stress.
const COMMON: &str = " A I AN AS AT BE BY DO GO HE IF IN IS IT ME MY NO OF ON OR SO TO UP WE AM ALL AND ANY ARE BUT CAN \
    DID FOR GET GOD HAD HAS HER HIM HIS HOW ITS LET MAN MAY NEW NOT NOW OFF OLD ONE OUR OUT OWN PUT RUN SAY SEE SHE \
    THE TOO TWO USE WAR WAS WAY WHY YES YET YOU ALSO BACK BEEN BEST BOTH CALL COME DOES DONE DOWN EACH ELSE EVEN EVER \
    FACT FIND FREE FROM FULL GIVE GOOD HAVE HELP HERE HIGH HOME INTO JUST KEEP KNOW LAST LEFT LIFE LIKE LIVE LONG LOOK \
    LOVE MADE MAKE MANY MORE MOST MUCH MUST NEED NEWS NEXT NONE ONLY OPEN OVER PART PAST PLAY READ REAL SAID SAME SAVE \
    SHOW SIDE SOME STOP SUCH SURE TAKE TALK TELL THAN THAT THEM THEN THEY THIS TIME TRUE UPON VERY WANT WELL WENT WERE \
    WHAT WHEN WILL WITH WORD WORK YEAR YOUR ABOUT AFTER AGAIN BEING BELOW COULD DEATH EVERY FIRST FOUND GREAT GROUP \
    HOUSE LARGE MIGHT NEVER OTHER PEACE PLACE POINT RIGHT SHALL SINCE SMALL STATE STILL STORY THEIR THERE THESE THING \
    THINK THOSE THREE TODAY UNDER UNTIL WATER WHERE WHICH WHILE WHITE WHOLE WHOSE WOMAN WOMEN WORLD WOULD WRITE WRONG \
    YEARS YOUNG ACT AGE AGO BAD BIG BOY DAY END EYE FAR FEW GIRL HOPE LAW LAND LESS LINE MEN MIND OIL PEOPLE PAY RED SET \
    SIX TEN TOP TRY WIN ART BODY BOOK CASE CITY DARK DEAD DEAR FACE FAIR FALL FARM FEAR FEEL FIRE FOOD GOLD HALF HAND \
    HARD HEAD HEAR HELD HOLD HOUR IDEA KILL KIND KING LATE LEAD MEAN MEET NAME NEAR PAIN POOR ROAD ROOM SAFE SEEN SEND \
    WOW HUGE YAY BOO WIN BIG LOST SEA FIX HIT HOT ICY MAD SAD SOLD DEAL RISE RISES FALL FALLS CUT CUTS WINS QUIT QUITS \
    SOON TERM TOLD TOWN TURN VIEW VOTE WAIT WALK WALL WEEK WEST WIFE WISE CUP ";

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// Whether words in capitals are an opening or a headline: a small word is among them, or a long one that is no
/// short form.
pub(super) fn stresses(run: &str) -> bool {
    run.split(|c: char| !c.is_alphabetic()).any(|word| {
        let long = word.len() >= 5 && !listed(ACRONYMS, word) && !listed(SPELLED, word);
        word.len() >= 2 && listed(COMMON, word) && word != "IT"
            || long && (word.len() >= 7 || pronounceable(word))
    })
}

/// Whether a word of five letters or more is built like one of English: what stands before, between and behind
/// its vowels are groups that can be said.
fn pronounceable(word: &str) -> bool {
    const ONSETS: &str = " B BL BR C CH CL CR D DR DW F FL FR G GL GR H J K KN L M N P PH PL PR QU R S SC SCH SCR SH SK \
        SL SM SN SP SPH SPL SPR SQU ST STR SW T TH THR TR TW V W WH WR Y Z ";
    const CODAS: &str = " B C CK CT CTS D DS F FF FT FTS G GE GHT GHTS H K KS L LD LDS LF LK LL LLS LM LP LT LTS M MB MP MPS MS N NCE NCH \
        ND NDS NG NGS NK NKS NS NT NTH NTS P PS PT R RB RCH RD RDS RF RG RK RKS RM RMS RN RNS RP RS RSE RST RT RTH RTS S SH SK SP SS ST STS T TCH \
        TH THS TS V W WN WS X Z ZZ ";
    let vowel = |c: char| "AEIOUY".contains(c);
    if !word.is_ascii() || word.len() < 5 || !word.contains(vowel) {
        return false;
    }
    let groups: Vec<&str> = word.split(vowel).collect();
    let legal = |list: &str, group: &str| group.is_empty() || listed(list, group);
    let last = groups.len() - 1;
    groups.iter().enumerate().all(|(i, group)| match i {
        0 => legal(ONSETS, group) || *group == "Q",
        _ if i == last => legal(CODAS, group),
        _ => {
            (0..=group.len()).any(|cut| legal(CODAS, &group[..cut]) && legal(ONSETS, &group[cut..]))
                || *group == "Q"
        }
    })
}

/// Consonants and vowels take turns, so that it can be said.
fn sayable(word: &str) -> bool {
    let vowels: Vec<bool> = word.chars().map(|c| "AEIOU".contains(c)).collect();
    vowels.iter().filter(|v| **v).count() >= 2 && vowels.windows(2).all(|pair| pair[0] != pair[1])
}

/// "AT&T", "R&D": letters with a sign between.
pub(super) fn joined(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(r"([A-Z]{1,2})&([A-Z]{1,2})(s?)\b").captures(place.rest)?;
    let mut said = Said::default().letters(&found[1]).then("and").letters(&found[2]);
    if let Some(last) = said.0.last_mut().filter(|_| !found[3].is_empty()) {
        last.text.push_str("'s");
    }
    Some((found[0].len(), said))
}

/// How a word is said, part by part where hyphens join parts in capitals.
pub(super) fn word(word: &str, shouted: bool) -> Said {
    if word == "tv" {
        return Said::default().letters("TV");
    }
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_ascii_lowercase()
        && !matches!(letter, 'a' | 'i' | 'n' | 'o')
    {
        return Said::default().letters(word);
    }
    if let Some(said) = mixed(word) {
        return said;
    }
    if !word.is_ascii() {
        if let Some(name) = super::symbol::greek(word) {
            return Said::of(name);
        }
        // "α-tocopherol"
        if let Some((letter, rest)) = word.split_once('-')
            && let Some(name) = super::symbol::greek(letter)
        {
            return Said::of(name).join(self::word(rest, shouted));
        }
    }
    // "iOS", "eSIM": a small letter before a short form.
    if let Some(rest) = word.strip_prefix(['i', 'e', 'm'])
        && in_capitals(rest)
        && rest.len() > 1
    {
        return Said::default().letters(&word[..1]).join(capitals(rest, false));
    }
    if !word.contains(char::is_uppercase) {
        return Said::of(word);
    }
    let long =
        |part: &str| in_capitals(part) && part.chars().filter(|c| c.is_uppercase()).count() > 1;
    if word.split('-').any(long) {
        return word.split('-').fold(Said::default(), |said, part| {
            said.join(if long(part) { capitals(part, shouted) } else { self::word(part, shouted) })
        });
    }
    if in_capitals(word) { capitals(word, shouted) } else { Said::of(word) }
}

/// `MoD`, `PwC`, `MSc`, `GmbH`, "plc", "πr": letters, small ones among them.
fn mixed(word: &str) -> Option<Said> {
    let stem = word.split('\'').next().unwrap_or(word);
    let stem = stem.strip_suffix('s').filter(|stem| stem.len() >= 3).unwrap_or(stem);
    let shape: Vec<char> = stem.chars().collect();
    let letters = match shape[..] {
        [a, b, c] if a.is_ascii_uppercase() && c.is_ascii_uppercase() => {
            b.is_ascii_lowercase() && !matches!(stem, "MiG" | "CoV")
        }
        _ => matches!(
            stem,
            "MSc"
                | "BSc"
                | "DSc"
                | "GmbH"
                | "plc"
                | "NaCl"
                | "KCl"
                | "HCl"
                | "NaOH"
                | "SiC"
                | "GaN"
        ),
    };
    if letters {
        let mut said = Said::default().letters(stem);
        if word.len() > stem.len() {
            said.0.last_mut()?.text.push_str("'s");
        }
        return Some(said);
    }
    match shape[..] {
        ['M' | 'D', 'P', 'h', 'i', 'l'] | ['M' | 'B', 'E', 'n', 'g'] | ['M' | 'B', 'E', 'd'] => {
            Some(Said::default().letters(&stem[..1]).then(&stem[1..]))
        }
        [symbol, letter] if letter.is_ascii_alphabetic() && !symbol.is_ascii() => {
            let name = super::symbol::greek(&stem[..symbol.len_utf8()])?;
            Some(Said::of(name).letters(&stem[symbol.len_utf8()..]))
        }
        _ => None,
    }
}

/// "NGO", "NGOs", "NGO's".
fn in_capitals(word: &str) -> bool {
    let stem = word.split('\'').next().unwrap_or(word);
    let stem = stem.strip_suffix('s').filter(|s| s.chars().count() >= 2).unwrap_or(stem);
    !stem.is_empty() && stem.chars().all(char::is_uppercase)
}

/// How a word in capitals is said. `shouted` when the whole sentence is in capitals.
fn capitals(word: &str, shouted: bool) -> Said {
    let (stem, tail) = match word.find('\'') {
        Some(at) => word.split_at(at),
        None => match word.strip_suffix('s') {
            Some(stem) if stem.chars().count() >= 2 => (stem, "'s"),
            _ => (word, ""),
        },
    };
    let count = stem.chars().count();
    if count == 1 {
        let mut said = Said::of(word);
        said.0
            .iter_mut()
            .for_each(|item| item.letter = !matches!(stem, "A" | "I") && stem.is_ascii());
        return said;
    }
    let tail_of_word = if tail == "'s" && !word.contains('\'') { "s" } else { tail };
    let contraction = matches!(tail, "'T" | "'LL" | "'RE" | "'VE" | "'D" | "'M");
    if (listed(COMMON, stem) && (shouted || !matches!(stem, "IT" | "AS"))) || contraction {
        return Said::of(&word.to_lowercase());
    }
    if listed(ACRONYMS, stem) {
        return Said::of(&format!("{stem}{tail_of_word}"));
    }
    let vowel = stem.contains(['A', 'E', 'I', 'O', 'U', 'Y']) || !stem.is_ascii();
    let spelled = listed(SPELLED, stem)
        || !vowel
        || (!shouted
            && (count <= 3
                || (count <= 5 && stem.is_ascii() && !sayable(stem) && !pronounceable(stem))));
    if spelled && stem.chars().all(char::is_alphabetic) {
        let mut said = Said::default().letters(stem);
        if let Some(last) = said.0.last_mut() {
            last.text.push_str(&tail.to_lowercase());
        }
        return said;
    }
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().collect();
    if sayable(stem) && count <= 5 && !shouted {
        return Said::of(&format!("{stem}{tail_of_word}"));
    }
    Said::of(&format!("{first}{}", letters.as_str().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn letters_or_words() {
        check(
            "en",
            &[
                ("Two NGOs met", "Two N G O's met"),
                ("the NGOs' letter", "the N G O's letter"),
                ("the CEO's desk", "the C E O's desk"),
                ("NASA and NATO", "NASA and NATO"),
                ("the FBI", "the F B I"),
                ("AT&T and R&D", "A T and T and R and D"),
                ("an IMF-backed plan", "an I M F backed plan"),
                ("the MoD, TfL and two MoUs", "the M O D T F L and two M O U's"),
                ("an MSc, an MPhil, Orr plc", "an M S C an M Phil Orr P L C"),
                ("AS-levels", "A S levels"),
                ("iOS, mRNA and an eSIM", "I O S M R N A and an E SIM"),
                ("POTUS and SCOTUS", "POTUS and SCOTUS"),
                ("on tv", "on T V"),
            ],
        );
    }

    #[test]
    fn capitals_for_stress() {
        check(
            "en",
            &[
                ("I’m NOT here", "I'm not here"),
                ("STOP right there", "stop right there"),
                ("TWELVE BOATS LOST AT SEA", "Twelve Boats lost at sea"),
                ("WE WON'T", "we won't"),
                ("I LOVE IT", "I love it"),
                // Openings and headlines in capitals are words, lists of short forms are not.
                ("THE STORM breaks as PM resigns", "the Storm breaks as P M resigns"),
                ("UN warns of CRISIS", "U N warns of Crisis"),
                ("a HUGE win and NO stop", "a huge win and no stop"),
                ("IBM, HSBC, NATO, BRICS", "I B M H S B C NATO BRICS"),
                ("RIP, ASAP, TGIF", "R I P ASAP T G I F"),
            ],
        );
    }
}

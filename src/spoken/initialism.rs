//! Words in capitals: spelled out, said as a word, or merely shouted. Separate because it is a
//! judgement with lists of its own.

use super::said::Said;

/// Said as words.
const ACRONYMS: &str = " NASA NATO ASEAN UNICEF UNESCO AIDS COVID SARS OPEC FIFA UEFA INTERPOL LASER RADAR \
    ECOWAS IGAD SADC COMESA MONUSCO FARC ISIS NAFTA OSHA SWAT SWOT ASAP YOLO GIF RAM PIN SIM ROM OXFAM \
    UNITA ZANU ISIL BREXIT FEMA NICE SCUBA EBOLA HAMAS IKEA LEGO VISA QUANGO CARE REDD FRONTEX ";
/// Spelled out although they look like words, or stand among shouted words.
const SPELLED: &str = " US UN EU UK USA NGO UAE IMF ICC IT AI HIV DNA USAID UNHCR WHO AU TV CEO BBC CNN ILO ICU \
    IUCN UNDP UNEP NGOS FBI CIA USD GDP LGBT LGBTQ UNAIDS IUD EACOP LED API ATM FAQ CIA ID VIP POW ";
/// Ordinary words that are written in capitals for stress.
const COMMON: &str = " A I AN AS AT BE BY DO GO HE IF IN IS ME MY NO OF ON OR SO TO UP WE AM ALL AND ANY ARE BUT CAN \
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
    SOON TERM TOLD TOWN TURN VIEW VOTE WAIT WALK WALL WEEK WEST WIFE WISE CUP ";

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// Consonants and vowels take turns, so that it can be said.
fn sayable(word: &str) -> bool {
    let vowels: Vec<bool> = word.chars().map(|c| "AEIOU".contains(c)).collect();
    vowels.iter().filter(|v| **v).count() >= 2 && vowels.windows(2).all(|pair| pair[0] != pair[1])
}

/// How a word in capitals is said. `shouted` when the whole sentence is in capitals.
pub(super) fn capitals(word: &str, shouted: bool) -> Said {
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
    if (listed(COMMON, stem) && (shouted || stem != "IT")) || contraction {
        return Said::of(&word.to_lowercase());
    }
    if listed(ACRONYMS, stem) {
        return Said::of(&format!("{stem}{tail_of_word}"));
    }
    let vowel = stem.contains(['A', 'E', 'I', 'O', 'U', 'Y']) || !stem.is_ascii();
    let spelled = listed(SPELLED, stem)
        || !vowel
        || (!shouted && (count <= 3 || (count <= 5 && stem.is_ascii() && !sayable(stem))));
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

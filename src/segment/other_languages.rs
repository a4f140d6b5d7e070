//! Ends of sentences that are none in Spanish, French, German, Italian and Portuguese. Separate because every
//! language has its own short forms, and German a dot behind ordinals.

use std::sync::LazyLock;

use regex::Regex;

/// Short forms of a language: those that never end a sentence, and those that do not before a number.
struct Forms {
    any: Regex,
    numbered: Regex,
}

fn forms(any: &str, numbered: &str) -> Forms {
    let compile = |list: &str| {
        Regex::new(&format!(r"(?:^|[^\p{{L}}.])(?:{list})\.$")).expect("a constant expression")
    };
    Forms { any: compile(any), numbered: compile(numbered) }
}

static SPANISH: LazyLock<Forms> = LazyLock::new(|| {
    forms(
        "Sra?s?|Srtas?|Dra?s?|D|Dña|Prof|Profa|Lic|Ing|Arq|Mons|Gral|Cnel|Sto|Sta|Fr|Av|Avda|Pza|Plza|Excmo|Excma|Ilmo|EE|p|vs|Hnos|Cía|Ud|Vd",
        "[nN]|núms?|[pP]ágs?|pp?|[aA]rts?|caps?|vol|figs?|apdo|ap|párr|ss?|[tT]el|tfno|ext|S/|lun|mié|jue|vie|sáb|dom|ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic|aprox|máx|mín",
    )
});
static FRENCH: LazyLock<Forms> = LazyLock::new(|| {
    forms(
        "MM?|Mgr|Dr|Pr|Av|av|bd|Bd|St|Ste|Cf|cf|env|ex|vs|Cie",
        "[nN]|pp?|[aA]rts?|[LRD]|chap|vol|fig|t|al|[tT]él|max|min|éd|v|lun|mar|mer|jeu|ven|sam|dim|janv|févr|avr|juil|sept|oct|nov|déc|apr",
    )
});
static GERMAN: LazyLock<Forms> = LazyLock::new(|| {
    forms(
        "Dr|Prof|Hr|Fr|Frl|St|Hl|Gebr|[Vv]gl|bzw|ca|evtl|ggf|inkl|zzgl|abzgl|sog|geb|Dipl|Ing|[a-zäöü]|Mio|Mrd|Tsd|Co|Str|str|vs",
        "Nrn?|S|Az|[Rr]d|u|Art|Abs|Abb|Kap|Bd|Aufl|Tab|Ziff|Tel|max|min|Rn|Anm|Jan|Feb|Apr|Aug|Sept?|Okt|Nov|Dez|Mo|Di|Mi|Do|Sa|So",
    )
});
static ITALIAN: LazyLock<Forms> = LazyLock::new(|| {
    forms(
        "[sS]ig|[sS]igg|[dD]ott|[pP]rof|[aA]vv|[iI]ng|[aA]rch|[gG]eom|On|on|Mons|S|Cfr|cfr|vs|[dD]ott\\.ssa|[sS]ig\\.ra|[pP]rof\\.ssa",
        "[nN]n?|[lL]gs|d\\.lgs|D\\.Lgs|d\\.l|D\\.L|D\\.P\\.R|int|sez|sent|lun|mer|gio|ven|sab|dom|pagg?|pp?|[aA]rtt?|capp?|vol|figg?|[tT]el|co?|[lL]|max|min|gen|feb|mar|apr|mag|giu|lug|ago|sett?|ott|nov|dic|sec",
    )
});
static PORTUGUESE: LazyLock<Forms> = LazyLock::new(|| {
    forms(
        "Sra?s?|Dra?s?|Profa?|Av|R|D|Sto|Sta|Pça|Exmo|Exma|Cel|Gen|Dep|Sen|Cia|[eE]ng|[pP]rofa?|vs|Cf|cf|p",
        "[nN]|[pP]ágs?|pp?|[aA]rts?|[cC]aps?|vol|figs?|sécs?|[tT]el|máx|mín|inc|cj|proc|seg|ter|qua|qui|sex|sáb|dom|jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez|aprox",
    )
});

/// Whether `after` belongs to the sentence that seems to end with `before`, in the language of this code.
pub(super) fn goes_on(before: &str, after: &str, code: &str) -> bool {
    let forms = match code {
        "es" => &SPANISH,
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "it" => &ITALIAN,
        "pt" => &PORTUGUESE,
        _ => return false,
    };
    if !before.ends_with('.') {
        return false;
    }
    // Nothing that begins with a small letter is a sentence; "n.º 5", "z. B.", "J.-C. et".
    let small = after.starts_with([':', ',', ';', ')'])
        || after.starts_with(char::is_lowercase)
        || after.starts_with(['º', 'ª']);
    let mut letters = after.chars();
    let lettered = letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some('.');
    if small || lettered && before[..before.len() - 1].ends_with(char::is_alphabetic) {
        return true;
    }
    let counts = || {
        static COUNT: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^(?:[0-9(]|(?:[IVXLC]{2,}|[VX])\b)").expect("a constant expression")
        });
        COUNT.is_match(after)
    };
    if forms.any.is_match(before) || forms.numbered.is_match(before) && counts() {
        return true;
    }
    code == "de" && ordinal(before, after)
}

/// "im 2. Quartal", "die 1. Bundesliga": a number with its dot between an article and a noun.
fn ordinal(before: &str, after: &str) -> bool {
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:^|[^\p{L}])(?:[Aa]m|[Ii]m|[Vv]om|[Zz]um|[Zz]ur|[Bb]eim|[Dd]er|[Dd]ie|[Dd]as|[Dd]en|[Dd]em|[Dd]es|[Bb]is|[Aa]b|[Ss]eit|und|oder|[Jj]ede[rsnm]?|[Dd]iese[rsnm]?|[Ss]eine[rsnm]?|[Ii]hre[rsnm]?|[Uu]nsere[rsnm]?|[Aa]uf|[0-9]{1,3}\.,?|[-–]) ?[0-9]{1,3}\.$",
        )
        .expect("a constant expression")
    });
    static STARTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:Der|Die|Das|Den|Dem|Des|Eine?[rsnm]?|Er|Sie|Es|Wir|Ihr|Ich|Man|Diese?[rsnm]?|Doch|Aber|Und|Oder|Denn|Dann|Danach|Da|Dabei|Dort|Hier|Auch|Nach|Vor|Bei|Mit|Im|In|Am|An|Auf|Aus|Um|Zum?|Zur|Für|Vo[nm]|Als|Wenn|Wie|Was|Wer|Wo|Seit|Bis|So|Nur|Noch|Nun|Jetzt|Heute|Gestern|Später|Zuvor|Laut|Trotz|Während|Viele|Alle|Keine?)\b",
        )
        .expect("a constant expression")
    });
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^0-9.,:])[0-9]{1,3}\.$").expect("a constant expression")
    });
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Apr|Aug|Sept?|Okt|Nov|Dez|OG|UG|Obergeschoss|Untergeschoss|Halbjahr|Hj|Halbzeit|Hälfte|Wahlgang|Lesung|Etappe|Bezirk|Platz|Rang|Liga|Bundesliga|Stock|Etage|Runde|Spieltag|Quartal|Jahrhunderts?|Jh|Mal|Tag|Auflage|Klasse|Kapitel|Minute|Geburtstag|Jahrestag|Teil|Akt|Weltkrieg)\b",
        )
        .expect("a constant expression")
    });
    after.starts_with(char::is_uppercase)
        && (ARTICLE.is_match(before) && !STARTS.is_match(after)
            || NUMBER.is_match(before) && COUNTED.is_match(after))
}

#[cfg(test)]
mod tests {
    use crate::segment::sentences::sentences;

    /// Each text with `|` where a sentence ends.
    fn check(language: &str, cases: &[&str]) {
        let wrong: Vec<String> = cases
            .iter()
            .filter_map(|case| {
                let text = case.replace('|', "");
                let found: Vec<&str> =
                    sentences(&text, language).into_iter().map(|range| &text[range]).collect();
                let wanted: Vec<&str> = case.split('|').map(str::trim).collect();
                (found != wanted).then(|| format!("found  {found:?}\nwanted {wanted:?}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn spanish() {
        check(
            "es",
            &[
                "El Sr. Ruiz llegó a las 8 a. m. y se fue. |La Sra. Gil no.",
                "Vive en el n.º 12, 3.º piso. |El 75.º congreso abre hoy.",
                "¿Cuántos son? |¡Son 21! |Eso dijo el Dr. Paz.",
                "En el s. XIX a. C. y el 44 d. C. hubo guerra. |Luego, paz.",
                "Ganó EE. UU. por 3,5 puntos. |El 31 de dic. de 1999 llovió.",
                "Véase la pág. 23 y el art. 5. |«Sí», dijo. |«No. Nunca», dijo ella.",
                "Cuesta S/. 12,50 el vie. 5. |Tel.: (1) 555-0123.",
                "A 1.500 m s. n. m. hace frío. |Hay nieve.",
            ],
        );
    }

    #[test]
    fn french() {
        check(
            "fr",
            &[
                "M. Durand et Mme Roy sont là. |Le Dr. Petit aussi.",
                "Au Ve siècle av. J.-C. et en 44 apr. J.-C. aussi. |Puis rien.",
                "Le 31 déc. 1999, il neigeait. |Il fait -3,5 °C.",
                "Voir art. 5, p. ex. la p. 23. |Quoi ? |Rien !",
                "Le lun. 3 juin, l'art. L. 121-1 change. |Né v. 1450.",
                "« Oui », dit-il. |Elle partit.",
            ],
        );
    }

    #[test]
    fn german() {
        check(
            "de",
            &[
                "Im 2. Quartal stieg die Inflation. |Am 31. Dez. 1999 fiel Schnee.",
                "Die 1. Runde, der 3. Platz und die 100. Folge. |Das war es.",
                "Im 21. Jahrhundert lebt Dr. Roth in der Hauptstr. 12, 3. Stock. |Er malt.",
                "Er kam am 5. an. |Sie kam am 6. |Der Zug war voll.",
                "Es ist Nr. 5, 2. OG, links. |Jeder 2. Deutsche weiß es. |Az. 3 C 12.",
                "Ludwig XIV. war König, z. B. um 1700. |Er starb 1715. |Danach kam Ruhe.",
                "Vom 1. bis 3. Januar ist zu. |Am 24. und 25. Dezember auch.",
                "Es waren ca. 250.000 Menschen bzw. 3,5 Prozent. |„Ja“, sagte sie. |„Nein. Nie“, sagte er.",
            ],
        );
    }

    #[test]
    fn italian() {
        check(
            "it",
            &[
                "Il dott. Rossi e la sig.ra Bianchi sono qui. |L'avv. Neri no.",
                "Il n. 1 è a pag. 23, art. 5. |Fine.",
                "Il d.lgs. 196/2003, co. 2, vale. |Lun. 3 no.",
                "Nel V sec. a.C. e nel 44 d.C. ci fu guerra. |Poi, pace.",
                "Il 31 dic. 1999 nevicava. |Costa 3,50 euro. |Davvero? |Sì!",
                "«Sì», disse. |Lei uscì.",
            ],
        );
    }

    #[test]
    fn portuguese() {
        check(
            "pt",
            &[
                "O Dr. Silva e a Sra. Souza moram na Av. Paulista. |O Sr. Dias não.",
                "Aberto de seg. a sex., das 9h às 18h. |Fechado aos domingos.",
                "No séc. V a.C. e em 44 d.C. houve guerra. |Depois, paz.",
                "Em 31 dez. 1999 nevava. |Veja a pág. 23, p. ex., e o art. 5º. |Fim.",
                "Custa R$ 3,50. |Sério? |Sim!",
                "A profa. Ana mora no cj. 56. |Tel.: (41) 3322-1234.",
            ],
        );
    }
}

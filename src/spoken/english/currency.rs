//! The currencies: their signs and codes, and what they and their hundredths are called. Separate because it is a table.

/// A currency.
#[derive(Clone, Copy)]
pub(super) struct Currency {
    /// Said before the name ("Canadian"); "US" and "CFA" letter by letter.
    pub(super) of: &'static str,
    pub(super) one: &'static str,
    pub(super) several: &'static str,
    /// Hundredths.
    pub(super) cent: &'static str,
    pub(super) cents: &'static str,
}

/// Signs and codes (parted by `|`), whose, one, several, a hundredth, hundredths. A sign that another
/// one begins with comes later.
const CURRENCIES: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("US$", "US", "dollar", "dollars", "cent", "cents"),
    ("AU$|A$|AUD", "Australian", "dollar", "dollars", "cent", "cents"),
    ("CA$|C$|CAD", "Canadian", "dollar", "dollars", "cent", "cents"),
    ("S$|SGD", "Singapore", "dollar", "dollars", "cent", "cents"),
    ("HK$|HKD", "Hong Kong", "dollar", "dollars", "cent", "cents"),
    ("NZ$|NZD", "New Zealand", "dollar", "dollars", "cent", "cents"),
    ("NT$|TWD", "Taiwan", "dollar", "dollars", "cent", "cents"),
    ("J$|JMD", "Jamaican", "dollar", "dollars", "cent", "cents"),
    ("TT$|TTD", "Trinidad", "dollar", "dollars", "cent", "cents"),
    ("EC$|XCD", "East Caribbean", "dollar", "dollars", "cent", "cents"),
    ("FJ$|FJD", "Fijian", "dollar", "dollars", "cent", "cents"),
    ("N$|NAD", "Namibian", "dollar", "dollars", "cent", "cents"),
    ("Z$|ZWL", "Zimbabwean", "dollar", "dollars", "cent", "cents"),
    ("R$|BRL", "", "real", "reais", "centavo", "centavos"),
    ("MX$|MXN", "Mexican", "peso", "pesos", "centavo", "centavos"),
    ("USD", "US", "dollar", "dollars", "cent", "cents"),
    ("$", "", "dollar", "dollars", "cent", "cents"),
    ("€|EUR", "", "euro", "euros", "cent", "cents"),
    ("£|GBP", "", "pound", "pounds", "penny", "pence"),
    ("¥|JPY", "", "yen", "yen", "sen", "sen"),
    ("CN¥|RMB|CNY", "", "yuan", "yuan", "fen", "fen"),
    ("₩|KRW", "", "won", "won", "jeon", "jeon"),
    ("₹|₨|Rs.|Rs|INR", "", "rupee", "rupees", "paisa", "paise"),
    ("PKR", "Pakistani", "rupee", "rupees", "paisa", "paise"),
    ("NPR", "Nepalese", "rupee", "rupees", "paisa", "paise"),
    ("LKR", "Sri Lankan", "rupee", "rupees", "cent", "cents"),
    ("₦|NGN", "", "naira", "naira", "kobo", "kobo"),
    ("₱|PHP", "", "peso", "pesos", "centavo", "centavos"),
    ("₫|VND", "", "dong", "dong", "xu", "xu"),
    ("฿|THB", "", "baht", "baht", "satang", "satang"),
    ("₽|RUB", "", "ruble", "rubles", "kopek", "kopeks"),
    ("₺|TRY", "", "lira", "lira", "kurus", "kurus"),
    ("GH₵|GH¢|₵|GHS", "", "cedi", "cedis", "pesewa", "pesewas"),
    ("៛|KHR", "", "riel", "riel", "sen", "sen"),
    ("₭|LAK", "", "kip", "kip", "att", "att"),
    ("₮|MNT", "", "tugrik", "tugriks", "mongo", "mongo"),
    ("₪|ILS|NIS", "", "shekel", "shekels", "agora", "agorot"),
    ("₴|UAH", "", "hryvnia", "hryvnias", "kopiyka", "kopiykas"),
    ("₸|KZT", "", "tenge", "tenge", "tiyn", "tiyn"),
    ("₼|AZN", "", "manat", "manat", "qapik", "qapik"),
    ("₾|GEL", "", "lari", "lari", "tetri", "tetri"),
    ("₡|CRC", "", "colon", "colones", "centimo", "centimos"),
    ("₲|PYG", "", "guarani", "guaranis", "centimo", "centimos"),
    ("₿|BTC", "", "bitcoin", "bitcoins", "satoshi", "satoshis"),
    ("৳|Tk.|Tk|BDT", "", "taka", "taka", "poisha", "poisha"),
    ("MMK", "", "kyat", "kyats", "pya", "pyas"),
    ("RM|MYR", "", "ringgit", "ringgit", "sen", "sen"),
    ("Rp|IDR", "", "rupiah", "rupiah", "sen", "sen"),
    ("zł|PLN", "", "zloty", "zlotys", "grosz", "groszy"),
    ("Kč|CZK", "", "koruna", "korunas", "haler", "halers"),
    ("Ft|HUF", "", "forint", "forints", "filler", "fillers"),
    ("ZAR", "", "rand", "rand", "cent", "cents"),
    ("KSh|Ksh|KES", "Kenyan", "shilling", "shillings", "cent", "cents"),
    ("USh|UGX", "Ugandan", "shilling", "shillings", "cent", "cents"),
    ("TSh|TZS", "Tanzanian", "shilling", "shillings", "cent", "cents"),
    ("Shs|Sh", "", "shilling", "shillings", "cent", "cents"),
    ("ETB", "", "birr", "birr", "santim", "santim"),
    ("RWF", "Rwandan", "franc", "francs", "centime", "centimes"),
    ("IQD", "Iraqi", "dinar", "dinars", "fils", "fils"),
    ("KWD", "Kuwaiti", "dinar", "dinars", "fils", "fils"),
    ("JOD", "Jordanian", "dinar", "dinars", "piaster", "piasters"),
    ("RON", "", "leu", "lei", "ban", "bani"),
    ("ISK", "Icelandic", "krona", "kronur", "eyrir", "aurar"),
    ("ARS", "Argentine", "peso", "pesos", "centavo", "centavos"),
    ("CLP", "Chilean", "peso", "pesos", "centavo", "centavos"),
    ("CHF", "Swiss", "franc", "francs", "centime", "centimes"),
    ("kr", "", "krone", "kroner", "ore", "ore"),
    ("SEK", "Swedish", "krona", "kronor", "ore", "ore"),
    ("NOK", "Norwegian", "krone", "kroner", "ore", "ore"),
    ("DKK", "Danish", "krone", "kroner", "ore", "ore"),
    ("AED|Dhs|DH", "", "dirham", "dirhams", "fils", "fils"),
    ("SAR", "Saudi", "riyal", "riyals", "halala", "halalas"),
    ("QAR", "Qatari", "riyal", "riyals", "dirham", "dirhams"),
    ("EGP|E£", "Egyptian", "pound", "pounds", "piaster", "piasters"),
    ("XOF|XAF|CFA", "CFA", "franc", "francs", "centime", "centimes"),
];

/// The currency whose sign or code `text` begins with, and the length of that.
pub(super) fn currency(text: &str) -> Option<(usize, Currency)> {
    CURRENCIES.iter().find_map(|&(signs, of, one, several, cent, cents)| {
        let sign = signs.split('|').find(|sign| {
            let rest = text.strip_prefix(*sign);
            // A code is a word of its own, or stands right before the number.
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })?;
        Some((sign.len(), Currency { of, one, several, cent, cents }))
    })
}

//! Which sounds of a clause are whose.
//!
//! espeak-ng reads a clause as a whole, as it must: neighbours change one another ("les amis" has a z that
//! neither word has alone). But it runs words together, and its answer does not say where one ends. Each word
//! read alone says about what to look for; the whole is cut where the two fit best.

/// Cuts `clause`, the sounds of several words with spaces between some of them, into one part for each of
/// `alone`, which are the same words read by themselves. `None` when a word would go without a sound.
pub(super) fn cut(clause: &str, alone: &[String]) -> Option<Vec<String>> {
    let tokens: Vec<&str> = clause.split_whitespace().collect();
    if tokens.len() == alone.len() {
        return Some(tokens.into_iter().map(str::to_owned).collect());
    }
    let whole: Vec<char> = tokens.concat().chars().collect();
    let mut starts = Vec::new();
    let mut at = 0;
    for token in &tokens {
        starts.push(at);
        at += token.chars().count();
    }
    let wanted: Vec<(char, usize)> = alone
        .iter()
        .enumerate()
        .flat_map(|(word, sounds)| {
            sounds.chars().filter(|c| !c.is_whitespace()).map(move |c| (c, word))
        })
        .collect();
    let owners = owners(&whole, &wanted, &starts)?;
    let mut parts = vec![String::new(); alone.len()];
    for (sound, owner) in whole.iter().zip(owners) {
        parts[owner].push(*sound);
    }
    parts.iter().all(|part| part.chars().any(char::is_alphabetic)).then_some(parts)
}

/// The word of each sound of `whole`: that of the sound of `wanted` which it stands for, by the cheapest
/// sequence of kept, changed, left out and added sounds. A sound that was added goes with the one before,
/// unless a token starts there.
fn owners(whole: &[char], wanted: &[(char, usize)], starts: &[usize]) -> Option<Vec<usize>> {
    // Stress moves when words stand together; it says little.
    let light = |c: char| "ˈˌː".contains(c);
    let one = |c: char| if light(c) { 1 } else { 4 };
    let change = |a: char, b: char| match (a == b, light(a) || light(b)) {
        (true, _) => 0,
        (false, true) => 9,
        (false, false) => 5,
    };
    let (rows, columns) = (whole.len() + 1, wanted.len() + 1);
    let mut costs = vec![0_u32; rows * columns];
    for i in 0..rows {
        for j in 0..columns {
            let up = i.checked_sub(1).map(|k| costs[k * columns + j] + one(whole[k]));
            let left = j.checked_sub(1).map(|k| costs[i * columns + k] + one(wanted[k].0));
            let both = i
                .checked_sub(1)
                .zip(j.checked_sub(1))
                .map(|(k, l)| costs[k * columns + l] + change(whole[k], wanted[l].0));
            costs[i * columns + j] = [up, left, both].into_iter().flatten().min().unwrap_or(0);
        }
    }
    let (mut i, mut j) = (whole.len(), wanted.len());
    let mut found: Vec<Option<usize>> = vec![None; whole.len()];
    while i > 0 && j > 0 {
        let here = costs[i * columns + j];
        if here == costs[(i - 1) * columns + j - 1] + change(whole[i - 1], wanted[j - 1].0) {
            (i, j) = (i - 1, j - 1);
            found[i] = Some(wanted[j].1);
        } else if here == costs[(i - 1) * columns + j] + one(whole[i - 1]) {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    let mut owners = Vec::with_capacity(whole.len());
    for (i, owner) in found.iter().enumerate() {
        let next = || found[i..].iter().flatten().next().copied();
        let before = owners.last().copied();
        let stressed = light(whole[i]) && whole[i] != 'ː';
        let owner = match (*owner, before) {
            (Some(owner), _) => owner,
            (None, Some(before)) if !starts.contains(&i) && !stressed => before,
            (None, before) => next().or(before)?,
        };
        owners.push(owner.max(before.unwrap_or(0)));
    }
    Some(owners)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_cut_at_their_words() {
        let cases: [(&str, &[&str], &[&str], &str); 6] = [
            ("wˈɜːld tˈuː", &["wˈɜːld", "tˈuː"], &["wˈɜːld", "tˈuː"], "as many tokens as words"),
            (
                "ʌvðə wˈɜːld",
                &["ʌv", "ðˈə", "wˈɜːld"],
                &["ʌv", "ðə", "wˈɜːld"],
                "two words in one token",
            ),
            (
                "ˈɪntʊðə hˈaʊs",
                &["ˈɪntʊ", "ðə", "hˈaʊs"],
                &["ˈɪntʊ", "ðə", "hˈaʊs"],
                "the same, stress first",
            ),
            (
                "aɪm ɐ wˈɪʃ",
                &["aɪm", "ˈeɪ", "wˈɪʃ"],
                &["aɪm", "ɐ", "wˈɪʃ"],
                "a word that sounds otherwise alone",
            ),
            (
                "lezamˈi sˈɔ̃",
                &["le", "amˈi", "sˈɔ̃"],
                &["lez", "amˈi", "sˈɔ̃"],
                "a sound that neither word has alone",
            ),
            ("", &[], &[], "nothing"),
        ];
        for (clause, alone, expected, why) in cases {
            let alone: Vec<String> = alone.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(cut(clause, &alone).expect(why), expected, "{why}");
        }
    }

    #[test]
    fn a_word_without_a_sound_is_noticed() {
        let alone: Vec<String> = ["a", "bcdef", "g"].map(str::to_owned).into();
        assert_eq!(cut("ag", &alone), None);
        assert_eq!(cut("", &alone), None);
    }
}

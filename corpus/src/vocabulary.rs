//! Words, as frequent as those of a natural language.
//!
//! The frequency of a word falls with its rank, and twice as steeply beyond the few thousand words that everybody uses
//! (Ferrer i Cancho, Solé: "Two regimes in the frequency of words", 2001). On 7,000,000 words of real specifications the
//! first makes up 4.5 %, the hundredth 0.15 %, the ten thousandth 0.0003 %.

use std::collections::HashSet;

use crate::random::Random;

/// The most frequent words, in the order of their frequency.
const COMMON: &str = "the to of a and in is that for it be this as with are on or can not by an if from which have at we \
    but would will when use only has more one should any all no same other than may then these its there need also so \
    such each does where must into new used how some do like between what case without using they make way most first \
    about different after because two before possible set while under instead given since both already still however \
    another either here every";

/// The words of the trade, which come next.
const TERMS: &str = "type value function order request error data service code user state default name version change \
    process memory node file message event queue time test client server token table field cache index policy record \
    retry payment ledger shard replica region deploy metric alert schema session worker batch stream timeout budget \
    parser compiler module package feature library interface runtime thread buffer pointer lifetime trait method macro \
    release branch review proposal design syntax pattern expression operator attribute target platform driver signal";

const ONSETS: &[&str] = &[
    "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "ch", "cl", "dr", "gr", "pl",
    "pr", "st", "tr",
];
const VOWELS: &[&str] = &["a", "a", "e", "e", "e", "i", "i", "o", "o", "u", "ea", "io"];
const CODAS: &[&str] = &["", "", "", "", "", "n", "r", "l", "s", "t", "m", "nd"];
const ENDINGS: &[&str] = &["", "", "", "", "s", "s", "ed", "ing", "er", "ion", "al", "ly"];

const WORDS: usize = 40_000;

/// How many words everybody uses.
const KERNEL: usize = 3_000;

/// All words, the most frequent first.
pub(crate) struct Vocabulary {
    words: Vec<String>,
    /// The weight of each word and all those before it.
    sums: Vec<f64>,
    /// The weight of all words that only join others.
    joining: f64,
}

impl Vocabulary {
    pub(crate) fn new() -> Self {
        let mut words: Vec<String> =
            COMMON.split_whitespace().chain(TERMS.split_whitespace()).map(str::to_owned).collect();
        let mut known: HashSet<String> = words.iter().cloned().collect();
        let mut random = Random::of(1, 0);
        while words.len() < WORDS {
            let word = invented(&mut random);
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let sums = (0..WORDS).map(|rank| {
            sum += weight(rank);
            sum
        });
        let sums: Vec<f64> = sums.collect();
        let joining = sums[COMMON.split_whitespace().count() - 1];
        Self { words, sums, joining }
    }

    /// A word, as often as it is used.
    pub(crate) fn word(&self, random: &mut Random) -> &str {
        &self.words[self.rank(random, 0.0)]
    }

    /// A word that says what something is about: none of those that join others.
    pub(crate) fn topic(&self, random: &mut Random) -> &str {
        &self.words[self.rank(random, self.joining)]
    }

    /// The name of something in a program, `retry_budget`: as often as the word it begins with is used.
    pub(crate) fn name(&self, random: &mut Random) -> String {
        let rank = self.rank(random, self.joining);
        // The second word, where there is one, comes with the first, so that names come again.
        let second = &self.words[KERNEL / 50 + rank * 31 % (KERNEL / 5)];
        if rank % 5 < 2 { self.words[rank].clone() } else { format!("{}_{second}", self.words[rank]) }
    }

    /// The rank of a word drawn from those behind `start` on the sums of weights.
    fn rank(&self, random: &mut Random, start: f64) -> usize {
        let end = self.sums.last().copied().unwrap_or_default();
        let place = start + random.fraction() * (end - start);
        self.sums.partition_point(|sum| *sum <= place).min(WORDS - 1)
    }
}

/// How often the word at `rank` is used beside the others.
fn weight(rank: usize) -> f64 {
    let rank = rank as f64 + 1.5;
    let kernel = KERNEL as f64;
    if rank < kernel { 1.0 / rank } else { kernel / (rank * rank) }
}

/// One to three syllables and an ending.
fn invented(random: &mut Random) -> String {
    let mut word = String::new();
    for _ in 0..random.between(1, 3) {
        word.push_str(random.pick(ONSETS));
        word.push_str(random.pick(VOWELS));
        word.push_str(random.pick(CODAS));
    }
    word.push_str(random.pick(ENDINGS));
    word
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::Vocabulary;
    use crate::random::Random;

    #[test]
    fn words_are_as_frequent_as_in_a_language() {
        let vocabulary = Vocabulary::new();
        let mut random = Random::of(7, 7);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        const DRAWN: usize = 400_000;
        for _ in 0..DRAWN {
            *counts.entry(vocabulary.word(&mut random)).or_default() += 1;
        }
        let mut counts: Vec<usize> = counts.into_values().collect();
        counts.sort_unstable_by(|left, right| right.cmp(left));
        let percent = |rank: usize| counts[rank - 1] as f64 * 100.0 / DRAWN as f64;
        for (rank, range) in [(1, 5.0..9.0), (10, 0.8..1.3), (100, 0.08..0.16), (1000, 0.007..0.016)] {
            assert!(range.contains(&percent(rank)), "{rank}: {} %", percent(rank));
        }
        assert!((15_000..30_000).contains(&counts.len()), "{} distinct words", counts.len());
    }
}

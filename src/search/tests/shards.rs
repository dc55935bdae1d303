//! Shards hold all words in order, are not too large, and stay as they are far from what changes.

use xxhash_rust::xxh3::xxh3_64;

use crate::search::bytes::{push_front_coded, push_varint};
use crate::search::inverted::Inverted;
use crate::search::shards::cut;

const TOTAL: u32 = 1_000;

/// `count` words, each in one document.
fn words(count: u32) -> Vec<String> {
    let mut words: Vec<String> = (0..count).map(|number| format!("{:x}", number.wrapping_mul(0x9e37_79b9))).collect();
    words.sort();
    words
}

fn inverted(words: &[String]) -> Inverted {
    let mut bytes = Vec::new();
    let mut last = "";
    for word in words {
        push_front_coded(word.as_bytes(), last.as_bytes(), &mut bytes);
        push_varint(1 << 1, &mut bytes);
        let mut list = Vec::new();
        push_varint(xxh3_64(word.as_bytes()) as u32 % TOTAL, &mut list);
        list.push(0x80);
        push_varint(list.len() as u32, &mut bytes);
        bytes.extend(list);
        last = word;
    }
    Inverted(bytes)
}

fn written(words: &[String]) -> Vec<(String, Vec<u8>)> {
    let inverted = inverted(words);
    let shards = cut(&inverted, TOTAL);
    shards.iter().map(|shard| (String::from_utf8(shard.separator.clone()).unwrap(), shard.write(&inverted))).collect()
}

/// The words of a shard, as a reader spells them.
fn spelt(shard: Vec<u8>) -> Vec<String> {
    let shard = Inverted(shard);
    let (mut reader, mut words) = (shard.words(), Vec::new());
    while reader.next().is_some() {
        words.push(String::from_utf8(reader.spelling.clone()).unwrap());
    }
    words
}

#[test]
fn every_word_is_in_the_shard_that_its_place_among_the_separators_says() {
    let words = words(20_000);
    let shards = written(&words);
    assert!(shards.len() > 20);
    let separators: Vec<String> = shards.iter().map(|(separator, _)| separator.clone()).collect();
    assert!(separators.is_sorted());
    let mut all = Vec::new();
    for (place, (_, shard)) in shards.into_iter().enumerate() {
        assert!(shard.len() < 6_100, "{} bytes", shard.len());
        for word in spelt(shard) {
            assert_eq!(separators.partition_point(|separator| *separator <= word), place + 1, "{word}");
            all.push(word);
        }
    }
    assert_eq!(all, words);
}

#[test]
fn a_word_more_or_less_changes_few_shards() {
    let mut words = words(20_000);
    let before = written(&words);
    for (place, change) in [(0, Some("0")), (9_000, Some("7")), (19_999, None), (5_000, None)] {
        match change {
            Some(ending) => words.insert(place, format!("{}{ending}", words[place.max(1) - 1])),
            None => drop(words.remove(place)),
        }
        words.sort();
        let after = written(&words);
        let changed = after.iter().filter(|shard| !before.contains(shard)).count();
        assert!(changed <= 8, "{changed} of {} shards changed", after.len());
    }
}

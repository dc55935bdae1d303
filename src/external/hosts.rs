//! Addresses -> answers: hosts side by side, each with one request at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::attempt::{agent, ask as ask_one};
use super::{Address, Answer};

/// So many hosts are asked at once.
const AT_ONCE: usize = 16;

/// What a host is left in peace for between two requests.
const PEACE: Duration = Duration::from_millis(100);

/// After so many addresses in a row at which nobody answered, the others of the host are not asked.
const ENOUGH: usize = 2;

/// What is at each of `addresses`.
pub(super) fn ask(addresses: BTreeSet<Address>) -> BTreeMap<Address, Answer> {
    let mut by_host: BTreeMap<String, Vec<Address>> = BTreeMap::new();
    for address in addresses {
        by_host.entry(address.host().to_owned()).or_default().push(address);
    }
    let mut hosts: Vec<Vec<Address>> = by_host.into_values().collect();
    // The longest is begun first.
    hosts.sort_by_key(Vec::len);
    let threads = AT_ONCE.min(hosts.len());
    let (waiting, found) = (Mutex::new(hosts), Mutex::new(BTreeMap::new()));
    let agent = agent();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
                    let Some(host) = next else { break };
                    let answers = ask_host(&host, |address| ask_one(&agent, address));
                    found.lock().unwrap_or_else(PoisonError::into_inner).extend(answers);
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What is at each of `addresses`, all of one host.
fn ask_host(addresses: &[Address], ask: impl Fn(&Address) -> Answer) -> Vec<(Address, Answer)> {
    let mut answers: Vec<(Address, Answer)> = Vec::new();
    let mut silent = 0;
    for address in addresses {
        let answer = match answers.last() {
            Some((_, last)) if silent >= ENOUGH => last.clone(),
            Some(_) => {
                thread::sleep(PEACE);
                ask(address)
            }
            None => ask(address),
        };
        silent = if matches!(answer, Answer::Silent(_) | Answer::NoHost) { silent + 1 } else { 0 };
        answers.push((address.clone(), answer));
    }
    answers
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Address, Answer, ask_host};

    #[test]
    fn a_host_that_does_not_answer_is_left_alone() {
        let addresses: Vec<Address> =
            (0..5).filter_map(|number| Address::of(&format!("https://a.dev/{number}"))).collect();
        let cases = [(vec![4; 5], 2), (vec![4, 0, 4, 4, 4], 4), (vec![0; 5], 5)];
        for (answers, expected) in cases {
            let asked = Cell::new(0);
            let found = ask_host(&addresses, |_| {
                asked.set(asked.get() + 1);
                if answers[asked.get() - 1] == 0 { Answer::There } else { Answer::Silent("no".to_owned()) }
            });
            assert_eq!((found.len(), asked.get()), (5, expected), "{answers:?}");
        }
    }
}

//! What is a relation, and what only sounds like one.

use super::{RecordTarget, StatedRelation, read_sentences};

fn describe(text: &str, stated: &StatedRelation) -> String {
    let target = match &stated.target {
        RecordTarget::Path(path) => path.clone(),
        RecordTarget::Address(address) => address.clone(),
        RecordTarget::Name { name, .. } => format!("={name}"),
    };
    assert!(stated.text_range().and_then(|range| text.get(range)).is_some_and(|marked| !marked.is_empty()));
    let arrow = if stated.flipped { "<" } else { ">" };
    format!("{}{arrow}{target}", stated.relation)
}

#[test]
fn statements_of_a_status() {
    let cases: [(&str, &[&str]); 51] = [
        ("Superseded by [9. Use Y](0009-use-y.md)", &["supersedes<0009-use-y.md"]),
        ("⌛️ Superseded by [9](0009.md).", &["supersedes<0009.md"]),
        ("Supersedes [3. Old. Very old](0003-old.md)", &["supersedes>0003-old.md"]),
        ("Supercedes ADR-0032", &["supersedes>=32"]),
        ("Superceded by ADR 7", &["supersedes<=7"]),
        ("Supersedes 7", &["supersedes>=7"]),
        ("Supersedes 7 and 0008", &["supersedes>=7", "supersedes>=8"]),
        ("Supersedes: 0003, 0004.", &["supersedes>=3", "supersedes>=4"]),
        ("Superseded by [ADR 23](/adr/23) and [ADR 26](/adr/26)", &["supersedes<=23", "supersedes<=26"]),
        ("Superseded (as never implemented) by [ADR 32](/adr/32)", &["supersedes<=32"]),
        ("Superseded: 2019-12-19 by [ADR 14](0014-x.md)", &["supersedes<0014-x.md"]),
        ("Superseded by\n[ADR 9](9.md)", &["supersedes<9.md"]),
        ("Superseded by\nADR-9", &["supersedes<=9"]),
        ("Accepted\nSupersedes [3](3.md)\nAmended by [9](9.md)", &["supersedes>3.md", "amends<9.md"]),
        ("Amends [5. Help](0005-help.md)", &["amends>0005-help.md"]),
        ("Extends [5](5.md), requires [6](6.md)", &["extends>5.md", "requires>6.md"]),
        ("Relates to [5](5.md)", &["relates to>5.md"]),
        ("Accepted, supersedes [3](3.md) and is amended by [5](5.md)", &["supersedes>3.md", "amends<5.md"]),
        ("Accepted (supersedes [3](3.md))", &["supersedes>3.md"]),
        ("Partly superseded by [9](9.md)", &["partly supersedes<9.md"]),
        ("Superseded in part by [9](9.md)", &["partly supersedes<9.md"]),
        ("Implemented \u{2014} the \u{a7}5 tool-routing is superseded by [8](8.md)", &["partly supersedes<8.md"]),
        ("Implemented; tool routing superseded by [8](8.md)", &["partly supersedes<8.md"]),
        ("Accepted, but this decision was later superseded by [8](8.md)", &["supersedes<8.md"]),
        ("Changed on 2020-03-01 to superseded by [8](8.md)", &["supersedes<8.md"]),
        ("Superseded by https://example.com/9", &["supersedes<https://example.com/9"]),
        ("Superseded by 0009-use-y.md", &["supersedes<0009-use-y.md"]),
        ("Supersedes ADR-3 and, when accepted, would supersede ADR-4", &["supersedes>=3"]),
        ("Supersedes ADR-3 when accepted, amends ADR-4", &["amends>=4"]),
        ("Supersedes the retry policy of [3](3.md)", &["partly supersedes>3.md"]),
        ("Supersedes #12", &[]),
        ("Supersedes the old bash/k6 scripts in `pkg/timer7`", &[]),
        ("Supersedes the /metrics endpoint", &[]),
        ("Supersedes nothing.", &[]),
        ("Supersedes: none", &[]),
        ("Does not supersede [3](3.md)", &[]),
        ("This doesn't supersede ADR-3", &[]),
        ("Supersedes ADR-3 when accepted", &[]),
        ("Proposed. If accepted, supersedes [3](3.md)", &[]),
        ("Accepted (was: superseded by [3](3.md))", &[]),
        ("Will be superseded by [9](9.md)", &[]),
        ("Accepted. See [3](3.md)", &[]),
        ("Superseded by events", &[]),
        ("Supersedes ADR-3 (basis only), ADR-4", &["partly supersedes>=3", "supersedes>=4"]),
        ("Supersedes ADR-3 decision #3 for tenants", &["partly supersedes>=3"]),
        ("⌛️ Superseded [0019](0019-x.md)", &["supersedes<0019-x.md"]),
        ("Superseded: ADR-9", &["supersedes<=9"]),
        ("Superseded (ADR-9)", &["supersedes<=9"]),
        ("Supersedes [3. Extends the API](3.md)", &["supersedes>3.md"]),
        ("Deprecated (no superseding ADR)", &[]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let found: Vec<_> =
            read_sentences(text, 0..text.len(), false).iter().map(|stated| describe(text, stated)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn sentences_of_running_text() {
    let cases: [(&str, &[&str]); 11] = [
        ("This ADR in part supersedes [0003](0003-x.md).", &["partly supersedes>0003-x.md"]),
        ("We supersede [ADR 17](/adr/17) and [ADR 27](/adr/27) decisions.", &["supersedes>=17", "supersedes>=27"]),
        ("- We supersede [ADR 18](/adr/18) with the current ADR.", &["supersedes>=18"]),
        ("This RFC is superseded by [RFC 44](./0044-x.md). The text", &["supersedes<./0044-x.md"]),
        ("While this does not directly supersede [ADR23](/adr/23), it paves", &[]),
        ("This RFC requires a [new API](../api.md).", &[]),
        ("The new client supersedes [the old one](old.md).", &[]),
        ("It extends [ADR 7](7.md).", &[]),
        ("This ADR amends ADR-7.", &["amends>=7"]),
        ("*Note:* this RFC has been superseded by [RFC 1974][].", &["supersedes<=1974"]),
        ("2015.09.18 -- This RFC was partially superseded by [RFC 1238], which", &["partly supersedes<=1238"]),
    ];
    for (text, expected) in cases {
        let found: Vec<_> =
            read_sentences(text, 0..text.len(), true).iter().map(|stated| describe(text, stated)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

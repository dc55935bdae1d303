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
    let cases: [(&str, &[&str]); 61] = [
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
        ("Supersedes ADR-3 Decision 3\u{2019}s half and Decision 4 in full", &["partly supersedes>=3"]),
        ("Supersedes parts of [3](3.md)", &["partly supersedes>3.md"]),
        ("The model (supersedes 4 designs): [x](../x.md)", &[]),
        ("Amended 2024-03-01 per [9](9.md)", &["amends<9.md"]),
        ("Depende de RFC-00_MANIFEST, RFC-01_EVENT", &["requires>=0", "requires>=1"]),
        ("Supersedes ADR-3/4", &["supersedes>=3", "supersedes>=4"]),
        ("Supersedes [3](3.md)\u{2019}s ban on bots", &["partly supersedes>3.md"]),
        ("Refines [3](3.md); builds on ADR-4", &["amends>3.md", "extends>=4"]),
        ("Adds to [3](3.md)", &["extends>3.md"]),
        ("Refined by ADR-9", &["amends<=9"]),
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
    let cases: [(&str, &[&str]); 24] = [
        ("This ADR in part supersedes [0003](0003-x.md).", &["partly supersedes>0003-x.md"]),
        ("We supersede [ADR 17](/adr/17) and [ADR 27](/adr/27) decisions.", &["supersedes>=17", "supersedes>=27"]),
        ("- We supersede [ADR 18](/adr/18) with the current ADR.", &["supersedes>=18"]),
        ("This RFC is superseded by [RFC 44](./0044-x.md). The text", &["supersedes<./0044-x.md"]),
        ("While this does not directly supersede [ADR23](/adr/23), it paves", &[]),
        ("This RFC requires a [new API](../api.md).", &[]),
        ("The new client supersedes [the old one](old.md).", &[]),
        ("It extends [ADR 7](7.md).", &[]),
        ("Extends ADR-7 (the list)", &["extends>=7"]),
        ("This is a follow-up of [RFC-1](./1.md), which tells more.", &["extends>./1.md"]),
        ("_This proposal is deprecated in favor of the new [proposal](./new.md)_", &["supersedes<./new.md"]),
        (
            "To have one rule, this document supersedes (for the parts about carts) [3](0003-x.md)",
            &["partly supersedes>0003-x.md"],
        ),
        ("In short:\n- This ADR supersedes the \u{201c}Limits\u{201d} of ADR 9.", &["partly supersedes>=9"]),
        ("**This reverses [MADR 93](093-x.md) (accepted).**", &["supersedes>093-x.md"]),
        ("_This updates some of the content in [ADR #2: Pages](./0002-x.md)._", &["amends>./0002-x.md"]),
        ("This RFC supplements [RFC 28](rfc0028-x.md) and more.", &["extends>rfc0028-x.md"]),
        ("The strategy was told anew in [ADR-7](0007-x.md) which supersedes this decision.", &["supersedes<0007-x.md"]),
        ("If it works, this would supersede [3](0003-x.md).", &[]),
        ("- Depends on RFC 0001: the roles", &["requires>=1"]),
        ("Requires [the server](../server.md)", &[]),
        ("> Amended 2024-03-01 per [ADR 9](9.md). The rule", &["amends<9.md"]),
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

#[test]
fn records_that_are_listed() {
    use super::super::outline::outline;
    use super::{listing, read_related};
    // The title of a section, and what stands in it.
    let cases: [(&str, &str, &[&str]); 37] = [
        (
            "related",
            "- ADR-3 (the tiers), ADR-4\n- [5](0005-x.md) \u{2014} why\n",
            &["relates to>=3", "relates to>=4", "relates to>0005-x.md"],
        ),
        (
            "related",
            "- Builds on: [3](0003-x.md)\n  (the lanes),\n  [4](0004-x.md)\n",
            &["extends>0003-x.md", "extends>0004-x.md"],
        ),
        (
            "related",
            "- Refines / overrides in part: [3](0003-x.md)\n  (the list); builds on [4](0004-x.md)\n",
            &["amends>0003-x.md", "extends>0004-x.md"],
        ),
        ("related", "- ADR-3 \u{2014} superseded by ADR-9\n", &["relates to>=3"]),
        ("related", "- ADR-6 (roles supersede accounts) -- as there\n", &["relates to>=6"]),
        ("related", "- The gap that it closes: [3](0003-x.md)\n", &["relates to>0003-x.md"]),
        ("related", "- Supersedes the rule of [3](0003-x.md); the rest stands\n", &["partly supersedes>0003-x.md"]),
        ("related", "- Docs: `docs/setup.md`\n- [The guide](../guides/setup.md)\n- #12\n", &[]),
        ("related", "- Supersedes: none\n", &[]),
        ("related", "See ADR-3.\n", &[]),
        ("related adrs", "- **ADR-3** \u{2014} the model\n", &["relates to>=3"]),
        ("linked adrs", "- `docs/adr/0003-use-x.md`\n", &["relates to>=0003-use-x"]),
        ("builds on", "- [3](0003-x.md)\n", &["extends>0003-x.md"]),
        ("基于", "- [3](0003-x.md)\n", &["extends>0003-x.md"]),
        ("related", "- DEC-3 \u{2014} why\n", &["relates to>=3"]),
        ("supersedes", "- [3](0003-x.md)\n", &["supersedes>0003-x.md"]),
        (
            "links",
            "- Refined by [9](0009-x.md)\n- [3](0003-x.md)\n- About [4](0004-x.md)\n",
            &["amends<0009-x.md", "relates to>0003-x.md", "relates to>0004-x.md"],
        ),
        (
            "links",
            "- **Related ADRs:**\n  - ADR 3: X\n  - ADR 4: Y\n- **Others:** [5](0005-x.md)\n",
            &["relates to>=3", "relates to>=4", "relates to>0005-x.md"],
        ),
        ("references", "- The book, and [the guide](../guides/0004-x.md)\n", &[]),
        (
            "references",
            "- Related: [3](0003-x.md), [4](0004-x.md)\n",
            &["relates to>0003-x.md", "relates to>0004-x.md"],
        ),
        (
            "references",
            "- [RFC 2119](https://example.com/rfc2119)\n- `docs/adr/0003-use-x.md`\n",
            &["relates to>=0003-use-x"],
        ),
        (
            "references",
            "- Related cost cuts: ADR-8 (the tiers), together much\n- Related issues: 12\n",
            &["relates to>=8"],
        ),
        ("references", "As ADR-3 says, so it is.\n", &[]),
        (
            "more information",
            "This decision complements:\n\n- ADR 3's scope;\n- ADR 4's limits.\n\nConsidered:\n\n- tools\n",
            &["relates to>=3", "relates to>=4"],
        ),
        (
            "context",
            "See related ADRs for how we came here:\n\n- [3](0003-x.md)\n\nMore text.\n\n- [4](0004-x.md)\n",
            &["relates to>0003-x.md"],
        ),
        (
            "context",
            "**Extends**: [3](0003-x.md)\n**Supersedes**: ADR 3 \u{a7}7 \u{201c}Detection\u{201d}\n",
            &["extends>0003-x.md", "partly supersedes>=3"],
        ),
        (
            "context",
            "- Supersedes: ADR-5's roles (`a`/`b`),\n  and the membership model ADR-2\n  brought (all of it)\n",
            &["partly supersedes>=5", "partly supersedes>=2"],
        ),
        ("related", "**Relates to:** amends the rule of [3](0003-x.md) (the rest stands)\n", &["amends>0003-x.md"]),
        ("context", "- [3](0003-x.md)\n", &[]),
        ("context", "See also ADR 18 & 19\n", &["relates to>=18", "relates to>=19"]),
        ("context", "See also the docs of ADR 18\n", &[]),
        (
            "references",
            "[3](https://github.com/a/b/blob/main/adr/0003-use-x.md)\n",
            &["relates to>https://github.com/a/b/blob/main/adr/0003-use-x.md"],
        ),
        ("prior art", "- MADR 7: Limits\n", &["relates to>=7"]),
        ("context", "Requires: a server\n", &[]),
        ("updates", "- [9](0009-x.md) came\n", &[]),
        ("date", "2024-03-01\n", &[]),
        ("related", "", &[]),
    ];
    for (title, text, expected) in cases {
        let sections = outline(text, 0);
        let found = read_related(text, &sections[0].lines, listing(title));
        let found: Vec<String> = found.iter().map(|stated| describe(text, stated)).collect();
        assert_eq!(found, expected, "{title}: {text}");
    }
}

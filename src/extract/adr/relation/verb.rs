//! The words by which records say how they stand to others -> the relation that they mean.

use crate::graph::Relation;

/// A relation, and whether it is stated from the other end: "superseded by".
pub(in crate::extract::adr) type Meaning = (Relation, bool);

/// Verbs that are the name of a statement, a key or a section, with what each means.
const VERBS: &[(&str, Meaning)] = &[
    ("ersetzt", (Relation::Supersedes, false)),
    ("reemplaza", (Relation::Supersedes, false)),
    ("remplace", (Relation::Supersedes, false)),
    ("substitui", (Relation::Supersedes, false)),
    ("sustituye", (Relation::Supersedes, false)),
    ("替代", (Relation::Supersedes, false)),
    ("取代", (Relation::Supersedes, false)),
    ("supersedes", (Relation::Supersedes, false)),
    ("supercedes", (Relation::Supersedes, false)),
    ("replaces", (Relation::Supersedes, false)),
    ("obsoletes", (Relation::Supersedes, false)),
    ("overrides", (Relation::Supersedes, false)),
    ("reverses", (Relation::Supersedes, false)),
    ("ersetzt durch", (Relation::Supersedes, true)),
    ("reemplazado por", (Relation::Supersedes, true)),
    ("reemplazada por", (Relation::Supersedes, true)),
    ("remplacé par", (Relation::Supersedes, true)),
    ("substituído por", (Relation::Supersedes, true)),
    ("sustituido por", (Relation::Supersedes, true)),
    ("sustituida por", (Relation::Supersedes, true)),
    ("superseded by", (Relation::Supersedes, true)),
    ("superceded by", (Relation::Supersedes, true)),
    ("replaced by", (Relation::Supersedes, true)),
    ("obsoleted by", (Relation::Supersedes, true)),
    ("overridden by", (Relation::Supersedes, true)),
    ("reversed by", (Relation::Supersedes, true)),
    ("amends", (Relation::Amends, false)),
    ("clarifies", (Relation::Amends, false)),
    ("modifies", (Relation::Amends, false)),
    ("refines", (Relation::Amends, false)),
    ("revises", (Relation::Amends, false)),
    ("updates", (Relation::Amends, false)),
    ("amended by", (Relation::Amends, true)),
    ("clarified by", (Relation::Amends, true)),
    ("modified by", (Relation::Amends, true)),
    ("refined by", (Relation::Amends, true)),
    ("revised by", (Relation::Amends, true)),
    ("updated by", (Relation::Amends, true)),
    ("adds to", (Relation::Extends, false)),
    ("builds on", (Relation::Extends, false)),
    ("builds upon", (Relation::Extends, false)),
    ("extends", (Relation::Extends, false)),
    ("extended by", (Relation::Extends, true)),
    ("depende de", (Relation::Requires, false)),
    ("depends on", (Relation::Requires, false)),
    ("depends upon", (Relation::Requires, false)),
    ("prerequisite", (Relation::Requires, false)),
    ("prerequisites", (Relation::Requires, false)),
    ("requires", (Relation::Requires, false)),
    ("required by", (Relation::Requires, true)),
    ("相关", (Relation::RelatesTo, false)),
    ("関連", (Relation::RelatesTo, false)),
    ("relacionados", (Relation::RelatesTo, false)),
    ("relacionadas", (Relation::RelatesTo, false)),
    ("companion", (Relation::RelatesTo, false)),
    ("companions", (Relation::RelatesTo, false)),
    ("complements", (Relation::RelatesTo, false)),
    ("existing", (Relation::RelatesTo, false)),
    ("implements", (Relation::RelatesTo, false)),
    ("linked", (Relation::RelatesTo, false)),
    ("realises", (Relation::RelatesTo, false)),
    ("realizes", (Relation::RelatesTo, false)),
    ("related", (Relation::RelatesTo, false)),
    ("related to", (Relation::RelatesTo, false)),
    ("relates to", (Relation::RelatesTo, false)),
    ("see", (Relation::RelatesTo, false)),
    ("see also", (Relation::RelatesTo, false)),
    ("基于", (Relation::Extends, false)),
    ("承接", (Relation::Extends, false)),
    ("扩展", (Relation::Extends, false)),
    ("依赖", (Relation::Requires, false)),
    ("修订", (Relation::Amends, false)),
    ("被取代", (Relation::Supersedes, true)),
    ("관계", (Relation::RelatesTo, false)),
    ("관련", (Relation::RelatesTo, false)),
    ("关联", (Relation::RelatesTo, false)),
    ("étend", (Relation::Extends, false)),
    ("amende", (Relation::Amends, false)),
    ("précise", (Relation::Amends, false)),
    ("complète", (Relation::RelatesTo, false)),
    ("réaffirme", (Relation::RelatesTo, false)),
    ("reaffirme", (Relation::RelatesTo, false)),
    ("reaffirms", (Relation::RelatesTo, false)),
    ("confirms", (Relation::RelatesTo, false)),
    ("erweitert", (Relation::Extends, false)),
    ("baut auf", (Relation::Extends, false)),
    ("ergänzt", (Relation::Amends, false)),
    ("setzt voraus", (Relation::Requires, false)),
    ("benötigt", (Relation::Requires, false)),
    ("abhängig von", (Relation::Requires, false)),
    ("verwandt", (Relation::RelatesTo, false)),
    ("siehe auch", (Relation::RelatesTo, false)),
    ("amplía", (Relation::Extends, false)),
    ("extiende", (Relation::Extends, false)),
    ("modifica", (Relation::Amends, false)),
    ("requiere", (Relation::Requires, false)),
    ("ver también", (Relation::RelatesTo, false)),
    ("véase también", (Relation::RelatesTo, false)),
    ("relacionado", (Relation::RelatesTo, false)),
    ("relacionada", (Relation::RelatesTo, false)),
    ("relacionado con", (Relation::RelatesTo, false)),
    ("estende", (Relation::Extends, false)),
    ("requer", (Relation::Requires, false)),
    ("ver também", (Relation::RelatesTo, false)),
    ("voir aussi", (Relation::RelatesTo, false)),
    ("dépend de", (Relation::Requires, false)),
    ("vedi anche", (Relation::RelatesTo, false)),
    ("dipende da", (Relation::Requires, false)),
    ("supersede", (Relation::Supersedes, false)),
    ("replace", (Relation::Supersedes, false)),
    ("amend", (Relation::Amends, false)),
    ("extend", (Relation::Extends, false)),
    ("follows", (Relation::RelatesTo, false)),
    ("follows from", (Relation::RelatesTo, false)),
    ("works with", (Relation::RelatesTo, false)),
    ("dependencies", (Relation::Requires, false)),
    ("dependency", (Relation::Requires, false)),
    ("depends", (Relation::Requires, false)),
    ("folge aus", (Relation::Requires, false)),
    ("folgt aus", (Relation::Requires, false)),
    ("altera", (Relation::Amends, false)),
    ("bound by", (Relation::Requires, false)),
    ("discharges", (Relation::RelatesTo, false)),
    ("narrows", (Relation::Amends, false)),
    ("complementa", (Relation::RelatesTo, false)),
];

/// What the verb's object may be called.
const NOUNS: &[&str] =
    &["adr", "adrs", "decision", "decisions", "document", "documents", "record", "records", "rfc", "rfcs"];

/// The relation that a statement's, a key's or a section's name means: `superseded by` is `(Supersedes, true)`, and so is "Superseded
/// (partially) by ADRs" in part. Of two verbs the first counts, "Refines / overrides", unless the second says less.
pub(in crate::extract::adr) fn relation_of_name(name: &str) -> Option<Meaning> {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_in_part = |at: usize| words[at] == "part" && at > 0 && words[at - 1] == "in";
    let is_part = |at: usize| {
        matches!(words[at], "partly" | "partially") || is_in_part(at) || at + 1 < words.len() && is_in_part(at + 1)
    };
    let (parts, mut whole): (Vec<usize>, Vec<usize>) = (0..words.len()).partition(|at| is_part(*at));
    // "Superseded architecture ADR: …" is about the other one.
    let is_object = |at: &usize| NOUNS.contains(&words[*at]);
    if whole.len() > 1
        && whole.first().is_some_and(|at| words[*at] == "superseded")
        && whole.last().is_some_and(is_object)
    {
        return Some((Relation::Supersedes, false));
    }
    while whole.len() > 1 && whole.last().is_some_and(|at| NOUNS.contains(&words[*at])) {
        whole.pop();
    }
    if whole.first().is_some_and(|at| words[*at] == "architecture") {
        whole.remove(0);
    }
    let of = |ats: &[usize]| {
        let verb: Vec<&str> = ats.iter().map(|at| words[*at]).collect();
        let verb = verb.join(" ");
        VERBS.iter().find(|(known, _)| *known == verb).map(|(_, meaning)| *meaning)
    };
    let first = || {
        let (first, others) = whole.split_at_checked(1)?;
        let (first, second) = (of(first)?, of(others)?);
        // "Supersedes / superseded by" leaves open which, and "Supersedes / amends" does not say that it supersedes.
        let is_either = first.0 == second.0 && first.1 != second.1;
        (!is_either).then_some(if first.0 == Relation::Supersedes { second } else { first })
    };
    let (relation, flipped) = of(&whole).or_else(first)?;
    Some((if parts.is_empty() { relation } else { partly(relation) }, flipped))
}

/// What a relation is when it is of a part only.
pub(super) fn partly(relation: Relation) -> Relation {
    if relation == Relation::Supersedes { Relation::PartlySupersedes } else { relation }
}

#[cfg(test)]
mod tests {
    use super::relation_of_name;

    #[test]
    fn names() {
        let cases = [
            ("Supersedes", "supersedes>"),
            ("superseded-by", "supersedes<"),
            ("Supersedes (partially)", "partly supersedes>"),
            ("Superseded architecture ADR", "supersedes>"),
            ("partially-superseded-by", "partly supersedes<"),
            ("Superseded in part by", "partly supersedes<"),
            ("Refines / overrides in part", "amends>"),
            ("Supersedes / amends", "amends>"),
            ("Supersedes / Superseded by", ""),
            ("Builds on", "extends>"),
            ("Depends on ADRs", "requires>"),
            ("Related", "relates to>"),
            ("Related ADR(s)", ""),
            ("Related decisions", "relates to>"),
            ("Related architecture decisions", ""),
            ("Linked ADRs", "relates to>"),
            ("see_also", "relates to>"),
            ("Related work", ""),
            ("Date", ""),
            ("", ""),
        ];
        for (name, expected) in cases {
            let found = relation_of_name(name);
            let found = found.map(|(relation, flipped)| format!("{relation}{}", if flipped { "<" } else { ">" }));
            assert_eq!(found.unwrap_or_default(), expected, "{name}");
        }
    }
}

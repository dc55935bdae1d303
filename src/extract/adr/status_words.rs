//! The words by which people say a status, in English and other languages -> the word of the graph.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;

/// The normal form of `word`, in lower case; `None` for one that few logs have.
pub(super) fn normal(word: &str) -> Option<&'static str> {
    Some(match word.trim_matches(|character: char| !character.is_alphanumeric()) {
        "accepted" | "approved" | "adopted" => "accepted",
        "proposed" | "proposal" | "pending" => "proposed",
        "rejected" => "rejected",
        "deprecated" => "deprecated",
        "superseded" | "superceded" | "superseeded" | "supersceded" => "superseded",
        word => return in_other_languages(word),
    })
}

/// The words for statuses in other languages than English.
#[rustfmt::skip]
const OTHER_LANGUAGES: &[(&str, &[&str])] = &[
    ("accepted", &[
        "angenommen", "akzeptiert", "beschlossen", "accepté", "acceptée", "adopté", "adoptée", "approuvé", "approuvée", "validé", "validée",
        "aceptado", "aceptada", "aprobado", "aprobada", "adoptado", "adoptada", "aceito", "aceita", "aprovado", "aprovada", "accettato",
        "accettata", "approvato", "approvata", "принято", "принят", "принята", "утверждено", "прийнято", "прийнятий", "已接受", "接受", "已采纳", "采纳", "已採納", "已批准",
        "已通过", "承認", "承認済", "承認済み", "採用", "採択", "승인", "승인됨", "채택", "채택됨", "zaakceptowany", "zaakceptowana", "zaakceptowane",
        "przyjęty", "przyjęta", "aanvaard", "geaccepteerd", "goedgekeurd", "godkänd", "accepterad", "accepteret", "godkendt", "vedtatt",
    ]),
    ("proposed", &[
        "vorgeschlagen", "proposé", "proposée", "propuesto", "propuesta", "proposto", "proposta", "предложено", "запропоновано", "предложен", "提议", "已提议", "提案",
        "提案中", "提案済み", "제안", "제안됨", "zaproponowany", "proponowany", "voorgesteld", "föreslagen",
    ]),
    ("rejected", &[
        "abgelehnt", "verworfen", "rejeté", "rejetée", "refusé", "refusée", "rechazado", "rechazada", "rejeitado", "rejeitada", "rifiutato",
        "rifiutata", "отклонено", "відхилено", "отклонён", "отклонен", "已拒绝", "拒绝", "却下", "거부", "거부됨", "odrzucony", "odrzucona",
    ]),
    ("deprecated", &[
        "veraltet", "obsolète", "déprécié", "dépréciée", "descontinuado", "descontinuada", "obsolet", "obsoleto", "obsoleta", "устарело", "已弃用", "弃用",
        "已废弃", "废弃", "已废止", "廃止", "非推奨", "폐기",
    ]),
    ("superseded", &[
        "abgelöst", "remplacé", "remplacée", "reemplazado", "reemplazada", "sustituido", "sustituida", "substituído", "substituída",
        "sostituito", "sostituita", "superata", "superato", "заменено", "заменён", "已取代", "已被取代", "被取代", "已替代", "已被替代", "被替代", "置換済み",
    ]),
];

fn in_other_languages(word: &str) -> Option<&'static str> {
    OTHER_LANGUAGES.iter().find(|(_, words)| words.contains(&word)).map(|(status, _)| *status)
}

/// Whether `text`, in lower case, says in another language than English of the whole record that it is superseded: "Ersetzt durch ADR-9",
/// "已被 ADR-9 取代".
pub(super) fn is_superseded_elsewhere(text: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^\W*(?:(?:ersetzt|abgelöst)\s+durch|remplacée?\s+par|reemplazad[oa]\s+por|sustituid[oa]\s+por|substitu[ií]d[oa]\s+p(?:or|el[oa])|sostituit[oa]\s+da|заменен[оа]?\s+на)\b|^\W*(?:已被|被)[^。；;]{0,60}(?:取代|替代)\W*$|^\W*[^\s。；;]{1,30}に置き換え",
        )
    });
    const PARTLY: &[&str] = &["teilweise", "partiel", "parcial", "parzial", "частично", "部分", "一部"];
    let is_bare = || in_other_languages(text.trim_matches(|one: char| !one.is_alphanumeric())) == Some("superseded");
    !PARTLY.iter().any(|part| text.contains(part)) && (WHOLE.is_match(text) || is_bare())
}

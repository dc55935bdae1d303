//! Rules over the finished graph and plan. They change nothing.
//!
//! Enters: the [`ResolvedGraph`], the [`SitePlan`] and the files. Leaves: diagnostics. What a single source gets wrong is found by
//! its extractor, what a link gets wrong by the resolver; a rule is what can only be said of the whole. One rule a file.

mod alert_without_runbook;
mod api_operation_without_handler;
mod audience;
mod broken_external_link;
mod citation;
mod decision;
mod document;
mod document_without_owner;
mod duplicate_decision_number;
mod elsewhere;
mod handler_without_operation;
mod in_code;
mod in_quotes;
mod lost_link;
mod metric_not_emitted;
mod mislabelled_decision_link;
mod missing_command;
mod missing_configuration_key;
mod missing_configuration_variable;
mod missing_environment_variable;
mod missing_item;
mod missing_path;
mod moved_path;
mod old_page;
mod orphan_page;
mod review_overdue;
mod runbook_without_alert;
mod stale_page;
mod superseded_decision_cited;
mod supersession_mismatch;
mod undocumented_configuration_key;
mod undocumented_environment_variable;
mod undocumented_operation;
mod undocumented_public_item;
mod unknown_decision_status;
mod unmatched_override;
mod unreachable_external_link;
mod variable;
mod vendored;
mod word;
mod written;

pub use lost_link::tell_moves;
use rayon::prelude::*;

use crate::config::Project;
use crate::diagnostic::{Code, Diagnostics, Level};
use crate::discover::{History, NoHistory, SourceTree};
use crate::external::Answers;
use crate::graph::ResolvedGraph;
use crate::plan::SitePlan;
use crate::source::RepoPath;

/// What a rule may look at.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// What the user wants.
    pub project: &'a Project,
    /// The graph.
    pub resolved: &'a ResolvedGraph,
    /// The pages.
    pub plan: &'a SitePlan,
    /// The files.
    pub tree: &'a SourceTree,
    /// When and by whom they were changed.
    pub history: &'a Result<History, NoHistory>,
    /// What other sites answered; `None` when they were not asked.
    pub answers: Option<&'a Answers>,
}

impl<'a> Subject<'a> {
    /// The repository's own name, when it is known.
    fn own_name(self) -> Option<&'a str> {
        let url = self.project.forge.as_ref()?.url.as_str();
        url.rsplit('/').next().filter(|name| !name.is_empty())
    }
}

/// What a rule finds.
type Rule = fn(Subject<'_>) -> Diagnostics;

/// Every rule, with the codes of what it finds.
const RULES: &[(&[Code], Rule)] = &[
    (&[Code::AlertWithoutRunbook], alert_without_runbook::check),
    (&[Code::ApiOperationWithoutHandler], api_operation_without_handler::check),
    (&[Code::BrokenExternalLink], broken_external_link::check),
    (&[Code::DocumentWithoutOwner], document_without_owner::check),
    (&[Code::DuplicateDecisionNumber], duplicate_decision_number::check),
    (&[Code::HandlerWithoutOperation], handler_without_operation::check),
    (&[Code::MetricNotEmitted], metric_not_emitted::check),
    (&[Code::MislabelledDecisionLink], mislabelled_decision_link::check),
    (&[Code::MissingCommand], missing_command::check),
    (&[Code::MissingConfigurationKey], missing_configuration_key::check),
    (&[Code::MissingEnvironmentVariable], missing_environment_variable::check),
    (&[Code::MissingItem], missing_item::check),
    (&[Code::MissingPath], missing_path::check),
    (&[Code::OldPage], old_page::check),
    (&[Code::OrphanPage], orphan_page::check),
    (&[Code::ReviewOverdue], review_overdue::check),
    (&[Code::RunbookWithoutAlert], runbook_without_alert::check),
    (&[Code::StaleFileReference, Code::StalePage], stale_page::check),
    (&[Code::SupersededDecisionCited], superseded_decision_cited::check),
    (&[Code::SupersessionMismatch], supersession_mismatch::check),
    (&[Code::UndocumentedConfigurationKey], undocumented_configuration_key::check),
    (&[Code::UndocumentedEnvironmentVariable], undocumented_environment_variable::check),
    (&[Code::UndocumentedOperation], undocumented_operation::check),
    (&[Code::UndocumentedPublicItem], undocumented_public_item::check),
    (&[Code::UnknownDecisionStatus], unknown_decision_status::check),
    (&[Code::UnmatchedOverride], unmatched_override::check),
    (&[Code::UnreachableExternalLink], unreachable_external_link::check),
];

/// Whether findings of `code` come from what other sites answer.
pub fn is_of_other_sites(code: Code) -> bool {
    matches!(code, Code::BrokenExternalLink | Code::UnreachableExternalLink)
}

/// Whether findings of `code` say that nothing in the repository does something: what nobody can tell of a part of it.
fn is_of_the_whole(code: Code) -> bool {
    use Code::{
        AlertWithoutRunbook, ApiOperationWithoutHandler, HandlerWithoutOperation, MetricNotEmitted, MissingCommand,
        MissingConfigurationKey, MissingEnvironmentVariable, MissingItem, OrphanPage, RunbookWithoutAlert,
        UndocumentedConfigurationKey, UndocumentedEnvironmentVariable, UndocumentedOperation,
    };
    matches!(
        code,
        AlertWithoutRunbook
            | ApiOperationWithoutHandler
            | HandlerWithoutOperation
            | MetricNotEmitted
            | MissingCommand
            | MissingConfigurationKey
            | MissingEnvironmentVariable
            | MissingItem
            | OrphanPage
            | RunbookWithoutAlert
            | UndocumentedConfigurationKey
            | UndocumentedEnvironmentVariable
            | UndocumentedOperation
    )
}

/// What the rules find in `subject` that its project wants, by rule.
pub fn check(subject: Subject<'_>) -> Diagnostics {
    let is_told = |code: Code| !(subject.tree.is_sparse() && is_of_the_whole(code));
    let is_wanted = |codes: &[Code]| codes.iter().any(|code| subject.project.rules.are_asked(*code) && is_told(*code));
    let wanted = RULES.par_iter().filter(|(codes, _)| is_wanted(codes));
    wanted.flat_map(|(_, rule)| rule(subject)).collect()
}

/// Whether `code` would be found in the file at `path`, if there were something to find: what nobody looks for may be there.
pub fn is_looked_for(subject: Subject<'_>, code: Code, path: RepoPath) -> bool {
    let rules = &subject.project.rules;
    let is_known = match code {
        Code::MissingPath | Code::StaleFileReference | Code::StalePage => subject.history.is_ok(),
        Code::OldPage => subject.history.is_ok() && subject.project.today.is_some() && rules.old_after_days.is_some(),
        Code::ReviewOverdue => subject.project.today.is_some(),
        code if is_of_other_sites(code) => subject.answers.is_some(),
        code if is_of_the_whole(code) => !subject.tree.is_sparse(),
        _ => true,
    };
    is_known && rules.level(code, Some(path)) != Level::Off
}

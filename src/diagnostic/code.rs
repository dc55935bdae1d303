//! Every kind of finding, with its name, its level unless configured, and its explanation.
//!
//! A new code is a new row here, a text beside the others in `explanations/`, and a case under `tests/diagnostics/`.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Level;

macro_rules! codes {
    ($($variant:ident $name:literal $level:ident $meaning:literal;)*) => {
        /// A rule that can find something.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, by name.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name used in reports, in `livedoc.toml` and by `livedoc explain`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What the code means, in one line.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }

            /// The level of its findings unless the configuration says otherwise.
            pub fn default_level(self) -> Level {
                match self { $(Code::$variant => Level::$level,)* }
            }

            /// What it means, why it matters and how to mend it, in Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("explanations/", $name, ".md")),)* }
            }
        }
    };
}

// Sorted by name.
codes! {
    AlertWithoutRunbook "alert-without-runbook" Note "No runbook says what to do about an alert.";
    AmbiguousReference "ambiguous-reference" Warn "A reference fits several things.";
    ApiOperationWithoutHandler "api-operation-without-handler" Note "No function is known that serves an operation of an API.";
    BrokenAnchor "broken-anchor" Error "A link leads to a page, but to no place on it.";
    BrokenDocLink "broken-doc-link" Warn "A link in a Rust doc comment names an item that does not exist.";
    BrokenExternalLink "broken-external-link" Error "A link leads to another site, which does not have the page.";
    BrokenImage "broken-image" Error "An image is not in the repository.";
    BrokenLink "broken-link" Error "A link leads to a file that does not exist.";
    BrokenReference "broken-reference" Error "A reference names nothing that exists.";
    ConflictingStatus "conflicting-status" Warn "A decision states two different statuses.";
    DecisionNumberMismatch "decision-number-mismatch" Warn "The heading of a decision has another number than its file.";
    DocumentWithoutOwner "document-without-owner" Note "Nobody owns a document, where others have an owner.";
    DuplicateDecisionNumber "duplicate-decision-number" Warn "Two decisions of one log have one number.";
    DuplicateId "duplicate-id" Error "Two sources claim the same identity.";
    DuplicateKey "duplicate-key" Warn "A name stands twice in one map of a YAML or JSON file.";
    DuplicateOperationId "duplicate-operation-id" Warn "Two operations of an API have one operation id.";
    DuplicateRoute "duplicate-route" Error "Two pages want the same address.";
    ExampleDoesNotMatchSchema "example-does-not-match-schema" Warn "An example in an API specification does not match its schema.";
    FileTooLarge "file-too-large" Warn "A file is too large to be read.";
    HandlerWithoutOperation "handler-without-operation" Note "A function serves a route that no API specification describes.";
    InvalidCodeowners "invalid-codeowners" Warn "A line of CODEOWNERS cannot be understood.";
    InvalidConfiguration "invalid-configuration" Error "`livedoc.toml` cannot be understood.";
    InvalidFrontMatter "invalid-front-matter" Warn "The front matter of a page cannot be understood.";
    InvalidJson "invalid-json" Error "A JSON file cannot be read.";
    InvalidOpenapi "invalid-openapi" Warn "An API specification departs from the standard.";
    InvalidPromql "invalid-promql" Warn "The expression of an alert or recording rule is no PromQL.";
    InvalidRule "invalid-rule" Warn "An alerting or recording rule lacks an expression, or has a value of a wrong type.";
    InvalidRust "invalid-rust" Warn "A Rust file cannot be parsed.";
    InvalidSuppression "invalid-suppression" Warn "A comment that suppresses findings cannot be understood, or does not say why.";
    InvalidTheme "invalid-theme" Error "A template or file of the theme cannot be used.";
    InvalidToml "invalid-toml" Error "A TOML file cannot be read.";
    InvalidUtf8 "invalid-utf8" Warn "A file is not UTF-8 text.";
    InvalidYaml "invalid-yaml" Error "A YAML file cannot be read.";
    LinkLeavesRepository "link-leaves-repository" Warn "A link leads out of the repository.";
    MetricNotEmitted "metric-not-emitted" Warn "An alert or dashboard uses a metric that the code does not emit.";
    MislabelledDecisionLink "mislabelled-decision-link" Warn "A link names one decision and leads to another.";
    MissingCommand "missing-command" Warn "A command in a page names something that nothing in the repository declares.";
    MissingConfigurationKey "missing-configuration-key" Warn "A document names a key of a configuration that no code reads.";
    MissingEnvironmentVariable "missing-environment-variable" Warn "A document names an environment variable that no code reads.";
    MissingInclude "missing-include" Error "An included file or part of it does not exist.";
    MissingItem "missing-item" Warn "Code in a page names an item of Rust that is nowhere in the code.";
    MissingModuleFile "missing-module-file" Warn "A Rust module is declared but its file does not exist.";
    MissingOperationId "missing-operation-id" Note "An operation of an API has no operation id, where others have one.";
    MissingPath "missing-path" Warn "Code in a page names a file or folder that is not there.";
    OldPage "old-page" Note "A page was neither changed nor reviewed for a long time.";
    OrphanPage "orphan-page" Off "No page links to a guide.";
    ReviewOverdue "review-overdue" Note "A page was to be reviewed and was not.";
    RunbookNotFound "runbook-not-found" Error "An alert's `runbook_url` leads to a runbook that does not exist.";
    RunbookWithoutAlert "runbook-without-alert" Note "No alert leads to a runbook.";
    StaleFileReference "stale-file-reference" Note "A page links to a file that has changed since the page was looked at.";
    StalePage "stale-page" Note "A page refers to something that has changed since the page was looked at.";
    SupersededDecisionCited "superseded-decision-cited" Warn "A superseded decision is cited as if it stood.";
    SupersessionMismatch "supersession-mismatch" Warn "Only one side of a supersession is told.";
    TemplatedRules "templated-rules" Note "A file of alerting rules is a template, and read line by line.";
    UndeclaredTag "undeclared-tag" Note "An operation of an API has a tag that is not declared, where others are.";
    UndocumentedConfigurationKey "undocumented-configuration-key" Off "No document names a key of a configuration that code reads.";
    UndocumentedEnvironmentVariable "undocumented-environment-variable" Off "No document names an environment variable that code reads.";
    UndocumentedOperation "undocumented-operation" Off "An operation of an API has neither summary nor description.";
    UndocumentedPublicItem "undocumented-public-item" Off "A public item of a Rust crate has no documentation.";
    UnknownDecisionStatus "unknown-decision-status" Note "A decision has a status that no other of its log has.";
    UnknownHistory "unknown-history" Note "git cannot tell which pages are stale.";
    UnmatchedCodeownersPattern "unmatched-codeowners-pattern" Warn "A pattern of CODEOWNERS means no file.";
    UnmatchedOverride "unmatched-override" Warn "A path of `rules.overrides` means no file.";
    UnreachableExternalLink "unreachable-external-link" Note "A link leads to another site, which does not answer.";
    UnreadableFile "unreadable-file" Warn "A file cannot be read.";
    UnresolvedRef "unresolved-ref" Error "A `$ref` in an API specification leads nowhere.";
    UnusableRustdocJson "unusable-rustdoc-json" Warn "rustdoc's JSON of a crate cannot be used.";
    UnusedSuppression "unused-suppression" Warn "A comment suppresses findings where there are none.";
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(name: &str) -> Result<Self, UnknownCode> {
        Code::ALL.iter().copied().find(|code| code.name() == name).ok_or_else(|| UnknownCode(name.to_owned()))
    }
}

/// The name of a code that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(pub String);

impl fmt::Display for UnknownCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no diagnostic is called `{}`", self.0)
    }
}

impl std::error::Error for UnknownCode {}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_sorted_and_found_by_name() {
        assert!(Code::ALL.is_sorted_by(|a, b| a.name() < b.name()));
        for code in Code::ALL {
            assert_eq!(code.name().parse(), Ok(*code));
        }
    }
}

//! Every `$ref` that leads nowhere.

use std::collections::HashSet;

use super::document::{Dangling, Document};
use crate::data::{Data, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};

/// A specification that is broken throughout says so this often.
const MOST_FINDINGS: usize = 100;

/// Looks at each reference in the files of `document` once, aliases included. Of a part nobody knows what the whole has.
pub(super) fn check(document: &Document<'_>, is_part: bool) -> Diagnostics {
    let is_empty = |value: &Value, key| value.get(key).is_none_or(|value| value.entries().is_empty());
    let has_operations =
        document.values().next().is_some_and(|root| !["paths", "webhooks"].iter().all(|key| is_empty(root, key)));
    let mut sweep = Sweep { document, has_operations, is_part, seen: HashSet::new(), diagnostics: Diagnostics::new() };
    for value in document.values() {
        sweep.visit(value, false);
    }
    sweep.diagnostics
}

struct Sweep<'d> {
    document: &'d Document<'d>,
    /// Whether it is more than a dump of types.
    has_operations: bool,
    is_part: bool,
    /// Where the contents of lists and maps begin in memory: what an alias shares is looked at once.
    seen: HashSet<*const ()>,
    diagnostics: Diagnostics,
}

impl<'d> Sweep<'d> {
    /// `names`: the keys of `value` are names that somebody gave, not words of the standard.
    fn visit(&mut self, value: &'d Value, names: bool) {
        match &value.data {
            Data::List(items) => {
                if items.is_empty() || !self.seen.insert(items.as_ptr().cast()) {
                    return;
                }
                for item in items.iter() {
                    self.visit(item, false);
                }
            }
            Data::Map(map) => {
                if map.is_empty() || !self.seen.insert(map.as_ptr().cast()) {
                    return;
                }
                match self.document.step(value).filter(|_| !names) {
                    Some(Err(dangling)) => self.report(value, dangling),
                    Some(Ok(_)) if self.document.is_circle(value) => self.report_circle(value),
                    _ => {}
                }
                for entry in map.iter() {
                    // Values that stand for themselves may hold anything.
                    let literal =
                        matches!(&*entry.key, "example" | "examples" | "default" | "enum" | "const" | "value")
                            || entry.key.starts_with("x-");
                    if names || !literal {
                        let names = !names
                            && matches!(
                                &*entry.key,
                                "properties"
                                    | "patternProperties"
                                    | "schemas"
                                    | "definitions"
                                    | "$defs"
                                    | "responses"
                                    | "parameters"
                                    | "paths"
                                    | "headers"
                                    | "callbacks"
                                    | "links"
                                    | "content"
                            );
                        self.visit(&entry.value, names);
                    }
                }
            }
            _ => {}
        }
    }

    fn report_circle(&mut self, value: &Value) {
        let Some(reference) = value.get("$ref").filter(|_| self.diagnostics.len() < MOST_FINDINGS) else { return };
        let message = format!("`{}` leads back to itself, and to nothing else", reference.as_str().unwrap_or_default());
        self.diagnostics.push(Diagnostic::new(Code::UnresolvedRef, message, reference.span));
    }

    fn report(&mut self, value: &Value, dangling: Dangling) {
        let Some(reference) = value.get("$ref").filter(|_| self.diagnostics.len() < MOST_FINDINGS) else { return };
        let text = reference.as_str().unwrap_or_default();
        let (message, hint) = match dangling {
            Dangling::Elsewhere => return,
            Dangling::NoPlace(..) if self.is_part => return,
            Dangling::Outside => {
                (format!("`{text}` leads out of the repository"), "only files of the repository are read".to_owned())
            }
            Dangling::NoFile(path, hint) => (format!("there is no file `{path}`"), hint),
            // A program's types without those of the libraries that it uses: `v1.ObjectMeta`.
            Dangling::NoPlace(part, _) if !self.has_operations && part.contains('.') => return,
            Dangling::NoPlace(part, instead) => {
                let near = NearestNames::new(instead.iter().map(|name| &**name)).find(&part);
                (format!("`{text}` leads nowhere: there is no `{part}`"), did_you_mean(&near))
            }
        };
        self.diagnostics.push(Diagnostic::new(Code::UnresolvedRef, message, reference.span).hint(hint));
    }
}

//! A number of nodes -> a workspace of documented Rust crates.

use std::fmt::Write;

use crate::file::File;
use crate::prose::Writer;
use crate::random::Random;
use crate::vocabulary::Vocabulary;

/// How many nodes one unit of code makes: a struct with two fields and two methods, an enum with three variants, and a
/// function.
pub const CODE_UNIT: usize = 10;

const UNITS_IN_MODULE: usize = 10;
const MODULES_IN_CRATE: usize = 10;

const NAMES: u64 = 4;
const DOCS: u64 = 5;

/// A workspace with `nodes` documented items, beside the modules and crates that hold them: a crate in each folder below
/// `crates/`.
pub fn crates(nodes: usize) -> impl Iterator<Item = File> {
    let units = nodes.div_ceil(CODE_UNIT);
    let modules = units.div_ceil(UNITS_IN_MODULE);
    let crates = modules.div_ceil(MODULES_IN_CRATE);
    let vocabulary = Vocabulary::new();
    let workspace = File {
        path: "Cargo.toml".to_owned(),
        text: "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n".to_owned(),
    };
    let of_crates = (0..crates).flat_map(move |index| {
        let first = index * MODULES_IN_CRATE;
        [manifest(index), library(index, first..modules.min(first + MODULES_IN_CRATE))]
    });
    let of_modules = (0..modules).map(move |index| module(&vocabulary, index, units));
    std::iter::once(workspace).chain(of_crates).chain(of_modules)
}

fn folder(index: usize) -> String {
    format!("crates/part-{index:03}")
}

fn manifest(index: usize) -> File {
    let text = format!("[package]\nname = \"part-{index:03}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    File { path: format!("{}/Cargo.toml", folder(index)), text }
}

fn library(index: usize, modules: std::ops::Range<usize>) -> File {
    let mut text = format!("//! Part {index}: its modules, each with what it declares.\n\n");
    for module in modules {
        // Writing to a string does not fail.
        let _ = writeln!(text, "pub mod module_{module:04};");
    }
    File { path: format!("{}/src/lib.rs", folder(index)), text }
}

/// The module at `index` with its share of all `units`.
fn module(vocabulary: &Vocabulary, index: usize, units: usize) -> File {
    let first = index * UNITS_IN_MODULE;
    let units = first..units.min(first + UNITS_IN_MODULE);
    let mut writer = Writer { vocabulary, random: Random::of(DOCS, index) };
    let mut text = format!("//! {}\n", writer.paragraph());
    for unit in units.clone() {
        let other = writer.random.between(units.start, units.end - 1);
        declare(&mut writer, &mut text, &Names::of(vocabulary, unit), &Names::of(vocabulary, other));
    }
    File { path: format!("{}/src/module_{index:04}.rs", folder(index / MODULES_IN_CRATE)), text }
}

/// What a unit declares. The number makes each unlike all others and unlike every keyword.
struct Names {
    record: String,
    choice: String,
    function: String,
}

impl Names {
    fn of(vocabulary: &Vocabulary, unit: usize) -> Self {
        let mut writer = Writer { vocabulary, random: Random::of(NAMES, unit) };
        Self {
            record: format!("{}{unit}", writer.type_name()),
            choice: format!("{}Kind{unit}", writer.type_name()),
            function: format!("{}_{unit}", writer.name()),
        }
    }
}

/// One unit, whose documentation leads to `other` too.
fn declare(writer: &mut Writer<'_>, text: &mut String, names: &Names, other: &Names) {
    let Names { record, choice, function } = names;
    let _ = write!(
        text,
        "\n/// {}\n///\n/// {} See [`{}`] and [`{choice}`].\n#[derive(Clone, Debug)]\npub struct {record} {{\n",
        writer.sentence(),
        writer.paragraph(),
        other.record
    );
    for field in ["first", "second"] {
        let _ = writeln!(text, "    /// {}\n    pub {field}_{}: u64,", writer.sentence(), writer.name());
    }
    let _ = write!(text, "}}\n\nimpl {record} {{\n");
    for (place, method) in ["find", "store"].into_iter().enumerate() {
        let _ = write!(
            text,
            "    /// {} {}\n    pub fn {method}_{}(&self, key: &str) -> Option<{}> {{\n        let _ = (key, {place});\n        None\n    }}\n",
            writer.sentence(),
            writer.sentence(),
            writer.name(),
            other.record
        );
    }
    let _ = write!(text, "}}\n\n/// {}\n#[derive(Clone, Copy, Debug)]\npub enum {choice} {{\n", writer.sentence());
    for variant in ["First", "Second", "Third"] {
        let _ = writeln!(text, "    /// {}\n    {variant},", writer.sentence());
    }
    let _ = write!(
        text,
        "}}\n\n/// {}\n///\n/// # Examples\n///\n/// ```\n/// let {function} = {};\n/// assert!({function} > 0);\n/// ```\n\
         pub fn {function}(value: {record}, kind: {choice}) -> Result<{}, String> {{\n    let _ = (value, kind);\n    \
         Err(\"{}\".to_owned())\n}}\n",
        writer.sentence(),
        writer.random.between(1, 9_999),
        other.record,
        writer.words(2, 5)
    );
}

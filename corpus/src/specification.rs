//! A number of nodes -> OpenAPI documents.

use std::fmt::Write;

use crate::file::File;
use crate::prose::Writer;
use crate::random::Random;
use crate::vocabulary::Vocabulary;

/// How many nodes one unit of a specification makes: an operation and the schema of what it answers.
pub const SPECIFICATION_UNIT: usize = 2;

const UNITS_IN_DOCUMENT: usize = 50;

const TEXT: u64 = 6;

/// Documents with `nodes` operations and schemas in all, in a folder `api/`.
pub fn specifications(nodes: usize) -> impl Iterator<Item = File> {
    let units = nodes.div_ceil(SPECIFICATION_UNIT);
    let vocabulary = Vocabulary::new();
    (0..units.div_ceil(UNITS_IN_DOCUMENT)).map(move |index| {
        let first = index * UNITS_IN_DOCUMENT;
        document(&vocabulary, index, first..units.min(first + UNITS_IN_DOCUMENT))
    })
}

fn document(vocabulary: &Vocabulary, index: usize, units: std::ops::Range<usize>) -> File {
    let mut writer = Writer { vocabulary, random: Random::of(TEXT, index) };
    let mut text = format!(
        "openapi: 3.0.3\ninfo:\n  title: Service {index} for {}\n  version: 1.0.0\n  description: >-\n    {}\npaths:\n",
        writer.words(2, 4),
        writer.paragraph()
    );
    for unit in units.clone() {
        operation(&mut writer, &mut text, unit);
    }
    text.push_str("components:\n  schemas:\n");
    for unit in units.clone() {
        let other = writer.random.between(units.start, units.end - 1);
        schema(&mut writer, &mut text, unit, other);
    }
    File { path: format!("api/service-{index:03}.yaml"), text }
}

fn operation(writer: &mut Writer<'_>, text: &mut String, unit: usize) {
    // Writing to a string does not fail.
    let _ = write!(
        text,
        r##"  /v1/{}-{unit}/{{id}}:
    get:
      operationId: show{unit}
      summary: Show {}
      description: >-
        {}
      tags: [group{}]
      parameters:
        - name: id
          in: path
          required: true
          description: >-
            {}
          schema: {{ type: string, maxLength: 64 }}
        - name: limit
          in: query
          schema: {{ type: integer, minimum: 1, maximum: {} }}
      responses:
        "200":
          description: >-
            {}
          content:
            application/json:
              schema: {{ $ref: "#/components/schemas/Answer{unit}" }}
        "404":
          description: No such thing
"##,
        writer.name().replace('_', "-"),
        writer.words(2, 5),
        writer.paragraph(),
        unit % 7,
        writer.sentence(),
        writer.random.between(10, 500),
        writer.sentence(),
    );
}

/// The schema of what the operation of `unit` answers, which holds that of `other`.
fn schema(writer: &mut Writer<'_>, text: &mut String, unit: usize, other: usize) {
    let _ = write!(
        text,
        "    Answer{unit}:\n      type: object\n      description: >-\n        {}\n      required: [id]\n      properties:\n        \
         id: {{ type: string, format: uuid }}\n",
        writer.sentence()
    );
    for place in 0..writer.random.between(2, 6) {
        let _ = write!(
            text,
            "        {}_{place}:\n          type: {}\n          description: >-\n            {}\n",
            writer.name(),
            writer.random.pick(&["string", "integer", "boolean", "number"]),
            writer.sentence()
        );
    }
    let _ = writeln!(text, "        related: {{ $ref: \"#/components/schemas/Answer{other}\" }}");
}

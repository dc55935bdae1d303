//! What a node can be. Extractors declare kinds; every later stage only reads these descriptions.

/// A part of the site that readers choose from the top of every page.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// The first part of its pages' addresses, and the address of its list: `adr`.
    pub slug: &'static str,
    /// What readers see: "Decisions".
    pub label: &'static str,
    /// Name of an icon of the theme.
    pub icon: &'static str,
    /// Place among the sections, smallest first.
    pub order: u16,
}

/// A kind of node.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The name in the graph: `adr`, `struct`.
    pub name: &'static str,
    /// One of them: "Decision".
    pub label: &'static str,
    /// Several: "Decisions".
    pub plural: &'static str,
    /// The section its pages belong to.
    pub section: &'static Section,
    /// Place among the kinds of a section or of a list of children, smallest first.
    pub order: u16,
    /// The scheme of its ids and of references to it: `adr`, `rust`.
    pub scheme: &'static str,
    /// Whether its nodes stand on the section's list page, with these columns behind the title; `None` for kinds that
    /// are reached through another page (an operation through its API).
    pub list: Option<&'static [Column]>,
    /// What search's filter calls it, as readers see it: "Decisions". Kinds of one facet are filtered together: "Code".
    pub facet: &'static str,
}

/// A column of a list: a fact, or the far end of a relation.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub label: &'static str,
    /// The fact's name, or the relation's when `style` is [`ColumnStyle::Related`].
    pub fact: &'static str,
    /// How its values look.
    pub style: ColumnStyle,
}

/// How the values of a column look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnStyle {
    /// As running text.
    Text,
    /// As a coloured badge: statuses, severities, methods.
    Badge,
    /// As code.
    Code,
    /// As links to what the relation `fact` leads to or comes from.
    Related,
    /// Likewise; where there is nothing, the address that this fact has, by its host.
    RelatedOrAt(&'static str),
    /// As a number before the title.
    Number,
    /// As tags. The column is left out where nothing has any.
    Tags,
}

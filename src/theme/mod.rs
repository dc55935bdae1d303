//! How pages look: templates, styles and files, the built-in ones overlaid by the project's own.
//!
//! Enters: the [`SourceTree`](crate::discover::SourceTree) with the project's `theme/` folder. Leaves: a [`Theme`] whose
//! templates are known to fit together, and a diagnostic for each file of the project that cannot be used.
//!
//! | folder | |
//! |---|---|
//! | `templates/` | Tera templates, by name; a file of the same name replaces the built-in one |
//! | `styles/` | style sheets, joined in the order of their names into one `assets/theme.css` |
//! | `scripts/` | scripts, joined in the order of their names into one `assets/theme.js` |
//! | `static/` | anything else, published below `assets/` under its own name |

mod builtin;
mod files;
mod load;
mod modules;
mod templates;

pub use files::ThemeFile;
pub use load::{Theme, load};
pub use templates::TemplateError;

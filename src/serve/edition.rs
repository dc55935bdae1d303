//! What the preview stands on: whoever makes editions of the site, and what an edition can be asked for.

use std::sync::Arc;

use super::problem::Problems;
use crate::config::Loaded;
use crate::discover::Changes;
use crate::output::SitePath;

/// The site as it stands at one moment. Its files are made when somebody asks for them.
pub trait Edition: Send + Sync {
    /// The bytes of the file at `path`, made now. The preview asks once in the life of an edition, from a thread that
    /// may take its time. `None`: there is no such file.
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>>;

    /// Whether there is a file at `path`, without making it.
    fn contains(&self, path: &SitePath) -> bool;

    /// The files of the site that show what was edited since the edition before: pages first, in the order in which a
    /// reader would look at them, then style sheets, scripts and images. Files that change only because others did (a
    /// page that links to a new title) are not among them.
    fn edited(&self) -> &[SitePath];

    /// What is wrong with the sources.
    fn problems(&self) -> &Problems;
}

/// Whoever makes editions.
pub trait Editor {
    /// Makes the edition that the sources on disk give now. `changes` is what happened since the last one was made; the
    /// first call is told [`Changes::Everything`]. `overtaken` says whether there are newer changes
    /// already and it is better to give up; asking is cheap, and obeying is voluntary.
    fn edit(&mut self, changes: &Changes, overtaken: &dyn Fn() -> bool) -> Edited;

    /// Says on the terminal what the last edit came to. Called when readers have been told.
    fn report(&mut self);

    /// The settings that hold now.
    fn loaded(&self) -> &Loaded;
}

/// What came of an edit.
pub enum Edited {
    /// A new edition.
    Edition(Arc<dyn Edition>),
    /// Nothing that anybody could see is different.
    Same,
    /// Nothing can be made of the sources, and this is why.
    Refused(Problems),
    /// Given up for newer changes.
    Overtaken,
}

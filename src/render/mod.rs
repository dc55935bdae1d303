//! Pages: views, the only types that templates see, and the HTML that a theme makes of them.
//!
//! Enters: the [`ResolvedGraph`], the [`SitePlan`] and the [`Theme`]. Leaves: the files of the site, as paths and bytes;
//! and a diagnostic for each template of the project that failed on a page.
//!
//! [`prepare`] works out what pages have in common; [`Pages`] then makes any page on its own, in any order, and keeps
//! nothing of it. [`Sheet::key`] tells without making a page whether it is the same as last time.

mod address;
mod alerts;
mod blocks;
mod changes;
mod copy;
#[cfg(test)]
mod fixture;
mod handlers;
mod highlight;
mod key;
mod links;
mod listing;
mod navigation;
mod owners;
mod page;
mod prepare;
mod relations;
mod rows;
mod shelves;
mod site_files;
mod standpoint;
mod succession;
mod tables;
mod text;
mod timeline;
mod value;
mod values;
pub mod view;

use rayon::prelude::*;

use crate::config::Project;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::discover::History;
use crate::graph::{NodeId, ResolvedGraph};
use crate::plan::{Page, SitePlan};
use crate::source::{ContentHash, Sources};
use crate::theme::{TemplateError, Theme};
use page::{Frame, filled, filled_with_file};
use view::{ContentView, PageView};

pub use copy::{Copy, CopyPlace};
pub use prepare::{Common, prepare};

/// A file of the site: its path from the site's root, and what is in it.
pub type SiteFile = (String, Vec<u8>);

/// Everything that pages are made from.
#[derive(Clone, Copy)]
pub struct Pages<'a> {
    /// What is known.
    pub resolved: &'a ResolvedGraph,
    /// Where it is shown.
    pub plan: &'a SitePlan,
    /// What the project says about its site.
    pub project: &'a Project,
    /// How pages look.
    pub theme: &'a Theme,
    /// For the lines in which things are written.
    pub sources: &'a (dyn Sources + Sync),
    /// When and by whom files were changed, where that is known.
    pub history: Option<&'a History>,
    /// What [`prepare`] made of the same graph, plan and project.
    pub common: &'a Common,
}

/// A page that was made.
#[derive(Debug)]
pub struct MadePage {
    /// Its files: those that [`Page::file`] and [`Page::copy`] announce.
    pub files: Vec<SiteFile>,
    /// Where its copy in Markdown has the text of what.
    pub places: Vec<CopyPlace>,
    /// What is wrong with the project's template for it.
    pub problem: Option<Diagnostic>,
}

/// A page that is about to be made, or compared with what it was.
pub struct Sheet<'a, 'p> {
    pages: Pages<'a>,
    page: &'p Page,
    frame: Frame<'a>,
}

impl Sheet<'_, '_> {
    /// The hash of everything on which the files of the page depend. `body` answers for what a node itself says, with a
    /// hash of that.
    pub fn key(&self, body: &dyn Fn(NodeId) -> ContentHash) -> ContentHash {
        self.frame.key(self.pages.theme.hash(), body)
    }

    /// The files of the page.
    pub fn make(self) -> MadePage {
        let Pages { theme, sources, .. } = self.pages;
        let (mut files, mut places) = (Vec::new(), Vec::new());
        let (html, problem) = match self.frame {
            Frame::Text(view, text) => {
                let view = filled(*view, &text);
                let copy = copy::copy(&view, &text);
                files.extend(self.page.copy().map(|path| (path, copy.text.into_bytes())));
                places = copy.places;
                html(&view, theme, sources)
            }
            Frame::File(view, file) => html(&filled_with_file(*view, &file), theme, sources),
            Frame::Page(view) => html(&view, theme, sources),
            Frame::Redirect(view) => made(theme, sources, "redirect.html", &*view),
        };
        files.insert(0, (self.page.file(), html.into_bytes()));
        MadePage { files, places, problem }
    }
}

impl<'a> Pages<'a> {
    /// Everything that can be made, each by itself.
    pub fn all(&self) -> impl Iterator<Item = &'a Page> {
        self.plan.pages.iter().chain(&self.plan.redirects)
    }

    /// What `page` is made of.
    pub fn sheet<'p>(&self, page: &'p Page) -> Sheet<'a, 'p> {
        Sheet { pages: *self, page, frame: Frame::new(*self, page) }
    }

    /// The files of `page`.
    pub fn make(&self, page: &Page) -> MadePage {
        self.sheet(page).make()
    }

    /// The copy of `page` in Markdown, by itself; `None` for what has none.
    pub fn copy(&self, page: &Page) -> Option<Copy> {
        match Frame::new(*self, page) {
            Frame::Text(view, text) => Some(copy::copy(&filled(*view, &text), &text)),
            Frame::File(..) | Frame::Page(_) | Frame::Redirect(_) => None,
        }
    }

    /// What the template of `page` sees; `None` for an old address, which has a template of its own.
    pub fn view(&self, page: &Page) -> Option<PageView<'a>> {
        match Frame::new(*self, page) {
            Frame::Text(view, text) => Some(filled(*view, &text)),
            Frame::File(view, file) => Some(filled_with_file(*view, &file)),
            Frame::Page(view) => Some(*view),
            Frame::Redirect(_) => None,
        }
    }

    /// The files beside the pages: the theme's, those of the navigation, and what search engines read.
    pub fn others(&self) -> Vec<SiteFile> {
        let mut files: Vec<SiteFile> =
            self.theme.files().map(|file| (file.path.clone(), file.bytes.to_vec())).collect();
        files.extend(shelves::shelves(*self));
        files.extend(site_files::site_files(*self));
        files
    }
}

/// Every page and file of the site, by path, made side by side.
pub fn render(
    resolved: &ResolvedGraph,
    plan: &SitePlan,
    project: &Project,
    theme: &Theme,
    sources: &(dyn Sources + Sync),
) -> (Vec<SiteFile>, Diagnostics) {
    let common = prepare(resolved, plan, project);
    let pages = Pages { resolved, plan, project, theme, sources, history: None, common: &common };
    let all: Vec<&Page> = pages.all().collect();
    let made: Vec<MadePage> = all.into_par_iter().map(|page| pages.make(page)).collect();
    let (made, problems): (Vec<Vec<SiteFile>>, Vec<Option<Diagnostic>>) =
        made.into_iter().map(|page| (page.files, page.problem)).unzip();
    let mut files: Vec<SiteFile> = made.into_iter().flatten().chain(pages.others()).collect();
    files.sort_by(|left, right| left.0.cmp(&right.0));
    // A template fails on every page alike.
    let mut diagnostics: Diagnostics = problems.into_iter().flatten().collect();
    diagnostics.sort_by(|left, right| (left.span, &left.message).cmp(&(right.span, &right.message)));
    diagnostics.dedup();
    (files, diagnostics)
}

/// The HTML of a page, and what is wrong with the project's template for it.
pub fn html(view: &PageView<'_>, theme: &Theme, sources: &(dyn Sources + Sync)) -> (String, Option<Diagnostic>) {
    let template = match view.content {
        ContentView::Node(_) => "node.html",
        ContentView::List(_) => "list.html",
        ContentView::File(_) => "file.html",
        ContentView::Overview(_) => "overview.html",
        ContentView::NotFound(_) => "not-found.html",
    };
    made(theme, sources, template, view)
}

fn made<V: serde::Serialize>(
    theme: &Theme,
    sources: &(dyn Sources + Sync),
    template: &str,
    view: &V,
) -> (String, Option<Diagnostic>) {
    let report = |error: TemplateError| theme.diagnostic(template, &error, sources);
    match theme.render(template, view) {
        Ok((html, error)) => (html, error.map(|error| report(error).hint("the built-in template is used instead"))),
        Err(error) => (String::new(), Some(report(error))),
    }
}

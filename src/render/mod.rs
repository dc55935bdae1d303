//! Pages: views, the only types that templates see, and the HTML that a theme makes of them.
//!
//! Enters: the [`ResolvedGraph`], the [`SitePlan`] and the [`Theme`]. Leaves: the files of the site, as paths and bytes;
//! and a diagnostic for each template of the project that failed on a page.
//!
//! A page is [`view`]ed, then turned into [`html`]: two functions of which the second depends on nothing but the view
//! and the theme. Both can be called for a page on its own.

mod blocks;
mod highlight;
mod links;
mod navigation;
mod overall;
mod page;
mod relations;
mod site_files;
mod tables;
mod values;
pub mod view;

use rayon::prelude::*;

use crate::config::Project;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::ResolvedGraph;
use crate::plan::{Redirect, SitePlan};
use crate::source::Sources;
use crate::theme::{TemplateError, Theme};
use view::{ContentView, LinkView, PageView, RedirectView};

pub use overall::Overall;
pub use page::view;

/// A file of the site: its path from the site's root, and what is in it.
pub type SiteFile = (String, Vec<u8>);

/// Every page, redirect and file of the theme, and what search engines read: by path, side by side.
pub fn render(
    resolved: &ResolvedGraph,
    plan: &SitePlan,
    project: &Project,
    theme: &Theme,
    sources: &(dyn Sources + Sync),
) -> (Vec<SiteFile>, Diagnostics) {
    let overall = Overall::new(resolved, plan, project, sources);
    let pages = plan.pages.par_iter().map(|page| {
        let (html, problem) = html(&view(&overall, page), theme, sources);
        ((page.route.file(), html.into_bytes()), problem)
    });
    let redirects = plan.redirects.par_iter().filter_map(|redirect| {
        let (html, problem) = made(theme, sources, "redirect.html", &redirect_view(&overall, redirect)?);
        Some(((redirect.from.file(), html.into_bytes()), problem))
    });
    let (mut files, problems): (Vec<SiteFile>, Vec<Option<Diagnostic>>) = pages.chain(redirects).unzip();
    files.extend(theme.files().map(|file| (file.path.clone(), file.bytes.to_vec())));
    files.extend(site_files::site_files(&overall));
    files.sort_by(|left, right| left.0.cmp(&right.0));
    // A template fails on every page alike.
    let mut diagnostics: Diagnostics = problems.into_iter().flatten().collect();
    diagnostics.sort_by(|left, right| (left.span, &left.message).cmp(&(right.span, &right.message)));
    diagnostics.dedup();
    (files, diagnostics)
}

/// The HTML of a page, and what is wrong with the project's template for it.
pub fn html(view: &PageView, theme: &Theme, sources: &(dyn Sources + Sync)) -> (String, Option<Diagnostic>) {
    let template = match view.content {
        ContentView::Node(_) => "node.html",
        ContentView::List(_) => "list.html",
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

fn redirect_view(overall: &Overall<'_>, redirect: &Redirect) -> Option<RedirectView> {
    let node = overall.resolved.graph.node(redirect.to)?;
    let href = links::href(overall.plan, redirect.to)?;
    let url = overall.project.site.base_url.as_ref().map(|base| format!("{base}{href}")).unwrap_or_default();
    Some(RedirectView {
        site: overall.site.clone(),
        root: redirect.from.to_root(),
        link: LinkView { title: node.title.clone(), href, label: node.kind.label },
        url,
    })
}

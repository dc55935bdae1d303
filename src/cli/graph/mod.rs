//! `livedoc graph [DIR] [ID]`.

mod draw;

use std::path::{Path, PathBuf};

use super::arguments::{Everywhere, Graph, GraphFormat};
use super::progress::progress;
use super::report::{Channel, say};
use super::start::{remark_claims, request, start};
use super::{Exit, Failure};
use crate::diagnostic::did_you_mean;
use crate::diagnostic::print::Format;
use crate::graph::{GraphExport, NodeId, NotFound, find_node};
use crate::pipeline::{Earlier, analyse};

pub(super) fn run(command: &Graph, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let (folder, id) = folder_and_id(command);
    let request = request(&folder, everywhere, Vec::new());
    let loaded = match start(&request, everywhere, Format::Human, Channel::Beside)? {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let analysis = {
        let progress = progress(everywhere.quiet);
        // Pictures do not tell when anything was changed.
        let project = match command.format {
            GraphFormat::Json => loaded.project.clone(),
            GraphFormat::Dot | GraphFormat::Mermaid => loaded.project.without_history(),
        };
        analyse(&project, Earlier::NOTHING, progress.as_ref())
    };
    if everywhere.verbose {
        remark_claims(&analysis.claims);
    }
    let mut graph = analysis.export();
    if let Some(reference) = id {
        let id = find_node(&analysis.resolved.graph, &reference).map_err(|error| not_found(&reference, error))?;
        graph = neighbourhood(graph, id);
    }
    say(|out| match command.format {
        GraphFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &graph).map_err(std::io::Error::from)?;
            writeln!(out)
        }
        GraphFormat::Dot => out.write_all(draw::dot(&graph).as_bytes()),
        GraphFormat::Mermaid => out.write_all(draw::mermaid(&graph).as_bytes()),
    })?;
    Ok(Exit::Clean)
}

/// A single argument that is no folder but looks like a reference is the node.
fn folder_and_id(command: &Graph) -> (PathBuf, Option<String>) {
    match (&command.dir, &command.id) {
        (Some(dir), None) if !dir.is_dir() && dir.to_string_lossy().contains(':') => {
            (PathBuf::from("."), Some(dir.to_string_lossy().into_owned()))
        }
        (dir, id) => (dir.as_deref().unwrap_or(Path::new(".")).to_path_buf(), id.clone()),
    }
}

fn not_found(reference: &str, error: NotFound) -> Failure {
    match error {
        NotFound::Ambiguous(ids) => {
            let ids: Vec<&str> = ids.iter().take(3).map(|id| id.as_str()).collect();
            Failure::usage(format!("`{reference}` names several nodes")).hint(did_you_mean(&ids))
        }
        NotFound::Unknown(near) => Failure::usage(format!("no node is called `{reference}`")).hint(did_you_mean(&near)),
    }
}

/// The part of `graph` that is `id`, its edges and their other ends.
fn neighbourhood(mut graph: GraphExport<'_>, id: NodeId) -> GraphExport<'_> {
    graph.edges.retain(|edge| edge.from == id || edge.to == id);
    let edges = &graph.edges;
    let ends: std::collections::BTreeSet<NodeId> =
        edges.iter().flat_map(|edge| [edge.from, edge.to]).chain([id]).collect();
    graph.nodes.retain(|node| ends.contains(&node.id));
    let files: std::collections::BTreeSet<_> = graph.nodes.iter().map(|node| node.source.path).collect();
    graph.files.retain(|path, _| files.contains(path));
    graph
}

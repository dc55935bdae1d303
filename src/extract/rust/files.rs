//! The files of a crate -> the pages that show them as they are written.

use super::package::CrateSource;
use crate::graph::{NodeId, ShownFile};
use crate::source::RepoPath;

/// The pages of the files that the crate `source` is made of, at rustdoc's addresses: below `src/`, as the files stand below
/// the folder of the crate's root. `of` is the node of the crate.
pub(super) fn shown(source: &CrateSource, of: NodeId) -> Vec<ShownFile> {
    let show = |&path: &RepoPath| {
        let route = format!("rust/src/{}/{}.html", source.name, way(source.root.parent(), path));
        ShownFile { path, route, of }
    };
    source.files.iter().map(show).collect()
}

/// The way from `folder` to the file at `path`, with `up` for each folder that it leads out of, as rustdoc has it.
fn way(mut folder: RepoPath, path: RepoPath) -> String {
    let mut way = String::new();
    loop {
        // Everything lies below the repository's root.
        if let Some(rest) = path.strip_folder(folder).or_else(|| (folder == RepoPath::root()).then(|| path.as_str())) {
            way.push_str(rest);
            return way;
        }
        way.push_str("up/");
        folder = folder.parent();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{RepoPath, way};

    #[test]
    fn files_stand_as_they_do_below_the_root_of_their_crate() {
        let cases = [
            ("shop/src", "shop/src/orders/mod.rs", "orders/mod.rs"),
            ("shop/src", "shop/generated/api.rs", "up/generated/api.rs"),
            ("shop/src", "srcs/a.rs", "up/up/srcs/a.rs"),
            ("", "lib.rs", "lib.rs"),
        ];
        for (folder, path, expected) in cases {
            let (folder, path) = (RepoPath::new(folder).unwrap(), RepoPath::new(path).unwrap());
            assert_eq!(way(folder, path), expected, "{path} from {folder}");
        }
    }
}

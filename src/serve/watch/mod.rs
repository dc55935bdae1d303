//! Changes on disk -> one wake-up for each burst of them, with the paths that it is about.

mod burst;
mod filter;
mod folders;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, Watcher, WatcherKind};

use crate::config::{Loaded, Project};
use crate::discover;
use crate::discover::Changes;
use burst::{Burst, Seen};
use filter::Filter;
use folders::Folders;

/// How often folders are looked at that the system does not watch.
const INTERVAL: Duration = Duration::from_secs(1);

/// How often git is asked whether it is done.
const LOCKED: Duration = Duration::from_millis(5);

/// The folders of a repository, and what happened in them.
pub(super) struct Watch {
    project: Project,
    folders: Folders,
    last_look: Instant,
    post: Arc<Post>,
}

/// Where the system's events are put down.
struct Post {
    inbox: Mutex<Inbox>,
    arrived: Condvar,
    /// Whether the system tells when a file that was written is closed.
    tells_closing: bool,
}

struct Inbox {
    filter: Filter,
    burst: Burst,
    /// Paths that came or went and may be folders.
    came: Vec<PathBuf>,
    went: Vec<PathBuf>,
}

impl Watch {
    /// Watches what `loaded` makes a site of.
    pub(super) fn begin(loaded: &Loaded) -> Self {
        let post = Post::new(Filter::new(loaded), RecommendedWatcher::kind() == WatcherKind::Inotify);
        let receiver = Arc::clone(&post);
        let native = notify::recommended_watcher(move |event| receiver.receive(event));
        Self::with(native.ok().map(|watcher| Box::new(watcher) as _), post, loaded)
    }

    fn with(native: Option<Box<dyn Watcher + Send>>, post: Arc<Post>, loaded: &Loaded) -> Self {
        let project = loaded.project.clone();
        let mut watch = Self { project, folders: Folders::new(native), last_look: Instant::now(), post };
        watch.watch_all(loaded);
        watch
    }

    /// How many folders the system does not watch, so that changes in them are found late.
    pub(super) fn unwatched(&self) -> usize {
        self.folders.polled()
    }

    /// Lets `loaded` say what is watched from now on. If that is more than before, anything may have changed there.
    pub(super) fn follow(&mut self, loaded: &Loaded) {
        if self.watch_all(loaded) {
            self.post.lock().burst.note_loss(Instant::now());
        }
    }

    /// Watches what `loaded` makes a site of, and nothing else. Whether there is something new.
    fn watch_all(&mut self, loaded: &Loaded) -> bool {
        self.project = loaded.project.clone();
        let filter = Filter::new(loaded);
        let root = self.project.root.clone();
        let beside: Vec<PathBuf> = filter.folders().map(Path::to_path_buf).collect();
        let wanted = discover::folders(&self.project, &root);
        let wanted: BTreeSet<&Path> = wanted.iter().chain(&beside).map(PathBuf::as_path).collect();
        self.folders.keep(&wanted);
        self.post.lock().filter = filter;
        let beside = beside.iter().map(PathBuf::as_path).filter(|folder| folder.is_dir());
        self.folders.enter(beside) | self.enter(&root)
    }

    /// Watches the folders at and below `folder`. Whether there were new ones.
    fn enter(&mut self, folder: &Path) -> bool {
        let mut new = false;
        // What came into a folder before it was watched was not told, so it is looked at again.
        while self.folders.enter(discover::folders(&self.project, folder).iter().map(PathBuf::as_path)) {
            new = true;
        }
        new
    }

    /// Waits for a burst of changes and for its end, and says what it was about: perhaps nothing that is still there.
    pub(super) fn wait(&mut self) -> Changes {
        loop {
            self.follow_folders();
            if self.folders.polled() > 0 && self.last_look.elapsed() >= INTERVAL {
                self.look();
            }
            let inbox = self.post.lock();
            if !inbox.came.is_empty() || !inbox.went.is_empty() {
                continue;
            }
            let next_look = (self.folders.polled() > 0).then(|| self.last_look + INTERVAL);
            let mut end = inbox.burst.end();
            if end.is_some_and(|end| end <= Instant::now()) {
                if !inbox.filter.is_locked() {
                    return take(inbox);
                }
                end = Some(Instant::now() + LOCKED);
            }
            match [end, next_look].into_iter().flatten().min() {
                Some(until) => {
                    let wait = until.saturating_duration_since(Instant::now());
                    // Whether it was the time or an event is seen above.
                    drop(self.post.arrived.wait_timeout(inbox, wait));
                }
                None => drop(self.post.arrived.wait(inbox)),
            }
        }
    }

    /// Whether something changed since the last burst.
    pub(super) fn is_behind(&self) -> bool {
        self.post.lock().burst.has_changes()
    }

    /// Watches the folders that came and forgets those that went.
    fn follow_folders(&mut self) {
        let (came, went) = {
            let mut inbox = self.post.lock();
            (std::mem::take(&mut inbox.came), std::mem::take(&mut inbox.went))
        };
        for path in went {
            self.folders.leave(&path);
        }
        for path in came {
            // What is a link is not entered by the walk either.
            if !self.folders.contains(&path) && std::fs::symlink_metadata(&path).is_ok_and(|data| data.is_dir()) {
                self.enter(&path);
            }
        }
    }

    /// Looks at the folders that the system does not watch.
    fn look(&mut self) {
        let seen = self.folders.look();
        self.last_look = Instant::now();
        let mut inbox = self.post.lock();
        for (path, seen, appeared) in seen {
            inbox.note(path, seen, appeared, appeared);
        }
    }
}

/// The changes of a burst that is over.
fn take(mut inbox: MutexGuard<'_, Inbox>) -> Changes {
    match inbox.burst.take() {
        Changes::Paths(paths) if paths.iter().any(|path| inbox.filter.decides(path)) => Changes::Everything,
        changes => changes,
    }
}

impl Post {
    fn new(filter: Filter, tells_closing: bool) -> Arc<Self> {
        let inbox = Inbox { filter, burst: Burst::default(), came: Vec::new(), went: Vec::new() };
        Arc::new(Self { inbox: Mutex::new(inbox), arrived: Condvar::new(), tells_closing })
    }

    fn lock(&self) -> MutexGuard<'_, Inbox> {
        // Poisoned only if a note of a path panicked.
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts down what `event` tells. Runs on the thread of the system's watcher, which must not be kept waiting.
    fn receive(&self, event: notify::Result<Event>) {
        let Ok(event) = event else { return };
        if event.need_rescan() {
            self.lock().burst.note_loss(Instant::now());
            self.arrived.notify_one();
            return;
        }
        let written = if self.tells_closing { Seen::Open } else { Seen::Changed };
        let (seen, appeared) = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => (Seen::Finished, false),
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return,
            EventKind::Create(CreateKind::Folder) => (Seen::Finished, self.tells_closing),
            // Elsewhere this may be told of a file that has long been there.
            EventKind::Create(_) => (written, self.tells_closing),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => (Seen::Finished, false),
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => (Seen::Gone, false),
            EventKind::Modify(ModifyKind::Metadata(_)) => (Seen::Touched, false),
            EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any | EventKind::Other => (Seen::Changed, false),
            EventKind::Modify(_) => (written, false),
        };
        let may_be_folder =
            matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any);
        let mut inbox = self.lock();
        for path in event.paths {
            inbox.note(path, seen, appeared, may_be_folder);
        }
        drop(inbox);
        self.arrived.notify_one();
    }
}

impl Inbox {
    fn note(&mut self, path: PathBuf, seen: Seen, appeared: bool, may_be_folder: bool) {
        if !self.filter.admits(&path) {
            return;
        }
        if seen == Seen::Gone {
            self.went.push(path.clone());
        } else if may_be_folder {
            self.came.push(path.clone());
        }
        self.burst.note(path, seen, appeared, Instant::now());
    }
}

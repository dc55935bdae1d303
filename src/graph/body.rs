//! What a node says. The blocks of a body that comes from the cache stay there until somebody asks for them: of most pages
//! nobody does, because they are what they were.

use std::fmt;
use std::ops::Deref;
use std::slice;
use std::sync::{Arc, OnceLock};

use super::anchors::each_of_blocks;
use super::stored::Context;
use super::{Block, Hole, NodeId, Prose};
use crate::source::{ContentHash, Stored, Unread, write_text};

/// The blocks of a node.
#[derive(Clone, Default)]
pub struct Body {
    blocks: OnceLock<Vec<Block>>,
    holes: OnceLock<Vec<Hole>>,
    /// The ids of its places, one text behind the other: kept, so that links to them can be checked without the blocks.
    anchors: Option<Box<[u8]>>,
    hash: OnceLock<ContentHash>,
    /// Who has the blocks until they are asked for.
    keeper: Option<Arc<dyn Bodies>>,
}

/// Whoever keeps the bytes of bodies under their hashes.
pub trait Bodies: Send + Sync {
    /// Whether there is a body of that hash.
    fn has(&self, hash: ContentHash) -> bool;

    /// Its bytes. `None` when they are damaged, which the keeper tells whoever began the run: it counts for nothing then.
    fn get(&self, hash: ContentHash) -> Option<Vec<u8>>;
}

impl Body {
    /// The holes in all prose, in the order of [`Block::visit_prose`], but for listings, which depend on themselves alone.
    pub fn holes(&self) -> &[Hole] {
        self.holes.get_or_init(|| {
            let mut holes = Vec::new();
            for block in self {
                block.visit_prose(&mut |prose| {
                    let others = prose.slots.iter().filter(|slot| !matches!(slot.hole, Hole::Code(_)));
                    holes.extend(others.map(|slot| slot.hole.clone()));
                });
            }
            holes
        })
    }

    /// Calls `see` with the id of each place, in order.
    pub(super) fn each_anchor(&self, see: &mut impl FnMut(&str)) {
        match &self.anchors {
            None => each_of_blocks(self, see),
            Some(anchors) => {
                let mut unread = Unread::new(anchors, ());
                while let Some(anchor) = unread.text() {
                    see(anchor);
                }
            }
        }
    }

    /// The hash of all that the blocks say: of the text, not of where that stands in memory.
    pub fn hash(&self) -> ContentHash {
        *self.hash.get_or_init(|| ContentHash::of(&encode(self)))
    }

    /// The blocks as bytes, and the hash of those.
    pub fn to_bytes(&self) -> (ContentHash, Vec<u8>) {
        let bytes = encode(self);
        (*self.hash.get_or_init(|| ContentHash::of(&bytes)), bytes)
    }

    /// Forgets the blocks, for a run that shows none: what stays is what links go by.
    pub(super) fn forget(&mut self) {
        if self.keeper.is_some() || self.is_forgotten() || self.is_empty() {
            return;
        }
        let (holes, hash) = (self.holes().to_vec(), self.hash());
        let mut anchors = Vec::new();
        self.each_anchor(&mut |anchor| write_text(anchor, &mut anchors));
        *self = Self { holes: holes.into(), anchors: Some(anchors.into()), hash: hash.into(), ..Self::default() };
    }

    fn is_forgotten(&self) -> bool {
        self.keeper.is_none() && self.anchors.is_some()
    }

    /// Adds a block at the end.
    pub fn push(&mut self, block: Block) {
        self.change(|blocks| blocks.push(block));
    }

    /// Has `new` change the ids in the holes.
    pub(super) fn rename(&mut self, new: &dyn Fn(&mut NodeId)) {
        let rename = |hole: &mut Hole| {
            if let Hole::Page(id) = hole {
                new(id);
            }
        };
        if self.is_forgotten() {
            self.holes.get_mut().into_iter().flatten().for_each(rename);
            return;
        }
        self.change(|blocks| {
            let mut in_prose = |prose: &mut Prose| prose.slots.iter_mut().for_each(|slot| rename(&mut slot.hole));
            blocks.iter_mut().for_each(|block| block.each_prose(&mut in_prose));
        });
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<Block>)) {
        let _read = self.len();
        let mut blocks = std::mem::take(self).blocks.into_inner().unwrap_or_default();
        change(&mut blocks);
        *self = blocks.into();
    }
}

impl Deref for Body {
    type Target = [Block];

    fn deref(&self) -> &[Block] {
        debug_assert!(!self.is_forgotten(), "a run that shows bodies keeps them");
        self.blocks.get_or_init(|| {
            let bytes = self.keeper.as_ref().zip(self.hash.get()).and_then(|(keeper, hash)| keeper.get(*hash));
            bytes.map(|bytes| decode(&bytes)).unwrap_or_default()
        })
    }
}

impl From<Vec<Block>> for Body {
    fn from(blocks: Vec<Block>) -> Self {
        Self { blocks: OnceLock::from(blocks), ..Self::default() }
    }
}

impl Extend<Block> for Body {
    fn extend<I: IntoIterator<Item = Block>>(&mut self, blocks: I) {
        self.change(|all| all.extend(blocks));
    }
}

impl<'a> IntoIterator for &'a Body {
    type Item = &'a Block;
    type IntoIter = slice::Iter<'a, Block>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Body {}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self).finish()
    }
}

/// Without the blocks: those are kept under the hash.
impl Stored<Context<'_>> for Body {
    fn write(&self, bytes: &mut Vec<u8>) {
        Stored::<Context<'_>>::write(&self.hash(), bytes);
        Stored::<Context<'_>>::write(&self.holes().to_vec(), bytes);
        let mut anchors = Vec::new();
        self.each_anchor(&mut |anchor| write_text(anchor, &mut anchors));
        Stored::<Context<'_>>::write(&anchors.len(), bytes);
        bytes.extend_from_slice(&anchors);
    }

    fn read(bytes: &mut Unread<'_, Context<'_>>) -> Option<Self> {
        let keeper = Some(Arc::clone(bytes.context.bodies));
        let hash = ContentHash::read(bytes).filter(|hash| bytes.context.bodies.has(*hash))?;
        let holes = Vec::<Hole>::read(bytes)?;
        let length = usize::read(bytes)?;
        let anchors = Some(bytes.take(length)?.into());
        Some(Self { blocks: OnceLock::new(), holes: holes.into(), anchors, hash: hash.into(), keeper })
    }
}

fn encode(blocks: &[Block]) -> Vec<u8> {
    let mut bytes = Vec::new();
    Stored::<()>::write(&(blocks.len() as u64), &mut bytes);
    blocks.iter().for_each(|block| Stored::<()>::write(block, &mut bytes));
    bytes
}

/// What [`encode`] wrote. The cache gives back what it was given or nothing, so that this cannot fail.
fn decode(bytes: &[u8]) -> Vec<Block> {
    Vec::<Block>::read(&mut Unread::new(bytes, ())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;

    use super::{Bodies, Body};
    use crate::graph::stored::Context;
    use crate::graph::{Block, Code, Hole, LinkIndex, Prose};
    use crate::source::{ContentHash, Stored, Unread};

    impl Bodies for HashMap<ContentHash, Vec<u8>> {
        fn has(&self, hash: ContentHash) -> bool {
            self.contains_key(&hash)
        }

        fn get(&self, hash: ContentHash) -> Option<Vec<u8>> {
            self.get(&hash).cloned()
        }
    }

    #[test]
    fn a_kept_body_is_what_it_was() {
        let mut prose = Prose::html("<p><a>x</a></p>");
        prose.push_hole(Hole::Href(LinkIndex(3)));
        prose.push_hole(Hole::Code(Code { text: "let a;".to_owned(), ..Code::default() }.into()));
        let body = Body::from(vec![
            Block::Heading { level: 2, anchor: "a".to_owned(), content: Prose::html("A") },
            Block::Prose(prose),
        ]);
        let mut bytes = Vec::new();
        body.write(&mut bytes);
        let read = |kept: HashMap<ContentHash, Vec<u8>>| {
            let bodies: Arc<dyn Bodies> = Arc::new(kept);
            Body::read(&mut Unread::new(&bytes, Context { kinds: &[], bodies: &bodies }))
        };
        assert_eq!(read(HashMap::new()), None, "nobody has its blocks");
        let kept = read(HashMap::from([body.to_bytes()])).expect("it was just written");
        assert_eq!(kept.holes(), [Hole::Href(LinkIndex(3))]);
        assert_eq!((kept.holes(), kept.hash()), (body.holes(), body.hash()));
        let anchors = |body: &Body| {
            let mut anchors = Vec::new();
            body.each_anchor(&mut |anchor| anchors.push(anchor.to_owned()));
            anchors
        };
        assert_eq!(anchors(&kept), ["a"]);
        assert_eq!(anchors(&body), ["a"]);
        assert_eq!(kept, body);
        let mut forgotten = body.clone();
        forgotten.forget();
        assert_eq!((forgotten.holes(), forgotten.hash()), (body.holes(), body.hash()));
        assert_eq!(anchors(&forgotten), ["a"]);
        let mut longer = kept.clone();
        longer.push(Block::Prose(Prose::html("<p>y</p>")));
        assert_eq!(longer.len(), 3);
        assert_ne!(longer.hash(), kept.hash());
        let mut again = Vec::new();
        kept.write(&mut again);
        assert_eq!(again, bytes);
    }
}

//! What a node says. A body that comes from the cache stays bytes until somebody asks for its blocks: of most pages nobody
//! does, because they are what they were.

use std::fmt;
use std::ops::Deref;
use std::slice;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::{Block, Hole};
use crate::source::{ContentHash, Stored, Unread};

/// The blocks of a node.
#[derive(Default)]
pub struct Body {
    blocks: OnceLock<Vec<Block>>,
    /// The form in which they are kept, until somebody asks for the blocks: there is one copy of them at any time.
    bytes: Mutex<Option<Box<[u8]>>>,
    holes: OnceLock<Vec<Hole>>,
    hash: OnceLock<ContentHash>,
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

    /// The hash of all that the blocks say: of the text, not of where that stands in memory.
    pub fn hash(&self) -> ContentHash {
        *self.hash.get_or_init(|| self.with_bytes(ContentHash::of))
    }

    /// What `see` makes of the blocks as bytes.
    fn with_bytes<T>(&self, see: impl FnOnce(&[u8]) -> T) -> T {
        if let Some(bytes) = &*self.bytes() {
            return see(bytes);
        }
        // Unlocked, for another thread may be about to read them, for which this one waits.
        see(&encode(self))
    }

    fn bytes(&self) -> MutexGuard<'_, Option<Box<[u8]>>> {
        // A poisoned lock only means that another thread panicked while it looked at them.
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a block at the end.
    pub fn push(&mut self, block: Block) {
        self.change(|blocks| blocks.push(block));
    }

    /// Changes the blocks.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Vec<Block>)) {
        let _read = self.len();
        let mut blocks = std::mem::take(self).blocks.into_inner().unwrap_or_default();
        change(&mut blocks);
        *self = blocks.into();
    }
}

impl Deref for Body {
    type Target = [Block];

    fn deref(&self) -> &[Block] {
        self.blocks.get_or_init(|| {
            let bytes = self.bytes().take();
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

impl Clone for Body {
    fn clone(&self) -> Self {
        self.to_vec().into()
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

impl<C> Stored<C> for Body {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.with_bytes(|encoded| {
            self.hash.get_or_init(|| ContentHash::of(encoded));
            Stored::<()>::write(&(encoded.len() as u64), bytes);
            bytes.extend_from_slice(encoded);
        });
        Stored::<C>::write(&self.holes().to_vec(), bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        let length = usize::try_from(u64::read(bytes)?).ok()?;
        let kept = bytes.take(length)?.into();
        let holes = OnceLock::from(Vec::<Hole>::read(bytes)?);
        Some(Self { bytes: Mutex::new(Some(kept)), holes, ..Self::default() })
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
    use super::Body;
    use crate::graph::{Block, Code, Hole, LinkIndex, Prose};
    use crate::source::{Stored, Unread};

    #[test]
    fn a_kept_body_is_what_it_was() {
        let mut prose = Prose::html("<p><a>x</a></p>");
        prose.push_hole(Hole::Href(LinkIndex(3)));
        prose.push_hole(Hole::Code(Code { text: "let a;".to_owned(), ..Code::default() }));
        let body = Body::from(vec![
            Block::Heading { level: 2, anchor: "a".to_owned(), content: Prose::html("A") },
            Block::Prose(prose),
        ]);
        let mut bytes = Vec::new();
        Stored::<()>::write(&body, &mut bytes);
        let kept = Body::read(&mut Unread::new(&bytes, ())).expect("it was just written");
        assert_eq!(kept.holes(), [Hole::Href(LinkIndex(3))]);
        assert_eq!((kept.holes(), kept.hash()), (body.holes(), body.hash()));
        assert_eq!(kept, body);
        let mut longer = kept.clone();
        longer.push(Block::Prose(Prose::html("<p>y</p>")));
        assert_eq!(longer.len(), 3);
        assert_ne!(longer.hash(), kept.hash());
        let mut again = Vec::new();
        Stored::<()>::write(&kept, &mut again);
        assert_eq!(again, bytes);
    }
}

//! The numbers of documents in one index -> those in the next.

/// Which documents are kept, and under which numbers.
pub(super) struct Renumbering {
    /// By old number.
    numbers: Vec<Option<u32>>,
    /// Those that are gone, ascending; what was not asked yet.
    gone: Vec<u32>,
    /// Whether all that are kept keep their numbers.
    is_same: bool,
}

impl Renumbering {
    /// `kept` says by new number which old document that is; there were `documents` of them.
    pub(super) fn new(kept: &[Option<u32>], documents: usize) -> Self {
        let mut numbers = vec![None; documents];
        let mut is_same = true;
        for (new, old) in (0..).zip(kept) {
            if let Some(old) = old
                && let Some(number) = numbers.get_mut(*old as usize)
            {
                *number = Some(new);
                is_same &= *old == new;
            }
        }
        let gone = (0..).zip(&numbers).filter(|(_, number)| number.is_none()).map(|(old, _)| old).collect();
        Self { numbers, gone, is_same }
    }

    /// The new number of an old document that is kept.
    pub(super) fn of(&self, document: u32) -> Option<u32> {
        self.numbers.get(document as usize).copied().flatten()
    }

    /// Whether all of `documents`, ascending, are kept under their numbers.
    pub(super) fn keeps(&self, documents: impl Iterator<Item = u32>) -> bool {
        if !self.is_same {
            return false;
        }
        let mut gone = self.gone.iter().copied().peekable();
        for document in documents {
            while gone.next_if(|&gone| gone < document).is_some() {}
            match gone.peek() {
                None => return true,
                Some(&gone) if gone == document => return false,
                Some(_) => {}
            }
        }
        true
    }
}

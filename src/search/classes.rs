//! Text -> which of its bytes are letters, digits and the like, sixty-four at a time.

/// What the bytes of a text are.
pub(super) struct Classes(Vec<Block>);

/// One bit for each of sixty-four bytes, the lowest for the first.
#[derive(Clone, Copy, Default)]
struct Block {
    /// Letters, digits, `_`, and whatever is not ASCII.
    inside: u64,
    /// Those of them that are not small letters.
    special: u64,
    /// Capital letters.
    upper: u64,
    /// Digits.
    digit: u64,
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Eight times `byte`.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Sets the highest bit of the bytes from `first` to `last`, each of which must be ASCII; the other bits mean nothing.
#[inline]
fn between(bytes: u64, first: u8, last: u8) -> u64 {
    (bytes + all(0x80 - first)) & !(bytes + all(0x7f - last))
}

/// The highest bits of eight bytes, the lowest being that of the first.
#[inline]
fn gather(bytes: u64) -> u64 {
    // The bit of byte i, at 8i, is wanted at 56 + i: it meets the factor's bit at 56 - 7i.
    (((bytes & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080)) >> 56
}

impl Classes {
    pub(super) fn of(text: &[u8]) -> Self {
        let (blocks, rest) = text.as_chunks();
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        let mut classes = Vec::with_capacity(blocks.len() + 2);
        classes.extend(blocks.iter().chain([&last]).map(Block::of));
        classes.push(Block::default());
        Self(classes)
    }

    /// How many of the bytes from `at` on are letters and the like, up to 64. Nothing is asked of what is behind the text.
    #[inline]
    pub(super) fn inside(&self, at: usize) -> usize {
        self.from(at, |block| block.inside).trailing_ones() as usize
    }

    /// How many of the bytes from `at` on are not, up to 64.
    #[inline]
    pub(super) fn outside(&self, at: usize) -> usize {
        self.from(at, |block| block.inside).trailing_zeros() as usize
    }

    /// Whether all of `length` letters and the like are small letters, or all but the first, or all are capital letters.
    #[inline]
    pub(super) fn is_plain(&self, at: usize, length: usize) -> bool {
        let all = (1 << length) - 1;
        let special = self.from(at, |block| block.special) & all;
        special == 0 || {
            let upper = self.from(at, |block| block.upper) & all;
            special == upper && (upper == 1 || upper == all)
        }
    }

    /// Whether they are digits.
    pub(super) fn is_number(&self, at: usize, length: usize) -> bool {
        self.from(at, |block| block.digit).trailing_ones() as usize >= length
    }

    /// The bits of the bytes from `at` on.
    #[inline]
    fn from(&self, at: usize, bits: impl Fn(&Block) -> u64) -> u64 {
        let [low, high] = [at / 64, at / 64 + 1].map(|block| bits(&self.0[block]));
        low >> (at % 64) | (high << 1) << (63 - at % 64)
    }
}

impl Block {
    #[inline]
    fn of(bytes: &[u8; 64]) -> Self {
        let mut block = Self::default();
        for (index, bytes) in bytes.as_chunks().0.iter().enumerate() {
            let bytes = u64::from_le_bytes(*bytes);
            let (is_wide, bytes) = (bytes & HIGH, bytes & !HIGH);
            let is_letter = between(bytes | all(0x20), b'a', b'z') & !is_wide;
            // The bit that tells small letters from capital ones becomes the highest.
            let is_upper = is_letter & !(bytes << 2);
            let is_digit = between(bytes, b'0', b'9') & !is_wide;
            let is_other = between(bytes, b'_', b'_') | is_wide;
            block.inside |= gather(is_letter | is_digit | is_other) << (8 * index);
            block.upper |= gather(is_upper) << (8 * index);
            block.digit |= gather(is_digit) << (8 * index);
            block.special |= gather(is_upper | is_digit | is_other) << (8 * index);
        }
        block
    }
}

//! Numbers that look random and are the same for the same seed.

/// See the module.
pub struct Chance(u64);

impl Chance {
    /// Numbers of a seed.
    pub fn of(seed: u64) -> Self {
        // A state of zero would stay zero.
        Self(seed ^ 0x9e37_79b9_7f4a_7c15 | 1)
    }

    /// The next one below `below`.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % below.max(1) as u64) as usize
    }

    /// Whether one in so many.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

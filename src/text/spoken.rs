//! What can be picked by language, and in tests the made-up language:
//! accented, and longer by two fifths, so that what is cut off or was never
//! translated can be seen.

/// Something that [`super::Lang::pick`] picks.
pub trait Spoken: Sized {
    /// It in the made-up language; what is no text stays as it is.
    #[cfg(test)]
    #[must_use]
    fn made_up(self) -> Self {
        self
    }
}

#[cfg(not(test))]
impl<T> Spoken for T {}

#[cfg(test)]
pub mod made_up;

//! What SCB's codes have alike: a table of them, digits as text, and a number
//! in compact rows.

/// Gives a type of codes, a number in a tuple, what its table says: of which
/// file, so many digits wide, with the errors of another form and of a code
/// that is not in it.
macro_rules! codes {
    ($type:ident($number:ty), $width:literal, $file:literal, $form:ident, $unknown:ident) => {
        /// Code and name, by code.
        static TABLE: LazyLock<Vec<($type, &'static str)>> = LazyLock::new(|| {
            rows::<2>(include_str!($file))
                .map(|[code, name]| {
                    let number = digits::<$width>(code).and_then(|it| it.try_into().ok());
                    let number = number.expect("the tests read every line of the table");
                    ($type(number), name)
                })
                .collect()
        });

        impl $type {
            /// All there are, by code.
            pub fn all() -> impl ExactSizeIterator<Item = Self> {
                TABLE.iter().map(|(code, _)| *code)
            }

            /// Its name, such as "Habo" or "Region Värmland".
            pub fn name(self) -> &'static str {
                let found = TABLE.binary_search_by_key(&self, |(code, _)| *code);
                TABLE[found.expect("a code is only made of one in the table")].1
            }

            pub(super) fn from_number(number: u16) -> Option<Self> {
                let code = Self(number.try_into().ok()?);
                let found = TABLE.binary_search_by_key(&code, |(code, _)| *code);
                found.ok().map(|_| code)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:0width$}", self.0, width = $width)
            }
        }

        impl FromStr for $type {
            type Err = PlaceError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let number = digits::<$width>(text);
                let number = number.ok_or_else(|| PlaceError::$form(shown(text)))?;
                Self::from_number(number).ok_or_else(|| PlaceError::$unknown(text.to_owned()))
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = String::deserialize(deserializer)?;
                    return text.parse().map_err(de::Error::custom);
                }
                let number = <$number>::deserialize(deserializer)?;
                Self::from_number(number.into()).ok_or_else(|| {
                    let code = format!("{number:0width$}", width = $width);
                    de::Error::custom(PlaceError::$unknown(code))
                })
            }
        }
    };
}
pub(super) use codes;

//! One struct with every field that any kind of event has.

use std::{borrow::Cow, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, de};

/// A text borrowed from the line, unless an escape in it had to be resolved.
/// (serde borrows a bare `Cow`, but not one inside an `Option`.)
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(pub Cow<'a, str>);

impl<'a> Text<'a> {
    pub(super) fn borrowed(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    pub(super) fn owned(text: impl ToString) -> Self {
        Self(Cow::Owned(text.to_string()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> de::Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text)))
    }
}

/// A JSON object. Without it, serde takes an array of values for a struct.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> de::Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(de::value::MapAccessDeserializer::new(map)).map(Object)
    }
}

/// A fact that can be absent, set to nothing by null, or set.
pub(super) type Nullable<'a> = Option<Option<Text<'a>>>;

fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

macro_rules! flat {
    (
        head { $($head:ident,)* }
        facts { $($nullable:ident,)* }
        rest { $($field:ident: $kind:ty,)* }
    ) => {
        /// Every field that any kind of event has, in the order of writing.
        #[derive(Serialize, Deserialize)]
        #[serde(
            deny_unknown_fields,
            bound(deserialize = "P: Deserialize<'de>, 'de: 'a")
        )]
        pub(super) struct Flat<'a, P> {
            $(
                #[serde(borrow, skip_serializing_if = "Option::is_none")]
                pub(super) $head: Option<Text<'a>>,
            )*
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) patient: Option<Object<P>>,
            $(
                #[serde(
                    borrow,
                    default,
                    deserialize_with = "nullable",
                    skip_serializing_if = "Option::is_none"
                )]
                pub(super) $nullable: Nullable<'a>,
            )*
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                pub(super) $field: Option<$kind>,
            )*
        }

        impl<P> Flat<'_, P> {
            pub(super) fn empty() -> Self {
                Self {
                    $($head: None,)*
                    patient: None,
                    $($nullable: None,)*
                    $($field: None,)*
                }
            }

            /// A field that the kind did not take.
            pub(super) fn left_over(&self) -> Option<&'static str> {
                if self.patient.is_some() {
                    return Some("patient");
                }
                $(if self.$head.is_some() { return Some(stringify!($head)); })*
                $(if self.$nullable.is_some() { return Some(stringify!($nullable)); })*
                $(if self.$field.is_some() { return Some(stringify!($field)); })*
                None
            }
        }
    };
}

flat! {
    head { id, episode, at, source, kind, }
    facts { municipality, district, placing_municipality, compulsory_care, }
    rest {
        hospital: Text<'a>,
        ward: Text<'a>,
        care_form: Text<'a>,
        municipal_needs: bool,
        to: To<'a>,
        expected_discharge: Text<'a>,
        need_seen_at: Text<'a>,
        date: Text<'a>,
        name: Text<'a>,
        unit: Text<'a>,
        reason: Text<'a>,
        meeting_at: Text<'a>,
        item: Text<'a>,
        done: bool,
        assessed_at: Text<'a>,
        message: Text<'a>,
        by: Text<'a>,
        text: Text<'a>,
        delay_reason: Object<FlatDelay<'a>>,
        event: Text<'a>,
    }
}

/// `to` is a list of recipients in a notice and a place in a discharge.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum To<'a> {
    Units(#[serde(borrow)] Vec<Text<'a>>),
    Place(Text<'a>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatDelay<'a> {
    #[serde(borrow, alias = "reason")]
    pub(super) code: Text<'a>,
    #[serde(borrow)]
    pub(super) from: Text<'a>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<Text<'a>>,
}

/// Who, as a source system sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatPatient<'a> {
    #[serde(borrow)]
    pub(super) pnr: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) name: Option<Text<'a>>,
    pub(super) protected: Option<bool>,
}

//! How values stand in the file: texts that are parsed, lists that may be a single value.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serializer,
    de::{
        Error, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};

use crate::{model::Level, study::Filter};

/// Whether a value need not be written.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A list, or one value that stands for a list of one.
pub(super) fn one_or_many<'de, T, D>(from: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct Either<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one value or a list of them")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<T>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(seq))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
            T::deserialize(serde::de::value::StrDeserializer::new(text)).map(|one| vec![one])
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<Vec<T>, E> {
            T::deserialize(serde::de::value::I64Deserializer::new(number)).map(|one| vec![one])
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<Vec<T>, E> {
            T::deserialize(serde::de::value::F64Deserializer::new(number)).map(|one| vec![one])
        }
    }

    from.deserialize_any(Either(PhantomData))
}

/// Values that are written as the command line takes them.
pub(super) mod text {
    use super::{Deserialize, Deserializer, Error, FromStr, Serializer, fmt};

    pub(in crate::plan) fn serialize<T: fmt::Display, S: Serializer>(
        value: &T,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(in crate::plan) fn deserialize<'de, T, D>(from: D) -> Result<T, D::Error>
    where
        T: FromStr<Err: fmt::Display>,
        D: Deserializer<'de>,
    {
        String::deserialize(from)?.parse().map_err(Error::custom)
    }
}

/// Predicates, as `--where` takes them.
pub(super) mod filters {
    use super::{Deserializer, Filter, Predicate, Serializer, one_or_many};

    pub(in crate::plan) fn serialize<S: Serializer>(
        filters: &[Filter],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(filters.iter().map(Filter::predicate))
    }

    pub(in crate::plan) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<Filter>, D::Error> {
        let predicates: Vec<Predicate> = one_or_many(from)?;
        Ok(predicates.into_iter().map(|Predicate(filter)| filter).collect())
    }
}

/// A predicate in a list.
struct Predicate(Filter);

impl<'de> Deserialize<'de> for Predicate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Filter::parse(&text)
            .map(Self)
            .map_err(|error| D::Error::custom(format!("`{text}`: {}", error.problem())))
    }
}

/// Pairs that are written with an equals sign, as in `events1=cured`.
pub(super) mod pairs {
    use super::{Deserializer, Pair, Serializer, one_or_many};

    pub(in crate::plan) fn serialize<S: Serializer>(
        pairs: &[(String, String)],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(pairs.iter().map(|(left, right)| format!("{left}={right}")))
    }

    pub(in crate::plan) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<(String, String)>, D::Error> {
        let pairs: Vec<Pair> = one_or_many(from)?;
        Ok(pairs.into_iter().map(|Pair(left, right)| (left, right)).collect())
    }
}

/// A pair in a list.
struct Pair(String, String);

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        match text.split_once('=') {
            Some((left, right)) if !left.trim().is_empty() && !right.trim().is_empty() => {
                Ok(Self(left.trim().to_owned(), right.trim().to_owned()))
            }
            _ => Err(D::Error::custom(format!(
                "`{text}` is no pair; write two names with an equals sign between them"
            ))),
        }
    }
}

/// A level in percent or as a proportion: 1 and above is a percentage, as on the command line.
pub(super) fn level<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Level>, D::Error> {
    f64::deserialize(from)?.to_string().parse().map(Some).map_err(D::Error::custom)
}

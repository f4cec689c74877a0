//! The options of a call, by name. The Python side has checked the names; here are their values.

use resorb::study::nearest;
use serde_json::{Map, Value};

use crate::failure::Failure;

/// The options that were given.
#[derive(Default)]
pub(crate) struct Options(Map<String, Value>);

impl Options {
    /// Reads what the Python side wrote.
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        Ok(Self(serde_json::from_str(text)?))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// Whether an option was given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Text, or a number as text.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        self.get(name).map(|value| as_text(name, value)).transpose()
    }

    /// One text or several.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, Failure> {
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => list.iter().map(|value| as_text(name, value)).collect(),
            Some(value) => Ok(vec![as_text(name, value)?]),
        }
    }

    /// Names, of which one text may hold several with commas between them.
    pub(crate) fn words(&self, name: &str) -> Result<Vec<String>, Failure> {
        let texts = self.texts(name)?;
        let names = texts.iter().flat_map(|text| text.split(',')).map(str::trim);
        Ok(names.filter(|name| !name.is_empty()).map(str::to_owned).collect())
    }

    /// One of several words, in any case.
    pub(crate) fn word<T: Copy>(
        &self,
        name: &str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
        found.map(|(_, value)| Some(*value)).ok_or_else(|| {
            let possible: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let help = match nearest(&text, possible.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("possible are {}", possible.join(", ")),
            };
            Failure::with_help(format!("`{name}` has no value `{text}`"), help)
        })
    }

    /// Yes or no.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Failure> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(value) => Err(wrong(name, "is True or False", value)),
        }
    }

    /// A number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<f64>, Failure> {
        let number =
            |value: &Value| value.as_f64().ok_or_else(|| wrong(name, "takes a number", value));
        self.get(name).map(number).transpose()
    }

    /// Several numbers.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<f64>, Failure> {
        let number =
            |value: &Value| value.as_f64().ok_or_else(|| wrong(name, "takes numbers", value));
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => list.iter().map(number).collect(),
            Some(value) => Ok(vec![number(value)?]),
        }
    }

    /// A whole number from 0.
    pub(crate) fn whole<T: TryFrom<u64>>(&self, name: &str) -> Result<Option<T>, Failure> {
        let whole = |value: &Value| {
            let number = value.as_u64().and_then(|number| T::try_from(number).ok());
            number.ok_or_else(|| wrong(name, "takes a whole number from 0", value))
        };
        self.get(name).map(whole).transpose()
    }
}

fn as_text(name: &str, value: &Value) -> Result<String, Failure> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        value => Err(wrong(name, "takes text", value)),
    }
}

fn wrong(name: &str, takes: &str, value: &Value) -> Failure {
    Failure::Said { message: format!("`{name}` {takes}, and {value} is none"), help: None }
}

//! From the text of a predicate to a [`Filter`].

use super::{Comparison, Filter, FilterError, FilterProblem, Test, Token};

impl Filter {
    /// Parses a predicate; see [`Filter`] for what can be written.
    ///
    /// # Errors
    /// [`FilterError`] with the place in the predicate.
    pub fn parse(predicate: &str) -> Result<Self, FilterError> {
        Parser { text: predicate, at: 0 }.filter()
    }
}

impl std::str::FromStr for Filter {
    type Err = FilterError;

    fn from_str(predicate: &str) -> Result<Self, FilterError> {
        Self::parse(predicate)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

/// The characters operators are made of, and one that people try.
const SIGNS: [char; 5] = ['=', '!', '<', '>', '~'];

/// An operator as it is written.
enum Operator {
    Compare(Comparison),
    In,
}

impl Parser<'_> {
    fn filter(mut self) -> Result<Filter, FilterError> {
        let column = self.token(Self::at_operator)?;
        let from = self.at;
        if column.text.is_empty() {
            return Err(self.error(from, self.end_of_sign(), FilterProblem::NoColumn));
        }
        let test = match self.operator()? {
            Operator::Compare(comparison) => Test::Compare(comparison, self.value(|_| false)?),
            Operator::In => {
                let mut values = vec![self.value(Self::at_bar)?];
                while self.at_bar() {
                    self.at += 1;
                    values.push(self.value(Self::at_bar)?);
                }
                Test::OneOf(values)
            }
        };
        Ok(Filter { predicate: self.text.to_owned(), column, test })
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn at_bar(&self) -> bool {
        self.rest().starts_with('|')
    }

    /// Whether an operator begins here; `in` must stand free, and it must have a word before it.
    fn at_operator(&self) -> bool {
        let rest = self.rest();
        if rest.starts_with(SIGNS) {
            return true;
        }
        let before = self.text.get(..self.at).unwrap_or_default();
        let mut letters = rest.chars();
        let word: String = letters.by_ref().take(2).collect();
        word.eq_ignore_ascii_case("in")
            && letters.next().is_none_or(|c| c.is_whitespace() || c == '"' || c == '\'')
            && before.ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'')
            && !before.trim().is_empty()
    }

    /// A name or a value: quoted, or everything up to where `ends` holds, without the space around.
    fn token(&mut self, ends: impl Fn(&Self) -> bool) -> Result<Token, FilterError> {
        self.skip_space();
        let from = self.at;
        if let Some(quote) = self.rest().chars().next().filter(|c| ['"', '\''].contains(c)) {
            let inner = self.text.get(from + 1..).unwrap_or_default();
            let Some(length) = inner.find(quote) else {
                return Err(self.error(from, self.text.len(), FilterProblem::OpenQuote));
            };
            let text = inner.get(..length).unwrap_or_default().to_owned();
            self.at = from + length + 2;
            let at = from..self.at;
            self.skip_space();
            if !self.rest().is_empty() && !ends(self) {
                return Err(self.error(self.at, self.text.len(), FilterProblem::AfterQuote));
            }
            return Ok(Token { text, at });
        }
        while let Some(next) = self.rest().chars().next() {
            if ends(self) {
                break;
            }
            self.at += next.len_utf8();
        }
        let text = self.text.get(from..self.at).unwrap_or_default().trim_end().to_owned();
        let at = from..from + text.len();
        Ok(Token { text, at })
    }

    /// A value, which must be there; one in quotes may be empty.
    fn value(&mut self, ends: impl Fn(&Self) -> bool) -> Result<Token, FilterError> {
        let token = self.token(ends)?;
        if token.at.is_empty() {
            return Err(self.error(token.at.start, token.at.end, FilterProblem::NoValue));
        }
        Ok(token)
    }

    /// The end of the run of operator signs that begins here.
    fn end_of_sign(&self) -> usize {
        let sign = |c: char| SIGNS.contains(&c);
        self.at + self.rest().chars().take_while(|c| sign(*c)).count()
    }

    fn operator(&mut self) -> Result<Operator, FilterError> {
        let from = self.at;
        let to = self.end_of_sign();
        let sign = self.text.get(from..to).unwrap_or_default();
        let comparison = match sign {
            "=" | "==" => Comparison::Equal,
            "!=" | "<>" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            "" if self.at_operator() => {
                self.at += "in".len();
                return Ok(Operator::In);
            }
            "" => return Err(self.error(from, from, FilterProblem::NoOperator)),
            _ => {
                let operator = sign.to_owned();
                return Err(self.error(from, to, FilterProblem::UnknownOperator { operator }));
            }
        };
        self.at = to;
        Ok(Operator::Compare(comparison))
    }

    fn error(&self, from: usize, to: usize, problem: FilterProblem) -> FilterError {
        FilterError::new(self.text, from..to, problem)
    }
}

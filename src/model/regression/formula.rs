//! The right-hand side of a meta-regression, parsed once: `type + center(year)`, `type * year`,
//! `0 + type`, `poly(year, 2)`, `rcs(size, 4)`.

use std::fmt;

/// What is done to a moderator before it enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// Nothing; a text column becomes indicator columns.
    None,
    /// The mean is subtracted.
    Center,
    /// The mean is subtracted and the result divided by the standard deviation.
    Scale,
    /// Powers from 1 to the degree, of the centred value.
    Poly(usize),
    /// A restricted cubic spline with this many knots at Harrell's quantiles.
    Spline(usize),
}

/// One moderator with its transform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The column's name.
    pub column: String,
    /// What is done to it.
    pub transform: Transform,
}

/// A parsed formula.
///
/// ```
/// use resorb::model::Formula;
/// let formula: Formula = "type * center(year)".parse()?;
/// assert_eq!(formula.to_string(), "type + center(year) + type:center(year)");
/// assert!("type +".parse::<Formula>().is_err());
/// # Ok::<(), resorb::model::FormulaError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Whether there is an intercept (left out by `0 +` or `- 1`).
    pub intercept: bool,
    /// The terms; one of several factors is their interaction.
    pub terms: Vec<Vec<Factor>>,
    /// Terms that were written again, in another order of their factors or the same; they enter once.
    pub repeated: Vec<String>,
}

/// Why a formula cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}`, at character {position}: {problem}")]
pub struct FormulaError {
    text: String,
    position: usize,
    problem: String,
}

impl std::str::FromStr for Formula {
    type Err = FormulaError;

    fn from_str(text: &str) -> Result<Self, FormulaError> {
        Parser { text, rest: text }.formula()
    }
}

impl Formula {
    /// The formula `0 + column`: a mean for each level.
    #[must_use]
    pub fn without_intercept(column: &str) -> Self {
        let factor = Factor { column: column.to_owned(), transform: Transform::None };
        Self { intercept: false, terms: vec![vec![factor]], repeated: Vec::new() }
    }

    /// Whether it has a term of the same factors, in any order.
    pub(super) fn has(&self, term: &[Factor]) -> bool {
        let within = |a: &[Factor], b: &[Factor]| a.iter().all(|factor| b.contains(factor));
        let mut terms = self.terms.iter();
        terms.any(|other| other.len() == term.len() && within(term, other) && within(other, term))
    }

    /// Whether it has what is left of `term` without `factor`: only then the factor can leave out its
    /// reference level there (Chambers and Hastie 1992, section 2.4.1).
    pub(super) fn has_margin(&self, term: &[Factor], factor: &Factor) -> bool {
        let rest: Vec<Factor> = term.iter().filter(|other| *other != factor).cloned().collect();
        self.has(&rest)
    }

    /// The columns that it names, in their order.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = Vec::new();
        for factor in self.terms.iter().flatten() {
            if !columns.contains(&factor.column.as_str()) {
                columns.push(&factor.column);
            }
        }
        columns
    }
}

struct Parser<'a> {
    text: &'a str,
    rest: &'a str,
}

impl Parser<'_> {
    fn fail<T>(&self, problem: impl Into<String>) -> Result<T, FormulaError> {
        let position = self.text.len() - self.rest.len();
        let position = self.text.get(..position).map_or(0, |before| before.chars().count()) + 1;
        Err(FormulaError { text: self.text.to_owned(), position, problem: problem.into() })
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, symbol: char) -> bool {
        self.skip_space();
        self.rest.strip_prefix(symbol).is_some_and(|rest| {
            self.rest = rest;
            true
        })
    }

    fn formula(mut self) -> Result<Formula, FormulaError> {
        let mut formula = Formula { intercept: true, terms: Vec::new(), repeated: Vec::new() };
        loop {
            self.skip_space();
            if self.eat_number(&["0"]) {
                formula.intercept = false;
            } else if !self.eat_number(&["1"]) {
                let product = self.product()?;
                // `a*b` may hold an `a` that stands alone before; a lone term twice is a slip.
                let lone = product.len() == 1;
                for term in product {
                    if !formula.has(&term) {
                        formula.terms.push(term);
                    } else if lone {
                        formula.repeated.push(spelled(&term));
                    }
                }
            }
            if self.eat('+') {
                continue;
            }
            if self.eat('-') {
                self.skip_space();
                if !self.eat_number(&["1"]) {
                    return self.fail("only `- 1`, which drops the intercept, can be subtracted");
                }
                formula.intercept = false;
            }
            self.skip_space();
            return if self.rest.is_empty() && !formula.intercept && formula.terms.is_empty() {
                self.fail("without an intercept a formula needs a term, as in `0 + type`")
            } else if self.rest.is_empty() {
                Ok(formula)
            } else {
                self.fail(
                    "expected `+`, `:`, `*` or the end; put names with spaces into backquotes",
                )
            };
        }
    }

    /// A bare 0 or 1, which stands for the intercept.
    fn eat_number(&mut self, digits: &[&str]) -> bool {
        for digit in digits {
            if let Some(rest) = self.rest.strip_prefix(digit)
                && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
            {
                self.rest = rest;
                return true;
            }
        }
        false
    }

    /// `a`, `a:b`, or `a * b`, which stands for `a + b + a:b`.
    fn product(&mut self) -> Result<Vec<Vec<Factor>>, FormulaError> {
        let mut terms = vec![self.interaction()?];
        while self.eat('*') {
            let next = self.interaction()?;
            if terms.iter().flatten().any(|a| next.iter().any(|b| a.column == b.column)) {
                let column = next.first().map_or("", |factor| factor.column.as_str());
                return self.fail(format!(
                    "`{column}` interacts with itself; `poly({column}, 2)` is its square"
                ));
            }
            let crossed: Vec<Vec<Factor>> =
                terms.iter().map(|term| term.iter().chain(&next).cloned().collect()).collect();
            terms.push(next);
            terms.extend(crossed);
        }
        Ok(terms)
    }

    fn interaction(&mut self) -> Result<Vec<Factor>, FormulaError> {
        let mut factors = vec![self.factor()?];
        while self.eat(':') {
            let next = self.factor()?;
            if factors.iter().any(|factor| factor.column == next.column) {
                return self.fail(format!(
                    "`{}` interacts with itself; `poly({}, 2)` is its square",
                    next.column, next.column
                ));
            }
            factors.push(next);
        }
        Ok(factors)
    }

    fn factor(&mut self) -> Result<Factor, FormulaError> {
        let quoted = {
            self.skip_space();
            self.rest.starts_with('`')
        };
        let name = self.name()?;
        if quoted || !self.eat('(') {
            return Ok(Factor { column: name, transform: Transform::None });
        }
        let column = self.name()?;
        let number = if self.eat(',') { Some(self.whole_number()?) } else { None };
        let transform = match (name.as_str(), number) {
            ("center" | "centre", None) => Transform::Center,
            ("scale", None) => Transform::Scale,
            ("poly", Some(degree @ 1..=5)) => Transform::Poly(degree),
            ("rcs", Some(knots @ 3..=7)) => Transform::Spline(knots),
            ("poly", _) => {
                return self.fail("write `poly(column, degree)` with a degree from 1 to 5");
            }
            ("rcs", _) => return self.fail("write `rcs(column, knots)` with 3 to 7 knots"),
            ("center" | "centre" | "scale", Some(_)) => {
                return self.fail(format!("`{name}` takes a column and nothing else"));
            }
            _ => {
                return self.fail(format!(
                    "there is no function `{name}`; there are center, scale, poly and rcs"
                ));
            }
        };
        if self.eat(')') { Ok(Factor { column, transform }) } else { self.fail("expected `)`") }
    }

    fn name(&mut self) -> Result<String, FormulaError> {
        self.skip_space();
        if let Some(rest) = self.rest.strip_prefix('`') {
            let Some((name, rest)) = rest.split_once('`') else {
                return self.fail("this backquote is not closed");
            };
            self.rest = rest;
            return Ok(name.to_owned());
        }
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() {
            return self.fail("expected the name of a column");
        }
        self.rest = rest;
        Ok(name.to_owned())
    }

    fn whole_number(&mut self) -> Result<usize, FormulaError> {
        self.skip_space();
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        match digits.parse() {
            Ok(number) => {
                self.rest = rest;
                Ok(number)
            }
            Err(_) => self.fail("expected a whole number"),
        }
    }
}

/// A term as a formula spells it.
fn spelled(term: &[Factor]) -> String {
    term.iter().map(ToString::to_string).collect::<Vec<_>>().join(":")
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let name = if self.column.chars().all(plain) {
            self.column.clone()
        } else {
            format!("`{}`", self.column)
        };
        match self.transform {
            Transform::None => f.write_str(&name),
            Transform::Center => write!(f, "center({name})"),
            Transform::Scale => write!(f, "scale({name})"),
            Transform::Poly(degree) => write!(f, "poly({name}, {degree})"),
            Transform::Spline(knots) => write!(f, "rcs({name}, {knots})"),
        }
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if !self.intercept {
            f.write_str("0")?;
            separator = " + ";
        } else if self.terms.is_empty() {
            f.write_str("1")?;
        }
        for term in &self.terms {
            write!(f, "{separator}{}", spelled(term))?;
            separator = " + ";
        }
        Ok(())
    }
}

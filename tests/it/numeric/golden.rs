//! Every distribution against `tests/reference/numeric/golden.csv` (mpmath; `make.py` beside it).

use resorb::numeric::{beta, binomial, chi_squared, fisher_f, gamma, normal, special, student_t};

struct Row {
    name: String,
    x: f64,
    a: f64,
    b: f64,
    value: f64,
    ours: f64,
}

fn rows() -> Vec<Row> {
    include_str!("../../reference/numeric/golden.csv").lines().skip(1).map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.split(',').collect();
    let number = |i: usize| cells[i].parse().unwrap_or(f64::NAN);
    let (x, a, b) = (number(2), number(3), number(4));
    let ours = match (cells[0], cells[1]) {
        ("normal", "cdf") => normal::cdf(x),
        ("normal", "sf") => normal::sf(x),
        ("normal", "quantile") => normal::quantile(x),
        ("student_t", "cdf") => student_t::cdf(x, a),
        ("student_t", "two_sided") => student_t::two_sided(x, a),
        ("student_t", "quantile") => student_t::quantile(x, a),
        ("chi_squared", "cdf") => chi_squared::cdf(x, a),
        ("chi_squared", "sf") => chi_squared::sf(x, a),
        ("chi_squared", "quantile") => chi_squared::quantile(x, a),
        ("chi_squared", "quantile_upper") => chi_squared::quantile_upper(x, a),
        ("gamma", "cdf") => gamma::cdf(x, a, 1.0),
        ("gamma", "sf") => gamma::sf(x, a, 1.0),
        ("gamma", "quantile") => gamma::quantile(x, a, 1.0),
        ("fisher_f", "cdf") => fisher_f::cdf(x, a, b),
        ("fisher_f", "sf") => fisher_f::sf(x, a, b),
        ("fisher_f", "quantile_upper") => fisher_f::quantile_upper(x, a, b),
        ("beta", "cdf") => beta::cdf(x, a, b),
        ("beta", "sf") => beta::sf(x, a, b),
        ("beta", "quantile") => beta::quantile(x, a, b),
        ("beta", "quantile_upper") => beta::quantile_upper(x, a, b),
        ("binomial", "pmf") => binomial::pmf(x, a, b),
        ("binomial", "cdf") => binomial::cdf(x, a, b),
        ("binomial", "sf") => binomial::sf(x, a, b),
        ("binomial", "quantile") => binomial::quantile(x, a, b),
        ("special", face) => special_function(face, x, a),
        other => panic!("unknown row {other:?}"),
    };
    let name = format!("{}::{}", cells[0], cells[1]);
    Row { name, x, a, b, value: number(5), ours }
}

fn special_function(face: &str, x: f64, a: f64) -> f64 {
    match face {
        "ln_rising" => special::ln_rising(a, x),
        "ln_rising_excess" => special::ln_rising_excess(a, x),
        "digamma_difference" => special::digamma_difference(a, x),
        "trigamma_difference" => special::trigamma_difference(a, x),
        "ln_beta" => special::ln_beta(a, x),
        "ln_choose" => special::ln_choose(a, x),
        "ln_gamma" => special::ln_gamma(x),
        "digamma" => special::digamma(x),
        "trigamma" => special::trigamma(x),
        "logit" => special::logit(x),
        "expit" => special::expit(x),
        "ln_expit" => special::ln_expit(x),
        "ln_normal_sf" => special::ln_normal_sf(x),
        other => panic!("unknown special function {other}"),
    }
}

/// A value that rounds to 1 has one digit to lose; a value near 1e-300 has ln p ≈ −690, whose own
/// rounding is 1e-13. 1e-12 relative covers all, within the bounds asked for and beyond them.
#[test]
fn all_rows_to_twelve_digits() {
    let rows = rows();
    assert!(rows.len() > 1500, "{} rows", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .filter(|r| (r.ours - r.value).abs() > 1e-12 * r.value.abs() || r.ours.is_nan())
        .map(|r| {
            format!("{}({:e}, {}, {}) = {:e}, not {:e}", r.name, r.x, r.a, r.b, r.ours, r.value)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The defects of statrs 0.19.1 that are the reason for this room.
#[test]
fn what_statrs_gets_wrong() {
    super::close(student_t::quantile(1e-10, 1.0), -3.183_098_861_837_907e9, 1e-14);
    super::close(student_t::quantile(0.975, 1e6), 1.959_966_356_814_106_7, 1e-14);
    assert!(student_t::quantile(1e-100, 1000.0).is_finite());
    assert_eq!(student_t::quantile(0.5, 3.0), 0.0);
}

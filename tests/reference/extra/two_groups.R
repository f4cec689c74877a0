# Writes two_groups.json: tests of funnel asymmetry for two groups by metafor's effects and plain lm().
#
#   Rscript tests/reference/extra/two_groups.R
suppressMessages(library(metafor))

arguments <- commandArgs(FALSE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", arguments, value = TRUE))))
read <- function(name) read.csv(file.path(here, "..", paste0(name, ".csv")))

slope <- function(y, x, w) {
  fit <- summary(lm(y ~ x, weights = w))
  list(statistic = fit$coefficients[2, 3], p_value = fit$coefficients[2, 4], df = fit$df[2],
       slope = fit$coefficients[2, 1], limit = fit$coefficients[1, 1])
}

counts <- function(d) {
  d <- d[d$events1 + d$events2 > 0 & d$events1 + d$events2 < d$total1 + d$total2, ]
  a <- d$events1; b <- d$total1 - a; c <- d$events2; e <- d$total2 - c
  n1 <- as.numeric(d$total1); n2 <- as.numeric(d$total2); n <- n1 + n2
  or <- escalc("OR", ai = a, bi = b, ci = c, di = e)
  z <- a - (a + c) * n1 / n
  v <- n1 * n2 * (a + c) * (b + e) / (n^2 * (n - 1))
  # Harbord et al. print the intercept of this regression.
  own <- summary(lm(I(z / sqrt(v)) ~ sqrt(v)))
  harbord <- slope(z / v, 1 / sqrt(v), v)
  stopifnot(abs(own$coefficients[1, 3] - harbord$statistic) < 1e-10)
  # Macaskill's FIV is also metafor's regression on the size.
  fiv <- slope(or$yi, n, 1 / or$vi)
  metafor <- regtest(c(or$yi), c(or$vi), ni = n, model = "lm", predictor = "ni")
  stopifnot(abs(metafor$zval - fiv$statistic) < 1e-10)
  pooled <- 1 / (1 / (a + c) + 1 / (b + e))
  ess <- 4 * n1 * n2 / n
  list(k = nrow(d), harbord = harbord, peters = slope(or$yi, 1 / n, pooled),
       macaskill_fpv = slope(or$yi, n, pooled), macaskill_fiv = fiv,
       deeks = slope(or$yi, 1 / sqrt(ess), ess), thompson_sharp = thompson_sharp(or$yi, or$vi))
}

# Thompson and Sharp 1999: moment estimator of what the line leaves, t on k - 2.
thompson_sharp <- function(y, v) {
  fit <- rma(c(y), c(v), mods = ~ sqrt(c(v)), method = "DL", test = "t")
  list(statistic = fit$zval[2], p_value = fit$pval[2], tau2 = fit$tau2, limit = fit$beta[1])
}

d <- read("normand1999")
smd <- escalc("SMD", m1i = mean1, sd1i = sd1, n1i = n1, m2i = mean2, sd2i = sd2, n2i = n2, data = d)
w <- 1 / d$n1 + 1 / d$n2
out <- list(
  bcg = counts(read("bcg")),
  nielweise2007_two_group = counts(read("nielweise2007_two_group")),
  normand1999 = list(yi = c(smd$yi), vi = c(smd$vi), pustejovsky_rodgers = slope(c(smd$yi), sqrt(w), 1 / w),
                     thompson_sharp = thompson_sharp(smd$yi, smd$vi)))

# Plain JSON, 17 digits.
json <- function(x) {
  if (is.list(x)) {
    paste0("{", paste0("\"", names(x), "\": ", vapply(x, json, ""), collapse = ", "), "}")
  } else {
    text <- trimws(formatC(x, digits = 17, format = "g"))
    if (length(text) > 1) paste0("[", paste(text, collapse = ", "), "]") else text
  }
}
writeLines(json(out), file.path(here, "two_groups.json"))

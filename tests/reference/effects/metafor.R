# Effects and sampling variances of metafor 3.8-1 for every measure of each kind of outcome, with its
# default correction. Rscript metafor.R > metafor.json, in this folder.
suppressMessages(library(metafor))
number <- function(x) {
  text <- ifelse(is.finite(x), formatC(as.numeric(x), digits = 16, format = "g"), "null")
  paste0("[", paste(text, collapse = ","), "]")
}
first <- TRUE
say <- function(set, measure, e) {
  if (!first) cat(",\n")
  first <<- FALSE
  cat(sprintf('{"set":"%s","measure":"%s","yi":%s,"vi":%s}', set, measure, number(e$yi), number(e$vi)))
}
cat("[\n")
for (set in c("bcg", "nielweise2007_two_group")) {
  d <- read.csv(paste0("../", set, ".csv"))
  # PHI of groups of fixed sizes, vtype ST, the default of later versions; PETO needs no correction.
  for (m in c("OR", "RR", "RD", "AS", "PETO", "YUQ", "YUY", "PHI"))
    say(set, m, escalc(m, ai = events1, n1i = total1, ci = events2, n2i = total2, data = d,
                       vtype = if (m == "PHI") "ST" else "LS",
                       to = if (m == "PETO") "none" else "only0"))
}
d <- read.csv("../nielweise2008.csv")
for (m in c("IRR", "IRD"))
  say("nielweise2008", m, escalc(m, x1i = events1, t1i = time1, x2i = events2, t2i = time2, data = d))
for (m in c("IR", "IRLN", "IRS", "IRFT"))
  say("nielweise2008", m, escalc(m, xi = events1, ti = time1, data = d))
d <- read.csv("../normand1999.csv")
two <- function(m, ...) escalc(m, m1i = mean1, sd1i = sd1, n1i = n1, m2i = mean2, sd2i = sd2, n2i = n2, data = d, ...)
for (m in c("MD", "SMD", "SMDH", "VR", "CVR")) say("normand1999", m, two(m))
# The bias correction of Lajeunesse 2015, which later versions make.
rom <- two("ROM")
rom$yi <- rom$yi + with(d, sd1^2 / (n1 * mean1^2) - sd2^2 / (n2 * mean2^2)) / 2
say("normand1999", "ROM", rom)
say("normand1999", "MDP", two("MD", vtype = "HO"))
for (m in c("MN", "MNLN", "SDLN", "CVLN"))
  say("normand1999", m, escalc(m, mi = mean1, sdi = sd1, ni = n1, data = d))
d <- read.csv("../molloy2014.csv")
for (m in c("COR", "UCOR", "ZCOR")) say("molloy2014", m, escalc(m, ri = r, ni = n, data = d))
cat("\n]\n")

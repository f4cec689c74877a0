# Values of pooled.json: Mantel-Haenszel and Peto results of R metafor 3.8-1 (its data set of Yusuf 1985 is yusuf1985.csv).
# Rscript pooled.R > pooled.json, in this folder.
suppressMessages(library(metafor))
num <- function(x) sprintf("%.15g", as.numeric(x))
line <- function(name, r, extra = "") cat(sprintf('  "%s": {"yi": %s, "se": %s, "q": %s, "k_yi": %d%s}', name, num(r$beta), num(r$se), num(r$QE), r$k.yi, extra))
counts <- list(bcg = read.csv("../bcg.csv"), nielweise2007_two_group = read.csv("../nielweise2007_two_group.csv"),
  rothman = data.frame(events1 = c(8, 22), total1 = c(106, 98), events2 = c(5, 16), total2 = c(120, 85)))
rates <- list(nielweise2008 = read.csv("../nielweise2008.csv"),
  rothman = data.frame(events1 = c(32, 104, 206, 186, 102), time1 = c(52407, 43248, 28612, 12663, 5317),
    events2 = c(2, 12, 28, 28, 31), time2 = c(18790, 10673, 5710, 2585, 1462)))
cat("{\n")
for (n in names(counts)) {
  d <- counts[[n]]
  for (m in c("OR", "RR", "RD")) {
    fit <- function(correct) suppressWarnings(rma.mh(ai = events1, n1i = total1, ci = events2, n2i = total2, data = d, measure = m, correct = correct))
    r <- fit(TRUE)
    extra <- if (m == "OR") sprintf(', "cmh_corrected": %s, "cmh": %s, "breslow_day": %s, "tarone": %s, "df": %d', num(r$MH), num(fit(FALSE)$MH), num(r$BD), num(r$TA), r$k.pos - 1) else ""
    line(paste0(n, "/", m), r, extra); cat(",\n")
  }
}
for (n in names(rates)) {
  d <- rates[[n]]
  for (m in c("IRR", "IRD")) {
    fit <- function(correct) suppressWarnings(rma.mh(x1i = events1, t1i = time1, x2i = events2, t2i = time2, data = d, measure = m, correct = correct))
    r <- fit(TRUE)
    extra <- if (m == "IRR") sprintf(', "cmh_corrected": %s, "cmh": %s', num(r$MH), num(fit(FALSE)$MH)) else ""
    line(paste0(n, "/", m), r, extra); cat(",\n")
  }
}
tables <- unique(dat.yusuf1985$table)
for (t in tables) {
  r <- suppressWarnings(rma.peto(ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.yusuf1985[dat.yusuf1985$table == t & !is.na(dat.yusuf1985$ai), ]))
  line(paste0("yusuf/", t), r, ""); cat(if (t == tail(tables, 1)) "\n" else ",\n")
}
cat("}\n")

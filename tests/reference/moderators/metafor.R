# Values of metafor 3.8-1 for moderators and clusters: `Rscript metafor.R > metafor.json` in this folder.
# The data of Konstantopoulos 2011 (56 schools in 11 districts) are metafor's dat.konstantopoulos2011.
suppressMessages(library(metafor))

number <- function(x) ifelse(is.na(x), "null", sprintf("%.15g", x))
array <- function(x) paste0("[", paste(number(as.vector(x)), collapse = ", "), "]")
value <- function(x) if (length(x) == 1 && !isTRUE(attr(x, "array"))) number(x) else array(x)
object <- function(l, indent) {
  pad <- strrep(" ", indent)
  items <- sapply(names(l), function(n)
    paste0(pad, "  \"", n, "\": ", if (is.list(l[[n]])) object(l[[n]], indent + 2) else value(l[[n]])))
  paste0("{\n", paste(items, collapse = ",\n"), "\n", pad, "}")
}
many <- function(x) { x <- as.vector(x); attr(x, "array") <- TRUE; x }

schools <- as.data.frame(dat.konstantopoulos2011)
if (!file.exists("konstantopoulos2011.csv"))
  write.csv(schools[c("study", "district", "school", "year", "yi", "vi")], "konstantopoulos2011.csv",
            row.names = FALSE, quote = FALSE)
control <- list(rel.tol = 1e-10)
three <- function(fit) {
  ci <- confint(fit)
  list(coef = many(fit$b), se = many(fit$se), sigma2 = many(fit$sigma2), ll = logLik(fit)[1],
       qm = fit$QM[1], qm_p = fit$QMp,
       district = many(ci[[1]]$random[1, 2:3]), school = many(ci[[2]]$random[1, 2:3]))
}
nested <- ~ 1 | district/school
mean <- rma.mv(yi, vi, random = nested, data = schools, control = control)
year <- rma.mv(yi, vi, mods = ~ year, random = nested, data = schools, control = control)

# Exact permutation tests of the first six BCG trials (log odds ratios) on latitude.
bcg <- read.csv("../bcg.csv")
effects <- escalc(measure = "OR", ai = bcg$events1, n1i = bcg$total1, ci = bcg$events2, n2i = bcg$total2)
few <- data.frame(yi = effects$yi, vi = effects$vi, x = bcg$x)[1:6, ]
tight <- list(threshold = 1e-13, maxiter = 10000)
permuted <- function(test) {
  p <- permutest(rma(yi, vi, mods = ~ x, data = few, test = test, control = tight), exact = TRUE,
                 progbar = FALSE)
  list(coefficients = many(p$pval), test = p$QMp)
}

# Powers of the centred moderator and a restricted cubic spline (Harrell 2015, 2.24), all 13 trials.
all <- data.frame(yi = effects$yi, vi = effects$vi, x = bcg$x)
centred <- all$x - base::mean(all$x)
spline <- function(x, t) {
  cube <- function(u) pmax(u, 0)^3
  k <- length(t)
  sapply(1:(k - 2), function(j) (cube(x - t[j]) - cube(x - t[k - 1]) * (t[k] - t[j]) / (t[k] - t[k - 1]) +
    cube(x - t[k]) * (t[k - 1] - t[j]) / (t[k] - t[k - 1])) / (t[k] - t[1])^2)
}
curve <- function(mods) {
  fit <- rma(all$yi, all$vi, mods = mods, control = tight)
  list(coef = many(fit$b), se = many(fit$se), tau2 = fit$tau2, qm = fit$QM, vif = many(vif(fit)$vifs))
}
knots <- quantile(all$x, c(.10, .50, .90))

# Likelihood-ratio test by ML.
ml <- function(...) rma(yi, vi, data = all, method = "ML", control = tight, ...)
lr <- anova(ml(mods = ~ x), ml())

cat(object(list(
  konstantopoulos2011 = list(mean = three(mean), year = three(year)),
  bcg6_permutation = list(z = permuted("z"), knha = permuted("knha")),
  bcg = list(poly2 = curve(cbind(centred, centred^2)),
             rcs3 = curve(cbind(all$x, spline(all$x, knots))),
             lrt = list(statistic = lr$LRT, p = lr$pval))
), 0), "\n")

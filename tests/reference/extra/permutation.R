# permutation.json: permutation tests of the pooled effect (all changes of signs) by metafor 3.8.
#
#     Rscript permutation.R

suppressMessages(library(metafor))
library(jsonlite)
stopifnot(packageVersion("metafor") == "3.8.1")

bcg <- read.csv("../bcg.csv")
bcg <- escalc(measure = "OR", ai = events1, n1i = total1, ci = events2, n2i = total2, data = bcg)
pritz <- read.csv("../pritz1997.csv")[1:10, ]
pritz <- escalc(measure = "PLO", xi = events, ni = total, data = pritz)

one <- function(set, data, null, method, test) {
  data$yi <- data$yi - null
  fit <- rma(yi, vi, data = data, method = method, test = test,
             control = list(threshold = 1e-12, maxiter = 1000, tol = 1e-14))
  p <- permutest(fit, exact = TRUE, progbar = FALSE, control = list(tol = 1e-10))
  list(set = set, null = null, tau2 = method, ci = ifelse(test == "knha", "hk", test),
       statistic = abs(fit$zval), p_value = p$pval)
}
all <- list()
for (test in c("z", "knha", "adhoc")) for (null in c(0, -0.3))
  all <- c(all, list(one("bcg", bcg, null, "DL", test)))
all <- c(all, list(one("bcg", bcg, -0.3, "REML", "knha"), one("bcg", bcg, 0, "PM", "z")))
for (test in c("z", "knha")) all <- c(all, list(one("pritz1997", pritz, qlogis(0.6), "DL", test)))
all <- c(all, list(one("pritz1997", pritz, qlogis(0.6), "REML", "knha")))
write_json(all, "permutation.json", auto_unbox = TRUE, digits = 15, pretty = TRUE)

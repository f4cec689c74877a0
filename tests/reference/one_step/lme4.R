# Reference values of the binomial-normal model from lme4 1.1 with 100 adaptive Gauss-Hermite nodes.
# Usage: Rscript lme4.R
library(lme4)
sets <- list(
  pritz1997 = read.csv("../pritz1997.csv"),
  ldh_resorption = read.csv("../ldh_resorption.csv"),
  nielweise2007_control = read.csv("../nielweise2007_control.csv"))
for (name in names(sets)) {
  d <- sets[[name]]
  d$id <- seq_len(nrow(d))
  f <- glmer(cbind(events, total - events) ~ 1 + (1 | id), data = d, family = binomial, nAGQ = 100,
             control = glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
  cat(name, sprintf("%.8f", c(fixef(f), sqrt(vcov(f, use.hessian = TRUE)[1, 1]), VarCorr(f)$id[1, 1])), "\n")
}

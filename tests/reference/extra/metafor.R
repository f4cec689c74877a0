# metafor.json: what metafor 3.8 computes of the things that the large reference files lack: GENQ
# with the weights 1/sqrt(vi), profile-likelihood intervals of tau2 under ML.
#
#     Rscript metafor.R

suppressMessages(library(metafor))
library(jsonlite)
stopifnot(packageVersion("metafor") == "3.8.1")

default <- c(bcg = "OR", nielweise2007_two_group = "OR", nielweise2008 = "IRR", normand1999 = "SMD",
             molloy2014 = "ZCOR", raudenbush1985 = "GEN")
sets <- c("pritz1997", "nielweise2007_treated", "nielweise2007_control", "debruin2009",
          "crisafulli2020", "ldh_resorption", "ldh_resorption_by_type", names(default))

rows <- lapply(sets, function(set) {
  measure <- if (set %in% names(default)) default[[set]] else "PLO"
  columns <- fromJSON(file.path("..", paste0(set, ".json")))$effects[[measure]]
  yi <- columns$yi
  vi <- columns$vi
  genq <- rma(yi, vi, method = "GENQ", weights = 1 / sqrt(vi), weighted = FALSE)
  # The scoring steps of ML need help to converge to all digits.
  ml <- rma(yi, vi, method = "ML", control = list(threshold = 1e-12, maxiter = 10000))
  pl <- confint(ml, type = "PL", control = list(tol = 1e-12))$random
  list(set = unbox(set), measure = unbox(measure),
       genq_tau2 = unbox(genq$tau2), genq_tau2_se = unbox(genq$se.tau2),
       ml_tau2 = unbox(ml$tau2),
       pl_ml = as.numeric(pl["tau^2", c("ci.lb", "ci.ub")]))
})
lines <- vapply(rows, function(row) as.character(toJSON(row, digits = NA)), "")
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "metafor.json")

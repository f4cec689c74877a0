"""Cluster-robust tests of linear combinations by full matrices: `python3 cr2.py > cr2.json`.

Independent of the library: REML by a grid and golden section, the sandwich and its Satterthwaite degrees of
freedom from the k x k matrices (Pustejovsky and Tipton 2018, equations 10 to 14) in NumPy. Data: the lumbar
series by type of herniation without its bulges, of which one study alone has one row; clusters are studies.
"""
import csv
import json

import numpy as np
from scipy.linalg import sqrtm
from scipy.optimize import minimize_scalar
from scipy.stats import f as fisher, t as student


def pseudo_root(b):
    """The Moore-Penrose inverse of the symmetric square root."""
    values, vectors = np.linalg.eigh((b + b.T) / 2)
    inverse = np.array([v**-0.5 if v > 1e-10 * values.max() else 0.0 for v in values])
    return vectors @ np.diag(inverse) @ vectors.T


with open("../ldh_resorption_by_type.csv", newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["group"] != "bulge"]
x = np.array([float(row["events"]) for row in rows])
n = np.array([float(row["total"]) for row in rows])
empty = (x == 0) | (x == n)
x, n = np.where(empty, x + 0.5, x), np.where(empty, n + 1, n)
y, v = np.log(x / (n - x)), 1 / x + 1 / (n - x)
group = np.array([row["group"] for row in rows])
year = np.array([float(row["year"]) for row in rows])
X = np.column_stack([np.ones(len(y)), group == "protrusion", group == "sequestration", year - year.mean()]).astype(float)
study = [row["study"] for row in rows]
names = list(dict.fromkeys(study))


def loss(tau2):
    w = np.diag(1 / (v + tau2))
    xwx = X.T @ w @ X
    r = y - X @ np.linalg.solve(xwx, X.T @ w @ y)
    return np.log(v + tau2).sum() + np.linalg.slogdet(xwx)[1] + r @ w @ r


grid = np.concatenate([[0], np.geomspace(1e-6, 50, 400)])
best = int(np.argmin([loss(g) for g in grid]))
bracket = (grid[max(best - 1, 0)], grid[best + 1])
tau2 = minimize_scalar(loss, bounds=bracket, method="bounded", options={"xatol": 1e-13}).x
phi = np.diag(v + tau2)
w = np.linalg.inv(phi)
bread = np.linalg.inv(X.T @ w @ X)
beta = bread @ X.T @ w @ y
residual = np.eye(len(y)) - X @ bread @ X.T @ w


def combination(c):
    """Estimate, standard error, degrees of freedom, p and limits of c'beta."""
    c = np.asarray(c, float)
    meat, vectors = 0.0, []
    for name in names:
        rows = [i for i, s in enumerate(study) if s == name]
        d = np.linalg.cholesky(phi[np.ix_(rows, rows)]).T
        b = d @ (residual[rows] @ phi @ residual[rows].T) @ d.T
        a = d.T @ pseudo_root(b) @ d
        weights = c @ bread @ X[rows].T @ w[np.ix_(rows, rows)] @ a
        e = (y - X @ beta)[rows]
        meat += (weights @ e) ** 2
        vectors.append(residual[rows].T @ weights)
    p = np.array(vectors)
    g = p @ phi @ p.T
    df = np.trace(g) ** 2 / (g**2).sum()
    estimate, se = c @ beta, meat**0.5
    half = student.ppf(0.975, df) * se
    return {
        "estimate": estimate, "se": se, "df": df, "p": 2 * student.sf(abs(estimate / se), df),
        "lower": estimate - half, "upper": estimate + half,
    }


assert np.allclose(sqrtm(phi) @ sqrtm(phi), phi)
# Means of protrusion, extrusion, sequestration at the mean year, as rows of the design.
protrusion, extrusion, sequestration = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 1, 0.0]])
bend = combination(protrusion - 2 * extrusion + sequestration)
print(json.dumps({
    "tau2": tau2,
    "sequestration_extrusion": combination(sequestration - extrusion),
    "sequestration_protrusion": combination(sequestration - protrusion),
    "trend": combination((sequestration - protrusion) / 2),
    "departure": {"f": (bend["estimate"] / bend["se"]) ** 2, "df2": bend["df"],
                  "p": fisher.sf((bend["estimate"] / bend["se"]) ** 2, 1, bend["df"])},
    "at_extrusion_2005": combination(extrusion + np.array([0, 0, 0, 2005 - year.mean()])),
}, indent=1))

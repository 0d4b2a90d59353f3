"""Solves a linear programme from a folder of arrays with SciPy's HiGHS (native code).

minimise cost·y subject to lower <= A·y <= upper, y >= 0, where lower is upper or -inf; A in compressed
columns. Prints one JSON line: status, optimum without offset, seconds in the solver, peak resident
memory in bytes, versions.

usage: peer_highs.py FOLDER highs-ds|highs-ipm TIME_LIMIT_SECONDS
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy
import scipy
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

folder, method, limit = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])


def column(name, kind):
    return numpy.fromfile(folder / name, dtype=kind)


cost, lower, upper = (column(name, "<f8") for name in ("cost", "lower", "upper"))
matrix = csc_matrix(
    (column("value", "<f8"), column("index", "<i4"), column("start", "<i4")),
    shape=(len(upper), len(cost)),
).tocsr()
equal = lower == upper
start = time.perf_counter()
answer = linprog(
    cost,
    A_ub=matrix[~equal],
    b_ub=upper[~equal],
    A_eq=matrix[equal] if equal.any() else None,
    b_eq=upper[equal] if equal.any() else None,
    bounds=(0, None),
    method=method,
    options={"time_limit": limit},
)
print(
    json.dumps(
        {
            "status": answer.message,
            "optimal": bool(answer.status == 0),
            "optimum": float(answer.fun) if answer.fun is not None else None,
            "seconds": time.perf_counter() - start,
            "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "scipy": scipy.__version__,
            "python": sys.version.split()[0],
        }
    )
)

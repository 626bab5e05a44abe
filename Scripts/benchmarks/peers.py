#!/usr/bin/env python3
"""The methods of the engine beside the libraries that planners and analysts use today, on the same points.

    peers.py [--sizes 10000 100489 1000000] [--methods dbscan hexagons ...] [--limit SECONDS]

The libraries go into a virtual environment that the script makes (in $MITPLAN_PEERS, else ~/.cache/mitplan-peers).
Each measure runs in a process of its own: the fastest of three runs (one where a run takes over 20 seconds) with all
input in memory, and by how much memory grew meanwhile. Libraries that compile at the first call are called once before
on little data. Printed are seconds, ratio, memory, whether both found the same, and the exponent of growth with size.
"""
import argparse
import json
import math
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("MITPLAN", str(ROOT / ".build/release/mitplan"))
VENV = pathlib.Path(os.environ.get("MITPLAN_PEERS", pathlib.Path.home() / ".cache/mitplan-peers"))
PACKAGES = "numpy scipy scikit-learn hdbscan fast_hdbscan dbscan esda libpysal KDEpy geopandas".split()
EXTENT = 30_000.0
WIDTH = 250.0
MEMORY = 12 << 30


def points(count, seed=1):
    """Three fifths in forty clusters of 300 m to 1,500 m, the others anywhere in a square of 30 km."""
    import numpy as np

    dice = np.random.default_rng(seed)
    centres, spreads = dice.uniform(0, EXTENT, (40, 2)), dice.uniform(300, 1500, 40)
    found = dice.uniform(0, EXTENT, (count, 2))
    cluster = dice.integers(0, 40, count)
    near = np.clip(dice.normal(centres[cluster], spreads[cluster, None]), 0, EXTENT - 1e-6)
    return np.where((dice.uniform(0, 1, count) < 0.6)[:, None], near, found)


def values(side, seed=1):
    """Counts on a rhombus of hexagons with a hot corner."""
    import numpy as np

    dice = np.random.default_rng(seed)
    q, r = np.divmod(np.arange(side * side), side)
    mean = 3 + 6 * np.exp(-((q - side / 4) ** 2 + (r - side / 4) ** 2) / (side / 8) ** 2)
    return np.column_stack([dice.poisson(mean).astype(float), np.zeros(side * side)])


# Peers: each makes ready what it needs and returns the work, whose number is compared.


def hexagons_numpy(xy):
    import numpy as np

    edge = WIDTH / math.sqrt(3)

    def work():
        q = 2 / 3 * xy[:, 0] / edge
        r = (-xy[:, 0] / 3 + math.sqrt(3) / 3 * xy[:, 1]) / edge
        s = -q - r
        rq, rr, rs = np.rint(q), np.rint(r), np.rint(s)
        dq, dr, ds = np.abs(rq - q), np.abs(rr - r), np.abs(rs - s)
        first = (dq > dr) & (dq > ds)
        second = ~first & (dr > ds)
        rq = np.where(first, -rr - rs, rq).astype(np.int64)
        rr = np.where(second, -rq - rs, rr).astype(np.int64)
        rr -= rr.min()
        return np.bincount((rq - rq.min()) * (rr.max() + 1) + rr).max()

    return work


def lattice():
    import shapely

    columns, rows = 40, 25

    def corner(column, row):
        inside = 0 < column < columns and 0 < row < rows
        shift = ((column * 7 + row * 13) % 11 - 5) * 40 if inside else 0
        return EXTENT * column / columns + shift, EXTENT * row / rows - shift

    return [
        shapely.Polygon([corner(c, r), corner(c + 1, r), corner(c + 1, r + 1), corner(c, r + 1)])
        for r in range(rows) for c in range(columns)
    ]


def polygons_geopandas(xy):
    import geopandas

    table = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(xy[:, 0], xy[:, 1]))
    areas = geopandas.GeoDataFrame(geometry=lattice())
    return lambda: geopandas.sjoin(table, areas, predicate="within")["index_right"].value_counts().max()


def dbscan_wang(xy):
    import dbscan

    return lambda: int(dbscan.DBSCAN(xy, eps=500.0, min_samples=10)[0].max()) + 1


def dbscan_sklearn(xy):
    from sklearn.cluster import DBSCAN

    return lambda: int(DBSCAN(eps=500, min_samples=10, n_jobs=2).fit(xy).labels_.max()) + 1


def hdbscan_fast(xy):
    import fast_hdbscan

    def work(data=xy):
        return int(fast_hdbscan.HDBSCAN(min_cluster_size=50, min_samples=10).fit(data).labels_.max()) + 1

    work(xy[:2000])
    return work


def hdbscan_scikit(xy):
    import hdbscan

    return lambda: int(
        hdbscan.HDBSCAN(min_cluster_size=50, min_samples=10, core_dist_n_jobs=2).fit(xy).labels_.max()) + 1


def optics_sklearn(xy):
    import numpy as np
    from sklearn.cluster import OPTICS

    return lambda: int(np.isfinite(OPTICS(min_samples=10, max_eps=500, n_jobs=2).fit(xy).reachability_).sum())


def kde(kernel, bandwidth):
    def prepare(xy):
        import numpy as np
        from KDEpy import FFTKDE

        # The raster of the engine: 512 cells over the square, and a margin so that no density wraps around.
        middles = (np.arange(-32, 544) + 0.5) * EXTENT / 512
        grid = np.stack(np.meshgrid(middles, middles, indexing="ij"), -1).reshape(-1, 2)
        return lambda: float(FFTKDE(kernel=kernel, bw=bandwidth).fit(xy).evaluate(grid).max())

    return prepare


def neighbours(count):
    """The six neighbours on a rhombus of hexagons, as a sparse matrix of ones."""
    import numpy as np
    import scipy.sparse

    side = math.isqrt(count)
    q, r = np.divmod(np.arange(count), side)
    rows, columns = [], []
    for dq, dr in [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]:
        inside = (q + dq >= 0) & (q + dq < side) & (r + dr >= 0) & (r + dr < side)
        rows.append(np.flatnonzero(inside))
        columns.append(((q + dq) * side + r + dr)[inside])
    rows, columns = np.concatenate(rows), np.concatenate(columns)
    return scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, count))


def gi_scipy(xy):
    import numpy as np
    import scipy.sparse

    x = np.ascontiguousarray(xy[:, 0])
    weights = (neighbours(len(x)) + scipy.sparse.identity(len(x))).tocsr()

    def work():
        n, mean, spread = len(x), x.mean(), x.std()
        sums = np.diff(weights.indptr).astype(float)
        z = (weights @ x - mean * sums) / (spread * np.sqrt((n * sums - sums**2) / (n - 1)))
        return int((z > 1.96).sum())

    return work


def with_graph(work):
    def prepare(xy):
        import warnings

        import numpy as np
        from libpysal.graph import Graph

        warnings.simplefilter("ignore")

        def make(table):
            x = np.ascontiguousarray(table[:, 0])
            weights = Graph.from_sparse(neighbours(len(x)))
            return lambda: work(x, weights)

        make(xy[:400])()
        return make(xy)

    return prepare


def local_moran_esda(x, weights):
    import esda

    found = esda.Moran_Local(x, weights, permutations=999, n_jobs=1, seed=1)
    # Places whose neighbours have much, as ours counts them; it tells some sums apart by rounding that are equal.
    has_much = (found.z_sim > 0) == (x > x.mean())
    return int(((found.p_sim <= 0.01) & has_much).sum())


def moran_esda(x, weights):
    import esda

    return float(esda.Moran(x, weights, permutations=999).p_sim)


def local_geary_esda(x, weights):
    import esda

    found = esda.Geary_Local(weights, permutations=999, n_jobs=1, seed=1).fit(x)
    return int((found.p_sim <= 0.01).sum())


def join_counts_esda(x, weights):
    import esda

    return float(esda.Join_Counts((x > 4).astype(int), weights, permutations=0).bb)


def clark_evans_scipy(xy):
    from scipy.spatial import cKDTree

    return lambda: float(cKDTree(xy).query(xy, k=2, workers=2)[0][:, 1].mean())


def ripley_scipy(xy):
    import numpy as np
    from scipy.spatial import cKDTree

    n = len(xy)
    radii = np.arange(1, 51) * 500 * math.sqrt(10_000 / n) / 50

    def work():
        tree = cKDTree(xy)
        return float((tree.count_neighbors(tree, radii)[-1] - n) * EXTENT**2 / (n * (n - 1)))

    return work


# Method: (input, peers, how far the two numbers may lie apart as a share). Permutations differ by chance.
METHODS = {
    "hexagons": (points, {"numpy": hexagons_numpy}, 0),
    "polygons": (points, {"geopandas": polygons_geopandas}, 0),
    "dbscan": (points, {"dbscan (C++)": dbscan_wang, "scikit-learn": dbscan_sklearn}, 0),
    "hdbscan": (points, {"fast_hdbscan": hdbscan_fast, "hdbscan": hdbscan_scikit}, 0.02),
    "optics": (points, {"scikit-learn": optics_sklearn}, 0),
    "kde-gaussian": (points, {"KDEpy": kde("gaussian", 500.0)}, 0.02),
    "kde-quartic": (points, {"KDEpy": kde("biweight", 500.0 / math.sqrt(7))}, 0.02),
    "gi-star": (values, {"scipy.sparse": gi_scipy}, 0),
    "local-moran-999": (values, {"esda": with_graph(local_moran_esda)}, 0.05),
    "moran-999": (values, {"esda": with_graph(moran_esda)}, 0.001),
    "local-geary-999": (values, {"esda": with_graph(local_geary_esda)}, 0.2),
    "join-counts": (values, {"esda": with_graph(join_counts_esda)}, 0),
    "clark-evans": (points, {"scipy": clark_evans_scipy}, 1e-9),
    "ripley": (points, {"scipy": ripley_scipy}, 1e-9),
}


def measure_peer(method, peer, path):
    """In a process of its own: one line of JSON as the program writes it."""
    import numpy as np

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    count = os.path.getsize(path) // 16
    work = METHODS[method][1][peer](np.ascontiguousarray(np.fromfile(path).reshape(2, count).T))
    status = pathlib.Path("/proc/self/status")

    def kibibytes(name):
        return int(next(line for line in status.read_text().splitlines() if line.startswith(name)).split()[1])

    before = kibibytes("VmRSS:")
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    best = math.inf
    for _ in range(3):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
        if best > 20:
            break
    growth = max(0, kibibytes("VmHWM:") - before) / 1024
    print(json.dumps({"seconds": best, "mebibytes": growth, "result": float(result)}))


def run(command, limit):
    """The answer of a measure, or why there is none."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return f"over {limit} s"
    if done.returncode:
        last = (done.stderr.strip() or "killed").splitlines()[-1]
        return "out of memory" if "Memory" in last or "alloc" in last or last == "killed" else last[:60]
    return json.loads(done.stdout.strip().splitlines()[-1])


def exponent(results):
    """Slope of log seconds over log size, from the first to the last that was measured."""
    known = [(size, answer["seconds"]) for size, answer in results if isinstance(answer, dict)]
    if len(known) < 2:
        return "–"
    (first, low), (last, high) = known[0], known[-1]
    return f"{math.log(high / low) / math.log(last / first):.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 99_856, 1_000_000], help="squares for cells")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    parser.add_argument("--limit", type=int, default=900, help="seconds a measure may take")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        return measure_peer(*options.measure)
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"no program at {PROGRAM} (swift build -c release --product mitplan)")
    if not (VENV / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    python = str(VENV / "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    if not sys.prefix.startswith(str(VENV)):
        os.execv(python, [python, __file__, *sys.argv[1:]])

    print(f"{'method':16} {'points':>9} {'mitplan s':>10} {'MiB':>6}  {'peer':13} {'s':>9} {'MiB':>6} {'ratio':>7}  same")
    growth = []
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "points")
        for method in options.methods:
            make, peers, tolerance = METHODS[method]
            own, theirs = [], {peer: [] for peer in peers}
            for size in options.sizes:
                size = math.isqrt(size) ** 2 if make is values else size
                (make(math.isqrt(size)) if make is values else make(size)).T.tofile(path)
                answer = run([PROGRAM, "benchmark", "method", method, path], options.limit)
                own.append((size, answer))
                if not isinstance(answer, dict):
                    sys.exit(f"{method} with {size:,} points: {answer}")
                for peer in peers:
                    other = run([python, __file__, "--measure", method, peer, path], options.limit)
                    theirs[peer].append((size, other))
                    line = f"{method:16} {size:9,} {answer['seconds']:10.4f} {answer['mebibytes']:6.0f}  {peer:13} "
                    if isinstance(other, dict):
                        same = math.isclose(answer["result"], other["result"], rel_tol=tolerance)
                        found = "yes" if same else f"no: {answer['result']:g}, {other['result']:g}"
                        line += f"{other['seconds']:9.4f} {other['mebibytes']:6.0f} "
                        line += f"{other['seconds'] / answer['seconds']:6.1f}×  {found}"
                    else:
                        line += other
                    print(line, flush=True)
            growth.append(f"{method:16} mitplan {exponent(own)}" + "".join(
                f", {peer} {exponent(results)}" for peer, results in theirs.items()))
    print("\nexponents of growth, seconds over points\n" + "\n".join(growth))


if __name__ == "__main__":
    main()

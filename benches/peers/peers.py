"""The peers' side of the comparison: ground truth, hnswlib, usearch, and the table of all results.

Usage: peers.py truth|hnswlib|usearch|numpy FOLDER [M EF_CONSTRUCTION EF...], peers.py table RESULTS.jsonl
Times are of the processor, so that a busy machine does not count against anyone.
"""
import json
import sys
import time

import numpy as np

DIMENSIONS, NEAREST, ROUNDS, FLOOR = 256, 10, 5, 0.98


def memory():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))


def load(folder):
    read = lambda name: np.fromfile(f"{folder}/{name}.f32", dtype="<f4").reshape(-1, DIMENSIONS)
    return read("base"), read("queries")


def brute_force(base, queries):
    for start in range(0, len(queries), 200):
        scores = queries[start:start + 200] @ base.T
        best = np.argpartition(-scores, NEAREST, axis=1)[:, :NEAREST]
        yield best[np.arange(len(best))[:, None], np.argsort(-np.take_along_axis(scores, best, 1), axis=1)]


def recall(found, truth):
    return float(np.mean([len(set(a) & set(b)) / NEAREST for a, b in zip(found, truth)]))


def measure(name, folder, answers, efs, before):
    """`answers(queries, ef)` gives the ids of the nearest of each query."""
    queries = load(folder)[1]
    truth = np.fromfile(f"{folder}/truth.u32", dtype="<u4").reshape(-1, NEAREST)
    for ef in efs:
        best = float("inf")
        for _ in range(ROUNDS):
            start = time.process_time()
            found = answers(queries, ef)
            best = min(best, time.process_time() - start)
        print(json.dumps({"name": name, "ef": ef, "recall": recall(found, truth),
                          "queries_per_second": len(queries) / best, "memory_mib": memory() - before}), flush=True)


def timed_build(name, build):
    wall, processor = time.time(), time.process_time()
    build()
    print(json.dumps({"name": name, "build_wall_s": time.time() - wall,
                      "build_processor_s": time.process_time() - processor}), flush=True)


def hnswlib(folder, m, ef_construction, efs):
    import hnswlib
    base, _ = load(folder)
    before = memory()
    index = hnswlib.Index(space="ip", dim=DIMENSIONS)
    index.init_index(max_elements=len(base), M=m, ef_construction=ef_construction, random_seed=1)
    timed_build("hnswlib", lambda: index.add_items(base))

    def answers(queries, ef):
        index.set_ef(ef)
        return index.knn_query(queries, k=NEAREST, num_threads=1)[0]
    measure("hnswlib", folder, answers, efs, before)


def usearch(folder, m, ef_construction, efs, dtype="f32"):
    from usearch.index import Index
    base, _ = load(folder)
    before = memory()
    name = f"usearch {dtype}"
    index = Index(ndim=DIMENSIONS, metric="cos", dtype=dtype, connectivity=m, expansion_add=ef_construction)
    timed_build(name, lambda: index.add(np.arange(len(base)), base))

    def answers(queries, ef):
        index.expansion_search = ef
        return index.search(queries, NEAREST, threads=1).keys
    measure(name, folder, answers, efs, before)


def table(path):
    builds, rows = {}, {}
    with open(path) as lines:
        for line in map(json.loads, lines):
            if "build_wall_s" in line:
                builds[line["name"]] = line
            elif line["recall"] >= FLOOR and line["name"] not in rows:
                rows[line["name"]] = line
    print("| | ef | recall@10 | queries a second | build, s of wall clock (of processor) | memory, MiB |")
    print("|---|---|---|---|---|---|")
    for name, row in rows.items():
        build = builds.get(name)
        built = f"{build['build_wall_s']:.1f} ({build['build_processor_s']:.1f})" if build else ""
        ef = "" if "exact" in name else row["ef"]
        print(f"| {name} | {ef} | {row['recall']:.4f} | {row['queries_per_second']:,.0f} | {built} "
              f"| {row['memory_mib']:.0f} |")


def main():
    what, folder, *rest = sys.argv[1:]
    numbers = [int(number) for number in rest]
    if what == "truth":
        base, queries = load(folder)
        np.concatenate(list(brute_force(base, queries))).astype("<u4").tofile(f"{folder}/truth.u32")
    elif what == "hnswlib":
        hnswlib(folder, numbers[0], numbers[1], numbers[2:])
    elif what == "usearch":
        usearch(folder, numbers[0], numbers[1], numbers[2:])
    elif what == "usearch-i8":
        usearch(folder, numbers[0], numbers[1], numbers[2:], "i8")
    elif what == "numpy":
        before = memory()
        base, _ = load(folder)
        measure("numpy, exact", folder,
                lambda queries, _: np.concatenate(list(brute_force(base, queries))), [0], before)
    elif what == "table":
        table(folder)
    else:
        sys.exit(__doc__)


main()

"""Scores rankings against graded judgements, and the rankers to compare with.

Measures as the scoring tool of the catalog project defines them: gain 2^grade - 1, discount
log2(rank + 1). Nothing here is used for training. Run by itself it prints the table of the card:

    python3 models/recipe/measure.py --shared ../shared --model models/builtin
"""
import argparse
import math
import re

import numpy as np

from catalogs import query, read_gold, whole

SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
WORD = re.compile(r"[a-z0-9]+")


def ndcg10(order, grades):
    ideal = sorted(grades.values(), reverse=True)[:10]
    best = sum((2 ** g - 1) / math.log2(n + 2) for n, g in enumerate(ideal))
    got = sum((2 ** grades.get(int(d), 0) - 1) / math.log2(n + 2) for n, d in enumerate(order[:10]))
    return got / best if best else None


def mean_ndcg(scores, applicants, grades):
    each = [ndcg10(np.argsort(-scores[i], kind="stable"), grades[a["id"]]) for i, a in enumerate(applicants)]
    each = [e for e in each if e is not None]
    return sum(each) / len(each)


def project_parts(project):
    sentences = [s.strip() for s in SENTENCE.split(project["text"])]
    sentences = [s for s in sentences if len(s.split()) >= 3][:60]
    return [project["title"], *project["skills"], *sentences]


def applicant_parts(applicant):
    sentences = [s.strip() for s in SENTENCE.split(applicant["interests"]) if s.strip()]
    return [s for s in applicant["skills"] if s] + sentences


def words(text):
    return WORD.findall(text.lower())


def bm25(projects, applicants, k1=1.2, b=0.75):
    docs = [words(whole(p)) for p in projects]
    mean = sum(map(len, docs)) / len(docs)
    df = {}
    for d in docs:
        for w in set(d):
            df[w] = df.get(w, 0) + 1
    out = np.zeros((len(applicants), len(projects)))
    for i, a in enumerate(applicants):
        for w in words(query(a)):
            if w in df:
                idf = math.log(1 + (len(docs) - df[w] + 0.5) / (df[w] + 0.5))
                for j, d in enumerate(docs):
                    tf = d.count(w)
                    out[i, j] += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len(d) / mean))
    return out


def whole_scores(embed, projects, applicants):
    return embed([query(a) for a in applicants]) @ embed([whole(p) for p in projects]).T


def part_scores(embed, projects, applicants):
    """Each part of the applicant against the best part of the project.

    A part counts by how much it tells apart: the spread of its best matches over the catalog.
    """
    parts = [project_parts(p) for p in projects]
    flat = embed([t for ps in parts for t in ps])
    ends = np.cumsum([len(ps) for ps in parts])
    out = np.zeros((len(applicants), len(projects)))
    for i, a in enumerate(applicants):
        mine = embed(applicant_parts(a))
        sims = mine @ flat.T
        best = np.stack([s.max(axis=1) for s in np.split(sims, ends[:-1], axis=1)], axis=1)
        spread = best.max(axis=1) - np.median(best, axis=1)
        best = best - best.mean(axis=1, keepdims=True)
        out[i] = (spread[:, None] * best).sum(axis=0) / max(spread.sum(), 1e-9)
    return out


class Bench:
    """The judged terms, read once."""

    def __init__(self, shared, terms=("2024-2", "2024-3", "2025-1", "2025-3", "dev")):
        self.gold = {t: read_gold(shared, t) for t in terms}

    def score(self, embed, terms=None):
        """`{term: (whole, parts, both)}` for a function from texts to unit vectors."""
        out = {}
        for t in terms or self.gold:
            projects, applicants, grades = self.gold[t]
            w = whole_scores(embed, projects, applicants)
            p = part_scores(embed, projects, applicants)
            z = lambda s: (s - s.mean(1, keepdims=True)) / (s.std(1, keepdims=True) + 1e-9)
            out[t] = tuple(mean_ndcg(s, applicants, grades) for s in (w, p, z(w) + z(p)))
        return out

    def score_bm25(self):
        return {t: (mean_ndcg(bm25(p, a), a, g),) for t, (p, a, g) in self.gold.items()}


def table_row(name, scores):
    """One line: the mean over the judged terms of training, then each term."""
    train = [scores[t] for t in scores if t != "dev"]
    cells = [(t, scores[t]) for t in scores]
    if train:
        cells.insert(0, ("train", tuple(sum(column) / len(train) for column in zip(*train))))
    return f"{name:24s}" + " | ".join(f"{t} " + " ".join(f"{x:.3f}" for x in v) for t, v in cells)


def main():
    from tokenizers import Tokenizer

    import model
    from teacher import Teacher

    args = argparse.ArgumentParser(description="nDCG@10: whole, by parts, both")
    args.add_argument("--shared", required=True)
    args.add_argument("--model", required=True, help="folder with the model's three files")
    args = args.parse_args()
    bench = Bench(args.shared)
    print(table_row("BM25", bench.score_bm25()))
    minilm = Teacher(f"{args.shared}/models/all-minilm-l6-v2", 2, 256)
    print(table_row("MiniLM", bench.score(minilm.embed)))
    tok = Tokenizer.from_file(f"{args.model}/tokenizer.json")
    print(table_row("built-in", bench.score(model.embedder(tok, model.read(args.model)))))


if __name__ == "__main__":
    main()

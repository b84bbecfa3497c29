"""Fits how the parts of a score become a chance (src/rank/calibration.rs), and says what that is worth.

Reads what the program says of each judged term with a model that has not seen its judgements, one file a term:

    python3 models/recipe/train.py --shared ../shared --out models/builtin --without 2024-2
    cargo run --release -- rank ../shared/gold/train/2024-2/applicants.csv --top 999 --format jsonl \\
        --catalog ../shared/catalogs/2024/02-Jun-Aug/README.md > scores/2024-2.jsonl
    python3 models/recipe/calibrate.py --shared ../shared --scores scores

Of each score the sum of the parts is found again, so the constants below have to be those of the program.
"""
import argparse
import json
import os

import numpy as np
from scipy.optimize import minimize
from tokenizers import Tokenizer

from catalogs import norm, read_gold
from judged import JudgedTerm
from measure import ndcg10
from understand import Skills

SLOPE, START = 17.4, 0.5
MIDPOINT, INTEREST_MIDPOINT_FACTOR = 0.398, 1.14
PRIOR_LOG_ODDS, EVIDENCE_HALF_WEIGHT = -2.7, 0.25
FITTED = [SLOPE, MIDPOINT, INTEREST_MIDPOINT_FACTOR, EVIDENCE_HALF_WEIGHT]
GOOD = 3  # the gain of grade 2


def log_odds(sums, said, choosy, slope=SLOPE, middle=MIDPOINT, factor=INTEREST_MIDPOINT_FACTOR, half=EVIDENCE_HALF_WEIGHT):
    """The logarithm of the odds of a good match."""
    middle = np.where(choosy, middle * factor, middle)
    promised = slope * np.log((sums + START) / (middle + START))
    return np.minimum(promised, PRIOR_LOG_ODDS) + said / (said + half) * np.maximum(promised - PRIOR_LOG_ODDS, 0)


def sums_of(scores, said, choosy):
    """From the program's scores back to the weighted sums of the parts."""
    odds = np.log(np.maximum(scores, 1e-7) / (1 - scores))
    above = (odds - PRIOR_LOG_ODDS) * (said + EVIDENCE_HALF_WEIGHT) / said
    promised = np.where(odds > PRIOR_LOG_ODDS, PRIOR_LOG_ODDS + above, odds)
    middle = np.where(choosy, MIDPOINT * INTEREST_MIDPOINT_FACTOR, MIDPOINT)
    return np.maximum((middle + START) * np.exp(promised / SLOPE) - START, 0)


class Scored:
    """One term: applicants by projects."""

    def __init__(self, tok, skills, shared, term, path):
        projects, applicants, grades = read_gold(shared, term)
        judged = JudgedTerm(tok, skills, projects, applicants, grades)
        places = {norm(p["name"]): j for j, p in enumerate(projects)}
        rows = {a["id"]: i for i, a in enumerate(applicants)}
        self.gains = judged.gains
        self.said = np.bincount(judged.by, judged.weight, len(applicants))[:, None] + 0 * self.gains
        self.choosy = np.array([[bool(a["interests"])] for a in applicants]) & (self.gains >= 0)
        scores = np.zeros(self.gains.shape)
        with open(path, encoding="utf-8") as f:
            for row in map(json.loads, f):
                for found in row["recommendations"]:
                    scores[rows[row["mentee"]["id"]], places[norm(found["project"]["title"])]] = found["score"]
        self.sums = sums_of(scores, self.said, self.choosy)


def loss(good, odds):
    """The mean logarithmic loss."""
    return np.logaddexp(0, np.where(good, -odds, odds)).mean()


def fit(terms, curve, start):
    flat = [np.concatenate([getattr(t, name).ravel() for t in terms]) for name in ("sums", "said", "choosy", "gains")]
    good = flat.pop() >= GOOD
    return minimize(lambda c: loss(good, curve(*flat, *c)), start, method="Nelder-Mead").x


def logistic(sums, said, choosy, steep, even):
    """What the chance was before it heeded how much is said: for comparison."""
    return steep * (sums - even)


def by_project(terms, odds):
    """nDCG@10 of the applicants of each project that suits somebody."""
    grades = [np.log2(t.gains + 1) for t in terms]
    pairs = [(o[:, j], g[:, j]) for o, g in zip(odds, grades) for j in range(g.shape[1]) if g[:, j].any()]
    return np.array([ndcg10(np.argsort(-o, kind="stable"), dict(enumerate(g))) for o, g in pairs])


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--shared", required=True)
    args.add_argument("--scores", required=True, help="folder with TERM.jsonl")
    here = os.path.dirname(os.path.abspath(__file__))
    args.add_argument("--lexicon", default=os.path.join(here, "../../data/skills.toml"))
    args.add_argument("--tokenizer", default=os.path.join(here, "../builtin/tokenizer.json"))
    args = args.parse_args()
    tok, skills = Tokenizer.from_file(args.tokenizer), Skills(args.lexicon)
    names = sorted(name.removesuffix(".jsonl") for name in os.listdir(args.scores) if name.endswith(".jsonl"))
    terms = [Scored(tok, skills, args.shared, t, os.path.join(args.scores, t + ".jsonl")) for t in names]
    for name, curve, start in (("logistic", logistic, [18.5, 0.43]), ("chance", log_odds, FITTED)):
        print(name, "fitted on all:", np.round(fit(terms, curve, start), 3))
        left_out = [loss(t.gains >= GOOD, curve(t.sums, t.said, t.choosy, *fit([o for o in terms if o is not t], curve, start)))
                    for t in terms]
        print("  loss of each term, fitted on the others:", np.round(left_out, 4), "mean", round(np.mean(left_out), 4))
    before = by_project(terms, [t.sums for t in terms])
    after = by_project(terms, [log_odds(t.sums, t.said, t.choosy) for t in terms])
    rng = np.random.default_rng(1)
    gain = after - before
    low, high = np.quantile([rng.choice(gain, len(gain)).mean() for _ in range(4000)], [0.025, 0.975])
    print(f"applicants of {len(gain)} projects, nDCG@10: by the sum {before.mean():.4f}, by the chance {after.mean():.4f}, "
          f"difference {gain.mean():+.4f} ({low:+.4f} to {high:+.4f})")


if __name__ == "__main__":
    main()

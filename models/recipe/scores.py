"""Learning by the program's own score: from claims and parts to a score for each applicant and project, and
from the judges' gains back to the table, by hand.

The weights are those of `src/rank/parts.rs` and `score.rs`; what they multiply is explained there.
"""
import numpy as np
import scipy.sparse as sp

from judged import ITEM, SENTENCE_WEIGHT, TITLE, _sums
from learn import Learner, _softmax, _through_unit, _unit_with_norm
from model import bags

NEAR, WHOLE, BEST, ITEMS, TITLES, OVERLAP, FIELDS = 1.4, 3.2, 2.5, 2.3, 0.6, 1.8, 0.9
SAME, WIDE, CLOSEST = 0.9, 0.1, 3


class ScoreLearner(Learner):
    def judged(self, term, rng, rate=1.0, drop=0.15):
        """One step on a judged term: the scores of each applicant towards the gains. Some tokens and some
        claims are left out, so that no step sees the same texts."""
        ids = [*term.claims, *term.parts, *term.wholes]
        sparse = bags(ids, len(self.table))
        rows, local = np.unique(sparse.indices, return_inverse=True)
        data = sparse.data * (rng.random(len(sparse.data)) > drop)
        small = sp.csr_matrix((data, local, sparse.indptr), (len(ids), len(rows)))
        unit, norm = _unit_with_norm(small @ self.table[rows])
        weight = term.weight * (rng.random(len(term.weight)) > drop)
        loss, grad = self.slope(term, unit, weight)
        self._step(rows, small.T.tocsr() @ _through_unit(grad, unit, norm), rate)
        return loss

    def slope(self, term, unit, weight):
        """The loss at these unit vectors (claims, parts, wholes), and its gradient by each of them."""
        claims, parts, wholes = np.split(unit, np.cumsum([len(term.claims), len(term.parts)]))
        scores, back = _scores(term, claims, parts, wholes, weight)
        counts = (term.gains.sum(axis=1) > 0) & (np.bincount(term.by, weight, len(term.gains)) > 0)
        target = term.gains / np.maximum(term.gains.sum(axis=1, keepdims=True), 1e-9)
        chance = _softmax(scores.copy())
        loss = -(target * np.log(np.maximum(chance, 1e-9))).sum(axis=1)[counts].mean()
        by_part, by_whole = back((chance - target) * counts[:, None] / counts.sum())
        grad = [by_part @ parts + by_whole @ wholes, by_part.T @ claims, by_whole.T @ claims]
        return float(loss), np.concatenate(grad).astype(np.float32)


def _scores(term, claims, parts, wholes, weight):
    """The scores, and a function from their gradient to those of the cosines with parts and wholes."""
    cosines, whole_cosines = claims @ parts.T, claims @ wholes.T
    similar = np.clip(cosines / SAME, 0, 1)
    applicants, projects = term.gains.shape
    every = np.arange(projects)
    mean = _sums(term.by, applicants, weight / np.maximum(np.bincount(term.by, weight, applicants), 1e-9)[term.by])
    starts = np.searchsorted(term.of, np.arange(projects + 1))
    ends = np.searchsorted(term.by, np.arange(applicants + 1))

    # Each claim against the closest parts of each project.
    top = [s + np.argsort(-similar[:, s:e], axis=1, kind="stable")[:, :CLOSEST] for s, e in zip(starts, starts[1:])]
    near = np.stack([np.take_along_axis(similar, t, 1).mean(axis=1) for t in top], axis=1)
    wide = np.clip((whole_cosines + WIDE) / (1 + WIDE), 0, 1)
    nears = mean @ np.where(term.asked_for, 1, near)
    wholes_ = mean @ np.where(term.asked_for, 1, wide)
    # For each applicant the claim that finds most in a project, and the one closest to each part.
    weighed = near * weight[:, None]
    heard = np.where(weight[:, None] > 0, similar, -1)
    finder = np.stack([s + weighed[s:e].argmax(axis=0) for s, e in zip(ends, ends[1:])])
    nearest = np.stack([s + heard[s:e].argmax(axis=0) for s, e in zip(ends, ends[1:])])
    best = weighed[finder, every]
    each = np.arange(len(term.of))
    closest = np.maximum(heard[nearest, each], 0)
    share = ITEMS * (term.kind == ITEM) * term.share + TITLES * (term.kind == TITLE)
    gather = sp.csr_matrix((share, (each, term.of)), (len(each), projects))
    scores = ((NEAR + ITEMS * term.no_items) * nears + WHOLE * wholes_ + BEST / SENTENCE_WEIGHT * best
              + closest @ gather + OVERLAP * term.overlap + FIELDS * term.fields)

    def back(grad):
        free = (mean.T @ grad) * ~term.asked_for
        by_near = free * (NEAR + ITEMS * term.no_items)
        np.add.at(by_near, (finder, every), BEST / SENTENCE_WEIGHT * grad * weight[finder])
        by_part = np.zeros(cosines.shape)
        for j, t in enumerate(top):
            np.put_along_axis(by_part, t, np.broadcast_to((by_near[:, j] / t.shape[1])[:, None], t.shape), 1)
        np.add.at(by_part, (nearest, each), (grad @ gather.T) * (closest > 0))
        by_part *= (cosines > 0) & (cosines < SAME)
        by_whole = WHOLE * free * (whole_cosines > -WIDE)
        return by_part / SAME, by_whole / (1 + WIDE)

    return scores, back

"""Contrastive learning of a token table: gradients of the weighted mean and of InfoNCE by hand.

A pair is a query and a text that belong together; the other texts of the batch are what the query
must be told from, and the other way round. Knows token ids only, not where pairs come from.
"""
import numpy as np
import scipy.sparse as sp

from model import bags


def _unit_with_norm(x):
    norm = np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-6)
    return x / norm, norm


def _through_unit(grad, unit, norm):
    """The gradient before a vector was brought to unit length."""
    return (grad - unit * (grad * unit).sum(1, keepdims=True)) / norm


def _softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=1, keepdims=True)
    return x


class Learner:
    """The table with Adam's moments for each row; only the rows of a batch are touched."""

    def __init__(self, table, rate, temperature, beta1=0.9, beta2=0.99):
        self.table = np.array(table, np.float32)
        self.first = np.zeros_like(self.table)
        self.second = np.zeros_like(self.table)
        self.steps = np.zeros(len(self.table), np.int32)
        self.rate, self.temperature = rate, temperature
        self.beta1, self.beta2 = beta1, beta2

    def _vectors(self, id_lists):
        """Unit vectors of the texts, and what is needed to go back to the rows they are made of."""
        sparse = bags(id_lists, len(self.table))
        rows, local = np.unique(sparse.indices, return_inverse=True)
        small = sp.csr_matrix((sparse.data, local, sparse.indptr), (len(id_lists), len(rows)))
        unit, norm = _unit_with_norm(small @ self.table[rows])
        return unit, (small, rows, unit, norm)

    def _back(self, grad, trail, rate):
        small, rows, unit, norm = trail
        self._step(rows, small.T.tocsr() @ _through_unit(grad, unit, norm), rate)

    def batch(self, queries, texts, forbid=None, rate=1.0, temperature=None):
        """One step on pairs, both ways round; returns the loss. `forbid` masks the query-text
        cells that are no negatives."""
        temperature = temperature or self.temperature
        x, trail = self._vectors([*queries, *texts])
        n = len(queries)
        q, d = x[:n], x[n:]
        sims = q @ d.T / temperature
        if forbid is not None:
            sims[forbid] = -1e4
        by_query = _softmax(sims)
        by_text = _softmax(sims.T.copy()).T
        own = np.arange(n)
        loss = -np.log(np.maximum(by_query[own, own], 1e-9)).mean()
        by_query[own, own] -= 1
        by_text[own, own] -= 1
        grad = (by_query + by_text) / (2 * n * temperature)
        self._back(np.concatenate([grad @ d, grad.T @ q]), trail, rate)
        return float(loss)

    def _step(self, rows, grad, rate):
        self.steps[rows] += 1
        t = self.steps[rows][:, None]
        m = self.first[rows]
        v = self.second[rows]
        m += (1 - self.beta1) * (grad - m)
        v += (1 - self.beta2) * (grad * grad - v)
        self.first[rows] = m
        self.second[rows] = v
        step = m / (1 - self.beta1 ** t) / (np.sqrt(v / (1 - self.beta2 ** t)) + 1e-7)
        self.table[rows] -= (self.rate * rate) * step.astype(np.float32)

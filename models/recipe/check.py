"""Checks of the recipe's own arithmetic, quick and without any data: `python3 models/recipe/check.py`."""
import json
import os

import numpy as np

from learn import Learner
from measure import ndcg10
from model import bags, quantise, unit
from plain_words import plain_words
from scores import ScoreLearner
from understand import Skills


def names_are_respelled_as_the_shared_cases_say():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "plain_words.json")
    cases = json.load(open(path, encoding="utf-8"))
    assert len(cases) > 20
    for text, plain in cases:
        assert plain_words(text) == plain, (text, plain_words(text))


class _Recorder(Learner):
    """A learner that keeps the gradient instead of taking the step."""

    def _step(self, rows, grad, rate):
        self.seen = np.zeros(self.table.shape)
        self.seen[rows] = grad


def _pair_loss(table, queries, texts, temperature):
    x = unit(bags([*queries, *texts], len(table)) @ table)
    sims = x[:len(queries)] @ x[len(queries):].T / temperature
    rows = sims - np.log(np.exp(sims).sum(1, keepdims=True))
    columns = sims - np.log(np.exp(sims).sum(0, keepdims=True))
    return -(np.diag(rows).mean() + np.diag(columns).mean()) / 2


def the_gradient_written_by_hand_is_the_slope_of_the_loss():
    rng = np.random.default_rng(3)
    table = rng.normal(size=(12, 5))
    queries = [np.array(q, np.int32) for q in ([0, 1], [2, 3, 3], [4])]
    texts = [np.array(t, np.int32) for t in ([1, 5, 6], [7, 8], [9, 10, 0])]
    learner = _Recorder(table, 1.0, 0.3)
    learner.batch(queries, texts)
    for row, column in ((0, 0), (3, 1), (9, 4), (11, 2)):
        nudged = [table.copy(), table.copy()]
        nudged[0][row, column] += 1e-5
        nudged[1][row, column] -= 1e-5
        slope = (_pair_loss(nudged[0], queries, texts, 0.3) - _pair_loss(nudged[1], queries, texts, 0.3)) / 2e-5
        assert abs(slope - learner.seen[row, column]) < 1e-4, (row, column, slope, learner.seen[row, column])


class _Term:
    """Two applicants of two claims each, two projects; one asks for the first claim, one has no items."""

    claims, parts, wholes = [[0]] * 4, [[0]] * 5, [[0]] * 2
    by, weight = np.array([0, 0, 1, 1]), np.array([0.4, 2.0, 0.7, 0.5])
    of, kind, share = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 1, 0, 2]), np.array([1, 0.9, 0.1, 1, 0])
    no_items = np.array([False, True])
    asked_for = np.array([[True, False], [False, False], [False, False], [False, False]])
    gains, overlap, fields = np.array([[7.0, 1.0], [0.0, 3.0]]), np.zeros((2, 2)), np.zeros((2, 2))


def the_gradient_of_the_score_is_the_slope_of_its_loss():
    rng = np.random.default_rng(7)
    vectors = unit(np.abs(rng.normal(size=(11, 6))) + 0.3 * rng.normal(size=(11, 6)))
    learner = ScoreLearner(vectors, 1.0, 1.0)
    _, grad = learner.slope(_Term, vectors, _Term.weight)
    for row, column in np.ndindex(vectors.shape):
        nudged = [vectors.copy(), vectors.copy()]
        nudged[0][row, column] += 1e-6
        nudged[1][row, column] -= 1e-6
        losses = [learner.slope(_Term, v, _Term.weight)[0] for v in nudged]
        slope = (losses[0] - losses[1]) / 2e-6
        assert abs(slope - grad[row, column]) < 1e-4, (row, column, slope, grad[row, column])


def skills_are_found_longest_first_and_serve_what_they_imply():
    here = os.path.dirname(os.path.abspath(__file__))
    skills = Skills(os.path.join(here, "../../data/skills.toml"))
    names = lambda text: [skills.all[s]["name"] for s in skills.find(text)]
    assert names("we go to Kubernetes with kubebuilder, in C++") == ["Kubernetes", "kubebuilder", "C++"]
    assert names("written in golang") == ["Go"]
    reached = {skills.all[s]["name"]: worth for s, worth in skills.reach(skills.find("kubebuilder")[0]).items()}
    assert reached["kubebuilder"] == 1.0 and reached["Go"] < 1.0


def a_perfect_order_scores_one_and_a_reversed_one_less():
    grades = {0: 3, 1: 2, 2: 1}
    assert abs(ndcg10([0, 1, 2, 3], grades) - 1) < 1e-12
    assert ndcg10([3, 2, 1, 0], grades) < 0.7


def a_quantised_row_is_off_by_half_a_step_at_most():
    table = np.random.default_rng(5).normal(size=(50, 8)).astype(np.float32)
    rows, scale = quantise(table)
    assert (np.abs(rows * scale[:, None] - table) <= scale[:, None] * 0.5001).all()


if __name__ == "__main__":
    for check in (names_are_respelled_as_the_shared_cases_say,
                  the_gradient_written_by_hand_is_the_slope_of_the_loss,
                  the_gradient_of_the_score_is_the_slope_of_its_loss,
                  skills_are_found_longest_first_and_serve_what_they_imply,
                  a_perfect_order_scores_one_and_a_reversed_one_less,
                  a_quantised_row_is_off_by_half_a_step_at_most):
        check()
        print("ok", check.__name__.replace("_", " "))

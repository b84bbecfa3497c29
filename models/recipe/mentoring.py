"""Graded lists out of judged terms: what each applicant wrote, against all projects of the term.

For training only; measuring with a term whose lists were trained on says nothing.
"""
import numpy as np

from catalogs import whole
from model import encode


class GradedLists:
    """Judged terms: each applicant against all projects of the term, towards the graded gains."""

    def __init__(self, tok, gold):
        self.tok = tok
        self.terms = []
        for projects, applicants, grades in gold:
            ids = encode(tok, [whole(p) for p in projects])
            rows = []
            for a in applicants:
                gain = np.zeros(len(projects), np.float32)
                for j, g in grades[a["id"]].items():
                    gain[j] = 2 ** g - 1
                if gain.sum() > 0:
                    rows.append((a, gain / gain.sum()))
            self.terms.append((ids, rows))

    def draw(self, rng):
        """Queries and texts of one term as token ids, with tokens dropped and skills shuffled so
        that no list is seen twice the same, and the gains as rows that add up to one."""
        ids, rows = self.terms[int(rng.integers(len(self.terms)))]
        queries, target = [], []
        for a, t in rows:
            skills = [a["skills"][k] for k in rng.permutation(len(a["skills"]))]
            if len(skills) > 2 and rng.random() < 0.5:
                skills = skills[:-1]
            text = ", ".join(skills)
            if a["interests"] and rng.random() < 0.9:
                text += ". " + a["interests"]
            queries.append(text)
            target.append(t)
        texts = [x[rng.random(len(x)) > 0.2] for x in ids]
        q = encode(self.tok, queries)
        keep = [k for k in range(len(q)) if len(q[k])]
        return [q[k] for k in keep], texts, np.stack([target[k] for k in keep])

"""Judged terms as the program's score sees them: claims of applicants, parts of projects, and those parts of
the score that no vector decides (names that meet, fields of work). Made once; nothing here is learned.

Mirrors `src/rank/` closely enough to train with; the program itself is what is measured in the end.
"""
import math

import numpy as np
import scipy.sparse as sp

from catalogs import whole
from measure import SENTENCE, project_parts
from model import encode
from plain_words import plain_words
from understand import EVERYONE

# As in src/rank/specificity.rs, weights.rs and view.rs.
GENERIC, FIELD, SENTENCE_WEIGHT, NOT_UNDERSTOOD = 0.2, 30.0, 2.0, 0.4
SPOKEN, SURE, OWN = 0.5, 0.5, 0.1
TITLE, ITEM, TEXT = 0, 1, 2


class JudgedTerm:
    """One term: `claims` meet `parts` and `wholes` (token ids), towards `gains` (applicant by project)."""

    def __init__(self, tok, skills, projects, applicants, grades):
        self.skills = skills
        asked = [[skills.find(item, running=False) for item in p["skills"]] for p in projects]
        self.weights = self._weigh(asked)
        self._read_projects(tok, projects, asked)
        self._read_applicants(tok, applicants)
        self.gains = np.zeros((len(applicants), len(projects)))
        for i, a in enumerate(applicants):
            for j, grade in grades[a["id"]].items():
                self.gains[i, j] = 2 ** grade - 1
        self._meet(asked, projects)

    def _weigh(self, asked):
        """How telling each skill is: inverse document frequency, among these projects and the field's."""
        count = np.zeros(len(self.skills.all))
        for items in asked:
            for skill in {s for item in items for s in item}:
                count[skill] += 1
        total = len(asked) + FIELD + 1
        common = np.array([s.get("common", 0.0) for s in self.skills.all])
        generic = np.array([GENERIC if s.get("generic") else 1.0 for s in self.skills.all])
        return np.log((count + FIELD * common + 0.5) / total) / math.log(0.5 / total) * generic

    def _read_projects(self, tok, projects, asked):
        texts, self.of, self.kind, self.share = [], [], [], []
        for j, p in enumerate(projects):
            own = {s for s in self.skills.find(p["org"], running=False) if self._is_own(s)}
            about = self.skills.about(p["org"])
            parts = project_parts(p) + [plain_words(", ".join(about))] * bool(about)
            kinds = [TITLE] + [ITEM] * len(asked[j])
            kinds += [TEXT] * (len(parts) - len(kinds))
            shares = [OWN if item and set(item) <= own else 1.0 for item in asked[j]]
            texts += parts
            self.of += [j] * len(parts)
            self.kind += kinds
            self.share += [1.0] + [s / sum(shares) for s in shares] + [0.0] * kinds.count(TEXT)
        self.of, self.kind, self.share = map(np.array, (self.of, self.kind, self.share))
        self.no_items = np.array([not items for items in asked])
        self.parts = encode(tok, texts)
        # The title counts twice, as in src/rank/view.rs.
        self.wholes = encode(tok, [f"{p['title']}. {whole(p)}" for p in projects])

    def _is_own(self, skill):
        about = self.skills.all[skill]
        return about["kind"] == "project" and about.get("common", 0.0) < EVERYONE

    def _read_applicants(self, tok, applicants):
        """Claims: items of the skills, sentences of the interests, and (as names alone) skills in these."""
        texts, self.by, self.weight, self.named = [], [], [], []

        def claim(applicant, text, weight, named):
            texts.append(text)
            self.by.append(applicant)
            self.weight.append(weight)
            self.named.append(named)

        for i, a in enumerate(applicants):
            for item in dict.fromkeys(a["skills"]):
                found = self.skills.find(item, running=False)
                told = max((self.weights[s] for s in found), default=NOT_UNDERSTOOD)
                claim(i, self.skills.plain(item), told, found)
            for sentence in filter(None, map(str.strip, SENTENCE.split(a["interests"]))):
                claim(i, sentence, SENTENCE_WEIGHT, [])
                for skill in self.skills.find(sentence):
                    claim(i, "", 0.0, [skill])
        self.by, self.weight = np.array(self.by), np.array(self.weight)
        self.claims = encode(tok, texts)
        # A text without a known word says nothing.
        self.weight *= [len(ids) > 0 for ids in self.claims]

    def _meet(self, asked, projects):
        """Which claims are asked for as such, and the two parts of the score that are settled by names."""
        spoken = [set(self.skills.find(" . ".join([p["title"], p["org"], p["text"]]))) for p in projects]
        met = np.zeros((len(self.by), len(projects)))
        self.asked_for = np.zeros(met.shape, bool)
        for c, named in enumerate(self.named):
            reach = {}
            for skill in named:
                for other, strength in self.skills.reach(skill).items():
                    reach[other] = max(reach.get(other, 0.0), strength)
            for j, items in enumerate(asked):
                self.asked_for[c, j] = any(s in named for item in items for s in item)
                met[c, j] = max([reach.get(s, 0.0) for item in items for s in item], default=0.0)
                met[c, j] = max([met[c, j], *(SPOKEN * reach.get(s, 0.0) for s in spoken[j])])
        told = np.array([max((self.weights[s] for s in named), default=0.0) for named in self.named])
        count = self.gains.shape[0]
        chance = np.log(1 - SURE * told[:, None] * met)
        self.overlap = 1 - np.exp(_sums(self.by, count) @ chance)
        theirs = np.stack([self._field({s: 1.0 for item in items for s in item} | {s: 1.0 for s in others})
                           for items, others in zip(asked, spoken)])
        mine = np.stack([self._field({s: 1.0 for s in named}) for named in self.named])
        told = told * (mine.sum(axis=1) > 0)
        alike = np.where(self.asked_for, 1.0, mine @ theirs.T)
        sums = _sums(self.by, count, told)
        self.fields = (sums @ alike) / np.maximum(np.bincount(self.by, told, count), 1e-9)[:, None]

    def _field(self, skills):
        field = np.zeros(self.skills.width)
        for skill, weight in skills.items():
            domains = self.skills.domains[skill]
            for place, domain in enumerate(domains):
                if domain not in self.skills.neutral:
                    field[domain] += weight * self.weights[skill] / math.sqrt(len(domains)) / (1 + 0.5 * place)
        return field / max(np.linalg.norm(field), 1e-9)


def _sums(by, count, weight=None):
    """A matrix that sums over the claims of each applicant, each by its weight."""
    weight = np.ones(len(by)) if weight is None else weight
    return sp.csr_matrix((weight, (by, np.arange(len(by)))), (count, len(by)))

"""Pairs out of lists of names: a skill's spellings with one another, with its field, and with the
skills it implies, contains or neighbours; a topic with its aliases and relatives; a project of the
landscape with its category. Says also which names are too close to be each other's negatives.
"""
import json
import tomllib

import numpy as np

from model import encode
from plain_words import plain_words


class Names:
    """`forms[i]`: the spellings of name `i`; `about[i]`: words of its field; `near[i]`: other names."""

    def __init__(self):
        self.forms, self.about, self.near, self.index = [], [], [], {}
        self.skills = 0  # how many of them come from the lexicon

    def add(self, key, forms, about, near):
        key = key.lower()
        if key in self.index:
            i = self.index[key]
            self.forms[i] += [f for f in forms if f.lower() not in {g.lower() for g in self.forms[i]}]
            self.about[i] += about
            self.near[i] += near
            return
        self.index[key] = len(self.forms)
        self.forms.append(list(dict.fromkeys(forms)))
        self.about.append(list(about))
        self.near.append(list(near))


def read_names(shared, lexicon):
    names = Names()
    if lexicon:
        with open(lexicon, "rb") as f:
            skills = tomllib.load(f)["skill"]
        for s in skills:
            related = s.get("implies", []) + s.get("near", []) + s.get("contains", [])
            names.add(s["name"], [s["name"], *s.get("aliases", [])],
                      [d.replace("-", " ") for d in s.get("domains", []) if d != "general"], related)
    names.skills = len(names.forms)
    for t in json.load(open(f"{shared}/skill-sources/github-topics.json", encoding="utf-8")):
        names.add(t["name"], [t["name"], *(a.replace("-", " ") for a in t["aliases"])], [],
                  [r.replace("-", " ") for r in t["related"]])
    for p in json.load(open(f"{shared}/skill-sources/cncf-landscape.json", encoding="utf-8")):
        if p["category"] not in ("Special", "Platform") and "Member" not in p["category"]:
            names.add(p["name"], [p["name"]], [p["category"] + ", " + p["subcategory"]], [])
    return names


def typo(rng, word):
    """The word with one slip of a finger: a letter swapped, dropped or doubled."""
    if len(word) < 5 or not word.isalpha():
        return word
    i = int(rng.integers(1, len(word) - 1))
    return (word[:i] + word[i + 1] + word[i] + word[i + 2:], word[:i] + word[i + 1:],
            word[:i] + word[i] + word[i:])[int(rng.integers(3))]


class NamePairs:
    def __init__(self, tok, names, typos=0.08):
        self.tok, self.typos = tok, typos
        self.names = names
        self.related = [sorted({names.index[r.lower()] for r in near if r.lower() in names.index} - {i})
                        for i, near in enumerate(names.near)]
        self.alike = self._alike()
        self.usable = np.array([i for i in range(len(names.forms))
                                if len(names.forms[i]) > 1 or names.about[i] or self.related[i]])
        # Names with many spellings and relations are the skills people really write.
        richness = np.array([len(names.forms[i]) + len(self.related[i]) for i in self.usable], np.float64)
        self.chance = np.sqrt(richness) / np.sqrt(richness).sum()

    def _alike(self):
        """Which names are no negatives of each other: relatives, and those that share a field."""
        fields = {field: k for k, field in enumerate(sorted({a for about in self.names.about for a in about}))}
        held = np.zeros((len(self.names.forms), len(fields)), np.float32)
        for i, about in enumerate(self.names.about):
            held[i, [fields[a] for a in about]] = 1
        alike = held @ held.T > 0
        for i, related in enumerate(self.related):
            alike[i, related] = alike[related, i] = True
        np.fill_diagonal(alike, False)
        return alike

    def _form(self, rng, i):
        forms = self.names.forms[i]
        text = forms[int(rng.integers(len(forms)))]
        if rng.random() < self.typos:
            words = text.split()
            k = int(rng.integers(len(words)))
            words[k] = typo(rng, words[k])
            text = " ".join(words)
        return text

    def draw(self, rng, count):
        """`count` pairs as token ids, and the mask of cells that are no negatives."""
        picked = rng.choice(self.usable, size=count, replace=False, p=self.chance)
        queries, texts = [], []
        for i in picked:
            related, about = self.related[i], self.names.about[i]
            other = [self._form(rng, i)] if len(self.names.forms[i]) > 1 else []
            kind = rng.random()
            if about and (kind < 0.25 or not (other or related)):
                other.append(about[int(rng.integers(len(about)))])
            if related and (kind > 0.6 or not other):
                other.append(self._form(rng, related[int(rng.integers(len(related)))]))
            queries.append(plain_words(self._form(rng, i)))
            texts.append(plain_words(", ".join(other)))
        n = len(picked)
        forbid = self.alike[np.ix_(picked, picked)]
        ids = encode(self.tok, queries + texts)
        q, t = ids[:n], ids[n:]
        keep = np.array([len(a) > 0 and len(b) > 0 for a, b in zip(q, t)])
        return [a for a, k in zip(q, keep) if k], [b for b, k in zip(t, keep) if k], forbid[keep][:, keep]

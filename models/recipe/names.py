"""Pairs out of lists of names: a skill's spellings with one another, with its field, with what it is for, with
titles of projects that need it, and with the skills it implies, contains or neighbours; a topic with its aliases and
relatives; a project of the landscape with its category. Says also which names are too close to be each other's negatives.
"""
import json
import tomllib

import numpy as np

from model import encode
from plain_words import plain_words

# The shares of pairs with titles of projects, and with what a skill is for; the rest are names.
PROJECTS, WORK = 0.35, 0.35


class Names:
    """`forms[i]`: the spellings of name `i`; `fields[i]`: words of its field; `near[i]`: other names; `about[i]`: what it
    is for, in phrases; `titles[i]`: of projects whose core it is; `wish[i]`: of a mentee who looks for these."""

    def __init__(self):
        self.forms, self.fields, self.near, self.index = [], [], [], {}
        self.about, self.titles, self.wish = [], [], []
        self.skills = 0  # how many of them come from the lexicon

    def add(self, key, forms, fields, near, about=(), titles=(), wish=""):
        key = key.lower()
        if key in self.index:
            i = self.index[key]
            self.forms[i] += [f for f in forms if f.lower() not in {g.lower() for g in self.forms[i]}]
            self.fields[i] += fields
            self.near[i] += near
            return
        self.index[key] = len(self.forms)
        self.forms.append(list(dict.fromkeys(forms)))
        self.fields.append(list(fields))
        self.near.append(list(near))
        self.about.append(list(about))
        self.titles.append(list(titles))
        self.wish.append(wish)


def read_titles(path):
    """Of each skill the titles of projects, and the wish."""
    with open(path, encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return {name: (titles.split(" | "), wish) for name, titles, wish in lines}


def read_names(shared, lexicon, titles):
    names, invented = Names(), read_titles(titles)
    with open(lexicon, "rb") as f:
        skills = tomllib.load(f)["skill"]
    for s in skills:
        related = s.get("implies", []) + s.get("near", []) + s.get("contains", [])
        names.add(s["name"], [s["name"], *s.get("aliases", [])],
                  [d.replace("-", " ") for d in s.get("domains", []) if d != "general"], related, s["about"],
                  *invented.get(s["name"], ((), "")))
    names.skills = len(names.forms)
    for t in json.load(open(f"{shared}/skill-sources/github-topics.json", encoding="utf-8")):
        names.add(t["name"], [t["name"], *(a.replace("-", " ") for a in t["aliases"])], [],
                  [r.replace("-", " ") for r in t["related"]])
    for p in json.load(open(f"{shared}/skill-sources/cncf-landscape.json", encoding="utf-8")):
        if p["category"] not in ("Special", "Platform") and "Member" not in p["category"]:
            names.add(p["name"], [p["name"]], [p["category"] + ", " + p["subcategory"]], [])
    return names


def _one(rng, items):
    return items[int(rng.integers(len(items)))]


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
                                if len(names.forms[i]) > 1 or names.fields[i] or self.related[i]])
        # Names with many spellings and relations are the skills people really write.
        richness = np.array([len(names.forms[i]) + len(self.related[i]) for i in self.usable], np.float64)
        self.chance = np.sqrt(richness) / np.sqrt(richness).sum()

    def _alike(self):
        """Which names are no negatives of each other: relatives, and those that share a field."""
        fields = {field: k for k, field in enumerate(sorted({f for own in self.names.fields for f in own}))}
        held = np.zeros((len(self.names.forms), len(fields)), np.float32)
        for i, own in enumerate(self.names.fields):
            held[i, [fields[f] for f in own]] = 1
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

    def _name(self, rng, i):
        """A spelling, and others, words of the field or a related name."""
        related, fields = self.related[i], self.names.fields[i]
        other = [self._form(rng, i)] if len(self.names.forms[i]) > 1 else []
        kind = rng.random()
        if fields and (kind < 0.25 or not (other or related)):
            other.append(_one(rng, fields))
        if related and (kind > 0.6 or not other):
            other.append(self._form(rng, _one(rng, related)))
        return self._form(rng, i), ", ".join(other)

    def _work(self, rng, i):
        """A spelling, and up to three phrases of what it is for."""
        about = self.names.about[i]
        picked = rng.permutation(len(about))[:int(rng.integers(1, 4))]
        return self._form(rng, i), ". ".join(about[k] for k in picked)

    def _project(self, rng, i):
        """A spelling or a wish, and a title or two phrases."""
        said = self.names.wish[i] if rng.random() < 0.5 else self._form(rng, i)
        if rng.random() < 0.3:
            return said, ". ".join(_one(rng, self.names.about[i]) for _ in range(2))
        return said, _one(rng, self.names.titles[i])

    def draw(self, rng, count):
        """`count` pairs as token ids, and the mask of cells that are no negatives."""
        picked = rng.choice(self.usable, size=count, replace=False, p=self.chance)
        queries, texts = [], []
        for i in picked:
            kind = rng.random()
            if self.names.titles[i] and kind < PROJECTS:
                pair = self._project(rng, i)
            elif self.names.about[i] and kind < PROJECTS + WORK:
                pair = self._work(rng, i)
            else:
                pair = self._name(rng, i)
            queries.append(plain_words(pair[0]))
            texts.append(plain_words(pair[1]))
        n = len(picked)
        forbid = self.alike[np.ix_(picked, picked)]
        ids = encode(self.tok, queries + texts)
        q, t = ids[:n], ids[n:]
        keep = np.array([len(a) > 0 and len(b) > 0 for a, b in zip(q, t)])
        return [a for a, k in zip(q, keep) if k], [b for b, k in zip(t, keep) if k], forbid[keep][:, keep]

"""Makes pairs of queries and texts out of passages: what a heading, a first sentence, or a few
telling words say against the passage they stand for. Random, but only through the given generator.
"""
import re

import numpy as np

from model import encode

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def source_words(source):
    return source.replace("/", " ").replace("-", " ")


class PassagePairs:
    def __init__(self, tok, passages, telling, max_text=72, source_power=0.7):
        self.telling = telling  # how telling each token is: large for rare ones
        self.max_text = max_text
        flat = [h for p in passages for h in p["headings"]]
        ids = encode(tok, flat)
        at = 0
        self.headings = []
        for p in passages:
            self.headings.append(ids[at:at + len(p["headings"])])
            at += len(p["headings"])
        # A heading that many documents share ("Overview") means nothing without its parent.
        where = {}
        for p in passages:
            for h in p["headings"][-1:]:
                where.setdefault(h.lower(), set()).add((p["source"], p["headings"][0]))
        self.shared = [bool(p["headings"]) and len(where[p["headings"][-1].lower()]) > 3 for p in passages]
        split = [SENTENCE_END.split(p["text"], 1) for p in passages]
        self.first = encode(tok, [s[0] for s in split])
        self.rest = encode(tok, [s[1] if len(s) > 1 else "" for s in split])
        self.group = np.unique([p["source"] for p in passages], return_inverse=True)[1]
        self.source = encode(tok, [source_words(p["source"]) for p in passages])
        usable = np.array([len(f) + len(r) >= 6 for f, r in zip(self.first, self.rest)])
        sizes = np.bincount(self.group)
        weight = usable * sizes[self.group] ** (source_power - 1.0)
        self.chance = weight / weight.sum()
        self.epoch_size = int(usable.sum())

    def order(self, rng, count, block):
        """Passages for `count` pairs, drawn with the sources evened out, in blocks of one source
        so that a batch holds neighbours that are hard to tell apart."""
        drawn = rng.choice(len(self.chance), size=count, p=self.chance)
        if block <= 1:
            return drawn
        drawn = drawn[np.argsort(self.group[drawn], kind="stable")]
        blocks = [drawn[i:i + block] for i in range(0, count, block)]
        return np.concatenate([blocks[i] for i in rng.permutation(len(blocks))])

    def _crop(self, rng, ids):
        if len(ids) > self.max_text:
            start = rng.integers(0, len(ids) - self.max_text + 1) if rng.random() < 0.5 else 0
            ids = ids[start:start + self.max_text]
        return ids

    def pair(self, rng, i):
        """A query and a text of passage `i`, as token ids."""
        heads, first, rest = self.headings[i], self.first[i], self.rest[i]
        text = np.concatenate([first, rest])
        kind = rng.random()
        if heads and kind < 0.7:
            if len(heads) > 1 and (self.shared[i] or kind < 0.35):
                query = np.concatenate(heads[-int(rng.integers(2, min(len(heads), 3) + 1)):])
            else:
                query = heads[-1]
            if kind < 0.1 or (self.shared[i] and len(heads) == 1):
                query = np.concatenate([self.source[i], query])
        elif len(rest) >= 8 and kind < 0.8:
            query, text = first, rest
        else:
            # A few telling words, as an applicant would list them; half the time they then have to
            # be recognised by the company they keep, since the text is left without them.
            chance = self.telling[text] + 1e-9
            n = min(int(rng.integers(2, 7)), len(text))
            query = rng.choice(text, size=n, replace=False, p=chance / chance.sum())
            if rng.random() < 0.7:
                text = text[~np.isin(text, query)]
        text = self._crop(rng, text)
        if len(text) > 8:
            text = text[rng.random(len(text)) > 0.1]
        return query[:48], text

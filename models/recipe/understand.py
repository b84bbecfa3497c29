"""Finds the skills of the lexicon in texts, the longest names first: as much of the program's understanding
as training on judged applicants needs. Knows no project and no applicant.
"""
import re
import tomllib

from plain_words import plain_words

WORD = re.compile(r"[a-z0-9]+")
# What a skill is worth where another is asked for, as the program has it.
IMPLIED, PART, BROADER, NEIGHBOUR, LEAST = 0.75, 0.75, 0.45, 0.4, 0.3
NEUTRAL = ("general", "languages")
# As in src/rank/view.rs.
EVERYONE = 0.1


def _key(text):
    return tuple(WORD.findall(plain_words(text).lower()))


class Skills:
    """The lexicon: skills by number, found by the words of their names."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.all = tomllib.load(f)["skill"]
        self.forms = {}
        for i, skill in enumerate(self.all):
            for listed, names in ((False, [skill["name"], *skill.get("aliases", [])]),
                                  (True, skill.get("listed", []))):
                for name in names:
                    if _key(name):
                        self.forms.setdefault(_key(name), (i, listed))
        self.longest = max(map(len, self.forms))
        number = {skill["name"]: i for i, skill in enumerate(self.all)}
        self.implies = [[number[n] for n in s.get("implies", [])] for s in self.all]
        self.contains = [[number[n] for n in s.get("contains", [])] for s in self.all]
        self.contained = [[] for _ in self.all]
        self.implied = [[] for _ in self.all]
        self.near = [{number[n] for n in s.get("near", [])} for s in self.all]
        for i in range(len(self.all)):
            for j in self.contains[i]:
                self.contained[j].append(i)
            for j in self.implies[i]:
                self.implied[j].append(i)
            for j in list(self.near[i]):
                self.near[j].add(i)
        names = sorted({d for s in self.all for d in s["domains"]})
        self.domains = [[names.index(d) for d in s["domains"]] for s in self.all]
        self.neutral = {names.index(d) for d in NEUTRAL}
        self.width = len(names)

    def find(self, text, running=True):
        """The numbers of the skills that a text names. In `running` text everyday words count only where
        they are written as names."""
        words, found, at = WORD.findall(plain_words(text).lower()), [], 0
        while at < len(words):
            for length in range(min(self.longest, len(words) - at), 0, -1):
                form = tuple(words[at:at + length])
                skill, listed = self.forms.get(form, (None, True))
                if skill is None or (running and (listed or self._everyday(skill, form, text))):
                    continue
                found.append(skill)
                at += length - 1
                break
            at += 1
        return found

    def _everyday(self, skill, form, text):
        """Whether the text uses a name as the everyday word that it is too: `go`, where Go is meant otherwise."""
        name = self.all[skill]["name"]
        return self.all[skill].get("ambiguous", False) and form == _key(name) and name not in text

    def plain(self, text):
        """What an item of a list is compared by: a skill's name with two others where it is nothing else."""
        skill, _ = self.forms.get(_key(text), (None, None))
        if skill is None:
            return text
        return " ".join([self.all[skill]["name"], *self.all[skill].get("aliases", [])[:2]])

    def about(self, org):
        """What the software of an organisation is, in phrases, unless everyone knows that."""
        known = [self.all[s] for s in self.find(org, running=False)]
        return [phrase for skill in known if skill.get("common", 0.0) < EVERYONE for phrase in skill["about"]]

    def reach(self, skill):
        """All skills that a skill serves, each with how well; what is only alike leads no further."""
        best, paths = {}, [(skill, 1.0, True)]
        while paths:
            at, strength, surely = paths.pop()
            if strength < LEAST or strength <= best.get(at, 0.0):
                continue
            best[at] = strength
            if surely:
                paths += [(j, strength * IMPLIED, True) for j in self.implies[at]]
                paths += [(j, strength * PART, True) for j in self.contained[at]]
                paths += [(j, strength * NEIGHBOUR, False) for j in sorted(self.near[at])]
            if at == skill:
                broader = self.contains[at] + (self.implied[at] if self._is_field(at) else [])
                paths += [(j, strength * BROADER, False) for j in broader]
        return best

    def _is_field(self, skill):
        return self.all[skill]["kind"] in ("concept", "craft")

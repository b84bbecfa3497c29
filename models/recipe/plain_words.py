"""Rewrites names made of signs into plain words before a text is tokenised.

A BERT pre-tokeniser cuts at every sign, so `C++`, `C#` and `.NET` would all lose what tells them
apart. This function and the program's own must agree on every text: `plain_words.json` holds the
cases that both are tested with. It must not do more than respell names.
"""
import re

# Longest first where one is the beginning of another: the first that fits is taken.
NAMES = {
    "c plus plus": "cplusplus",
    "objective-c": "objectivec",
    "objective c": "objectivec",
    "end-to-end": "e2e",
    "end to end": "e2e",
    "asp.net": "aspdotnet dotnet",
    "c/c++": "c cplusplus",
    "c sharp": "csharp",
    "node-js": "nodejs",
    "node js": "nodejs",
    "vue js": "vuejs",
    "next js": "nextjs",
    "react js": "reactjs",
    "ci / cd": "cicd",
    "ci/cd": "cicd",
    "ci-cd": "cicd",
    "ci cd": "cicd",
    "ui/ux": "ui ux",
    "i/o": "io",
    ".net": "dotnet",
    "c++": "cplusplus",
    "cpp": "cplusplus",
    "c#": "csharp",
    "f#": "fsharp",
}
WORD = r"A-Za-z0-9_\u00c0-\u024f"
_letters = "|".join(re.escape(n) for n in NAMES if n[-1] not in "+#")
_signs = "|".join(re.escape(n) for n in NAMES if n[-1] in "+#")
# A version may follow signs (`C++17`), other words must end; ASCII flag: no letter folds oddly.
_PATTERN = re.compile(
    rf"(?<![{WORD}])(?:(?:{_letters})(?![{WORD}])|(?:{_signs})(?![A-Za-z_+#\u00c0-\u024f]))"
    rf"|(?<=[{WORD}])\.js(?![{WORD}])", re.ASCII | re.IGNORECASE)


def _respell(match):
    found = match.group().lower()
    # Blanks keep the new word apart from digits or dots around it; `.js` clings to its word.
    return "js" if found == ".js" else f" {NAMES[found]} "


def plain_words(text):
    """The text with names such as `C++`, `.NET` or `Vue.js` respelled as single plain words."""
    return _PATTERN.sub(_respell, text)

"""Reads mentorship catalogs and graded applicants, for the judged lists and for measuring.

The projects of a Markdown page are cut between their headings, from the lines that
`catalogs/truth` names; this is good enough for that, and no substitute for a reader.
"""
import csv
import json
import os
import re

from plain_words import plain_words

TERMS = {  # term of gold/train or gold/dev: its file in catalogs/truth
    "2024-2": "2024-2.json", "2024-3": "2024-3.json", "2025-1": "2025-1.json",
    "2025-3": "2025-3.json", "dev": "2026-3.json",
}
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
NOISE = re.compile(r"https?://\S+|\S+@\S+|@\w[\w-]*|<[^>]{1,80}>|[`*_#]+")
PEOPLE = re.compile(r"^\W*(mentors?\b|mentor\(s\)|upstream|lfx url|recommended skills|skills\b)", re.I)
LABEL = re.compile(r"^\W*(description|expected outcomes?|outcomes?)\W*:?\s*", re.I)


def _body(lines):
    """Description and outcome of a project: its lines without labels, people, links and skills."""
    out, skipping = [], False
    for line in lines:
        if PEOPLE.match(line):
            skipping = True
            continue
        if skipping and (not line.strip() or line.startswith(("  ", "\t"))):
            continue
        skipping = False
        out.append(NOISE.sub(" ", LINK.sub(r"\1", LABEL.sub("", line))).strip(" -\t"))
    return "\n".join(l for l in out if l)


def _markdown(path, entries):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    starts = sorted(e["line"] for e in entries)
    for e in entries:
        later = [s for s in starts if s > e["line"]]
        end = later[0] - 1 if later else len(lines)
        body = []
        for line in lines[e["line"]:end]:
            # A heading of the page's own shape ends the project; one inside a project is rare.
            if re.match(r"#{1,3} ", line) and body:
                break
            body.append(line)
        yield e, _body(body)


def _export(path, entries):
    programs = {p["program_name_short"]: p for p in json.load(open(path, encoding="utf-8"))["programs"]}
    for e in entries:
        p = programs.get(e["title"]) or next(
            p for p in programs.values() if e["title"] in p["program_name_full"])
        yield e, _body(p["description"].split("\n"))


def read_projects(shared, truth_file):
    """Projects of one document as dicts `title`, `org`, `skills`, `text`, in document order."""
    truth = json.load(open(f"{shared}/catalogs/truth/{truth_file}", encoding="utf-8"))
    path = f"{shared}/catalogs/{truth['document']}"
    reader = _export if path.endswith(".json") else _markdown
    projects = []
    for e, text in reader(path, truth["projects"]):
        projects.append({
            "title": plain_words(e.get("title") or e["org"]), "name": e.get("title") or e["org"], "org": e["org"],
            "skills": [plain_words(s) for s in e.get("skills") or []], "text": plain_words(text)})
    return projects


def whole(project):
    """All that a project says of itself, in one text."""
    return ". ".join([project["title"], project["org"], ", ".join(project["skills"]), project["text"]])


def norm(title):
    return re.sub(r"[^a-z0-9]+", "", title.lower())


def read_gold(shared, term):
    """Applicants (`id`, `skills` list, `interests`) and `{applicant: {project index: grade}}`."""
    base = f"{shared}/gold/dev" if term == "dev" else f"{shared}/gold/train/{term}"
    projects = read_projects(shared, TERMS[term])
    index = {norm(p["name"]): i for i, p in enumerate(projects)}
    qrels = json.load(open(os.path.join(base, "qrels.json"), encoding="utf-8"))
    applicants = []
    with open(os.path.join(base, "applicants.csv"), encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            skills = [plain_words(s.strip()) for s in row["skills"].split(",") if s.strip()]
            applicants.append({"id": row["id"], "skills": skills,
                               "interests": plain_words(row["interests"] or "")})
    grades = {a["id"]: {index[norm(t)]: g for t, g in qrels.get(a["id"], {}).items()} for a in applicants}
    return projects, applicants, grades


def query(applicant):
    """What an applicant wrote, in one text."""
    return ", ".join(applicant["skills"]) + (". " + applicant["interests"] if applicant["interests"] else "")

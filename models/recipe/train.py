"""Trains the built-in embedding model and writes its three files. One command, seeded:

    python3 models/recipe/train.py --shared ../shared --out models/builtin

The order of the work stands here; how each step is done stands in the modules it calls.
"""
import argparse
import os
import sys

THREADS = "2"
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, THREADS)
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

import numpy as np  # noqa: E402  (the number of threads must be set first)

import corpus  # noqa: E402
import measure  # noqa: E402
import model  # noqa: E402
import vocab  # noqa: E402
from catalogs import TERMS, read_gold  # noqa: E402
from learn import Learner  # noqa: E402
from judged import JudgedTerm  # noqa: E402
from names import NamePairs, read_names  # noqa: E402
from pairs import PassagePairs  # noqa: E402
from plain_words import plain_words  # noqa: E402
from scores import ScoreLearner  # noqa: E402
from teacher import Teacher, cached  # noqa: E402
from understand import Skills  # noqa: E402

SIZE, DIMENSIONS = 32_000, 256
SMOOTHING = 1e-3  # a token this frequent counts half of a rare one at the start
PASSAGES = {"epochs": 3, "batch": 1024, "block": 8, "rate": 1e-2, "temperature": 0.12}
REFINE = {"steps": 800, "batch": 512, "rate": 6e-3, "names": 0.2}
JUDGE = {"steps": 100, "rate": 4e-3, "passages": 128, "names": 256}
JUDGED = [t for t in TERMS if t != "dev"]
RUNS = 3  # of the last two stages, each with a seed of its own: the model is their mean


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def prepare(shared, lexicon, titles, cache):
    """Everything before learning: passages, names, tokenizer, the table to start from."""
    # Mentorship pages are left out: their projects are what the model is measured with.
    passages = corpus.read_passages(f"{shared}/corpus/passages.jsonl.gz",
                                    drop=lambda p: p["source"] == "cncf/mentoring")
    names = read_names(shared, lexicon, titles)
    counts = vocab.count_words(t for p in passages for t in (p["text"], " ".join(p["headings"])))
    known = {w for w, n in counts.items() if n >= 2}
    named = {w for forms in names.forms[:names.skills] for f in forms
             for w in vocab.WORD.findall(plain_words(f).lower()) if w in known and len(w) <= 24}
    tok = vocab.build(counts, named, SIZE)
    say(f"{len(passages)} passages, {len(names.forms)} names, {tok.get_vocab_size()} tokens")
    tokens = [t for t, _ in sorted(tok.get_vocab().items(), key=lambda x: x[1])]
    teacher = Teacher(f"{shared}/models/all-minilm-l6-v2", int(THREADS), 64)
    vectors = cached(os.path.join(cache, "tokens.npz"), [t.removeprefix("##") for t in tokens], teacher.embed)
    seen = np.bincount(np.concatenate(model.encode(tok, [p["text"] for p in passages])), minlength=len(tokens))
    telling = (SMOOTHING / (SMOOTHING + seen / seen.sum())).astype(np.float32)
    centred = vectors - vectors.mean(axis=0)
    # The covariance is small and its decomposition the same on every run.
    _, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    table = (centred @ axes[:, ::-1][:, :DIMENSIONS]).astype(np.float32) * telling[:, None]
    return tok, table, PassagePairs(tok, passages, telling), NamePairs(tok, names)


def _ramp(step, steps, warm):
    return step / warm if step < warm else 1 - step / steps


def _passage_batch(learner, pairs, rng, picked, rate):
    drawn = [pair for pair in (pairs.pair(rng, i) for i in picked) if len(pair[0]) and len(pair[1])]
    return learner.batch([q for q, _ in drawn], [t for _, t in drawn], rate=rate)


def _name_batch(learner, names, rng, count, rate):
    queries, texts, forbid = names.draw(rng, count)
    return learner.batch(queries, texts, forbid=forbid, rate=rate, temperature=REFINE["names"])


def learn_passages(table, pairs, seed, epochs=PASSAGES["epochs"]):
    """First stage: headings, sentences and telling words against their passages."""
    c, rng = PASSAGES, np.random.default_rng(seed)
    learner = Learner(table, c["rate"], c["temperature"])
    steps = epochs * pairs.epoch_size // c["batch"]
    order = pairs.order(rng, steps * c["batch"], c["block"])
    for s in range(steps):
        picked = order[s * c["batch"]:(s + 1) * c["batch"]]
        loss = _passage_batch(learner, pairs, rng, picked, _ramp(s, steps, 20))
        if s % 100 == 0:
            say(f"passages {s}/{steps}: loss {loss:.3f}")
    return learner.table


def learn_names(table, pairs, names, seed, passages=True):
    """Second stage: names with their spellings and neighbours, passages still."""
    c, rng = REFINE, np.random.default_rng(seed + 1)
    learner = Learner(table, c["rate"], PASSAGES["temperature"])
    for s in range(c["steps"]):
        rate = _ramp(s, c["steps"], 10)
        if passages:
            picked = pairs.order(rng, c["batch"], PASSAGES["block"])
            _passage_batch(learner, pairs, rng, picked, rate)
        loss = _name_batch(learner, names, rng, c["batch"], rate)
        if s % 100 == 0:
            say(f"names {s}/{c['steps']}: loss {loss:.3f}")
    return learner.table


def learn_judgements(table, pairs, names, terms, seed, steps=JUDGE["steps"]):
    """Third stage: the score of each applicant and project towards the judges' gains, the rest still."""
    c, rng = JUDGE, np.random.default_rng(seed + 2)
    learner = ScoreLearner(table, c["rate"], PASSAGES["temperature"])
    for s in range(steps):
        rate = _ramp(s, steps, 10)
        loss = learner.judged(terms[int(rng.integers(len(terms)))], rng, rate)
        _name_batch(learner, names, rng, c["names"], rate)
        _passage_batch(learner, pairs, rng, pairs.order(rng, c["passages"], PASSAGES["block"]), rate)
        if s % 20 == 0:
            say(f"judgements {s}/{steps}: loss {loss:.3f}")
    return learner.table


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--shared", required=True, help="folder with corpus, gold, catalogs, models, skill-sources")
    args.add_argument("--out", required=True, help="folder for the model's three files")
    args.add_argument("--lexicon", default=os.path.join(here, "../../data/skills.toml"))
    args.add_argument("--titles", default=os.path.join(here, "titles.tsv"))
    args.add_argument("--cache", default=os.path.join(here, ".cache"), help="teacher vectors of tokens")
    args.add_argument("--without", metavar="TERM", choices=JUDGED,
                      help="leave out the judgements of a term, to measure with it")
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    tok, table, pairs, names = prepare(args.shared, args.lexicon, args.titles, args.cache)
    table = learn_passages(table, pairs, args.seed)
    skills = Skills(args.lexicon)
    terms = [JudgedTerm(tok, skills, *read_gold(args.shared, t)) for t in JUDGED if t != args.without]
    tables = []
    for seed in range(args.seed, args.seed + RUNS):
        named = learn_names(table, pairs, names, seed)
        tables.append(learn_judgements(named, pairs, names, terms, seed))
    model.write(args.out, tok, np.mean(tables, axis=0), {"model_type": "model2vec", "hidden_dim": DIMENSIONS})
    # The judged terms of training are no test of this model: only `dev` was kept from it.
    scores = measure.Bench(args.shared, ["dev"]).score(model.embedder(tok, model.read(args.out)))
    say(measure.table_row("written model", scores))


if __name__ == "__main__":
    main()

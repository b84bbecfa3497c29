"""Learns the WordPiece vocabulary from the field's own texts.

Whole words that the field uses often become single tokens; pieces cover the rest. Signs are left
out on purpose: they are unknown tokens, which the model's pooling skips.
"""
import collections
import re

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

WORD = re.compile(r"[a-z0-9]+")
UNKNOWN = "[UNK]"


def count_words(texts):
    counts = collections.Counter()
    for text in texts:
        counts.update(WORD.findall(text.lower()))
    return counts


LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _pieces(counts, size):
    """Pieces for words that get no token of their own, learned from all words by frequency."""
    # The trainer numbers letters as its hash map yields them and breaks ties by number: named as
    # special tokens they have fixed numbers, and every run learns the same pieces.
    fixed = [UNKNOWN, *LETTERS, *("##" + c for c in LETTERS)]
    tok = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tok.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=fixed, show_progress=False,
                                        continuing_subword_prefix="##")
    stream = (w for w, n in sorted(counts.items()) for _ in range(min(n, 40)) if len(w) <= 24)
    tok.train_from_iterator(stream, trainer)
    return tok.get_vocab()


def build(counts, must_have, size, pieces=7000, min_count=5):
    """A tokenizer of `size` tokens: letters, pieces, names that must stay whole, frequent words."""
    vocab = dict.fromkeys([UNKNOWN])
    vocab.update(dict.fromkeys(LETTERS))
    vocab.update(dict.fromkeys("##" + c for c in LETTERS))
    learned = _pieces(counts, pieces)
    vocab.update(dict.fromkeys(t for t in sorted(learned) if t.startswith("##")))
    vocab.update(dict.fromkeys(w for w in sorted(must_have) if WORD.fullmatch(w)))
    by_count = sorted(counts.items(), key=lambda wn: (-wn[1], wn[0]))
    for word, n in by_count:
        if len(vocab) >= size or n < min_count:
            break
        # Longer numbers and hashes say nothing that a vector could hold.
        if len(word) <= 24 and not (word.isdigit() and len(word) > 2) and sum(c.isdigit() for c in word) <= 3:
            vocab.setdefault(word)
    for token in sorted(learned):
        if len(vocab) >= size:
            break
        vocab.setdefault(token)
    return tokenizer({t: i for i, t in enumerate(vocab)})


def tokenizer(vocab):
    """The pipeline that the program's fast path takes: BERT's normaliser and splitter, WordPiece."""
    tok = Tokenizer(models.WordPiece(vocab, unk_token=UNKNOWN, max_input_chars_per_word=100,
                                     continuing_subword_prefix="##"))
    tok.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True,
                                                strip_accents=True, lowercase=True)
    tok.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tok

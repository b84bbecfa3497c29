"""The model itself, in numpy: rows of token vectors, mean, unit length; and how it is written.

A row's length is its token's weight, learned with its direction. Written in the layout that
model2vec readers know: int8 rows in `embeddings`, and in `weights` what each row is scaled by.
"""
import json
import os

import numpy as np
import scipy.sparse as sp
from safetensors.numpy import load_file, save

from vocab import UNKNOWN


def encode(tok, texts):
    """Token ids of each text without the unknown token, which carries nothing."""
    unknown = tok.token_to_id(UNKNOWN)
    return [np.array([i for i in e.ids if i != unknown], np.int32) for e in tok.encode_batch(list(texts))]


def bags(id_lists, width):
    """Sparse rows of token counts: times the table they give the sum of each text's vectors."""
    lengths = np.fromiter(map(len, id_lists), np.int64, len(id_lists))
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    indices = np.concatenate(id_lists) if len(id_lists) else np.zeros(0, np.int32)
    return sp.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), (len(id_lists), width))


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def embedder(tok, table):
    """A function from texts to unit vectors."""
    table = np.ascontiguousarray(table, np.float32)
    return lambda texts: unit(bags(encode(tok, texts), len(table)) @ table)


def quantise(table):
    """int8 rows and the scale of each: the largest value of a row becomes 127."""
    scale = np.abs(table).max(axis=1) / 127
    rows = np.rint(table / np.maximum(scale, 1e-12)[:, None]).astype(np.int8)
    return rows, scale.astype(np.float32)


def write(folder, tok, table, about):
    rows, scale = quantise(table)
    os.makedirs(folder, exist_ok=True)
    # The library's writer orders tensors itself and adds no time stamps: same values, same bytes.
    with open(os.path.join(folder, "model.safetensors"), "wb") as f:
        f.write(save({"embeddings": rows, "weights": scale}))
    with open(os.path.join(folder, "tokenizer.json"), "w", encoding="utf-8") as f:
        f.write(tok.to_str(pretty=False) + "\n")
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as f:
        json.dump({"normalize": True, **about}, f, indent=1, sort_keys=True)
        f.write("\n")


def read(folder):
    """The table of a written model, as its reader sees it."""
    held = load_file(os.path.join(folder, "model.safetensors"))
    return held["embeddings"].astype(np.float32) * held["weights"][:, None]

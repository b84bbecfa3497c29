"""The teacher: MiniLM's sentence vectors through ONNX Runtime, kept in a cache between runs.

Gives unit vectors of 384 for texts; knows nothing of the model that learns from them.
"""
import hashlib
import os

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

DIM = 384


class Teacher:
    def __init__(self, folder, threads, max_tokens):
        self.tok = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.tok.enable_truncation(max_tokens)
        self.tok.no_padding()
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = ort.InferenceSession(os.path.join(folder, "model.onnx"), options,
                                            providers=["CPUExecutionProvider"])

    def _run(self, rows):
        width = max(map(len, rows))
        ids = np.zeros((len(rows), width), np.int64)
        mask = np.zeros_like(ids)
        for i, row in enumerate(rows):
            ids[i, :len(row)] = row
            mask[i, :len(row)] = 1
        hidden = self.session.run(
            None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def embed(self, texts, batch=64):
        """Unit vectors, one a text. Texts of like length run together, so little is padding."""
        rows = [e.ids for e in self.tok.encode_batch(list(texts))]
        order = sorted(range(len(rows)), key=lambda i: (len(rows[i]), i))
        out = np.zeros((len(rows), DIM), np.float32)
        for start in range(0, len(order), batch):
            some = order[start:start + batch]
            out[some] = self._run([rows[i] for i in some])
        return out


def cached(path, texts, make):
    """`make(texts)`, read from `path` if that was written for the very same texts."""
    key = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    if os.path.exists(path):
        with np.load(path) as held:
            if str(held["key"]) == key:
                return held["vectors"].astype(np.float32)
    vectors = make(texts).astype(np.float16)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    np.savez(path, key=key, vectors=vectors)
    return vectors.astype(np.float32)

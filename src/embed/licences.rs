//! Under which licences the publishers of named models give them.

/// Pieces of models' names, in small letters, and the licence of all that are called so.
const LICENCES: [(&str, &str); 12] = [
    ("minilm", "Apache-2.0"),
    ("mpnet", "Apache-2.0"),
    ("bge-", "MIT"),
    ("gte-", "Apache-2.0"),
    ("e5-", "MIT"),
    ("arctic-embed", "Apache-2.0"),
    ("jina-embeddings-v2", "Apache-2.0"),
    ("modernbert-embed", "Apache-2.0"),
    ("mxbai-embed", "Apache-2.0"),
    ("nomic-embed-text", "Apache-2.0"),
    ("clip-vit", "MIT"),
    ("embeddinggemma", "Gemma terms of use"),
];

/// The licence of a model, by its name; `None` for one that came later than this table.
pub(super) fn licence(id: &str) -> Option<&'static str> {
    let id = id.to_lowercase();
    LICENCES.iter().find(|(piece, _)| id.contains(piece)).map(|(_, licence)| *licence)
}

//! The words that some model families want before a text, as their model cards say.

use super::Role;

/// The prefix that the model called `id` was trained with for texts of this role.
pub(super) fn prefix(id: &str, role: Role) -> &'static str {
    let id = id.to_lowercase();
    let has_word = |word: &str| id.split(['-', '_', '/', '.']).any(|part| part == word);
    let (query, passage) = if has_word("e5") {
        ("query: ", "passage: ")
    } else if id.contains("nomic-embed") {
        ("search_query: ", "search_document: ")
    } else if (id.contains("bge") && id.contains("-en"))
        || id.contains("mxbai-embed")
        || id.contains("snowflake-arctic")
    {
        ("Represent this sentence for searching relevant passages: ", "")
    } else {
        ("", "")
    };
    match role {
        Role::Query => query,
        Role::Passage => passage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_get_the_words_they_were_trained_with() {
        assert_eq!(prefix("intfloat/multilingual-e5-small", Role::Passage), "passage: ");
        assert_eq!(prefix("all-MiniLM-L6-v2", Role::Query), "");
        // The name of a folder may be a digest.
        assert_eq!(prefix("0f3e5c7a", Role::Query), "");
        assert!(prefix("BAAI/bge-small-en-v1.5", Role::Query).starts_with("Represent"));
    }
}

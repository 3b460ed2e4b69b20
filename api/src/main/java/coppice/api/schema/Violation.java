package coppice.api.schema;

/// A place where a document is not what its type says.
///
/// @param type the name of the type
/// @param space where the document is
/// @param key its key; nobody changes the array
/// @param path where in the document, as a JSON pointer (RFC 6901); empty for the whole
/// @param rule what it breaks
/// @param value what is there, as JSON, cut where it is long; empty when nothing is
/// @param expected what should be there, in words
public record Violation(String type, String space, byte[] key, String path, Rule rule, String value, String expected) {
    /// What can be broken.
    public enum Rule {
        /// It must be a JSON object.
        DOCUMENT,
        /// It must hold what its type says.
        TYPE,
        /// It must be there.
        REQUIRED,
        /// There may be no member of that name.
        UNKNOWN,
        /// It must say what the key says.
        KEY,
        /// The expression may not be false.
        CHECK,
        /// No other document may have the value.
        UNIQUE,
        /// The document that is named must be there.
        REFERENCE,
        /// A keyword of the JSON Schema.
        SCHEMA
    }
}

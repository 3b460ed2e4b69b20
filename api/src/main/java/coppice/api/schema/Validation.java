package coppice.api.schema;

import java.util.List;

/// What was found when the documents that are there were compared with a type.
///
/// @param documents how many were looked at
/// @param violations how many violations there are
/// @param examples the first of them, up to [#EXAMPLES_MAX]
/// @param isInForce whether the type is in force now
public record Validation(long documents, long violations, List<Violation> examples, boolean isInForce) {
    /// The most examples.
    public static final int EXAMPLES_MAX = 10;

    public Validation {
        examples = List.copyOf(examples);
    }

    /// Whether all documents are what the type says.
    public boolean isClean() {
        return violations == 0;
    }
}

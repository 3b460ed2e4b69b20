package coppice.structure.search;

import coppice.api.search.TextOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What is looked for in an index.
///
/// @param text as a person types it
/// @param options with the weights and synonyms that hold
/// @param members to look in, with their weights or [#OF_OPTIONS]; empty for those of the options
/// @param fuzziness by how many letters words may differ, from 0 to 2
/// @param isAll whether all words have to be there
/// @param condition what documents must meet
public record TextQuery(
        String text,
        TextOptions options,
        Map<String, Double> members,
        int fuzziness,
        boolean isAll,
        Optional<Condition> condition) {
    /// The weight that the options have.
    public static final double OF_OPTIONS = 0;

    /// What documents must meet besides.
    ///
    /// @param found the keys of those that do, in order, where these were found without the index
    /// @param holds else says of a key whether it does; asked of as few as possible
    public record Condition(Optional<List<byte[]>> found, Predicate<byte[]> holds) {}

    /// Copies the members.
    public TextQuery {
        members = Map.copyOf(members);
    }
}

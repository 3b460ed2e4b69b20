package coppice.structure.ground;

import coppice.api.MergePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all structures of a kind. Unless it says otherwise: rows in the space of the name, with
/// nothing beside them and nothing to be done later, which merge as documents do.
public interface Layout {
    /// The spaces that one is made of, in the same order for all of them.
    default List<String> spaces(String name) {
        return List.of(name);
    }

    /// How rows of the space of the name merge that both sides of a merge changed, where no rule says otherwise.
    default MergePolicy mergePolicy() {
        return MergePolicy.fields();
    }

    /// Does what one has left to be done at a time that has come.
    ///
    /// @return when there will be something next, if ever
    default Optional<Instant> tidy(Ground ground, String name) {
        return Optional.empty();
    }
}

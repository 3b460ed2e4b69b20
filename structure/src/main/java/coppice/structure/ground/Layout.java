package coppice.structure.ground;

import coppice.api.MergePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all structures of a kind.
public interface Layout {
    /// The spaces that one is made of, in the same order for all of them.
    List<String> spaces(String name);

    /// How rows of the space of the name merge that both sides of a merge changed, where no rule says otherwise.
    default MergePolicy mergePolicy() {
        return MergePolicy.fields();
    }

    /// Does what one has left to be done at a time that has come.
    ///
    /// @return when there will be something next, if ever
    Optional<Instant> tidy(Ground ground, String name);
}

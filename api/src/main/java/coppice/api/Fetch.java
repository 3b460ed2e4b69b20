package coppice.api;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// What to fetch.
///
/// @param branches the branches by name, `*` standing for any characters; empty for all
/// @param tags whether to fetch tags as well
/// @param prune whether to remove what is remembered of branches that are no longer there
/// @param depth how many generations of history are wanted at least where history here is shallow; 0 for as deep as it
///     is, [#WHOLE] for all of it
/// @param progress is told how far it is, from the fetching thread, after each commit and within large ones
public record Fetch(List<String> branches, boolean tags, boolean prune, long depth, Consumer<Traffic> progress) {
    /// A depth without end.
    public static final long WHOLE = Long.MAX_VALUE;

    public Fetch {
        branches = List.copyOf(branches);
        Objects.requireNonNull(progress);
        if (depth < 0) {
            throw new IllegalArgumentException("A depth is at least 0, not " + depth);
        }
    }

    /// All branches and tags; what is gone over there stays remembered here.
    public static Fetch all() {
        return new Fetch(List.of(), true, false, 0, traffic -> {});
    }

    /// Some branches, and all tags.
    public static Fetch branches(String... names) {
        return new Fetch(List.of(names), true, false, 0, traffic -> {});
    }

    /// The same without tags.
    public Fetch withoutTags() {
        return new Fetch(branches, false, prune, depth, progress);
    }

    /// The same, forgetting branches that are no longer there.
    public Fetch pruning() {
        return new Fetch(branches, tags, true, depth, progress);
    }

    /// The same with at least so many generations where history is shallow.
    public Fetch depth(long generations) {
        return new Fetch(branches, tags, prune, generations, progress);
    }

    /// The same with all history.
    public Fetch whole() {
        return depth(WHOLE);
    }

    /// The same, telling how far it is.
    public Fetch telling(Consumer<Traffic> listener) {
        return new Fetch(branches, tags, prune, depth, listener);
    }
}

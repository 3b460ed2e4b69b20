package coppice.api;

import coppice.api.progress.Progress;
import java.util.List;
import java.util.Objects;

/// What to write of a [Snapshot] as JSON lines. An immutable value.
///
/// @param spaces the spaces to write, in this order; empty for all
/// @param namesSpaces whether each line names its space
/// @param progress is told the rows
public record Export(List<String> spaces, boolean namesSpaces, Progress progress) {
    public Export {
        spaces = List.copyOf(spaces);
        Objects.requireNonNull(progress);
    }

    /// All spaces.
    public static Export all() {
        return new Export(List.of(), true, Progress.none());
    }

    /// These spaces.
    public static Export of(String... spaces) {
        return new Export(List.of(spaces), true, Progress.none());
    }

    /// This, without the names of spaces: for one space, to be read into any.
    public Export withoutNames() {
        return new Export(spaces, false, progress);
    }

    /// This, telling how far it is.
    public Export telling(Progress listener) {
        return new Export(spaces, namesSpaces, listener);
    }
}

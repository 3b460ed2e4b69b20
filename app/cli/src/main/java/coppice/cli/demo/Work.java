package coppice.cli.demo;

import java.util.List;

/// Changes that belong together, and the message they are committed with.
///
/// @param message what and why
/// @param edits at least one, each of another key
record Work(String message, List<Edit> edits) {
    Work {
        edits = List.copyOf(edits);
    }
}

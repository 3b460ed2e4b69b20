package coppice.api;

import java.util.Optional;

/// A move of a ref that is about to happen.
///
/// @param ref a branch by its name, others by their whole names: `tags/v1`, `remotes/origin/main`
/// @param action what moves it, as the reflog will say: `commit`, `merge`, `reset`, `delete`, `tag`, `fetch`, `undo`
/// ...
/// @param before where it is; empty when it is made
/// @param after where it goes; empty when it is removed
public record RefEvent(String ref, String action, Optional<CommitId> before, Optional<CommitId> after) {}

package coppice.api;

import java.time.Instant;
import java.util.Optional;

/// One move of a ref.
///
/// @param ref the ref: a branch by its name, others by their whole names, such as `tags/v1`
/// @param time when it moved, to the millisecond
/// @param who who moved it
/// @param action what was done, in a word: `commit`, `amend`, `merge`, `reset`, `discard`, `delete`, `undo` ...
/// @param text what exactly, in a line; may be empty
/// @param before the commit it was at; empty when it was made
/// @param after the commit it went to; empty when it was removed
public record ReflogEntry(
        String ref,
        Instant time,
        String who,
        String action,
        String text,
        Optional<CommitId> before,
        Optional<CommitId> after) {}

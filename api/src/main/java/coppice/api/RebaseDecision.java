package coppice.api;

import java.util.Objects;
import java.util.Optional;

/// What a rebase that stopped goes on with.
///
/// @param resolver decides what is open of the step's conflicts, and those after it until it stops again
/// @param message the new message of the commit at which it stopped; empty to keep what it has
public record RebaseDecision(Resolver resolver, Optional<String> message) {
    public RebaseDecision {
        Objects.requireNonNull(resolver);
        Objects.requireNonNull(message);
    }

    /// Nothing.
    public static RebaseDecision none() {
        return new RebaseDecision(Resolver.NONE, Optional.empty());
    }

    /// Conflicts are decided so.
    public static RebaseDecision resolving(Resolver resolver) {
        return new RebaseDecision(resolver, Optional.empty());
    }

    /// The commit gets this message.
    public static RebaseDecision message(String text) {
        return new RebaseDecision(Resolver.NONE, Optional.of(text));
    }
}

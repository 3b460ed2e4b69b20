package coppice.cli.view;

import coppice.api.Conflict;
import coppice.api.Resolver;
import coppice.json.ArrayRule;
import coppice.json.FieldMerge;
import java.util.Optional;

/// Decides conflicts of JSON objects of which the two sides changed different fields: both changes are kept.
public final class FieldResolver {
    private FieldResolver() {}

    /// A resolver that combines fields where it can and asks another where it cannot.
    public static Resolver orElse(Resolver other) {
        return conflict -> combined(conflict)
                .<Resolver.Resolution>map(value -> new Resolver.Take(Optional.of(value)))
                .orElseGet(() -> other.resolve(conflict));
    }

    /// The combined value, when the sides changed different fields of a document.
    static Optional<byte[]> combined(Conflict conflict) {
        if (conflict.base().isEmpty()
                || conflict.ours().isEmpty()
                || conflict.theirs().isEmpty()) {
            return Optional.empty();
        }
        FieldMerge.Outcome outcome = FieldMerge.merge(
                conflict.base().get(), conflict.ours().get(), conflict.theirs().get(), ArrayRule.WHOLE);
        return outcome instanceof FieldMerge.Outcome.Merged(byte[] text) ? Optional.of(text) : Optional.empty();
    }
}

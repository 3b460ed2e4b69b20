package coppice.engine;

import coppice.api.Conflict;
import coppice.api.Resolver;
import coppice.kernel.history.CatalogResolver;
import coppice.kernel.tree.MergeConflict;
import coppice.kernel.tree.Resolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts the conflicts of a merge to the caller's resolver and gathers what it leaves.
final class Deciding implements CatalogResolver {
    private final Resolver resolver;
    private final List<Conflict> unresolved = new ArrayList<>();

    Deciding(Resolver resolver) {
        this.resolver = resolver;
    }

    /// The conflicts that were not decided, in order.
    List<Conflict> unresolved() {
        return unresolved;
    }

    @Override
    public Resolution row(String space, MergeConflict met) {
        Conflict conflict = new Conflict(
                space,
                met.key(),
                Optional.ofNullable(met.base()),
                Optional.ofNullable(met.ours()),
                Optional.ofNullable(met.theirs()));
        return switch (resolver.resolve(conflict)) {
            case Resolver.Unresolved _ -> {
                unresolved.add(conflict);
                yield new Resolution.Unresolved();
            }
            case Resolver.Take(Optional<byte[]> value) -> taken(value.orElse(null), conflict);
        };
    }

    private static Resolution taken(byte @Nullable [] value, Conflict conflict) {
        if (value == null) {
            return new Resolution.Delete();
        }
        if (Arrays.equals(value, conflict.ours().orElse(null))) {
            return new Resolution.Ours();
        }
        return new Resolution.Take(Checks.value(value));
    }
}

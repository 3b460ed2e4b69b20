package coppice.engine.merge;

import coppice.api.Conflict;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.DiffQuery;
import coppice.api.Resolver;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CatalogMerge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Works out what a merge gives.
///
/// @param sides what is merged
/// @param rules which policy decides which key
/// @param functions what policies may ask, by name
/// @param resolver decides what policies leave
public record ThreeWay(Sides sides, Rules rules, Map<String, Resolver> functions, Resolver resolver) {

    /// Ends a visit early.
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    /// The merged catalog; where a conflict stays it has what our side has.
    ///
    /// @param conflicts gets the conflicts that stay, in the order of spaces and keys
    public Catalog merge(Consumer<Conflict> conflicts) {
        Deciding deciding = deciding(conflicts);
        Catalog base = sides.base(deciding.betweenBases());
        CatalogMerge merged = sides.ours().merge(base, sides.theirs(), deciding);
        if (merged.unresolved() != deciding.left()) {
            throw new IllegalStateException("A space conflicts as a whole, which nothing can have caused yet");
        }
        return merged.catalog();
    }

    /// Visits the conflicts that stay, in the order of spaces and keys. Writes nothing, unless merges crossed.
    public void visit(Consumer<Conflict> visitor) {
        Deciding deciding = deciding(visitor);
        Catalog base = sides.base(deciding.betweenBases());
        sides.ours().mergeConflicts(base, sides.theirs(), deciding);
    }

    /// Some of the conflicts that stay. Looks no further than the one that follows the page.
    public ConflictPage page(ConflictQuery query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page has at least 1 conflict, not " + limit);
        }
        List<Conflict> found = new ArrayList<>();
        try {
            visit(conflict -> {
                if (fits(query, conflict)) {
                    if (found.size() == limit) {
                        throw new Enough();
                    }
                    found.add(conflict);
                }
            });
        } catch (Enough _) {
            Conflict last = found.getLast();
            return new ConflictPage(found, Optional.of(query.after(new DiffQuery.Place(last.space(), last.key()))));
        }
        return new ConflictPage(found, Optional.empty());
    }

    /// Whether a conflict is one that a query asks for.
    public static boolean fits(ConflictQuery query, Conflict conflict) {
        if (query.space().isPresent() && !query.space().get().equals(conflict.space())) {
            return false;
        }
        if (query.after().isEmpty()) {
            return true;
        }
        DiffQuery.Place after = query.after().get();
        int order = Bytes.compare(
                conflict.space().getBytes(StandardCharsets.UTF_8), after.space().getBytes(StandardCharsets.UTF_8));
        return order > 0 || (order == 0 && Bytes.compare(conflict.key(), after.key()) > 0);
    }

    private Deciding deciding(Consumer<Conflict> conflicts) {
        return new Deciding(rules, functions, sides, resolver, conflicts);
    }
}

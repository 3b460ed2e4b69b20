package coppice.engine.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.MergePolicy;
import coppice.kernel.history.Catalog;
import coppice.structure.Merges;
import coppice.structure.ground.Registry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How the rows of structures merge where no rule says otherwise: as their kind does. What a name stands for, our
/// side says, or theirs where it has none.
final class StructurePolicies {
    private final Sides sides;
    private final Map<String, MergePolicy> known = new ConcurrentHashMap<>();

    StructurePolicies(Sides sides) {
        this.sides = sides;
    }

    MergePolicy of(String space) {
        return known.computeIfAbsent(space, this::find);
    }

    private MergePolicy find(String space) {
        return Merges.beside(space)
                .or(() -> row(sides.ours(), space)
                        .or(() -> row(sides.theirs(), space))
                        .map(row -> Merges.policy(space, row)))
                .orElseGet(MergePolicy::fields);
    }

    private static Optional<byte[]> row(Catalog side, String space) {
        return Optional.ofNullable(side.rows(Registry.SPACE).get(space.getBytes(UTF_8)));
    }
}

package coppice.structure.dict;

import coppice.api.Transaction;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.structure.ground.Ground;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all dicts.
public final class Dicts {
    /// How many entries are purged in one transaction.
    private static final int PURGED_AT_ONCE = 1_000;

    private Dicts() {}

    /// The spaces that a dict is made of.
    public static List<String> spaces(String name) {
        return List.of(name, Lifetimes.space(name));
    }

    /// Whether a space holds lifetimes of a dict, and of which.
    public static Optional<String> ofLifetimes(String space) {
        return Lifetimes.dict(space);
    }

    /// Removes the entries of a dict that have ended.
    ///
    /// @return when the next one ends, if any does
    public static Optional<Instant> purge(Ground ground, String name) {
        while (true) {
            Instant now = ground.now();
            Optional<Instant> next = ground.update(transaction -> purge(transaction, name, now));
            if (next.filter(end -> !end.isAfter(now)).isEmpty()) {
                return next;
            }
        }
    }

    private static Optional<Instant> purge(Transaction transaction, String name, Instant now) {
        StructureInfo dict = new StructureInfo(name, StructureKind.DICT, StructureInfo.UNTYPED);
        return new Rows(transaction, dict, now).purge(PURGED_AT_ONCE);
    }
}

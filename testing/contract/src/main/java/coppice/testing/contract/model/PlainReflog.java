package coppice.testing.contract.model;

import coppice.testing.contract.model.Move.Detail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where refs have been, by their whole names.
final class PlainReflog {
    private final Map<String, List<Move>> moves = new TreeMap<>();
    private long next = 1;

    PlainReflog copy() {
        PlainReflog copy = new PlainReflog();
        moves.forEach((ref, entries) -> copy.moves.put(ref, new ArrayList<>(entries)));
        copy.next = next;
        return copy;
    }

    void add(
            String ref,
            String action,
            @Nullable Version before,
            @Nullable State gone,
            @Nullable Version after,
            Detail detail) {
        List<Move> entries = moves.computeIfAbsent(ref, _ -> new ArrayList<>());
        entries.add(new Move(next++, action, before, gone, after, detail));
    }

    /// Gives one ref the entries of another.
    void rename(String from, String to) {
        List<Move> both = new ArrayList<>(of(to));
        both.addAll(of(from));
        both.sort(Comparator.comparingLong(Move::number));
        moves.remove(from);
        moves.put(to, both);
    }

    /// The entries of a ref, oldest first.
    List<Move> of(String ref) {
        return moves.getOrDefault(ref, List.of());
    }

    Set<String> refs() {
        return moves.keySet();
    }
}

package coppice.api.structure;

import java.util.Set;
import java.util.TreeSet;

/// Which edges of a graph are followed, and how far.
///
/// @param direction which way
/// @param labels of which labels; of all when there is none
/// @param hops how many edges one after the other at most
public record Reach(Direction direction, Set<String> labels, int hops) {
    /// Which way edges are followed.
    public enum Direction {
        /// From where they begin to where they end.
        OUT,
        /// From where they end to where they begin.
        IN,
        /// Both ways.
        BOTH
    }

    /// @throws IllegalArgumentException when the number of hops is negative
    public Reach {
        labels = Set.copyOf(labels);
        if (hops < 0) {
            throw new IllegalArgumentException("A number of hops is 0 or more, not " + hops);
        }
    }

    /// All edges, the way they lead, as far as they go.
    public static Reach out() {
        return new Reach(Direction.OUT, Set.of(), Integer.MAX_VALUE);
    }

    /// All edges, against the way they lead.
    public static Reach in() {
        return new Reach(Direction.IN, Set.of(), Integer.MAX_VALUE);
    }

    /// All edges, both ways.
    public static Reach both() {
        return new Reach(Direction.BOTH, Set.of(), Integer.MAX_VALUE);
    }

    /// Edges of a label, too; without any, those of all labels are followed.
    public Reach along(String label) {
        Set<String> more = new TreeSet<>(labels);
        more.add(label);
        return new Reach(direction, more, hops);
    }

    /// No more than so many edges one after the other.
    public Reach within(int most) {
        return new Reach(direction, labels, most);
    }
}

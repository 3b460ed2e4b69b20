package coppice.structure.search;

import coppice.vector.VectorChange;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A graph of vectors. Immutable; safe for use by many threads.
public interface GraphIndex {
    /// The same with changes. Costs k vectors, and once in a while more.
    ///
    /// @param changes in ascending order of keys, each once
    GraphIndex with(List<VectorChange> changes);

    /// The keys of vectors near to one, the nearest first, as the graph leads to them: some that are nearer may be
    /// missing.
    ///
    /// @param breadth how many it keeps in view: the more, the fewer are missing
    /// @param most how many of these to tell
    List<byte[]> near(float[] query, int breadth, int most);

    /// How many vectors there are.
    int size();

    /// About how many bytes it takes.
    long bytes();

    /// What it is made of, by names: what has the same name is the same.
    Map<String, Supplier<byte[]>> parts();
}

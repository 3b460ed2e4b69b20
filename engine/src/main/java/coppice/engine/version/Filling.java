package coppice.engine.version;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A tree that gets rows in any order, a later one in place of an earlier one with the same key. As long as they
/// come sorted into an empty tree, it is built directly; else rows are gathered until [#flush].
public final class Filling {
    private Tree tree;
    private @Nullable TreeBuilder builder;
    private byte[] last = Bytes.EMPTY;
    private final TreeMap<byte[], Optional<byte[]>> gathered = new TreeMap<>(Arrays::compareUnsigned);

    /// Fills a tree.
    public Filling(Tree tree) {
        this.tree = tree;
        this.builder = tree.isEmpty() ? Tree.builder(tree.nodes()) : null;
    }

    /// Whether it is being built.
    public boolean isBuilt() {
        return builder != null;
    }

    /// Adds a row, or removes it.
    ///
    /// @param value null to remove it
    /// @return how many bytes more are gathered
    public long add(byte[] key, byte @Nullable [] value) {
        TreeBuilder open = builder;
        if (open != null && Arrays.compareUnsigned(last, key) < 0) {
            if (value != null) {
                open.add(key, value);
                last = key;
            }
            return 0;
        }
        settle();
        gathered.put(key, Optional.ofNullable(value));
        return (long) key.length + (value == null ? 0 : value.length);
    }

    /// Builds no more: from here on rows are gathered.
    public void settle() {
        TreeBuilder open = builder;
        if (open != null) {
            tree = open.finish();
            builder = null;
        }
    }

    /// Puts what is gathered into the tree.
    public void flush() {
        if (!gathered.isEmpty()) {
            List<Edit> edits = new ArrayList<>(gathered.size());
            gathered.forEach((key, value) -> edits.add(new Edit(key, value.orElse(null))));
            tree = tree.apply(Edits.of(edits));
            gathered.clear();
        }
    }

    /// The tree of all rows.
    public Tree finish() {
        settle();
        flush();
        return tree;
    }

    /// The trees of all rows of some spaces, by name.
    public static Map<String, Tree> finish(Map<String, Filling> spaces) {
        Map<String, Tree> trees = new HashMap<>();
        spaces.forEach((name, filling) -> trees.put(name, filling.finish()));
        return trees;
    }
}

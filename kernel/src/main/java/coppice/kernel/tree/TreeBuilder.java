package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import java.util.Arrays;

/// Builds a tree from rows that come in ascending order, in one pass and in memory of one open node per level. For
/// one thread; of use once.
public final class TreeBuilder {
    private final Assembler assembler;
    private byte[] before = Bytes.EMPTY;
    private boolean finished;

    TreeBuilder(Nodes nodes, WriteStatistics statistics) {
        this.assembler = new Assembler(nodes, statistics, true);
    }

    /// Adds a row. Both arrays are copied.
    ///
    /// @throws IllegalArgumentException when the key is not greater than the one before, or one of the two is too
    ///     long or the key is empty
    /// @throws IllegalStateException after [#finish]
    public void add(byte[] key, byte[] value) {
        if (finished) {
            throw new IllegalStateException("This tree is finished: take a new builder, or apply edits to the tree");
        }
        Tree.checkKey(key);
        Tree.checkValue(value);
        if (Bytes.compare(before, key) >= 0) {
            throw new IllegalArgumentException("Rows must come in strictly ascending order of keys; "
                    + Arrays.toString(key) + " came after " + Arrays.toString(before)
                    + ". Sort them first, or apply them as edits.");
        }
        if (before.length == key.length) {
            System.arraycopy(key, 0, before, 0, key.length);
        } else {
            before = key.clone();
        }
        assembler.add(key, value);
    }

    /// The tree of all rows.
    ///
    /// @throws IllegalStateException when called again
    public Tree finish() {
        if (finished) {
            throw new IllegalStateException("This tree is finished already");
        }
        finished = true;
        return assembler.finish();
    }
}

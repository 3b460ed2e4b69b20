package coppice.engine.repair;

import coppice.api.RepairReport;
import coppice.engine.terms.Keys;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.KeySpan;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import coppice.kernel.tree.TreeSalvage;
import java.util.ArrayList;
import java.util.List;

/// What is left of the rows of a space of which chunks are lost: those that can be read, and in their midst those
/// that an older version has in the place of the others.
///
/// @param rows the rows
/// @param lost the stretches of keys that are as in the older version, in order
record Remains(Tree rows, List<KeySpan> lost) {
    /// Gathers what is left. Costs reading and writing all of it.
    ///
    /// @param root of the tree of which chunks are lost
    /// @param older one that can be read
    static Remains of(Nodes nodes, Hash root, Tree older) {
        TreeBuilder builder = Tree.builder(nodes);
        List<KeySpan> lost = new ArrayList<>();
        TreeSalvage.visit(nodes, root, new TreeSalvage.Visitor() {
            @Override
            public void row(byte[] key, byte[] value) {
                builder.add(key, value);
            }

            @Override
            public void lost(KeySpan span) {
                lost.add(span);
                Cursor cursor = older.cursor();
                boolean more = span.after().length == 0 ? cursor.next() : cursor.seek(span.after());
                while (more && (span.upTo().length == 0 || cursor.compareKey(span.upTo()) <= 0)) {
                    byte[] key = cursor.key();
                    if (Bytes.compare(key, span.after()) > 0) {
                        builder.add(key, cursor.value());
                    }
                    more = cursor.next();
                }
            }
        });
        return new Remains(builder.finish(), lost);
    }

    /// A stretch of keys in words.
    static String text(KeySpan span) {
        String behind = span.after().length == 0 ? "" : " behind '" + Keys.display(span.after()) + "'";
        String upTo = span.upTo().length == 0 ? "" : " up to '" + Keys.display(span.upTo()) + "'";
        return span.equals(KeySpan.ALL) ? "all rows" : "the rows" + behind + upTo;
    }

    /// A stretch of keys of a space for a report.
    static RepairReport.Rows rows(String space, KeySpan span) {
        return new RepairReport.Rows(space, span.after(), span.upTo());
    }
}

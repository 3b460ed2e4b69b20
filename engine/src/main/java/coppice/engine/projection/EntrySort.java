package coppice.engine.projection;

import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Puts entries in order that come in any, and makes a tree of them: in memory as long as they fit, else by merging
/// trees of as many as do. So each is written once, or twice where they are very many. Several threads may add,
/// each to a part of its own.
final class EntrySort {
    private final Nodes nodes;
    private final long partBytes;
    private final List<Part> parts = new ArrayList<>(); // guarded by this
    private final List<Tree> runs = new ArrayList<>(); // guarded by this

    /// @param partBytes how much heap each part may take
    EntrySort(Nodes nodes, long partBytes) {
        this.nodes = nodes;
        this.partBytes = partBytes;
    }

    /// Where one thread adds entries. Not thread-safe.
    final class Part {
        private final EntryBuffer buffer = new EntryBuffer();

        private Part() {}

        /// Adds an entry, and copies it.
        void add(byte[] key, byte[] value) {
            buffer.add(key, value);
            if (buffer.bytes() >= partBytes) {
                spill();
            }
        }

        /// No more comes.
        void end() {
            buffer.sort();
        }

        private void spill() {
            buffer.sort();
            TreeBuilder builder = Tree.builder(nodes);
            for (int i = 0; i < buffer.size(); i++) {
                builder.add(buffer.key(i), buffer.value(i));
            }
            keep(builder.finish());
            buffer.clear();
        }
    }

    /// A new part.
    synchronized Part part() {
        Part part = new Part();
        parts.add(part);
        return part;
    }

    private synchronized void keep(Tree run) {
        runs.add(run);
    }

    /// All entries of all parts, each of which has ended. Once.
    ///
    /// @throws IllegalStateException when two have the same key
    synchronized Tree finish() {
        PriorityQueue<Source> open = new PriorityQueue<>(Comparator.comparing(Source::key, Arrays::compareUnsigned));
        parts.forEach(part -> new OfBuffer(part.buffer).open(open));
        runs.forEach(run -> new OfTree(run.cursor()).open(open));
        TreeBuilder builder = Tree.builder(nodes);
        byte[] last = null;
        while (!open.isEmpty()) {
            Source least = open.remove();
            byte[] limit = open.isEmpty() ? null : open.element().key();
            do {
                if (last != null && Arrays.equals(last, least.key())) {
                    throw new IllegalStateException("Two rows have an entry with the same key");
                }
                last = least.key();
                builder.add(last, least.value());
            } while (least.next() && (limit == null || Arrays.compareUnsigned(least.key(), limit) < 0));
            least.reopen(open);
        }
        return builder.finish();
    }

    /// Entries in order, of which one is looked at.
    private abstract static class Source {
        private byte[] key = {};
        private boolean more;

        abstract boolean advance();

        abstract byte[] nextKey();

        abstract byte[] value();

        byte[] key() {
            return key;
        }

        boolean next() {
            more = advance();
            key = more ? nextKey() : key;
            return more;
        }

        void open(PriorityQueue<Source> sources) {
            next();
            reopen(sources);
        }

        void reopen(PriorityQueue<Source> sources) {
            if (more) {
                sources.add(this);
            }
        }
    }

    private static final class OfBuffer extends Source {
        private final EntryBuffer buffer;
        private int place = -1;

        OfBuffer(EntryBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        boolean advance() {
            return ++place < buffer.size();
        }

        @Override
        byte[] nextKey() {
            return buffer.key(place);
        }

        @Override
        byte[] value() {
            return buffer.value(place);
        }
    }

    private static final class OfTree extends Source {
        private final Cursor cursor;

        OfTree(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        boolean advance() {
            return cursor.next();
        }

        @Override
        byte[] nextKey() {
            return cursor.key();
        }

        @Override
        byte[] value() {
            return cursor.value();
        }
    }
}

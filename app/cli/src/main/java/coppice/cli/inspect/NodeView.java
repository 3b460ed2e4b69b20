package coppice.cli.inspect;

import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;

/// A tree node, by `docs/format/node.md`.
final class NodeView {
    private static final int HEADER = 8;

    /// What the values of a tree are.
    enum Kind {
        /// Whatever the user stored.
        DATA,
        /// Spaces of a commit or a working state.
        CATALOG,
        /// Branches and tags.
        REFS,
        /// Ancestors of a commit.
        CLOSURE
    }

    private final byte[] node;
    private final int level;
    private final int count;

    private NodeView(byte[] node) {
        this.node = node;
        this.level = node[2];
        this.count = Bytes.u16(node, 4);
        int fixed = HEADER + count * (level == 0 ? 4 : 42);
        if (node.length < fixed) {
            throw new CorruptException("tree node", 4, "a count that fits into " + node.length + " bytes", "" + count);
        }
    }

    static String summary(byte[] node) {
        int count = Bytes.u16(node, 4);
        return node[2] == 0
                ? "T leaf, " + count + (count == 1 ? " entry" : " entries")
                : "T inner node, level " + node[2] + ", " + count + " children";
    }

    static void show(Sheet sheet, byte[] node, Kind kind, int limit) {
        Fields fields = new Fields("tree node", Arrays.copyOf(node, HEADER));
        fields.ascii("tag", 1);
        fields.u8("version");
        fields.u8("level");
        fields.zeros(1);
        fields.u16("entries");
        fields.u16("bytes that all keys share");
        fields.show(sheet);
        sheet.blank();
        NodeView view = new NodeView(node);
        if (view.level == 0) {
            view.leaf(sheet, kind, limit);
        } else {
            view.inner(sheet, kind, limit);
        }
        if (view.count > limit) {
            sheet.line(Text.of("  … " + (view.count - limit) + " more; --limit shows them", Style.DIM));
        }
    }

    private int keysAt() {
        return HEADER + count * (level == 0 ? 4 : 42);
    }

    /// The end of a key or, in a leaf, of a cell: the two alternate there, and stand alone in an inner node.
    private int end(int i, boolean cell) {
        if (i < 0) {
            return 0;
        }
        return Bytes.u16(node, HEADER + i * (level == 0 ? 4 : 2) + (cell ? 2 : 0));
    }

    private byte[] key(int i) {
        return slice("key", keysAt() + end(i - 1, false), keysAt() + end(i, false));
    }

    private byte[] cell(int i) {
        int cellsAt = keysAt() + end(count - 1, false);
        return slice("cell", cellsAt + end(i - 1, true), cellsAt + end(i, true));
    }

    private byte[] slice(String what, int from, int to) {
        if (from > to || to > node.length) {
            throw new CorruptException("tree node", from, "a " + what + " inside the node", "one that ends at " + to);
        }
        return Arrays.copyOfRange(node, from, to);
    }

    private void leaf(Sheet sheet, Kind kind, int limit) {
        Table table = new Table().numbers("").words("key").words("value");
        for (int i = 0; i < Math.min(count, limit); i++) {
            table.row(
                    Text.of(Integer.toString(i), Style.DIM),
                    Text.of(key(kind, key(i)), Style.CYAN),
                    value(kind, cell(i)));
        }
        sheet.table(table);
    }

    private void inner(Sheet sheet, Kind kind, int limit) {
        Table table = new Table().numbers("").words("last key").numbers("rows").words("child");
        int rowsAt = HEADER + 2 * count;
        for (int i = 0; i < Math.min(count, limit); i++) {
            table.row(
                    Text.of(Integer.toString(i), Style.DIM),
                    Text.of(key(kind, key(i)), Style.CYAN),
                    Text.of(Amounts.count(Bytes.i64(node, rowsAt + 8 * i))),
                    Text.of(Hash.read(node, rowsAt + 8 * count + Hash.BYTES * i).toString(), Style.YELLOW));
        }
        sheet.table(table);
    }

    private static String key(Kind kind, byte[] key) {
        if (kind == Kind.CLOSURE && key.length == 8 + Hash.BYTES) {
            return "generation " + Bytes.i64BigEndian(key, 0) + "  " + Hash.read(key, 8);
        }
        return Shown.key(key);
    }

    private static Text value(Kind kind, byte[] cell) {
        ByteReader in = new ByteReader("cell", cell);
        if (in.u8() == 1) {
            return Text.of("blob of " + Amounts.count(in.i64(), "byte") + "  ")
                    .plus(in.hash().toString(), Style.YELLOW);
        }
        return switch (kind) {
            case CATALOG -> space(in);
            case REFS -> ref(in);
            case DATA, CLOSURE -> Text.of(Shown.value(in.bytes(in.remaining())));
        };
    }

    private static Text space(ByteReader in) {
        in.skip(1);
        int flags = in.u8();
        Text text = Text.of(in.utf8() + "  " + Amounts.count(in.varint()) + " entries  ")
                .plus(in.hash().toString(), Style.YELLOW);
        return (flags & 1) == 0 ? text : text.plus("  schema ").plus(in.hash().toString(), Style.YELLOW);
    }

    private static Text ref(ByteReader in) {
        in.skip(1);
        Text text = Text.of(in.u8() == 1 ? "branch" : "tag");
        int flags = in.u8();
        in.skip(1);
        text = text.plus("  up to position " + Amounts.count(in.i64()));
        in.skip(16);
        text = text.plus("  commit ").plus(in.hash().toString(), Style.YELLOW);
        return (flags & 1) == 0
                ? text
                : text.plus("  working catalog ").plus(in.hash().toString(), Style.YELLOW);
    }
}

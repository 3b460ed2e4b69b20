package coppice.cli.inspect;

import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;

/// A chunk: a tree node, a piece of a blob or a commit.
final class ChunkView {
    private ChunkView() {}

    /// What a chunk is, in a few words.
    static String summary(byte[] chunk) {
        return switch (chunk[0]) {
            case 'T' -> NodeView.summary(chunk);
            case 'B' -> "B blob data, " + Amounts.bytes(chunk.length - 2L);
            case 'I' -> "I blob index, level " + chunk[2] + ", " + Bytes.u32(chunk, 4) + " children";
            case 'C' -> "C commit, generation " + Bytes.i64(chunk, 8);
            default -> "tag " + (chunk[0] & 0xff);
        };
    }

    /// Shows a chunk.
    ///
    /// @param kind what the values of a tree mean
    static void show(Sheet sheet, Hash hash, byte[] chunk, NodeView.Kind kind, int limit) {
        sheet.line(Text.of("  ").plus(hash.toString(), Style.YELLOW).plus("  " + summary(chunk)));
        sheet.blank();
        switch (chunk[0]) {
            case 'T' -> NodeView.show(sheet, chunk, kind, limit);
            case 'B' -> data(sheet, chunk);
            case 'I' -> index(sheet, chunk, limit);
            case 'C' -> commit(sheet, chunk);
            default -> sheet.line("  " + Shown.value(chunk));
        }
    }

    private static void data(Sheet sheet, byte[] chunk) {
        Fields fields = new Fields("blob data", chunk);
        fields.ascii("tag", 1);
        fields.u8("version");
        fields.show(sheet);
        sheet.blank();
        sheet.line(Text.of("  " + Shown.value(Arrays.copyOfRange(chunk, 2, chunk.length)))
                .cut(Math.max(sheet.width(), 400)));
    }

    private static void index(Sheet sheet, byte[] chunk, int limit) {
        Fields fields = new Fields("blob index", chunk);
        fields.ascii("tag", 1);
        fields.u8("version");
        fields.u8("level");
        fields.zeros(1);
        long count = fields.u32("children");
        for (long i = 0; i < count; i++) {
            fields.i64("child " + i + " ends at");
        }
        for (long i = 0; i < count && i < limit; i++) {
            fields.hash("child " + i);
        }
        fields.show(sheet);
    }

    private static void commit(Sheet sheet, byte[] chunk) {
        Fields fields = new Fields("commit", chunk);
        fields.ascii("tag", 1);
        fields.u8("version");
        int flags = fields.u8("flags: 1 signed");
        int parents = fields.u8("parents");
        fields.zeros(4);
        fields.i64("generation");
        fields.time("changed at");
        fields.time("committed at");
        fields.hash("catalog");
        fields.hash("closure");
        for (int i = 0; i < parents; i++) {
            fields.hash("parent " + i);
        }
        fields.text("author");
        fields.text("committer");
        fields.text("message");
        long metadata = fields.varint("metadata entries");
        for (long i = 0; i < metadata; i++) {
            fields.text("  name");
            fields.text("  value");
        }
        if ((flags & 1) != 0) {
            long length = fields.varint("length of the signature");
            fields.hex("signature", (int) Math.min(length, fields.remaining()));
        }
        fields.show(sheet);
    }
}

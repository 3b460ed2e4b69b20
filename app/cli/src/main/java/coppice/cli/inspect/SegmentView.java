package coppice.cli.inspect;

import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.CRC32C;

/// A segment of the journal and the records in it, by `docs/format/journal.md`.
final class SegmentView {
    static final String MAGIC = "COPJRNL\n";
    private static final int SEGMENT_HEADER = 64;
    private static final int RECORD_HEADER = 25;

    private final String where;
    private final byte[] bytes;
    private final byte[] database = new byte[16];
    private long base;

    private SegmentView(String where, byte[] bytes) {
        this.where = where;
        this.bytes = bytes;
    }

    static void show(Sheet sheet, Path path, int limit) {
        SegmentView view = new SegmentView(path.getFileName().toString(), DatabaseFiles.read(path));
        view.header(sheet);
        sheet.blank();
        view.records(sheet, limit);
    }

    private void header(Sheet sheet) {
        Fields fields = new Fields(where, bytes);
        fields.ascii("magic", 8);
        fields.u16("version");
        fields.u16("length of the header");
        fields.zeros(4);
        fields.i64("length of the file");
        base = fields.i64("position of the first record");
        UUID id = fields.uuid("database id");
        Bytes.putI64BigEndian(database, 0, id.getMostSignificantBits());
        Bytes.putI64BigEndian(database, 8, id.getLeastSignificantBits());
        fields.zeros(12);
        fields.crcFrom("checksum", 0);
        fields.show(sheet);
    }

    private void records(Sheet sheet, int limit) {
        Table table = new Table()
                .numbers("offset")
                .numbers("position")
                .numbers("durable")
                .numbers("payload")
                .words("type")
                .words("what");
        long found = 0;
        int at = SEGMENT_HEADER;
        while (isRecord(at)) {
            int length = Bytes.i32(bytes, at + 4);
            if (found < limit) {
                byte type = bytes[at + 24];
                table.row(
                        Text.of(Integer.toString(at), Style.DIM),
                        Text.of(Amounts.count(Bytes.i64(bytes, at + 8))),
                        Text.of(Amounts.count(Bytes.i64(bytes, at + 16)), Style.DIM),
                        Text.of(Amounts.count(length)),
                        Text.of(type(type), Style.CYAN),
                        what(type, at + RECORD_HEADER, length));
            }
            found++;
            at += size(length);
        }
        sheet.table(table);
        sheet.line(Text.of(
                "  " + Amounts.count(found, "record") + " up to offset " + Amounts.count(at)
                        + (found > limit ? "; --limit shows more" : "") + "; then zeros or leftovers of an earlier use",
                Style.DIM));
    }

    private static int size(int payload) {
        return (RECORD_HEADER + payload + 7) & -8;
    }

    /// Whether a record stands there: it names its own position and its checksum holds.
    private boolean isRecord(int at) {
        if (at + RECORD_HEADER > bytes.length) {
            return false;
        }
        int length = Bytes.i32(bytes, at + 4);
        if (length < 0 || length > bytes.length - at - RECORD_HEADER || at + size(length) > bytes.length) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(database, 0, database.length);
        crc.update(bytes, at + RECORD_HEADER, size(length) - RECORD_HEADER);
        crc.update(bytes, at + 4, RECORD_HEADER - 4);
        return Bytes.i64(bytes, at + 8) == base + at - SEGMENT_HEADER && (int) crc.getValue() == Bytes.i32(bytes, at);
    }

    private static String type(byte type) {
        return switch (type) {
            case 1 -> "writes";
            case 2 -> "mark";
            case 3 -> "committed";
            case 4 -> "moved";
            case 5 -> "dropped";
            case 6 -> "loaded";
            case 7 -> "placed";
            case 8 -> "renamed";
            case 9 -> "stashed";
            case 10 -> "transacted";
            default -> "type " + type;
        };
    }

    private Text what(byte type, int at, int length) {
        try {
            ByteReader in = new ByteReader(where, bytes, at, length);
            Text branch = Text.of(in.utf8(), Style.CYAN).plus("  ");
            return switch (type) {
                case 1 -> branch.plus(writes(in));
                case 3 -> branch.plus("a commit of " + Amounts.count(in.sized().length, "byte"));
                case 4 -> branch.plus(in.hash().toString(), Style.YELLOW);
                case 6 -> branch.plus(in.utf8() + " ").plus(in.hash().toString(), Style.YELLOW);
                case 8 -> branch.plus("to ").plus(in.utf8(), Style.CYAN);
                case 9 -> branch.plus("as ").plus(in.utf8(), Style.CYAN);
                case 10 -> branch.plus(writes(in)).plus(in.u8() == 0 ? "and a commit" : "and a commit that is kept");
                default -> branch;
            };
        } catch (CorruptException unknown) {
            return Text.of("not as we know it: " + unknown.getMessage(), Style.RED);
        }
    }

    /// The first keys written in each space.
    private static String writes(ByteReader in) {
        StringBuilder text = new StringBuilder();
        for (long spaces = in.varint(); spaces > 0; spaces--) {
            text.append(in.utf8()).append(": ");
            long count = in.varint();
            for (long i = 0; i < count; i++) {
                String key = Shown.key(in.sized());
                long length = in.varint();
                if (length > 0) {
                    in.skip((int) (length - 1));
                }
                if (i < 3) {
                    text.append(length == 0 ? "-" : "+").append(key).append(' ');
                }
            }
            text.append(count > 3 ? "and " + Amounts.count(count - 3) + " more; " : "; ");
        }
        return text.toString();
    }
}

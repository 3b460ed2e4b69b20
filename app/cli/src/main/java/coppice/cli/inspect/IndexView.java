package coppice.cli.inspect;

import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.Crc;
import java.nio.file.Path;
import java.util.HexFormat;

/// The index of a pack, by `docs/format/pack.md`.
final class IndexView {
    static final String MAGIC = "COPPIDX\0";
    private static final int BLOCK = 4096;
    private static final int BLOCK_ENTRIES = 170;
    private static final int NAME = 16;
    private static final int FIXED = 48;

    private IndexView() {}

    static void show(Sheet sheet, Path path, int limit) {
        byte[] head = DatabaseFiles.read(path, 0, FIXED);
        String where = path.getFileName().toString();
        long entries = new ByteReader(where, head, 24, 4).u32();
        long blocks = (entries + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES;
        long filter = 32 * ((10 * entries + 255) / 256);
        int directory = (int) (16 + 8 * blocks + filter);
        byte[] all = DatabaseFiles.read(path, 0, 32 + directory);
        Fields fields = new Fields(where, all);
        fields.ascii("magic", 8);
        fields.u32("version");
        fields.zeros(4);
        fields.i64("pack");
        fields.u32("entries");
        fields.crcFrom("checksum of the header", 0);
        fields.crc("checksum of the directory", Crc.of(all, 36, directory - 4));
        fields.zeros(4);
        fields.i64("length of the pack");
        fields.show(sheet);
        sheet.line(Text.of(
                "  then " + Amounts.count(blocks, "fence") + ", a filter of " + Amounts.bytes(filter) + ", and "
                        + Amounts.count(blocks, "block") + " from offset " + Amounts.count(32 + directory),
                Style.DIM));
        sheet.blank();
        sheet.table(entries(where, path, 32 + directory, blocks, limit));
    }

    private static Table entries(String where, Path path, long start, long blocks, int limit) {
        Table table = new Table()
                .numbers("block")
                .words("checksum")
                .numbers("offset")
                .numbers("length")
                .words("beginning of the name");
        int shown = 0;
        for (long block = 0; block < blocks && shown < limit; block++) {
            byte[] bytes = DatabaseFiles.read(path, start + block * BLOCK, BLOCK);
            ByteReader in = new ByteReader(where, bytes);
            boolean holds = (int) in.u32() == Crc.of(bytes, 4, BLOCK - 4);
            in.skip(4);
            long count = in.u32();
            in.skip(4);
            for (long i = 0; i < count && shown < limit; i++, shown++) {
                String name = HexFormat.of().formatHex(in.bytes(NAME));
                long place = in.i64();
                boolean grouped = place < 0;
                table.row(
                        Text.of(Long.toString(block)),
                        holds ? Text.of("holds", Style.GREEN) : Text.of("does not hold", Style.RED),
                        Text.of(Amounts.count(grouped ? (place & Long.MAX_VALUE) >>> 28 : place >>> 21)),
                        Text.of(Amounts.count(grouped ? place >>> 10 & 0x3_ffff : place & 0x1f_ffff)),
                        Text.of(name, Style.YELLOW));
            }
        }
        return table;
    }
}

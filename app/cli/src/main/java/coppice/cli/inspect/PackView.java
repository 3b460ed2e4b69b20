package coppice.cli.inspect;

import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import java.util.ArrayList;
import java.util.List;

/// A pack and the chunks in it.
final class PackView {
    private static final List<String> CODECS = List.of("raw", "zstd", "group");

    private PackView() {}

    static void show(Sheet sheet, PackFile pack, int limit) {
        Fields header = new Fields(pack.path().getFileName().toString(), DatabaseFiles.read(pack.path(), 0, 32));
        header.ascii("magic", 8);
        header.u32("version");
        header.zeros(4);
        header.i64("pack");
        header.zeros(4);
        header.crcFrom("checksum", 0);
        header.show(sheet);
        List<PackFile.Head> first = new ArrayList<>();
        long[] sums = new long[3];
        long end = pack.visit(head -> {
            if (first.size() < limit) {
                first.add(head);
            }
            sums[0]++;
            sums[1] += head.member() == 0 ? head.stored() : 0;
            sums[2] += head.raw();
            return true;
        });
        Table table = new Table()
                .numbers("offset")
                .numbers("stored")
                .numbers("raw")
                .words("codec")
                .words("chunk")
                .words("name");
        for (PackFile.Head head : first) {
            table.row(
                    Text.of(Long.toString(head.offset()), Style.DIM),
                    Text.of(Amounts.count(head.stored())),
                    Text.of(Amounts.count(head.raw())),
                    Text.of(CODECS.get(head.codec())),
                    Text.of(ChunkView.summary(pack.chunk(head))),
                    Text.of(head.hash().toString(), Style.YELLOW));
        }
        sheet.blank();
        sheet.table(table);
        sheet.line(Text.of(
                "  " + Amounts.count(sums[0], "chunk") + " up to offset " + Amounts.count(end) + ", "
                        + Amounts.bytes(sums[1]) + " stored, " + Amounts.bytes(sums[2]) + " raw"
                        + (sums[0] > first.size() ? "; --limit shows more" : ""),
                Style.DIM));
        long rest = DatabaseFiles.size(pack.path()) - end;
        if (rest > 0) {
            sheet.line(Text.of("  then " + Amounts.count(rest, "byte") + " that are no record", Style.RED));
        }
    }
}

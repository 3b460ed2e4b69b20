package coppice.cli.inspect;

import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.kernel.bytes.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Shows directories, files and chunks of a database.
public final class Inspector {
    /// The shortest start of a hash that is looked for, in digits.
    public static final int SHORTEST = 4;

    private final Sheet sheet;
    private final int limit;

    /// An inspector.
    ///
    /// @param limit how many records, entries or children are shown
    public Inspector(Sheet sheet, int limit) {
        this.sheet = sheet;
        this.limit = limit;
    }

    /// Shows the files of a database and what is in its manifest.
    ///
    /// @return whether the directory is a database
    public boolean directory(Path directory) {
        Path manifest = directory.resolve("MANIFEST");
        if (!Files.isRegularFile(manifest)) {
            return false;
        }
        Table table = new Table().words("file").numbers("bytes").words("what");
        table.row(Text.of("MANIFEST", Style.CYAN), size(manifest), Text.of("from what the database is opened"));
        add(table, directory, "journal", ".log", "segment of the journal");
        add(table, directory, "packs", ".pack", "pack of chunks");
        add(table, directory, "packs", ".idx", "index of a pack");
        sheet.table(table);
        sheet.blank();
        ManifestView.show(sheet, DatabaseFiles.read(manifest));
        return true;
    }

    private static void add(Table table, Path directory, String folder, String ending, String what) {
        for (Path file : DatabaseFiles.list(directory.resolve(folder), ending)) {
            table.row(Text.of(folder + "/" + file.getFileName(), Style.CYAN), size(file), Text.of(what));
        }
    }

    private static Text size(Path file) {
        return Text.of(Amounts.count(DatabaseFiles.size(file)));
    }

    /// Shows a file.
    ///
    /// @return whether it is one of a database
    public boolean file(Path file) {
        int start = (int) Math.min(8, DatabaseFiles.size(file));
        String magic = new String(DatabaseFiles.read(file, 0, start), StandardCharsets.ISO_8859_1);
        switch (magic) {
            case ManifestView.MAGIC -> ManifestView.show(sheet, DatabaseFiles.read(file));
            case PackFile.MAGIC -> PackView.show(sheet, new PackFile(file), limit);
            case IndexView.MAGIC -> IndexView.show(sheet, file, limit);
            case SegmentView.MAGIC -> SegmentView.show(sheet, file, limit);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Shows the chunk whose name begins with some digits.
    ///
    /// @param directory the database's
    /// @param digits hexadecimal, at least [#SHORTEST]
    /// @param kind what the values of a tree are: `data`, `catalog`, `refs` or `closure`
    /// @return the names that begin so; the chunk was shown when it is one
    public List<String> chunk(Path directory, String digits, String kind) {
        Map<Hash, Place> found = new TreeMap<>();
        for (Path path : DatabaseFiles.list(directory.resolve("packs"), ".pack")) {
            PackFile pack = new PackFile(path);
            pack.visit(head -> {
                if (head.hash().toString().startsWith(digits)) {
                    found.put(head.hash(), new Place(pack, head));
                }
                return true;
            });
        }
        List<String> names = new ArrayList<>();
        found.keySet().forEach(hash -> names.add(hash.toString()));
        if (found.size() == 1) {
            found.forEach((hash, place) -> {
                sheet.line(Text.of(
                        "  in " + place.pack().path().getFileName() + " at offset "
                                + Amounts.count(place.head().offset()),
                        Style.DIM));
                byte[] chunk = place.pack().chunk(place.head());
                ChunkView.show(sheet, hash, chunk, NodeView.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), limit);
            });
        }
        return names;
    }

    private record Place(PackFile pack, PackFile.Head head) {}
}

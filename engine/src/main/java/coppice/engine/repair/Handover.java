package coppice.engine.repair;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coppice.kernel.bytes.Crc;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.util.ArrayList;
import java.util.List;

/// Files that are moved when a manifest begins to count: those that it replaces out of the way, and those that were
/// prepared into their place. What is to be moved is written down before the manifest, and done after it; whoever
/// opens the database in between does the rest. So a repair is done or not done, however it ends.
///
/// The plan is a text of lines: `coppice repair 1`, the generation of the manifest, one line `FROM TO` for each
/// move, and the checksum of all that in hexadecimal digits.
public final class Handover {
    /// Where the plan and prepared files are.
    public static final String PLACE = "repair";

    /// Where replaced files are kept.
    public static final String ASIDE = "damaged";

    private static final String PLAN = PLACE + "/PLAN";
    private static final String TITLE = "coppice repair 1";

    private Handover() {}

    /// A file and where it goes.
    record Move(String from, String to) {
        /// Out of the way, under a name that no other file has.
        ///
        /// @param generation that of the manifest with which it goes
        static Move aside(String path, long generation) {
            return new Move(path, ASIDE + "/" + generation + "-" + path.substring(path.lastIndexOf('/') + 1));
        }
    }

    /// Writes the plan, durably.
    ///
    /// @param generation that of the manifest with which it counts
    static void prepare(Disk disk, long generation, List<Move> moves) {
        StringBuilder text = new StringBuilder(TITLE + "\n" + generation + "\n");
        moves.forEach(move -> text.append(move.from).append(' ').append(move.to).append('\n'));
        byte[] body = text.toString().getBytes(US_ASCII);
        byte[] sum = (Integer.toHexString(Crc.of(body)) + "\n").getBytes(US_ASCII);
        disk.createDirectories(PLACE);
        if (disk.exists(PLAN)) {
            disk.delete(PLAN);
        }
        try (DiskFile file = disk.open(PLAN, OpenMode.CREATE)) {
            file.write(0, body, 0, body.length);
            file.write(body.length, sum, 0, sum.length);
            file.sync();
        }
        disk.syncDirectory(PLACE);
        disk.syncDirectory("");
    }

    /// Does what is left of a plan that counts, and throws away one that does not. Costs one look when there is
    /// none.
    ///
    /// @param generation that of the manifest that is there, or -1
    public static void complete(Disk disk, long generation) {
        if (!disk.exists(PLACE)) {
            return;
        }
        List<Move> moves = planned(disk, generation);
        if (!moves.isEmpty()) {
            moves.forEach(move -> disk.createDirectories(parent(move.to)));
            disk.syncDirectory("");
            moves.stream().filter(move -> disk.exists(move.from)).forEach(move -> disk.rename(move.from, move.to));
            moves.stream().map(move -> parent(move.to)).distinct().forEach(disk::syncDirectory);
            moves.stream()
                    .map(move -> parent(move.from))
                    .distinct()
                    .filter(disk::exists)
                    .forEach(disk::syncDirectory);
        }
        delete(disk, PLACE);
        disk.syncDirectory("");
    }

    private static List<Move> planned(Disk disk, long generation) {
        if (!disk.exists(PLAN)) {
            return List.of();
        }
        byte[] bytes;
        try (DiskFile file = disk.open(PLAN, OpenMode.READ)) {
            bytes = new byte[(int) Math.min(file.size(), 64 << 20)];
            file.read(0, bytes, 0, bytes.length);
        }
        List<String> lines = new String(bytes, US_ASCII).lines().toList();
        if (lines.size() < 3 || !lines.get(0).equals(TITLE) || !lines.get(1).equals(Long.toString(generation))) {
            return List.of();
        }
        String body = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
        if (!lines.getLast().equals(Integer.toHexString(Crc.of(body.getBytes(US_ASCII))))) {
            return List.of();
        }
        List<Move> moves = new ArrayList<>();
        for (String line : lines.subList(2, lines.size() - 1)) {
            int space = line.indexOf(' ');
            moves.add(new Move(line.substring(0, space), line.substring(space + 1)));
        }
        return moves;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static void delete(Disk disk, String directory) {
        for (String name : disk.list(directory)) {
            if (name.endsWith("/")) {
                delete(disk, directory + "/" + name.substring(0, name.length() - 1));
            } else {
                disk.delete(directory + "/" + name);
            }
        }
        disk.delete(directory);
    }
}

package coppice.kernel.journal;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// What the journal's tests share: one database id, records as text, and whole files as bytes.
final class Log {
    static final UUID DATABASE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    static final String DIRECTORY = "journal";

    private Log() {}

    static JournalOptions options() {
        return JournalOptions.of(DATABASE).withSegmentBytes(4096).withBufferBytes(4096);
    }

    static Journal open(Disk disk) {
        return open(disk, options(), new ArrayList<>());
    }

    static Journal open(Disk disk, JournalOptions options, List<String> replayed) {
        return open(disk, options, 0, replayed);
    }

    static Journal open(Disk disk, JournalOptions options, long startLsn, List<String> replayed) {
        return Journal.open(
                disk,
                DIRECTORY,
                options,
                startLsn,
                (type, bytes, offset, length, endLsn) -> replayed.add(
                        type + ":" + new String(bytes, offset, length, StandardCharsets.ISO_8859_1) + "@" + endLsn));
    }

    static long append(Journal journal, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return journal.append((byte) 7, bytes, 0, bytes.length);
    }

    /// Appends, and returns the record as replay will show it.
    static String shown(Journal journal, String text) {
        return "7:" + text + "@" + append(journal, text);
    }

    static byte[] content(Disk disk, String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    static void overwrite(Disk disk, String path, byte[] content) {
        try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
            file.truncate(0);
            file.write(0, content, 0, content.length);
        }
    }

    static String letters(char letter, int count) {
        char[] letters = new char[count];
        Arrays.fill(letters, letter);
        return new String(letters);
    }
}

package coppice.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Damage to the files of a database.
final class Bits {
    private Bits() {}

    /// Turns one bit of the first chunk in a pack that has these bytes.
    static void turn(Path database, String content) throws IOException {
        List<Path> packs;
        try (Stream<Path> files = Files.list(database.resolve("packs"))) {
            packs = files.filter(path -> path.toString().endsWith(".pack")).toList();
        }
        for (Path pack : packs) {
            byte[] bytes = Files.readAllBytes(pack);
            int at = new String(bytes, ISO_8859_1).indexOf(content);
            if (at >= 0) {
                bytes[at] ^= 1;
                Files.write(pack, bytes);
                return;
            }
        }
        throw new AssertionError("no chunk has " + content);
    }
}

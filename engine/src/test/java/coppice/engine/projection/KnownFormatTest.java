package coppice.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.engine.projection.Artefacts.Known;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KnownFormatTest {
    private static final Known KNOWN = new Known(List.of(Hash.parse("11".repeat(32))), Hash.parse("22".repeat(32)));

    @Test
    void theBytesAreThoseOfTheFormatPage() throws IOException {
        String hex = Files.readAllLines(Path.of("../docs/format/artefacts.md")).stream()
                .dropWhile(line -> !line.equals("```hex known"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .map(line -> line.split("\\|", 2)[0].replace(" ", ""))
                .collect(Collectors.joining());
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(KnownFormat.write(List.of(KNOWN))).isEqualTo(bytes);
        assertThat(KnownFormat.read(bytes)).containsExactly(KNOWN);
    }

    @Test
    void otherBytesAreRefused() {
        byte[] bytes = KnownFormat.write(List.of(KNOWN, KNOWN));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> KnownFormat.read(cut)).isInstanceOf(CorruptException.class);
        }
        assertThatThrownBy(() -> KnownFormat.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(CorruptException.class);
        bytes[0] = 2;
        assertThatThrownBy(() -> KnownFormat.read(bytes)).isInstanceOf(CorruptException.class);
    }
}

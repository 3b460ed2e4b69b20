package coppice.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AcknowledgedTest {
    @Test
    void theBytesAreThoseOfTheFormatPage() throws IOException {
        String example = Files.readAllLines(Path.of("../docs/format/settings.md")).stream()
                .dropWhile(line -> !line.equals("```hex subscription"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .map(line -> line.split("\\|", 2)[0].replace(" ", ""))
                .collect(Collectors.joining());
        byte[] bytes = HexFormat.of().parseHex(example);
        Acknowledged read = Acknowledged.decode("copy", bytes);
        assertThat(read)
                .isEqualTo(new Acknowledged("main", 1000, 512, Hash.parse("1".repeat(64)), Hash.parse("2".repeat(64))));
        assertThat(read.encode()).isEqualTo(bytes);
        bytes[0] = 2;
        assertThatThrownBy(() -> Acknowledged.decode("copy", bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("subscription 'copy'");
    }
}

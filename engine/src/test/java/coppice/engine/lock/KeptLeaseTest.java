package coppice.engine.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeptLeaseTest {
    private static byte[] example() throws IOException {
        String example = Files.readAllLines(Path.of("../docs/format/settings.md")).stream()
                .dropWhile(line -> !line.equals("```hex lease"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .map(line -> line.split("\\|", 2)[0].replace(" ", ""))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(example);
    }

    @Test
    void theBytesAreThoseOfTheFormatPage() throws IOException {
        KeptLease read = KeptLease.decode("a", example());
        assertThat(read).isEqualTo(new KeptLease(7, 1000, 3000, 2000, "me"));
        assertThat(read.encode()).isEqualTo(example());
    }

    @Test
    void refusesWhatIsNone() throws IOException {
        byte[] newer = example();
        newer[0] = 2;
        byte[] timeless = new KeptLease(7, 1000, 3000, 0, "me").encode();
        byte[] cut = Arrays.copyOf(example(), 20);
        byte[] longer = Arrays.copyOf(example(), example().length + 1);
        for (byte[] bytes : new byte[][] {newer, timeless, cut, longer, {}}) {
            assertThatThrownBy(() -> KeptLease.decode("a", bytes))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("lock 'a'");
        }
        for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, new byte[9], {0, 0, 0, 0, 0, 0, 0, -1}}) {
            assertThatThrownBy(() -> Tokens.decode(bytes)).isInstanceOf(CorruptException.class);
        }
    }
}

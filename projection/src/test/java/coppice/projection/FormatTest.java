package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The formats are as `docs/format/projection.md` says.
class FormatTest {
    private static List<MatchResult> blocks(String kind) throws IOException {
        String page = Files.readString(Path.of("../docs/format/projection.md"));
        return Pattern.compile("```" + kind + "(?: (.*))?\n([^`]*)```")
                .matcher(page)
                .results()
                .toList();
    }

    @Test
    void definitionsAreStoredAsTheyAreWrittenThere() throws IOException {
        List<String> lines = blocks("definition").getFirst().group(2).lines().toList();
        assertThat(lines).hasSizeGreaterThan(10);
        for (String line : lines) {
            assertThat(DefinitionText.write(DefinitionText.read(line))).isEqualTo(line);
            assertThat(CompiledProjection.parse("p", line).name()).isEqualTo("p");
        }
    }

    @Test
    void entriesAreWhatIsWrittenThere() throws IOException {
        List<MatchResult> blocks = blocks("entries");
        assertThat(blocks).hasSize(4);
        for (MatchResult block : blocks) {
            List<String> lines = block.group(2).lines().toList();
            byte[] key = lines.getFirst().substring(0, 1).getBytes(UTF_8);
            byte[] document = lines.getFirst().substring(2).getBytes(UTF_8);
            List<String> found = new ArrayList<>();
            switch (CompiledProjection.parse("p", block.group(1)).shape()) {
                case IndexShape index -> index.entries(key, document, (k, v) -> found.add(shown(k, v)));
                case GroupShape groups -> groups.entries(key, document, (k, v) -> found.add(shown(k, v.encoded())));
                case RowShape _ -> throw new AssertionError("rows have no entries");
            }
            assertThat(found).isEqualTo(lines.subList(1, lines.size()));
        }
    }

    private static String shown(byte[] key, byte[] value) {
        String text = new String(value, UTF_8);
        return (hex(key) + " → " + (text.startsWith("{") ? text : hex(value))).strip();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    @Test
    void joinedKeysAreWhatIsWrittenThere() throws IOException {
        List<String> lines = blocks("joined").getFirst().group(2).lines().toList();
        assertThat(lines).hasSize(4);
        for (String line : lines) {
            String[] parts = line.split("[|→]", -1);
            byte[] right = bytes(parts[1]);
            JoinedKey key = new JoinedKey(bytes(parts[0]), right.length == 0 ? Optional.empty() : Optional.of(right));
            assertThat(hex(key.bytes())).isEqualTo(parts[2].strip());
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}

package coppice.api.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The bytes: what the page says, and nothing else accepted.
class CrdtFormatTest {
    private static Map<String, Crdt<?>> examples() {
        Map<String, Crdt<?>> examples = new LinkedHashMap<>();
        examples.put(
                "grow-only-counter", GrowOnlyCounter.zero().increment("b", 300).increment("a", 2));
        examples.put("counter", Counter.zero().increment("a", 5).decrement("b", 1));
        examples.put(
                "last-writer-register",
                LastWriterRegister.of("on".getBytes(StandardCharsets.UTF_8), 1_763_708_400_000L, "a"));
        MultiValueRegister start = MultiValueRegister.empty().with("a", "x");
        examples.put("multi-value-register", start.with("a", "y").merge(start.with("b", "z")));
        examples.put(
                "add-wins-set",
                AddWinsSet.empty()
                        .add("a", "gone")
                        .add("a", "red")
                        .remove("gone")
                        .merge(AddWinsSet.empty().add("b", "red")));
        examples.put("add-wins-map", AddWinsMap.empty().put("a", "size", "10"));
        return examples;
    }

    private static Map<String, byte[]> page() throws IOException {
        String text = Files.readString(Path.of("../docs/format/crdt.md"));
        Matcher block =
                Pattern.compile("```hex (\\S+)\n(.*?)```", Pattern.DOTALL).matcher(text);
        Map<String, byte[]> blocks = new LinkedHashMap<>();
        while (block.find()) {
            StringBuilder hex = new StringBuilder();
            block.group(2).lines().forEach(line -> hex.append(line.split("\\|", 2)[0].replace(" ", "")));
            blocks.put(block.group(1), HexFormat.of().parseHex(hex));
        }
        return blocks;
    }

    @Test
    void thePageTellsTheTruth() throws IOException {
        Map<String, byte[]> page = page();
        Map<String, Crdt<?>> examples = examples();
        assertThat(page.keySet()).isEqualTo(examples.keySet());
        examples.forEach((name, value) -> {
            assertThat(HexFormat.of().formatHex(value.encode()))
                    .as(name)
                    .isEqualTo(HexFormat.of().formatHex(page.get(name)));
            assertThat(Crdt.decode(page.get(name))).isEqualTo(value);
        });
    }

    private record Damage(byte[] bytes, int at, int to) {}

    @Test
    void whatIsAcceptedIsWhatAWriterWrites() {
        byte[][] values = examples().values().stream().map(Crdt::encode).toArray(byte[][]::new);
        Gen<Damage> damages = Gen.combine(
                Gen.element(values), Gen.ints(0, 60), (bytes, at) -> new Damage(bytes, at % (bytes.length + 1), 0));
        Gen<Damage> changes = choices -> {
            Damage damage = damages.from(choices);
            return new Damage(damage.bytes(), damage.at(), Gen.ints(-1, 255).from(choices));
        };
        Property.forAll(changes).runs(2_000).check(damage -> {
            byte[] bytes = damage.to() < 0
                    ? Arrays.copyOf(damage.bytes(), damage.at())
                    : Arrays.copyOf(damage.bytes(), Math.max(damage.bytes().length, damage.at() + 1));
            if (damage.to() >= 0) {
                bytes[damage.at()] = (byte) damage.to();
            }
            try {
                assertThat(Crdt.decode(bytes).encode()).isEqualTo(bytes);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        });
    }

    @Test
    void otherKindsAndVersionsAreRefused() {
        byte[] counter = Counter.zero().encode();
        assertThatThrownBy(() -> AddWinsSet.decode(counter)).hasMessageContaining("is a COUNTER, not a ADD_WINS_SET");
        byte[] newer = counter.clone();
        newer[1] = 2;
        assertThatThrownBy(() -> Crdt.decode(newer)).hasMessageContaining("version 2");
        assertThatThrownBy(() -> Crdt.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("no CRDT");
        assertThatThrownBy(() -> Crdt.merge(CrdtKind.ADD_WINS_MAP, counter, counter))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

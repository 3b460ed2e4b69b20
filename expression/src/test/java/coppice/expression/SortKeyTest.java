package coppice.expression;

import static coppice.expression.Direction.ASCENDING;
import static coppice.expression.Direction.DESCENDING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.json.JsonReader;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SortKeyTest {
    private record Pair(Value first, Value second) {}

    private static final Gen<Value> VALUES = Gen.oneOf(Samples.values(), numbers());
    private static final Gen<Pair> PAIRS = Gen.combine(VALUES, VALUES, Pair::new);

    /// Numbers of few digits at all exponents, which often share their beginnings.
    private static Gen<Value> numbers() {
        Gen<Integer> exponents = Gen.oneOf(Gen.ints(-70, 70), Gen.ints(-900_000_000, 900_000_000));
        return Gen.combine(
                Gen.longs(-120_000, 120_000), exponents, (digits, exponent) -> Num.parse(digits + "E" + exponent));
    }

    private static byte[] key(Value value, Direction direction) {
        return new SortKeyWriter().add(value, direction).bytes();
    }

    @Test
    void keysSortAsValuesDo() {
        Property.forAll(PAIRS).runs(20_000).check(pair -> {
            int order = Integer.signum(Value.ORDER.compare(pair.first(), pair.second()));
            byte[] first = key(pair.first(), ASCENDING);
            byte[] second = key(pair.second(), ASCENDING);
            assertThat(Integer.signum(Arrays.compareUnsigned(first, second))).isEqualTo(order);
            assertThat(order == 0).isEqualTo(pair.first().equals(pair.second()));
            assertThat(Integer.signum(
                            Arrays.compareUnsigned(key(pair.first(), DESCENDING), key(pair.second(), DESCENDING))))
                    .isEqualTo(-order);
        });
    }

    @Test
    void noKeyBeginsWithAnother() {
        Property.forAll(PAIRS).runs(5_000).check(pair -> {
            byte[] first = key(pair.first(), ASCENDING);
            byte[] second = key(pair.second(), ASCENDING);
            boolean isPrefix =
                    first.length <= second.length && Arrays.equals(first, 0, first.length, second, 0, first.length);
            assertThat(isPrefix).isEqualTo(pair.first().equals(pair.second()));
        });
    }

    @Test
    void compoundKeysSortByTheirPartsAndComeBack() {
        Property.forAll(Gen.combine(PAIRS, PAIRS, List::of)).runs(5_000).check(pairs -> {
            Pair one = pairs.get(0);
            Pair other = pairs.get(1);
            byte[] first = compound(one);
            byte[] second = compound(other);
            int order = one.first().order(other.first());
            order = order != 0 ? order : -one.second().order(other.second());
            assertThat(Integer.signum(Arrays.compareUnsigned(first, second))).isEqualTo(Integer.signum(order));
            SortKeyReader reader = new SortKeyReader(first, 0);
            assertThat(reader.next(ASCENDING)).isEqualTo(one.first());
            assertThat(reader.position()).isEqualTo(key(one.first(), ASCENDING).length);
            assertThat(reader.hasMore()).isTrue();
            assertThat(reader.next(DESCENDING)).isEqualTo(one.second());
            assertThat(reader.hasMore()).isFalse();
            SortKeyReader skipping = new SortKeyReader(first, 0);
            skipping.skip(ASCENDING);
            assertThat(skipping.position()).isEqualTo(key(one.first(), ASCENDING).length);
            skipping.skip(DESCENDING);
            assertThat(skipping.hasMore()).isFalse();
        });
    }

    private static byte[] compound(Pair pair) {
        return new SortKeyWriter()
                .add(pair.first(), ASCENDING)
                .add(pair.second(), DESCENDING)
                .bytes();
    }

    @Test
    void anyBytesAreRefusedOrWrittenAgainAlike() {
        Gen<byte[]> damaged =
                Gen.combine(VALUES, Gen.combine(Gen.ints(0, 20), Gen.ints(0, 255), List::of), (value, change) -> {
                    byte[] key = key(value, ASCENDING);
                    key[change.getFirst() % key.length] = change.getLast().byteValue();
                    return key;
                });
        Property.forAll(Gen.oneOf(damaged, Gen.bytes(0, 20))).runs(20_000).check(bytes -> {
            SortKeyReader reader = new SortKeyReader(bytes, 0);
            try {
                Value value = reader.next(ASCENDING);
                assertThat(key(value, ASCENDING)).isEqualTo(Arrays.copyOf(bytes, reader.position()));
                SortKeyReader skipping = new SortKeyReader(bytes, 0);
                skipping.skip(ASCENDING);
                assertThat(skipping.position()).isEqualTo(reader.position());
            } catch (IllegalArgumentException wrong) {
                assertThat(wrong).hasMessageContaining("no sort key").hasMessageContaining("at byte");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "04",
                "12800b",
                "12800100",
                "12800b0100",
                "1280660000",
                "12c0000000330b00",
                "123fffffffd00b00",
                "12c03b9aca000b00",
                "20ff0001",
                "200002",
                "30",
                "40060600",
                "402062000106206100010600"
            })
    void whatNoWriterWritesIsRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> new SortKeyReader(bytes, 0).next(ASCENDING)).hasMessageContaining("no sort key");
    }

    @Test
    void keysNestToFiveHundredLevels() {
        Value deep = Value.of(true);
        for (int i = 0; i < 500; i++) {
            deep = new Value.Arr(List.of(deep));
        }
        assertThat(new SortKeyReader(key(deep, ASCENDING), 0).next(ASCENDING)).isEqualTo(deep);
        Value deeper = new Value.Arr(List.of(deep));
        assertThatThrownBy(() -> key(deeper, ASCENDING)).hasMessageContaining("500 levels");
        byte[] endless = new byte[1_000_000];
        Arrays.fill(endless, (byte) SortKeyTag.ARRAY);
        assertThatThrownBy(() -> new SortKeyReader(endless, 0).next(ASCENDING)).hasMessageContaining("500 levels");
        assertThatThrownBy(() -> new SortKeyReader(endless, 0).skip(ASCENDING)).hasMessageContaining("ends early");
    }

    /// The examples of the format's page.
    @Test
    void theFormatIsAsWritten() throws IOException {
        String page = Files.readString(Path.of("../docs/format/sort-key.md"));
        List<MatchResult> examples = Pattern.compile("```hex (.*)\n([^`]*)```")
                .matcher(page)
                .results()
                .toList();
        assertThat(examples).hasSize(8);
        for (MatchResult example : examples) {
            Value value = Value.of(JsonReader.parse(example.group(1).getBytes(UTF_8)));
            String hex = example.group(2).replaceAll("\\|.*|\\s", "");
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThat(key(value, ASCENDING)).as(example.group(1)).isEqualTo(bytes);
            assertThat(new SortKeyReader(bytes, 0).next(ASCENDING)).isEqualTo(value);
        }
    }
}

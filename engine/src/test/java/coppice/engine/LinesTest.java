package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Export;
import coppice.api.Import;
import coppice.kernel.bytes.Hash;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is exported comes back as the very same state.
class LinesTest {
    private static final List<String> SPACES = List.of("s", "sp\u00e4ce \"2\"", "\ud83c\udf33");

    private record Row(int space, byte[] key, byte[] value) {}

    private static final Gen<byte[]> TEXTS = Gen.ints(0, 12).map(LinesTest::text);

    /// Values that look like JSON, are JSON in an odd way, or nearly are.
    private static byte[] text(int number) {
        return switch (number) {
            case 0 -> utf8("{\"a\":1.0,\"b\":[null,true,\"\u00e9\\n\"]}");
            case 1 -> utf8("{ \"a\": 1 }");
            case 2 -> utf8("{\"a\":1,\"a\":2}");
            case 3 -> utf8("1e400");
            case 4 -> utf8("-0");
            case 5 -> utf8("\"\\u0041\"");
            case 6 -> utf8("[".repeat(500) + "]".repeat(500));
            case 7 -> utf8("[".repeat(501) + "]".repeat(501));
            case 8 -> utf8("\ufeff1");
            case 9 -> new byte[] {0, '1'};
            case 10 -> utf8("text\u0000\u001f\u2028\"\\\n");
            case 11 -> utf8("{\"key\":\"k\",\"value\":{}}");
            default -> utf8("\"\\ud800\"");
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static final Gen<List<Row>> ROWS = Gen.combine(
                    Gen.ints(0, 2),
                    Gen.combine(Gen.bytes(1, 6), Gen.oneOf(TEXTS, Gen.bytes(0, 40)), Map::entry),
                    (space, entry) -> new Row(space, entry.getKey(), entry.getValue()))
            .list(0, 40);

    private static Hash root(Branch branch) {
        branch.commit("as it is");
        return ((EmbeddedBranch) branch).live().shown().foldedSpaces().root();
    }

    private static byte[] exported(Branch branch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            branch.snapshot().exportLines(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toByteArray();
    }

    private static void read(Branch branch, byte[] lines) {
        try {
            branch.importLines(new ByteArrayInputStream(lines));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void everyStateComesBackWithTheSameRoot() {
        Property.forAll(ROWS).runs(150).check(rows -> {
            try (Database db = Coppice.open("mem:");
                    Database other = Coppice.open("mem:")) {
                rows.forEach(row -> db.space(SPACES.get(row.space())).put(row.key(), row.value()));
                byte[] lines = exported(db.main());
                read(other.main(), lines);
                assertThat(root(other.main())).isEqualTo(root(db.main()));
                assertThat(exported(other.main())).isEqualTo(lines);
                read(other.main(), lines); // into what is there already
                assertThat(other.main().hasChanges()).isFalse();
            }
        });
    }

    @Test
    void manyRowsInAnyOrderGiveTheSameRootInBoundedBatches() throws IOException {
        try (Database db = Coppice.open("mem:")) {
            byte[] value = new byte[1000];
            Branch other = db.branch("other", "main");
            Batch batch = new Batch();
            StringBuilder backwards = new StringBuilder();
            for (int i = 11_000; i > 0; i--) {
                byte[] key = utf8("%08d".formatted(i));
                batch.put(key, value);
                backwards
                        .append("{\"key\":\"")
                        .append(new String(key, UTF_8))
                        .append("\",\"text\":\"")
                        .append("\\u0000".repeat(value.length))
                        .append("\"}\n");
            }
            db.space("s").apply(batch);
            assertThat(other.importLines(new ByteArrayInputStream(utf8(backwards.toString())), Import.into("s"))
                            .rows())
                    .isEqualTo(11_000);
            assertThat(root(other)).isEqualTo(root(db.main()));
        }
    }

    @Test
    void valuesThatAreTooLongForAStringOfJsonsUsualLimitComeBack() throws IOException {
        try (Database db = Coppice.open("mem:")) {
            byte[] value = new byte[49 << 20]; // 65 Mi letters of base64
            new Random(7).nextBytes(value);
            db.space("s").put(utf8("k"), value);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            db.main().snapshot().exportLines(out, Export.of("s").withoutNames());
            Branch other = db.branch("other", "main");
            other.importLines(new ByteArrayInputStream(out.toByteArray()), Import.into("t"));
            assertThat(other.space("t").get(utf8("k")).orElseThrow()).isEqualTo(value);
        }
    }
}

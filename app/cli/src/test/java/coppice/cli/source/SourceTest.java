package coppice.cli.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
    @TempDir
    Path directory;

    private Path file(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Check check(Path path, Optional<String> key) {
        return Check.of(TableFile.in(path).getFirst(), key, rows -> {});
    }

    private List<String> rows(String name, String content) {
        return rows(check(file(name, content), Optional.empty()));
    }

    private static List<String> rows(Check table) {
        List<String> rows = new ArrayList<>();
        try (Rows.Reading reading = table.read()) {
            while (reading.hasNext()) {
                Row row = reading.next();
                rows.add(new String(row.key(), UTF_8) + " = " + new String(row.value(), UTF_8));
            }
        }
        return rows;
    }

    private void refused(ThrowingCallable reading, String... words) {
        assertThatThrownBy(reading).isInstanceOf(InputException.class).hasMessageContainingAll(words);
    }

    @Test
    void csvBecomesObjectsWithTheHeadersNames() {
        assertThat(rows("a.csv", "code,name,people\nCH,Switzerland,8815385\nLI,\"Liechten\"\"stein\",\n"))
                .containsExactly(
                        "CH = {\"code\":\"CH\",\"name\":\"Switzerland\",\"people\":8815385}",
                        "LI = {\"code\":\"LI\",\"name\":\"Liechten\\\"stein\",\"people\":null}");
    }

    @Test
    void separatorsAreFoundOut() {
        assertThat(rows("a.csv", "id;text\n1;a,b,c\n2;d\n")).contains("1 = {\"id\":1,\"text\":\"a,b,c\"}");
        assertThat(rows("a.tsv", "id\ttext\n1\ta;b\n2\tc,d\n")).contains("1 = {\"id\":1,\"text\":\"a;b\"}");
        assertThat(rows("a.csv", "id|text\n1|a\n")).contains("1 = {\"id\":1,\"text\":\"a\"}");
        assertThat(rows("a.csv", "id,text\n1,\"a;b;c;d\"\n2,\"x;y;z;w\"\n"))
                .contains("1 = {\"id\":1,\"text\":\"a;b;c;d\"}");
        assertThat(rows("a.csv", "name\nx\ny\n")).contains("x = {\"name\":\"x\"}");
    }

    @Test
    void fieldsMayHoldLinesAndTheFileAByteOrderMarkAndWindowsLineEnds() {
        assertThat(rows("a.csv", "\uFEFFid,text\r\n1,\"two\nlines\"\r\n2,x\r\n"))
                .containsExactly("1 = {\"id\":1,\"text\":\"two\\nlines\"}", "2 = {\"id\":2,\"text\":\"x\"}");
    }

    @Test
    void aColumnIsOfOneKindAndNumbersKeepTheirDigits() {
        assertThat(rows(
                        "a.csv",
                        "zip,height,big,open\n8001,1.0,123456789012345678901234567890,true\n01067,1.50,1,false\n"))
                .containsExactly(
                        "8001 = {\"zip\":\"8001\",\"height\":1.0,\"big\":123456789012345678901234567890,\"open\":true}",
                        "01067 = {\"zip\":\"01067\",\"height\":1.50,\"big\":1,\"open\":false}");
    }

    @Test
    void jsonArraysAndLinesAreRead() {
        assertThat(rows("a.json", "[{\"id\":1,\"x\":1.0},\n {\"id\":2,\"x\":[]}]"))
                .containsExactly("1 = {\"id\":1,\"x\":1.0}", "2 = {\"id\":2,\"x\":[]}");
        assertThat(rows("a.jsonl", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"))
                .containsExactly("a = {\"id\":\"a\"}", "b = {\"id\":\"b\"}");
        assertThat(rows("a.txt", " \n[{\"id\":1}]")).containsExactly("1 = {\"id\":1}");
        assertThat(rows("a.json", "[1,1]")).containsExactly("00000001 = 1", "00000002 = 1");
    }

    private String guess(String name, String content) {
        return switch (check(file(name, content), Optional.empty()).key()) {
            case KeyChoice.Column(String column, String reason) -> column + ": " + reason;
            case KeyChoice.RowNumber(String reason) -> "#: " + reason;
            case KeyChoice.Exported(String reason) -> "export: " + reason;
        };
    }

    @Test
    void theKeyIsGuessedByNameUniquenessAndPlace() {
        assertThat(guess("people.csv", "name,id\na,1\nb,2\n"))
                .isEqualTo("id: it has a value of its own in each of all 2 rows and is named like a key");
        assertThat(guess("people.csv", "name,age\na,1\nb,2\n"))
                .startsWith("name: ")
                .contains("comes first");
        assertThat(guess("cities.csv", "name,city_id\na,1\nb,2\n")).startsWith("city_id: ");
        assertThat(guess("a.csv", "id,code\n1,a\n1,b\n")).startsWith("code: ");
        assertThat(guess("a.csv", "x,y\n1.5,a\n2.5,b\n")).startsWith("y: ");
        assertThat(guess("a.csv", "x,y\n1,a\n1,a\n")).startsWith("#: no column could be the key");
        assertThat(guess("a.jsonl", "{\"id\":[1]}\n{\"id\":[2]}\n")).startsWith("#: ");
        assertThat(guess("a.jsonl", "{\"id\":1}\n{\"name\":2}\n")).startsWith("#: ");
    }

    @Test
    void theAskedKeyIsTakenOrRefused() {
        Path path = file("a.csv", "id,code\n1,x\n2,y\n");
        assertThat(rows(check(path, Optional.of("code")))).first().asString().startsWith("x = ");
        assertThat(rows(check(path, Optional.of("#")))).first().asString().startsWith("00000001 = ");
        refused(() -> check(path, Optional.of("nr")), "a.csv", "no column 'nr'", "id, code");
    }

    @Test
    void duplicateKeysNameBothLines() {
        Path path = file("a.csv", "id,code\n1,x\n2,y\n3,x\n");
        refused(() -> check(path, Optional.of("code")), "a.csv, line 4", "'x' is already in line 2", "--key");
        Path array = file("b.json", "[{\"id\":1},{\"id\":2},{\"id\":1}]");
        refused(() -> check(array, Optional.of("id")), "b.json, line 1", "'1' is already in line 1");
    }

    @Test
    void brokenInputNamesTheLine() {
        refused(() -> rows("a.csv", "id,name\n1,a\n2\n"), "a.csv, line 3", "1 fields, but the header has 2");
        refused(() -> rows("a.csv", "id,id\n1,a\n"), "line 1", "'id' is there twice");
        refused(() -> rows("a.csv", "id,name\n1,a\n2,\"open\n3,b\n"), "a.csv, line 3", "never closed");
        refused(() -> rows("a.csv", "id,name\n1,\"a\" b\n"), "a.csv", "not CSV", "line 2", "closing quote");
        refused(() -> rows("a.json", "[{\"id\":1},\n{\"id\":oops}]"), "a.json, line 2", "not JSON");
        refused(() -> rows("a.jsonl", "{\"id\":1}\n{\"id\":2"), "a.jsonl, line 2", "not JSON");
        refused(() -> rows("a.jsonl", "{\"id\":1}\n{\"a\":1,\"a\":2}"), "line 2", "Duplicate");
        refused(() -> check(file("b.csv", "id,name\n,x\n2,y\n"), Optional.of("id")), "line 2", "no key in column 'id'");
        refused(
                () -> check(file("c.csv", "id\nx\n" + "y".repeat(Limits.KEY_BYTES_MAX + 1) + "\n"), Optional.of("id")),
                "line 3",
                "4,097 bytes");
    }

    @Test
    void emptyAndMissingInputIsRefused() {
        refused(() -> rows("a.csv", ""), "a.csv", "the file is empty");
        refused(() -> rows("a.csv", "id,name\n"), "a.csv", "no rows");
        refused(() -> rows("a.json", "[]"), "no rows");
        refused(() -> rows("a.json", ""), "no rows");
        refused(() -> TableFile.in(directory.resolve("none.csv")), "none.csv", "no such file");
        refused(() -> TableFile.in(directory.resolve("sub").resolve("x")), "no such file");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        Path path = directory.resolve("latin.csv");
        Files.write(path, "id,name\n1,Zürich\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(() -> check(path, Optional.empty()), "latin.csv", "not UTF-8", "iconv");
    }

    @Test
    void aDirectoryGivesATableForEachFile() {
        file("b.csv", "id\n1\n");
        file("a.jsonl", "{\"id\":1}\n");
        file("readme.md", "no table");
        assertThat(TableFile.in(directory).stream().map(TableFile::space)).containsExactly("a", "b");
        file("a.csv", "id\n1\n");
        refused(() -> TableFile.in(directory), "same space");
    }

    @Test
    void aDirectoryWithoutTablesIsRefused() {
        file("readme.md", "no table");
        refused(() -> TableFile.in(directory), "no table in it");
    }

    @Test
    void anExportComesBackByteForByte() {
        List<byte[]> values = List.of(
                "{\"a\":1.0}".getBytes(UTF_8),
                "{ \"a\": 1 }".getBytes(UTF_8),
                "plain".getBytes(UTF_8),
                new byte[0],
                new byte[] {(byte) 0xff, 0});
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            byte[] key = i == 4 ? new byte[] {(byte) 0xfe} : ("k" + i).getBytes(UTF_8);
            lines.append(ExportedRow.of(Optional.of("s" + i), key, values.get(i))
                            .text())
                    .append('\n');
        }
        Check table = check(file("all.jsonl", lines.toString()), Optional.empty());
        assertThat(table.key()).isInstanceOf(KeyChoice.Exported.class);
        try (Rows.Reading reading = table.read()) {
            for (int i = 0; i < values.size(); i++) {
                Row row = reading.next();
                assertThat(row.space()).isEqualTo("s" + i);
                assertThat(row.value()).isEqualTo(values.get(i));
            }
        }
    }

    @Test
    void theSameKeyInTwoSpacesOfAnExportIsNoDuplicate() {
        String one = ExportedRow.of(Optional.of("a"), new byte[] {'k'}, new byte[] {'1'})
                .text();
        String other = ExportedRow.of(Optional.of("b"), new byte[] {'k'}, new byte[] {'1'})
                .text();
        assertThat(check(file("two.jsonl", one + "\n" + other), Optional.empty())
                        .rows())
                .isEqualTo(2);
    }

    @Test
    void manyKeysAreToldApart() {
        KeySet keys = new KeySet();
        for (int i = 0; i < 50_000; i++) {
            assertThat(keys.add("s", Integer.toString(i).getBytes(UTF_8))).isTrue();
        }
        assertThat(keys.add("s", "49999".getBytes(UTF_8))).isFalse();
        assertThat(keys.add("t", "49999".getBytes(UTF_8))).isTrue();
    }
}

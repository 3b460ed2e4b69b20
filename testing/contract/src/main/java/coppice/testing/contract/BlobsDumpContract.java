package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.feed.FeedStart;
import coppice.api.structure.BlobChange;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobOptions;
import coppice.api.structure.Blobs;
import coppice.api.structure.BlobsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.LoadMode;
import coppice.api.structure.StructureFeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Blobs as text, and back.
@Timeout(60)
abstract class BlobsDumpContract extends Contract {
    private static final int LONG = 9_000_000;
    private static final String HELLO = "{\"blob\":\"a\",\"size\":5,\"sha256\":"
            + "\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"}\n";

    private Blobs files() {
        return db.blobs("files");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private void putSome(int longest) {
        files().put("empty", new byte[0]);
        files().put("image", random(700_000), BlobOptions.ofType("image/png").with("by", "ann"));
        files().put("long", random(longest));
        files().put("text", utf8("hello"), BlobOptions.none().with("quote", "\"\n"));
    }

    private static String dumped(BlobsView blobs, DumpFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(blobs.dump(out, format)).isEqualTo(blobs.count());
        return out.toString(UTF_8);
    }

    private static long load(Blobs blobs, String text, DumpFormat format, LoadMode mode) throws IOException {
        return blobs.load(new ByteArrayInputStream(utf8(text)), format, mode);
    }

    private static long load(Blobs blobs, String lines) throws IOException {
        return load(blobs, lines, DumpFormat.LINES, LoadMode.ADD);
    }

    private static List<BlobInfo> all(BlobsView blobs) {
        try (Stream<BlobInfo> all = blobs.list()) {
            return all.toList();
        }
    }

    private long rowsBeside(String blobs) {
        return db.space("@blob/" + blobs).count();
    }

    @Test
    void whatIsDumpedIsLoadedWithAllThatIsSaid() throws IOException {
        for (int longest : new int[] {2_000_000, LONG}) {
            putSome(longest);
            for (DumpFormat format : DumpFormat.values()) {
                String text = dumped(files(), format);
                Blobs copy = db.blobs("copy" + longest + format);
                copy.put("there", random(600_000));
                assertThat(load(copy, text, format, LoadMode.ADD)).isEqualTo(4);
                assertThat(copy.remove("there")).isTrue();
                copy.put("there", random(600_000));
                copy.put("text", random(600_000));
                assertThat(load(copy, text, format, LoadMode.REPLACE)).isEqualTo(4);
                assertThat(all(copy)).isEqualTo(all(files()));
                assertThat(all(copy)).allMatch(blob -> copy.verify(blob.name()));
                assertThat(rowsBeside(copy.name()))
                        .as("nothing is left of what was replaced")
                        .isEqualTo(rowsBeside("files"));
            }
        }
        reopenIfPossible();
        assertThat(db.blobs("copy" + LONG + DumpFormat.LINES).get("long").orElseThrow())
                .isEqualTo(random(LONG));
    }

    @Test
    void aDumpIsReadOneItemAtATime() throws IOException {
        putSome(1_000_000);
        for (DumpFormat format : DumpFormat.values()) {
            assertThat(dumped(files(), format).lines().mapToInt(String::length))
                    .as("base64 of 192 KiB")
                    .allMatch(length -> length < 263_000);
        }
        assertThat(dumped(files(), DumpFormat.JSON)).startsWith("{\"name\":\"files\",\"kind\":\"blobs\"");
    }

    @Test
    void itemsAreWhatTheGuideSays() throws IOException {
        String lines = HELLO.replace("}", ",\"type\":\"text/plain\",\"fields\":{\"by\":\"ann\"}}")
                + "{\"bytes\":\"aGU=\"}\n{\"bytes\":\"\"}\n{\"bytes\":\"bGxv\"}";
        assertThat(load(files(), lines)).isEqualTo(1);
        BlobInfo info = files().find("a").orElseThrow();
        assertThat(info.putAt()).as("not said, so now").isAfter(Instant.EPOCH);
        assertThat(info.mediaType()).contains("text/plain");
        assertThat(info.fields()).containsEntry("by", "ann");
        assertThat(files().get("a").orElseThrow()).isEqualTo(utf8("hello"));
        String items = "{\"items\":[" + lines.replace("\n", ",\n") + "],\"kind\":\"blobs\"}";
        assertThat(load(files(), items, DumpFormat.JSON, LoadMode.REPLACE)).isEqualTo(1);
        assertThat(load(files(), HELLO + "{\"bytes\":\"aGVsbG8=\"}\n" + lines))
                .as("of two the later one")
                .isEqualTo(1);
        assertThat(files().find("a").orElseThrow().mediaType()).contains("text/plain");
        assertThat(rowsBeside("files")).isEqualTo(1);
    }

    private static String second(String text, String line) {
        return text.replaceFirst("\n", "\n" + line + "\n");
    }

    @Test
    void aDumpIsLoadedAsAWholeOrNotAtAll() throws IOException {
        files().put("there", random(600_000));
        Blobs source = db.blobs("source");
        source.put("b", random(LONG));
        source.put("c", random(300_000));
        String whole = dumped(source, DumpFormat.LINES);
        List<String> lines = whole.lines().toList();
        List<UnaryOperator<String>> damages = List.of(
                text -> text.substring(0, text.length() - 10),
                text -> text.substring(0, text.lastIndexOf("{")),
                text -> text.substring(0, text.indexOf("\n") + 1),
                text -> text.replace(lines.get(1) + "\n", ""),
                text -> text.replace(lines.get(1), lines.get(2)),
                text -> text.replace(lines.getFirst() + "\n", ""),
                text -> text.replace("\"sha256\":\"", "\"sha256\":\"0"),
                text -> text.replace("\"size\":300000", "\"size\":300001"),
                text -> text.replace("\"size\":300000", "\"size\":3.5"),
                text -> text.replace("\"size\":300000", "\"size\":null"),
                text -> text.replace("\"blob\":\"c\"", "\"name\":\"c\""),
                text -> text.replace("\"put\":\"", "\"put\":\"soon"),
                text -> text + "[]",
                text -> second(text, "{\"bytes\":\"?\"}"),
                text -> second(text, "{\"bytes\":7}"),
                text -> text + "{\"blob\":\"d\",\"size\":0,\"sha256\":\"\",\"fields\":{\"a\":1}}");
        List<BlobInfo> before = all(files());
        long partsBefore = rowsBeside("files");
        for (UnaryOperator<String> damage : damages) {
            for (LoadMode mode : LoadMode.values()) {
                incorrect(ErrorCode.INVALID_IMPORT, () -> load(files(), damage.apply(whole), DumpFormat.LINES, mode));
            }
        }
        incorrect(ErrorCode.INVALID_KEY, () -> load(files(), whole.replace("\"blob\":\"c\"", "\"blob\":\"\"")));
        for (String bad : List.of(
                "{\"kind\":\"dict\",\"items\":[]}",
                "{\"items\":[],\"kind\":\"dict\"}",
                "{\"items\":{}}",
                "{\"items\":[]",
                "{\"items\":[]} 1",
                "",
                "[]")) {
            incorrect(ErrorCode.INVALID_IMPORT, () -> load(files(), bad, DumpFormat.JSON, LoadMode.REPLACE));
        }
        assertThat(all(files())).isEqualTo(before);
        assertThat(files().verify("there")).isTrue();
        assertThat(rowsBeside("files")).as("the parts of one, and no notes").isEqualTo(partsBefore);
        assertThat(load(files(), whole)).isEqualTo(2);
    }

    @Test
    void aStreamThatFailsChangesNothing() throws IOException {
        files().put("there", new byte[] {1});
        Blobs source = db.blobs("source");
        source.put("b", random(LONG));
        byte[] text = utf8(dumped(source, DumpFormat.LINES));
        InputStream failing = failingAfter(text);
        assertThatThrownBy(() -> files().load(failing, DumpFormat.LINES, LoadMode.REPLACE))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(all(files())).extracting(BlobInfo::name).containsExactly("there");
        assertThat(rowsBeside("files")).isEqualTo(1);
    }

    @Test
    void versionsAreDumpedAndTransactionsLoad() throws IOException {
        putSome(2_000_000);
        db.commit("first");
        String text = dumped(db.at("HEAD").blobs("files"), DumpFormat.LINES);
        files().clear();
        assertThatThrownBy(() -> db.transact(transaction -> {
                    try {
                        assertThat(load(transaction.blobs("files"), text)).isEqualTo(4);
                        assertThat(dumped(transaction.blobs("files"), DumpFormat.LINES))
                                .isEqualTo(text);
                    } catch (IOException impossible) {
                        throw new AssertionError(impossible);
                    }
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(files().count()).isZero();
        try (StructureFeed<BlobChange> feed = files().watch(FeedStart.now())) {
            load(files(), text);
            List<BlobChange> expected = new ArrayList<>();
            all(files()).forEach(blob -> expected.add(new BlobChange.Put(blob)));
            assertThat(feed.next()).as("one step").containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void whatIsNotAsItWasPutIsNotDumped() throws IOException {
        files().put("text", utf8("hello"));
        try (var rows = db.space("@blob/files").entries(Range.all())) {
            db.space("@blob/files").put(rows.toList().getLast().key(), utf8("jello"));
        }
        assertThatThrownBy(() -> dumped(files(), DumpFormat.LINES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'text' is not as it was put");
    }
}

package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.ErrorCode;
import coppice.api.Export;
import coppice.api.Import;
import coppice.api.ImportReport;
import coppice.api.Merge;
import coppice.api.Snapshot;
import coppice.api.StashPick;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// States as JSON lines, and back.
abstract class LinesContract extends Contract {
    private static InputStream lines(String... lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }

    private static String exported(Snapshot state, Export how) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        state.exportLines(out, how);
        return out.toString(UTF_8);
    }

    @Test
    void aStateOfAnyRefIsWrittenAsLines() throws IOException {
        db.space("b").put("k", "{\"n\":1.0}");
        db.space("a").put("text", "plain");
        db.space("a").put(bytes(255), bytes(254, 0));
        db.commit("one");
        db.space("a").put("later", "1");
        assertThat(exported(db.at("main"), Export.all())).isEqualTo("""
                        {"space":"a","key":"text","text":"plain"}
                        {"space":"a","key64":"/w==","value64":"/gA="}
                        {"space":"b","key":"k","value":{"n":1.0}}
                        """);
        List<Long> told = new ArrayList<>();
        Export one = Export.of("b").withoutNames().telling((_, _, done, total) -> told.add(done * 10 + total));
        assertThat(exported(db.main().snapshot(), one)).isEqualTo("{\"key\":\"k\",\"value\":{\"n\":1.0}}\n");
        assertThat(told).endsWith(11L);
        assertThat(exported(db.main().snapshot(), Export.of("none"))).isEmpty();
    }

    @Test
    void linesBecomeUncommittedEntriesBesideThoseThatAreThere() throws IOException {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "1");
        ImportReport report = db.main()
                .importLines(
                        lines(
                                "{\"key\":\"b\",\"value\":2}",
                                "",
                                "{\"space\":\"new\",\"key\":\"k\",\"text\":\"v\"}",
                                "{\"key\":\"b\",\"value\":3}",
                                "{\"key\":\"a0\",\"value64\":\"\"}"),
                        Import.into("s"));
        assertThat(report).isEqualTo(new ImportReport(4, 8));
        assertThat(shown(db.main().changes())).containsExactly("+new/k=v", "+s/a0=", "~s/b=1>3");
        if (subject.isPersistent()) {
            reopen();
        }
        assertThat(everything(db.main().snapshot())).hasToString("{new=[k=v], s=[a=1, a0=, b=3]}");
        assertThat(db.reflog("main").iterator().next().action()).isEqualTo("import");
        assertThat(db.check().problems()).isEmpty();
    }

    private void refused(ErrorCode code, String words, Import how, String... lines) {
        commit(db.main(), "a", "1");
        assertThatThrownBy(() -> db.main().importLines(lines(lines), how)).hasMessageContaining(words);
        incorrect(code, () -> db.main().importLines(lines(lines), how));
        assertThat(rows(db.space("s"))).containsExactly("a=1");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void aLineThatIsWrongIsNamedAndNothingChanges() {
        String good = "{\"space\":\"s\",\"key\":\"a\",\"value\":2}";
        refused(ErrorCode.INVALID_IMPORT, "Line 3 ", Import.named(), good, good, "{\"key\":}");
        refused(ErrorCode.INVALID_IMPORT, "Line 2 ", Import.named(), good, "{\"id\":1}");
        refused(ErrorCode.INVALID_IMPORT, "Line 1 ", Import.named(), "{\"key64\":\"?\",\"text\":\"\"}");
        refused(ErrorCode.INVALID_IMPORT, "names no space", Import.named(), good, "{\"key\":\"k\",\"value\":1}");
        refused(ErrorCode.INVALID_KEY, "Line 2 ", Import.named(), good, "{\"space\":\"s\",\"key\":\"\",\"value\":1}");
        refused(ErrorCode.INVALID_SPACE_NAME, "Line 1 ", Import.named(), "{\"space\":\"\",\"key\":\"k\",\"value\":1}");
    }

    @Test
    void aStreamThatFailsIsTheCallersAndChangesNothing() {
        for (int good : new int[] {0, 10, 100_000}) {
            InputStream failing = new InputStream() {
                private int given;

                @Override
                public int read() throws IOException {
                    if (given >= good) {
                        throw new IOException("the cable is out");
                    }
                    return "{\"key\":\"a\",\"value\":2}\n".charAt(given++ % 22);
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    bytes[offset] = (byte) read();
                    return 1;
                }
            };
            assertThatThrownBy(() -> db.main().importLines(failing, Import.into("s")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the cable is out");
        }
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void whatIsWrittenMeanwhileStays() throws IOException {
        commit(db.main(), "a", "1");
        Import how = Import.into("s").telling((_, _, done, _) -> {
            db.space("s").put("meanwhile", "" + done);
            db.space("s").put("k1", "overwritten");
        });
        String[] lines = new String[3000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "{\"key\":\"k" + i + "\",\"value\":" + i + "}";
        }
        db.main().importLines(lines(lines), how);
        assertThat(db.space("s").text("meanwhile")).isPresent();
        assertThat(db.space("s").text("a")).hasValue("1");
        assertThat(db.space("s").text("k2999")).hasValue("2999");
        assertThat(db.space("s").count()).isEqualTo(3002);
    }

    @Test
    void theContentOfAnUncommittedMergeIsNotReplaced() throws IOException {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", "main");
        commit(other, "b", "2");
        commit(db.main(), "c", "3");
        db.space("s").put("aside", "1");
        db.main().stash().push();
        db.merge("other", Merge.into("main").uncommitted());
        incorrect(
                ErrorCode.MERGE_IN_PROGRESS,
                () -> db.main().importLines(lines("{\"key\":\"k\",\"value\":1}"), Import.into("s")));
        incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> db.main().stash().pop(StashPick.of(0)));
        assertThat(db.commit("merged").parents()).hasSize(2);
    }
}

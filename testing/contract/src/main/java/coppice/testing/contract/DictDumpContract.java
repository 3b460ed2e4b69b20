package coppice.testing.contract;

import static coppice.testing.contract.Person.ANN;
import static coppice.testing.contract.Person.BOB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.ErrorCode;
import coppice.api.structure.Dict;
import coppice.api.structure.DictView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.LoadMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Dicts as text, and back.
abstract class DictDumpContract extends Contract {
    private static final Duration LONG = Duration.ofDays(1);

    private Dict<Person> people() {
        return db.dict("people", Person.class);
    }

    private static String dumped(DictView<?> dict, DumpFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(dict.dump(out, format)).isEqualTo(dict.count());
        return out.toString(UTF_8);
    }

    private static long load(Dict<?> dict, String text, DumpFormat format, LoadMode mode) throws IOException {
        return dict.load(new ByteArrayInputStream(utf8(text)), format, mode);
    }

    @Test
    void whatIsDumpedIsLoadedWithItsLifetimes() throws IOException {
        people().put("ann", ANN, LONG);
        people().put("b\"ob", BOB);
        for (DumpFormat format : DumpFormat.values()) {
            String text = dumped(people(), format);
            Dict<Person> copy = db.dict("copy" + format, Person.class);
            copy.put("cid", ANN);
            copy.put("ann", BOB);
            assertThat(load(copy, text, format, LoadMode.ADD)).isEqualTo(2);
            assertThat(copy.keys()).containsExactly("ann", "b\"ob", "cid");
            assertThat(copy.get("ann")).contains(ANN);
            assertThat(copy.expiry("ann")).isEqualTo(people().expiry("ann"));
            assertThat(load(copy, text, format, LoadMode.REPLACE)).isEqualTo(2);
            assertThat(dumped(copy, DumpFormat.LINES)).isEqualTo(dumped(people(), DumpFormat.LINES));
        }
        assertThat(dumped(db.dict("none"), DumpFormat.JSON))
                .isEqualTo("{\"name\":\"none\",\"kind\":\"dict\",\"values\":\"json\",\"count\":0,\"items\":[]}\n");
        assertThat(load(
                        people(),
                        "{\"key\":\"old\",\"value\":{\"name\":\"O\",\"age\":1},"
                                + "\"expires\":\"2001-01-01T00:00:00Z\"}",
                        DumpFormat.LINES,
                        LoadMode.ADD))
                .isZero();
    }

    @Test
    void aDumpIsLoadedAsAWholeOrNotAtAll() throws IOException {
        people().put("ann", ANN);
        String good = "{\"key\":\"x\",\"value\":{\"name\":\"X\",\"age\":1}}\n";
        for (String bad : List.of(
                "{\"key\":\"y\"}",
                "{\"value\":1}",
                "{\"key\":\"y\",\"value\":{\"name\":\"Y\",\"age\":1},\"expires\":5}",
                "{\"key\":\"y\",\"value\":{\"name\":\"Y\",\"age\":1},\"expires\":\"soon\"}",
                "[1",
                "7")) {
            incorrect(ErrorCode.INVALID_IMPORT, () -> load(people(), good + bad, DumpFormat.LINES, LoadMode.REPLACE));
        }
        incorrect(
                ErrorCode.VALUE_MISFIT,
                () -> load(people(), good + "{\"key\":\"y\",\"value\":{}}", DumpFormat.LINES, LoadMode.REPLACE));
        incorrect(ErrorCode.INVALID_IMPORT, () -> load(people(), "[]", DumpFormat.JSON, LoadMode.ADD));
        incorrect(ErrorCode.INVALID_IMPORT, () -> load(people(), "", DumpFormat.JSON, LoadMode.ADD));
        incorrect(
                ErrorCode.INVALID_IMPORT,
                () -> load(people(), "{\"kind\":\"queue\",\"items\":[]}", DumpFormat.JSON, LoadMode.ADD));
        InputStream broken = failingAfter(new byte[0]);
        assertThatThrownBy(() -> people().load(broken, DumpFormat.LINES, LoadMode.REPLACE))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(people().keys()).containsExactly("ann");
    }
}

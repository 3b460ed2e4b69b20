package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.CommitMessage;
import coppice.api.ErrorCode;
import coppice.api.Limits;
import coppice.api.Space;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What just fits, and what does not: refused with a clear error, and nothing lost by it.
abstract class LimitsContract extends Contract {
    private Space space() {
        return db.space("s");
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'k');
        return bytes;
    }

    @Test
    void keysOfOneByteToTheLimitFit() {
        for (int length : new int[] {1, 2, Limits.KEY_BYTES_MAX - 1, Limits.KEY_BYTES_MAX}) {
            space().put(filled(length), utf8("" + length));
            assertThat(space().get(filled(length)).orElseThrow()).isEqualTo(utf8("" + length));
        }
        db.commit("long keys");
        assertThat(space().count()).isEqualTo(4);
        assertThat(space().get(filled(Limits.KEY_BYTES_MAX)).orElseThrow()).isEqualTo(utf8("4096"));
        space().delete(filled(Limits.KEY_BYTES_MAX));
        assertThat(space().count()).isEqualTo(3);
    }

    @Test
    void manyOfTheLongestKeysMakeASoundTree() {
        for (int i = 0; i < 60; i++) {
            byte[] key = filled(Limits.KEY_BYTES_MAX);
            key[Limits.KEY_BYTES_MAX - 1] = (byte) i;
            space().put(key, filled(i * 20));
        }
        db.commit("long keys");
        assertThat(space().count()).isEqualTo(60);
        for (int i = 0; i < 60; i++) {
            byte[] key = space().select(i).orElseThrow().key();
            assertThat(key[Limits.KEY_BYTES_MAX - 1]).isEqualTo((byte) i);
        }
        assertThat(db.check().problems()).isEmpty();
    }

    @Test
    void emptyAndOverlongKeysAreRefused() {
        space().put("a", "1");
        for (int length : new int[] {0, Limits.KEY_BYTES_MAX + 1}) {
            byte[] key = filled(length);
            incorrect(ErrorCode.INVALID_KEY, () -> space().put(key, utf8("v")));
            incorrect(ErrorCode.INVALID_KEY, () -> space().apply(new Batch().put(key, utf8("v"))));
            incorrect(
                    ErrorCode.INVALID_KEY,
                    () -> db.transact(tx -> {
                        tx.space("s").put(utf8("b"), utf8("2"));
                        tx.space("s").put(key, utf8("v"));
                        return 0;
                    }));
        }
        assertThat(rows(space())).containsExactly("a=1");
    }

    @Test
    void valuesUpToTheLimitFitAndOneByteMoreDoesNot() {
        byte[] value = new byte[Limits.VALUE_BYTES_MAX + 1];
        for (int i = 0; i < value.length; i += 511) {
            value[i] = (byte) (i / 511);
        }
        incorrect(ErrorCode.INVALID_VALUE, () -> space().put(utf8("over"), value));
        incorrect(ErrorCode.INVALID_VALUE, () -> space().apply(new Batch().put(utf8("over"), value)));
        assertThat(space().count()).isZero();
        byte[] longest = Arrays.copyOf(value, Limits.VALUE_BYTES_MAX);
        space().put(utf8("longest"), longest);
        assertThat(Arrays.equals(space().get(utf8("longest")).orElseThrow(), longest))
                .isTrue();
        db.commit("a long value");
        assertThat(Arrays.equals(space().get(utf8("longest")).orElseThrow(), longest))
                .isTrue();
    }

    @Test
    void spaceNamesUpToTheLimitFit() {
        for (int length : new int[] {1, Limits.SPACE_NAME_BYTES_MAX - 1, Limits.SPACE_NAME_BYTES_MAX}) {
            String name = "n".repeat(length);
            db.space(name).put("a", "" + length);
            assertThat(rows(db.space(name))).containsExactly("a=" + length);
        }
        // Bytes count, not characters: 85 snowmen are 255 bytes.
        db.space("☃".repeat(85)).put("a", "1");
        db.commit("names");
        assertThat(db.main().spaces()).hasSize(4);
    }

    @Test
    void malformedSpaceNamesAreRefused() {
        for (String name : List.of(
                "", "n".repeat(Limits.SPACE_NAME_BYTES_MAX + 1), "☃".repeat(86), "a\0b", "\n", "a\tb", "\u007f")) {
            incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.space(name));
            incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.main().snapshot().space(name));
            incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.transact(tx -> tx.space(name)));
        }
        assertThat(db.main().spaces()).isEmpty();
    }

    @Test
    void branchNamesUpToTheLimitFit() {
        List<String> good = List.of(
                "b", "feature/x-1", "v1.0", "ä☃", "b".repeat(Limits.BRANCH_NAME_BYTES_MAX - 1), "b".repeat(255));
        for (String name : good) {
            db.branch(name, db.head());
            assertThat(db.branch(name).name()).isEqualTo(name);
            assertThat(db.resolve(name)).isEqualTo(db.head());
        }
        assertThat(db.branches()).hasSize(good.size() + 1);
    }

    @Test
    void malformedBranchNamesAreRefused() {
        for (String name :
                List.of("", "b".repeat(Limits.BRANCH_NAME_BYTES_MAX + 1), "☃".repeat(86), "a\0b", "a~1", "a^", "a b")) {
            incorrect(ErrorCode.INVALID_BRANCH_NAME, () -> db.branch(name, db.head()));
        }
        assertThat(db.branches()).hasSize(1);
    }

    @Test
    void commitMessagesUpToTheLimitFit() {
        for (int length : new int[] {0, Limits.MESSAGE_BYTES_MAX - 1, Limits.MESSAGE_BYTES_MAX}) {
            assertThat(db.commit("m".repeat(length)).message()).hasSize(length);
            assertThat(db.head().message()).hasSize(length);
        }
        assertThat(db.commit("ä☃\n\nmore").title()).isEqualTo("ä☃");
    }

    @Test
    void overlongCommitMessagesAreRefusedAndNothingIsLost() {
        space().put("a", "1");
        incorrect(ErrorCode.INVALID_MESSAGE, () -> db.commit("m".repeat(Limits.MESSAGE_BYTES_MAX + 1)));
        incorrect(ErrorCode.INVALID_MESSAGE, () -> db.commit("☃".repeat(Limits.MESSAGE_BYTES_MAX / 3 + 1)));
        incorrect(
                ErrorCode.INVALID_MESSAGE,
                () -> db.main().commit(CommitMessage.of("m").by("a".repeat(Limits.MESSAGE_BYTES_MAX + 1))));
        assertThat(db.head().parents()).isEmpty();
        assertThat(db.main().hasChanges()).isTrue();
        db.commit("short");
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1");
    }
}

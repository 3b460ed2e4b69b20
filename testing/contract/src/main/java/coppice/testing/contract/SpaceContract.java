package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.Cursor;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Space;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Keys and values of one space.
abstract class SpaceContract extends Contract {
    private Space space() {
        return db.main().space("s");
    }

    @Test
    void anEmptySpaceHoldsNothing() {
        assertThat(space().get(utf8("a"))).isEmpty();
        assertThat(space().contains(utf8("a"))).isFalse();
        assertThat(space().count()).isZero();
        assertThat(rows(space())).isEmpty();
        assertThat(space().select(0)).isEmpty();
        assertThat(space().rank(utf8("a"))).isZero();
        assertThat(db.main().spaces()).isEmpty();
        assertThat(space().name()).isEqualTo("s");
    }

    @Test
    void whatIsPutIsThere() {
        space().put(utf8("a"), utf8("1"));
        assertThat(space().get(utf8("a")))
                .hasValueSatisfying(value -> assertThat(value).isEqualTo(utf8("1")));
        assertThat(space().contains(utf8("a"))).isTrue();
        assertThat(space().contains(utf8("b"))).isFalse();
        assertThat(space().contains(utf8("aa"))).isFalse();
        assertThat(space().count()).isOne();
    }

    @Test
    void theLastValueCounts() {
        space().put("a", "1");
        space().put("a", "2");
        assertThat(rows(space())).containsExactly("a=2");
        assertThat(space().count()).isOne();
    }

    @Test
    void anEmptyValueIsAValue() {
        space().put(utf8("a"), new byte[0]);
        assertThat(space().get(utf8("a")))
                .hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThat(space().contains(utf8("a"))).isTrue();
        assertThat(space().getOrDefault(utf8("a"), utf8("fallback"))).isEmpty();
        assertThat(space().count()).isOne();
        db.commit("empty value");
        assertThat(space().contains(utf8("a"))).isTrue();
        assertThat(rows(space())).containsExactly("a=");
    }

    @Test
    void whatIsDeletedIsGone() {
        space().put("a", "1");
        space().put("b", "2");
        space().delete("a");
        assertThat(space().contains(utf8("a"))).isFalse();
        assertThat(rows(space())).containsExactly("b=2");
        space().delete("b");
        assertThat(db.main().spaces()).isEmpty();
        space().put("a", "3");
        assertThat(rows(space())).containsExactly("a=3");
    }

    @Test
    void deletingWhatIsAbsentDoesNothing() {
        space().delete("a");
        assertThat(space().count()).isZero();
        assertThat(db.main().hasChanges()).isFalse();
        space().put("b", "1");
        space().delete("a");
        assertThat(rows(space())).containsExactly("b=1");
    }

    @Test
    void theFallbackItselfIsGivenForAnAbsentKey() {
        byte[] fallback = utf8("none");
        assertThat(space().getOrDefault(utf8("a"), fallback)).isSameAs(fallback);
        space().put("a", "1");
        assertThat(space().getOrDefault(utf8("a"), fallback)).isEqualTo(utf8("1"));
        space().delete("a");
        assertThat(space().getOrDefault(utf8("a"), fallback)).isSameAs(fallback);
    }

    @Test
    void spacesDoNotSeeEachOther() {
        db.space("a").put("k", "1");
        db.space("ab").put("k", "2");
        db.space("ä☃").put("k", "3");
        db.space("b").put("k", "4");
        db.space("b").delete("k");
        assertThat(rows(db.space("a"))).containsExactly("k=1");
        assertThat(rows(db.space("ab"))).containsExactly("k=2");
        assertThat(rows(db.space("ä☃"))).containsExactly("k=3");
        assertThat(db.main().spaces()).containsExactly("a", "ab", "ä☃");
        db.commit("three spaces");
        assertThat(db.main().spaces()).containsExactly("a", "ab", "ä☃");
        assertThat(rows(db.space("ab"))).containsExactly("k=2");
    }

    @Test
    void aBatchAppliesInItsOrder() {
        space().put("gone", "0");
        space().apply(new Batch()
                .put(utf8("a"), utf8("1"))
                .put(utf8("b"), utf8("2"))
                .put(utf8("a"), utf8("3"))
                .delete(utf8("b"))
                .delete(utf8("gone"))
                .delete(utf8("c"))
                .put(utf8("c"), utf8("4")));
        assertThat(rows(space())).containsExactly("a=3", "c=4");
        space().apply(new Batch());
        assertThat(rows(space())).containsExactly("a=3", "c=4");
    }

    @Test
    void aRefusedBatchLeavesNothingBehind() {
        space().put("a", "0");
        Batch batch = new Batch()
                .put(utf8("a"), utf8("1"))
                .delete(utf8("a"))
                .put(utf8("b"), utf8("2"))
                .put(new byte[0], utf8("bad"));
        incorrect(ErrorCode.INVALID_KEY, () -> space().apply(batch));
        assertThat(rows(space())).containsExactly("a=0");
        space().put("c", "3");
        assertThat(rows(space())).containsExactly("a=0", "c=3");
    }

    @Test
    void arraysAreNeverShared() {
        byte[] key = utf8("key");
        byte[] value = utf8("value");
        space().put(key, value);
        Arrays.fill(key, (byte) 'x');
        Arrays.fill(value, (byte) 'x');
        assertThat(rows(space())).containsExactly("key=value");

        byte[] got = space().get(utf8("key")).orElseThrow();
        Arrays.fill(got, (byte) 'x');
        Arrays.fill(space().getOrDefault(utf8("key"), got), (byte) 'x');
        Arrays.fill(space().select(0).orElseThrow().key(), (byte) 'x');
        Arrays.fill(space().select(0).orElseThrow().value(), (byte) 'x');
        try (Cursor cursor = space().scan(Range.all())) {
            assertThat(cursor.next()).isTrue();
            Arrays.fill(cursor.key(), (byte) 'x');
            Arrays.fill(cursor.value(), (byte) 'x');
            assertThat(shown(cursor.entry())).isEqualTo("key=value");
        }
        assertThat(rows(space())).containsExactly("key=value");
        db.commit("same for what is committed");
        Arrays.fill(space().get(utf8("key")).orElseThrow(), (byte) 'x');
        Arrays.fill(space().select(0).orElseThrow().key(), (byte) 'x');
        assertThat(rows(space())).containsExactly("key=value");
    }

    @Test
    void textIsReadAsTextAndNothingElse() {
        space().put("smile", "ä☃🙂");
        assertThat(space().text("smile")).contains("ä☃🙂");
        assertThat(space().text("frown")).isEmpty();
        assertThat(space().get(utf8("smile")).orElseThrow()).isEqualTo(utf8("ä☃🙂"));
        space().put(utf8("binary"), bytes(0xff, 0xfe));
        refused(DatabaseException.Incorrect.class, ErrorCode.NOT_TEXT, () -> space().text("binary"));
        space().delete("smile");
        assertThat(space().text("smile")).isEmpty();
    }

    @Test
    void longValuesComeBackWhole() {
        byte[] value = new byte[300_000];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (i * 31 ^ i >> 9);
        }
        int[] lengths = {1, 1023, 1024, 1025, 4096, 65_536, value.length};
        for (int length : lengths) {
            space().put(utf8("v" + length), Arrays.copyOf(value, length));
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int length : lengths) {
                assertThat(space().get(utf8("v" + length)).orElseThrow()).isEqualTo(Arrays.copyOf(value, length));
            }
            db.commit("pass " + pass);
        }
        try (Cursor cursor = space().scan(Range.prefix("v"))) {
            while (cursor.next()) {
                int length = cursor.valueLength();
                assertThat(cursor.value()).isEqualTo(Arrays.copyOf(value, length));
                assertThat(cursor.valueAt(length - 1)).isEqualTo(value[length - 1]);
            }
        }
    }

    @Test
    void handlesStayValidWhateverHappensToTheSpace() {
        Space early = space();
        space().put("a", "1");
        db.commit("one");
        Space late = db.branch("main").space("s");
        late.put("b", "2");
        assertThat(rows(early)).containsExactly("a=1", "b=2");
        early.delete("a");
        assertThat(late.get(utf8("a"))).isEqualTo(Optional.empty());
    }

    private static Entry entry(String key, String value) {
        return new Entry(utf8(key), utf8(value));
    }

    @Test
    void sortedEntriesLoadIntoAnEmptySpace() {
        assertThat(db.main().load("s", Collections.emptyIterator())).isZero();
        List<Entry> many = IntStream.range(0, 5_000)
                .mapToObj(i -> entry("k%05d".formatted(i), "v" + i))
                .toList();
        assertThat(db.main().load("s", many.iterator())).isEqualTo(5_000);
        assertThat(rows(space())).isEqualTo(many.stream().map(Contract::shown).toList());
        assertThat(db.main().hasChanges()).isTrue();
        space().put("k00007", "changed");
        db.commit("loaded");
        assertThat(db.at("main").space("s").text("k00007")).contains("changed");
        assertThat(db.at("main").space("s").count()).isEqualTo(5_000);
        assertThat(db.check().problems()).isEmpty();
    }

    @Test
    void aLoadThatIsRefusedLeavesNothing() {
        incorrect(
                ErrorCode.NOT_SORTED,
                () -> db.main()
                        .load(
                                "s",
                                List.of(entry("a", "1"), entry("c", "2"), entry("b", "3"))
                                        .iterator()));
        incorrect(
                ErrorCode.NOT_SORTED,
                () -> db.main()
                        .load("s", List.of(entry("a", "1"), entry("a", "2")).iterator()));
        incorrect(
                ErrorCode.INVALID_KEY,
                () -> db.main().load("s", List.of(entry("", "1")).iterator()));
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(space().count()).isZero();
        space().put("a", "1");
        incorrect(
                ErrorCode.SPACE_NOT_EMPTY,
                () -> db.main().load("s", List.of(entry("b", "2")).iterator()));
        assertThat(rows(space())).containsExactly("a=1");
        space().delete("a");
        db.main().load("s", List.of(entry("b", "2")).iterator());
        assertThat(rows(space())).containsExactly("b=2");
    }
}

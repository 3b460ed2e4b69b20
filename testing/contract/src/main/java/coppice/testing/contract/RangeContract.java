package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Batch;
import coppice.api.Cursor;
import coppice.api.Entry;
import coppice.api.Page;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Ordered access, compared with a sorted map in every shape of range, on what is committed, what is not, and
/// mixtures.
abstract class RangeContract extends Contract {
    private static final String[] KEYS = {
        "\0", "\0\0", "\0\1", "a", "aa", "ab", "aÿ", "aÿÿ", "b", "ba", "bÿ", "c", "m", "z", "\u007f", "\u0080", "þ",
        "þÿ", "ÿ", "ÿ\0", "ÿa", "ÿÿ", "ÿÿÿ"
    };
    private static final String[] BOUNDS = {
        "\0", "\0\0\0", "a", "a\0", "ab", "ac", "aÿ", "aÿÿ\0", "b", "bÿ", "d", "\u007f", "\u0080", "ÿ", "ÿÿ", "ÿÿÿÿ"
    };

    /// Keys are written as Latin-1, whose order as strings is the order of unsigned bytes.
    private static byte[] key(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static NavigableMap<String, String> model() {
        NavigableMap<String, String> model = new TreeMap<>();
        for (int i = 0; i < KEYS.length; i++) {
            model.put(KEYS[i], "v" + i);
        }
        return model;
    }

    private static String valueOf(String key) {
        return Objects.requireNonNull(model().get(key));
    }

    /// The same rows every time: all committed, all uncommitted, half and half, deleted and overwritten in between.
    private List<SpaceView> spacesOfTheModel() {
        List<SpaceView> spaces = new ArrayList<>();
        for (String name : List.of("committed", "mixed")) {
            Batch batch = new Batch();
            model().forEach((key, value) -> batch.put(key(key), key(value)));
            db.space(name).apply(batch);
        }
        Space mixed = db.space("mixed");
        mixed.put(key("aa"), key("old"));
        mixed.put(key("a!"), key("old"));
        mixed.put(key("zz"), key("old"));
        mixed.delete(key("c"));
        mixed.delete(key("ÿÿÿ"));
        db.commit("some of it");
        mixed.put(key("aa"), key(valueOf("aa")));
        mixed.delete(key("a!"));
        mixed.delete(key("zz"));
        mixed.put(key("c"), key(valueOf("c")));
        mixed.put(key("ÿÿÿ"), key(valueOf("ÿÿÿ")));
        model().forEach((key, value) -> db.space("uncommitted").put(key(key), key(value)));
        for (String name : List.of("committed", "mixed", "uncommitted")) {
            spaces.add(db.space(name));
            spaces.add(db.main().snapshot().space(name));
        }
        return spaces;
    }

    private static List<Range> everyShape() {
        List<Range> ranges = new ArrayList<>(List.of(Range.all(), Range.prefix("")));
        for (String bound : BOUNDS) {
            ranges.add(Range.from(key(bound)));
            ranges.add(Range.to(key(bound)));
            ranges.add(Range.prefix(key(bound)));
            for (String other : BOUNDS) {
                ranges.add(Range.between(key(bound), key(other)));
            }
        }
        ranges.addAll(ranges.stream().map(Range::reversed).toList());
        return ranges;
    }

    /// The rows of a range by its definition: each row asked on its own.
    private static List<String> expected(Range range) {
        NavigableMap<String, String> model = range.isReversed() ? model().descendingMap() : model();
        return model.entrySet().stream()
                .filter(entry -> range.contains(key(entry.getKey())))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static String latin(Entry entry) {
        return new String(entry.key(), ISO_8859_1) + "=" + new String(entry.value(), ISO_8859_1);
    }

    @Test
    void everyShapeOfRangeGivesItsRowsInOrder() {
        for (SpaceView space : spacesOfTheModel()) {
            for (Range range : everyShape()) {
                try (Stream<Entry> entries = space.entries(range)) {
                    assertThat(entries.map(RangeContract::latin))
                            .as("%s of %s", range, space.name())
                            .containsExactlyElementsOf(expected(range));
                }
            }
        }
    }

    @Test
    void everyShapeOfRangeCountsItsRows() {
        for (SpaceView space : spacesOfTheModel()) {
            assertThat(space.count()).isEqualTo(KEYS.length);
            for (Range range : everyShape()) {
                assertThat(space.count(range))
                        .as("%s of %s", range, space.name())
                        .isEqualTo(expected(range).size());
            }
        }
    }

    @Test
    void everyShapeOfRangeWalksInPagesOfAnySize() {
        for (SpaceView space : spacesOfTheModel()) {
            for (Range range : List.of(Range.all(), Range.prefix("a"), Range.from(key("b")), Range.to(key("ÿÿ")))) {
                for (int limit : new int[] {1, 2, 3, 7, KEYS.length, 1000}) {
                    assertThat(walk(space, range, limit)).containsExactlyElementsOf(expected(range));
                    Range back = range.reversed();
                    assertThat(walk(space, back, limit)).containsExactlyElementsOf(expected(back));
                }
            }
        }
    }

    private static List<String> walk(SpaceView space, Range range, int limit) {
        List<String> found = new ArrayList<>();
        Optional<Range> next = Optional.of(range);
        while (next.isPresent()) {
            Page page = space.page(next.get(), limit);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            page.entries().forEach(entry -> found.add(latin(entry)));
            next = page.next();
            if (next.isPresent()) {
                assertThat(page.entries()).hasSize(limit);
            }
        }
        return found;
    }

    @Test
    void rankAndSelectAreTheSamePlaces() {
        for (SpaceView space : spacesOfTheModel()) {
            List<String> sorted = List.copyOf(model().keySet());
            for (int i = 0; i < sorted.size(); i++) {
                assertThat(space.rank(key(sorted.get(i)))).isEqualTo(i);
                assertThat(space.select(i).map(RangeContract::latin))
                        .contains(sorted.get(i) + "=" + model().get(sorted.get(i)));
            }
            for (String bound : BOUNDS) {
                assertThat(space.rank(key(bound)))
                        .isEqualTo(model().headMap(bound).size());
            }
            assertThat(space.select(sorted.size())).isEmpty();
            assertThat(space.select(Long.MAX_VALUE)).isEmpty();
            assertThatThrownBy(() -> space.select(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aCursorShowsKeyAndValueWithoutCopying() {
        db.space("s").put("key", "value");
        db.space("s").put("k", "");
        try (Cursor cursor = db.space("s").scan(Range.all())) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.keyLength()).isOne();
            assertThat(cursor.valueLength()).isZero();
            assertThat(cursor.value()).isEmpty();
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.keyLength()).isEqualTo(3);
            assertThat(cursor.keyAt(2)).isEqualTo((byte) 'y');
            assertThat(cursor.valueLength()).isEqualTo(5);
            assertThat(cursor.valueAt(0)).isEqualTo((byte) 'v');
            byte[] into = utf8("----------");
            assertThat(cursor.copyKey(into, 1)).isEqualTo(3);
            assertThat(cursor.copyValue(into, 5)).isEqualTo(5);
            assertThat(into).isEqualTo(utf8("-key-value"));
            assertThat(shown(cursor.entry())).isEqualTo("key=value");
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void aCursorStaysOnTheStateItBeganOn() {
        Space space = db.space("s");
        for (int i = 0; i < 100; i++) {
            space.put("k" + (100 + i), "old");
        }
        List<String> before = rows(space);
        try (Cursor cursor = space.scan(Range.all())) {
            List<String> seen = new ArrayList<>();
            for (int i = 0; cursor.next(); i++) {
                seen.add(shown(cursor.entry()));
                space.put("k" + (199 - i), "new");
                space.delete("k" + (100 + i));
                space.put("x" + i, "new");
                if (i == 50) {
                    db.commit("half way");
                    db.checkpoint();
                }
            }
            assertThat(seen).isEqualTo(before);
        }
    }

    @Test
    void aCursorMayBeClosedEarlyAndTwice() {
        Space space = db.space("s");
        space.put("a", "1");
        space.put("b", "2");
        Cursor cursor = space.scan(Range.all());
        assertThat(cursor.next()).isTrue();
        cursor.close();
        cursor.close();
        assertThat(rows(space)).containsExactly("a=1", "b=2");
    }

    @Test
    void aPageHoldsAtLeastOneEntry() {
        assertThatThrownBy(() -> db.space("s").page(Range.all(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(db.space("s").page(Range.all(), 1).entries()).isEmpty();
        assertThat(db.space("s").page(Range.all(), 1).next()).isEmpty();
    }

    @Test
    void manyRowsKeepTheirOrderAndPlaces() {
        Space space = db.space("s");
        int rows = 20_000;
        Batch batch = new Batch();
        for (int i = 0; i < rows; i++) {
            int shuffled = (int) ((i * 7919L) % rows);
            batch.put(utf8("%06d".formatted(shuffled)), utf8("v" + shuffled));
        }
        space.apply(batch);
        for (int pass = 0; pass < 2; pass++) {
            assertThat(space.count()).isEqualTo(rows);
            assertThat(space.count(Range.between(utf8("000100"), utf8("010100"))))
                    .isEqualTo(10_000);
            assertThat(space.rank(utf8("012345"))).isEqualTo(12_345);
            assertThat(shown(space.select(19_999).orElseThrow())).isEqualTo("019999=v19999");
            assertThat(rows(space, Range.prefix("01234")))
                    .hasSize(10)
                    .startsWith("012340=v12340")
                    .endsWith("012349=v12349");
            assertThat(rows(space, Range.to(utf8("000003")).reversed()))
                    .containsExactly("000002=v2", "000001=v1", "000000=v0");
            try (Cursor cursor = space.scan(Range.all().reversed())) {
                for (int i = rows - 1; i >= 0; i--) {
                    assertThat(cursor.next()).isTrue();
                    if (i % 997 == 0) {
                        assertThat(shown(cursor.entry())).isEqualTo("%06d=v%d".formatted(i, i));
                    }
                }
                assertThat(cursor.next()).isFalse();
            }
            db.commit("pass " + pass);
        }
    }

    @Test
    void rowsThatCameFromTheEndOrFromSeveralSidesAreFound() {
        int rows = 3_000;
        for (int step : new int[] {-1, 1_009, -7, 1_501}) {
            Space space = db.space("by " + step);
            for (int i = 0; i < rows; i++) {
                String key = "%05d".formatted(Math.floorMod(i * step, rows));
                space.put(key, "v");
                assertThat(space.text(key)).contains("v");
            }
            assertThat(space.count()).isEqualTo(rows);
            assertThat(rows(space)).hasSize(rows).isSorted();
        }
    }
}

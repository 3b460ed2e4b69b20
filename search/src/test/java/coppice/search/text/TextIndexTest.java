package coppice.search.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coppice.api.Entry;
import coppice.api.search.TextOptions;
import coppice.json.Json;
import coppice.structure.ground.Following;
import coppice.structure.ground.Following.Differing;
import coppice.structure.search.TextIndex;
import coppice.structure.search.TextQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.lucene.util.SmallFloat;
import org.junit.jupiter.api.Test;

class TextIndexTest {
    private static final int STEPS = 300;
    private static final int KEYS = 400;
    private static final int VOCABULARY = 40;
    private static final int RANDOM_QUERIES = 20_000;
    private static final TextOptions OPTIONS = TextOptions.standard();
    private static final TextFollowing FOLLOWING = new TextFollowing(OPTIONS);

    private static TextQuery query(String text, int fuzziness) {
        return new TextQuery(text, OPTIONS, Map.of(), fuzziness, false, Optional.empty());
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append('w')
                    .append(random.nextInt(1 + random.nextInt(VOCABULARY)))
                    .append(' ');
        }
        return text.toString();
    }

    private static TextIndex fresh(Map<String, String> texts) {
        return FOLLOWING.of(texts.entrySet().stream()
                .map(one -> new Entry(one.getKey().getBytes(UTF_8), stored(one.getValue())))
                .iterator());
    }

    private static byte[] stored(String text) {
        return Json.object("text", text).text().getBytes(UTF_8);
    }

    private static List<String> shown(List<TextIndex.Found> found) {
        return found.stream()
                .map(one -> new String(one.key(), UTF_8) + ' ' + one.score())
                .toList();
    }

    /// However an index came about, it answers as one that was made at once; and scores are those of the formula.
    @Test
    void changesGiveWhatAllDocumentsGive() {
        SplittableRandom random = new SplittableRandom(17);
        TreeMap<String, String> texts = new TreeMap<>();
        TextIndex index = fresh(texts);
        int most = 0;
        for (int step = 0; step < STEPS; step++) {
            index = FOLLOWING.with(index, changes(texts, random)).orElseThrow();
            most = Math.max(most, index.segments());
            if (step % 25 == 0) {
                index = keptAndRead(index);
            }
            if (step % 10 == 0) {
                TextIndex made = fresh(texts);
                for (String asked : List.of("w1", "w1 w20 w39", "+w2 -w0", "w3*", "\"w0 w1\"", "w35~1", "w0 AND w7")) {
                    int wanted = 1 + random.nextInt(KEYS);
                    assertThat(shown(index.best(query(asked, 0), wanted)))
                            .as("%s in step %s", asked, step)
                            .isEqualTo(shown(made.best(query(asked, 0), wanted)));
                    assertThat(index.count(query(asked, 0))).isEqualTo(made.count(query(asked, 0)));
                }
                assertThat(index.suggestions("w", 50)).isEqualTo(made.suggestions("w", 50));
                checkFormula(index, texts, "w5", "w30");
            }
        }
        assertThat(index.documents()).isEqualTo(texts.size());
        assertThat(most).as("segments").isBetween(3, 30);
    }

    @Test
    void indexesOfOtherMembersHaveOtherNames() {
        TextOptions two = OPTIONS.member("a").member("b");
        assertThat(new TextFollowing(two).name())
                .isEqualTo(new TextFollowing(OPTIONS.member("b").member("a", 2)).name())
                .isNotEqualTo(new TextFollowing(OPTIONS.member("a, b")).name());
    }

    /// Of many that score the same, those with the first keys count, in whichever segments they are.
    @Test
    void ofEqualsTheFirstKeysCount() {
        SplittableRandom random = new SplittableRandom(5);
        TreeMap<String, String> texts = new TreeMap<>();
        TextIndex index = fresh(texts);
        for (int batch = 0; batch < 12; batch++) {
            TreeMap<String, String> more = new TreeMap<>();
            for (int i = 0; i < 600; i++) {
                more.put("k" + random.nextInt(100_000), "same ".repeat(1 + random.nextInt(3)) + "other");
            }
            texts.putAll(more);
            index = FOLLOWING
                    .with(
                            index,
                            more.entrySet().stream()
                                    .map(one -> new Differing(one.getKey().getBytes(UTF_8), stored(one.getValue())))
                                    .toList())
                    .orElseThrow();
        }
        assertThat(index.segments()).isGreaterThan(3);
        TextIndex made = fresh(texts);
        for (int wanted : List.of(1, 2, 10, 1_000, 3_000, texts.size())) {
            assertThat(shown(index.best(query("same", 0), wanted)))
                    .isEqualTo(shown(made.best(query("same", 0), wanted)));
        }
        assertThat(index.best(query("other", 0), texts.size()).stream()
                        .filter(one -> texts.get(new String(one.key(), UTF_8)).length() == "same other".length())
                        .map(one -> new String(one.key(), UTF_8)))
                .isSorted();
    }

    private static TextIndex keptAndRead(TextIndex index) {
        Map<String, byte[]> parts = new TreeMap<>();
        Following.Keeping<TextIndex> keeping = FOLLOWING.keeping().orElseThrow();
        keeping.parts(index).forEach((name, bytes) -> parts.put(name, bytes.get()));
        Map<String, byte[]> some = new TreeMap<>(parts);
        if (!some.isEmpty()) {
            some.keySet().removeIf(name -> name.endsWith(".si"));
            assertThat(keeping.of(some)).isEmpty();
        }
        assertThat(keeping.of(Map.of("00/Lucene1/_0.si", new byte[9]))).isEmpty();
        return keeping.of(parts).orElseThrow();
    }

    private static List<Differing> changes(Map<String, String> texts, SplittableRandom random) {
        TreeMap<String, Optional<String>> changes = new TreeMap<>();
        for (int i = 1 + random.nextInt(random.nextInt(8) == 0 ? 100 : 4); i > 0; i--) {
            String key = "k" + random.nextInt(KEYS);
            changes.put(key, random.nextInt(3) == 0 ? Optional.empty() : Optional.of(text(random)));
        }
        List<Differing> rows = new ArrayList<>();
        changes.forEach((key, value) -> {
            value.ifPresentOrElse(text -> texts.put(key, text), () -> texts.remove(key));
            rows.add(new Differing(
                    key.getBytes(UTF_8), value.map(TextIndexTest::stored).orElse(null)));
        });
        return rows;
    }

    /// BM25, as written down, with lengths as an index keeps them: in one byte.
    private static void checkFormula(TextIndex index, Map<String, String> texts, String... words) {
        Map<String, Double> scores = new TreeMap<>();
        double average = texts.values().stream()
                .mapToInt(TextIndexTest::length)
                .filter(length -> length > 0)
                .average()
                .orElse(0);
        long count = texts.values().stream().filter(text -> length(text) > 0).count();
        for (String word : words) {
            long with = texts.values().stream()
                    .filter(text -> frequency(text, word) > 0)
                    .count();
            double rarity = Math.log(1 + (count - with + 0.5) / (with + 0.5));
            texts.forEach((key, text) -> {
                double times = frequency(text, word);
                double part = rarity * times / (times + 1.2 * (1 - 0.75 + 0.75 * length(text) / average));
                if (times > 0) {
                    scores.merge(key, part, Double::sum);
                }
            });
        }
        List<TextIndex.Found> found = index.best(query(String.join(" ", words), 0), KEYS);
        assertThat(found).hasSize(scores.size());
        for (TextIndex.Found one : found) {
            assertThat(one.score()).isCloseTo(scores.get(new String(one.key(), UTF_8)), within(1e-4));
        }
    }

    private static int length(String text) {
        return SmallFloat.byte4ToInt(SmallFloat.intToByte4((int)
                Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).count()));
    }

    private static long frequency(String text, String word) {
        return Arrays.stream(text.split(" ")).filter(word::equals).count();
    }

    @Test
    void anyTextFindsSomethingOrNothing() {
        SplittableRandom random = new SplittableRandom(23);
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            texts.put("k" + i, text(random));
        }
        TextIndex index = fresh(texts);
        String[] pieces = {
            "w1",
            "w2*",
            "w3~",
            "\"w1 w2\"~4",
            "\"",
            "(",
            ")",
            "-",
            "+",
            " AND ",
            " OR ",
            " NOT ",
            "text:",
            " ",
            "\ud83c",
            "*",
            "~2"
        };
        for (int i = 0; i < RANDOM_QUERIES; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(10); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
            }
            TextQuery query = query(text.toString(), random.nextInt(3));
            assertThat(index.best(query, 5)).hasSizeLessThanOrEqualTo(5);
            assertThat(index.highlights(query, "<", ">").apply(stored("w1 w2. w3 w4")))
                    .hasSizeLessThanOrEqualTo(1);
            index.corrected(query);
        }
    }

    @Test
    void phrasesDoNotSpanItems() {
        TextIndex index = FOLLOWING.of(List.of(new Entry(
                        "k".getBytes(UTF_8), "{\"a\":[\"one two\",\"three\"],\"b\":{\"c\":\"four\"}}".getBytes(UTF_8)))
                .iterator());
        assertThat(index.count(query("\"one two\"", 0))).isOne();
        assertThat(index.count(query("\"two three\"", 0))).isZero();
        assertThat(index.count(query("b:four", 0))).isOne();
        assertThat(index.count(query("b.c:four", 0))).isOne();
        assertThat(index.count(query("a:four", 0))).isZero();
    }
}

package coppice.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.bench.search.ArticleStore.Search;
import coppice.bench.search.Asked.Kind;
import coppice.bench.search.Asked.Near;
import coppice.bench.search.Asked.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What every store of articles must do for its numbers to mean the same.
class ArticleStoreTest {
    static final List<String> NAMES = ArticleStore.NAMES;

    private static final int WANTED = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("NAMES")
    void findsWhatLookingAtAllArticlesGives(String name) throws Exception {
        Articles articles = new Articles(300);
        SplittableRandom random = new SplittableRandom(5);
        try (ArticleStore store = open(name)) {
            store.load(articles.all());
            store.makeReady();
            for (Kind kind : Kind.values()) {
                for (int i = 0; i < 5; i++) {
                    Asked asked = kind.next(articles.vocabulary(), random);
                    var search = store.search(asked);
                    if (search.isPresent()) {
                        check(articles, asked, search.get());
                    }
                }
            }
        }
    }

    private static void check(Articles articles, Asked asked, Search search) throws Exception {
        try (search) {
            long count = articles.count(asked);
            int most = (int) Math.min(WANTED, count);
            List<Article> best = new ArrayList<>();
            assertThat(search.count()).as("%s", asked).isEqualTo(count);
            assertThat(search.numbers(WANTED)).as("%s", asked).isEqualTo(most);
            assertThat(search.articles(WANTED, best::add)).as("%s", asked).isEqualTo(most);
            assertThat(best).hasSize(most).allMatch(asked::isIn);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void findsWhatWasPutAtOnceAndAfterOpeningAgain(String name) throws Exception {
        try (ArticleStore store = open(name)) {
            store.put(1, new Article("first title", "some body"));
            store.put(2, new Article("second title", "other body"));
            assertThat(found(store, "title")).hasSize(2);
            store.put(1, new Article("third", "some body"));
            assertThat(found(store, "title")).containsExactly(new Article("second title", "other body"));
        }
        try (ArticleStore store = open(name)) {
            assertThat(found(store, "third")).containsExactly(new Article("third", "some body"));
        }
    }

    private static List<Article> found(ArticleStore store, String word) throws Exception {
        List<Article> articles = new ArrayList<>();
        try (Search search = store.search(new Word(word)).orElseThrow()) {
            search.articles(WANTED, articles::add);
        }
        return articles;
    }

    private ArticleStore open(String name) throws Exception {
        ArticleStore store = ArticleStore.named(name);
        store.open(directory, 16L << 20);
        return store;
    }

    @Test
    void nearWordsHaveAtMostTwoOtherLetters() {
        assertThat(List.of("benchmark", "bencmhark", "enchmar", "benchmarked", "bench", "bancmhrak"))
                .filteredOn(word -> new Near("benchmark").isIn(new Article(word, "")))
                .containsExactly("benchmark", "bencmhark", "enchmar", "benchmarked");
    }
}

package coppice.bench.search;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// All articles of a store, by numbers from 0 on: of five words in the title and 40 to 120 in the body.
public final class Articles {
    private static final int TITLE_WORDS = 5;
    private static final int BODY_WORDS_MIN = 40;
    private static final int BODY_WORDS_MAX = 120;

    private final Vocabulary vocabulary = new Vocabulary();
    private final List<Article> all;

    /// @param count how many there are at first
    public Articles(int count) {
        all = IntStream.range(0, count).mapToObj(this::article).toList();
    }

    /// Those that are loaded, in the order of their numbers.
    public List<Article> all() {
        return all;
    }

    /// What texts are made of.
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /// An article in its first version.
    public Article article(int number) {
        SplittableRandom random = new SplittableRandom(number);
        return new Article(words(random, TITLE_WORDS), body(random));
    }

    /// One with a title of its own.
    public Article titled(String title, int number) {
        return new Article(title, body(new SplittableRandom(number)));
    }

    private String body(SplittableRandom random) {
        return words(random, random.nextInt(BODY_WORDS_MIN, BODY_WORDS_MAX));
    }

    private String words(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(vocabulary.next(random));
        }
        return text.toString();
    }

    /// How many of the loaded ones a search has to find, by looking at all of them.
    public long count(Asked asked) {
        return all.stream().filter(asked::isIn).count();
    }
}

package coppice.bench.search;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// The words of all articles, from the most frequent one on: how often a word occurs goes with the inverse of its
/// rank, as in natural texts (Zipf).
public final class Vocabulary {
    static final int WORDS = 30_000;

    private static final int LENGTH_MIN = 4;
    private static final int LENGTHS = 7;
    private static final int LETTERS = 26;
    private static final long SEED = 11;

    private final String[] words;

    /// The same words each time.
    Vocabulary() {
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> distinct = new LinkedHashSet<>();
        while (distinct.size() < WORDS) {
            StringBuilder word = new StringBuilder();
            int length = LENGTH_MIN + random.nextInt(LENGTHS);
            for (int i = 0; i < length; i++) {
                word.append(letter(random));
            }
            distinct.add(word.toString());
        }
        words = distinct.toArray(String[]::new);
    }

    static char letter(SplittableRandom random) {
        return (char) ('a' + random.nextInt(LETTERS));
    }

    /// @param rank from 0, for the most frequent one
    String word(int rank) {
        return words[rank];
    }

    /// A word as it comes in a text.
    String next(SplittableRandom random) {
        return words[Math.min(WORDS, (int) Math.pow(WORDS, random.nextDouble())) - 1];
    }

    /// A word whose rank is in a range.
    String between(int from, int end, SplittableRandom random) {
        return words[random.nextInt(from, end)];
    }
}

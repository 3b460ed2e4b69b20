package coppice.bench.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// What articles are searched for, in either of their texts.
public sealed interface Asked {
    /// Whether an article has it, found out in the plainest way.
    boolean isIn(Article article);

    /// One word.
    record Word(String word) implements Asked {
        @Override
        public boolean isIn(Article article) {
            return texts(article).anyMatch(text -> text.contains(" " + word + " "));
        }
    }

    /// Two words, be it in different texts.
    record Both(String one, String other) implements Asked {
        @Override
        public boolean isIn(Article article) {
            return new Word(one).isIn(article) && new Word(other).isIn(article);
        }
    }

    /// One of two words, or both.
    record Either(String one, String other) implements Asked {
        @Override
        public boolean isIn(Article article) {
            return new Word(one).isIn(article) || new Word(other).isIn(article);
        }
    }

    /// Two words, one behind the other.
    record Phrase(String one, String other) implements Asked {
        @Override
        public boolean isIn(Article article) {
            return texts(article).anyMatch(text -> text.contains(" " + one + " " + other + " "));
        }
    }

    /// A word that begins so.
    record Prefix(String letters) implements Asked {
        @Override
        public boolean isIn(Article article) {
            return texts(article).anyMatch(text -> text.contains(" " + letters));
        }
    }

    /// A word that becomes this one when at most two letters are replaced, put in, taken out, or two neighbours
    /// change places.
    record Near(String word) implements Asked {
        static final int EDITS = 2;

        @Override
        public boolean isIn(Article article) {
            return texts(article)
                    .flatMap(text -> Arrays.stream(text.strip().split(" ", -1)))
                    .anyMatch(this::isNear);
        }

        private boolean isNear(String other) {
            return Math.abs(word.length() - other.length()) <= EDITS && edits(word, other) <= EDITS;
        }

        /// The distance by optimal string alignment.
        private static int edits(String one, String other) {
            int[][] least = new int[one.length() + 1][other.length() + 1];
            for (int i = 0; i <= one.length(); i++) {
                for (int j = 0; j <= other.length(); j++) {
                    least[i][j] = i == 0 || j == 0 ? i + j : step(least, one, other, i, j);
                }
            }
            return least[one.length()][other.length()];
        }

        private static int step(int[][] least, String one, String other, int i, int j) {
            char last = one.charAt(i - 1);
            char otherLast = other.charAt(j - 1);
            int replaced = least[i - 1][j - 1] + (last == otherLast ? 0 : 1);
            int moved = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
            boolean isSwapped = i > 1 && j > 1 && last == other.charAt(j - 2) && one.charAt(i - 2) == otherLast;
            int swapped = isSwapped ? least[i - 2][j - 2] + 1 : Integer.MAX_VALUE;
            return Math.min(swapped, Math.min(replaced, moved));
        }
    }

    private static Stream<String> texts(Article article) {
        return Stream.of(article.title(), article.body()).map(text -> " " + text + " ");
    }

    /// Kinds of searches, by how often the words occur and how they are put together.
    enum Kind {
        COMMON,
        RARE,
        BOTH,
        EITHER,
        PHRASE,
        PREFIX,
        NEAR;

        private static final int PREFIX_LENGTH = 3;
        private static final int NEAR_LENGTH_MIN = 7;

        /// A search of the kind.
        public Asked next(Vocabulary words, SplittableRandom random) {
            return switch (this) {
                case COMMON -> new Word(common(words, random));
                case RARE -> new Word(rare(words, random));
                case BOTH -> new Both(common(words, random), words.between(40, 60, random));
                case EITHER -> new Either(common(words, random), words.between(400, 600, random));
                case PHRASE -> new Phrase(words.between(0, 4, random), words.between(4, 8, random));
                case PREFIX -> new Prefix(words.between(50, 150, random).substring(0, PREFIX_LENGTH));
                case NEAR -> new Near(misspelt(words, random));
            };
        }

        /// In about a third of all articles.
        private static String common(Vocabulary words, SplittableRandom random) {
            return words.between(15, 30, random);
        }

        /// In about three of a thousand.
        private static String rare(Vocabulary words, SplittableRandom random) {
            return words.between(2_000, 3_000, random);
        }

        private static String misspelt(Vocabulary words, SplittableRandom random) {
            String word = words.between(500, 1_500, random);
            while (word.length() < NEAR_LENGTH_MIN) {
                word = words.between(500, 1_500, random);
            }
            StringBuilder changed = new StringBuilder(word);
            for (int i = 0; i < Near.EDITS; i++) {
                changed.setCharAt(random.nextInt(word.length()), Vocabulary.letter(random));
            }
            return changed.toString();
        }
    }
}

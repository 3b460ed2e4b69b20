package coppice.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Words that mean something, how names are written beside them, and which name was meant.
final class Names {
    private static final Set<String> RESERVED = Set.of(
            "AND",
            "OR",
            "NOT",
            "IS",
            "NULL",
            "MISSING",
            "TRUE",
            "FALSE",
            "BETWEEN",
            "IN",
            "LIKE",
            "ESCAPE",
            "CONTAINS",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "CAST",
            "AS");
    private static final int LONGEST = 64;

    private Names() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }

    /// A name as it stands in an expression: in quotes when it must.
    static String written(String name, boolean isFirst) {
        return isWord(name) && !(isFirst && isReserved(name)) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /// Whether a name needs no quotes.
    static boolean isWord(String name) {
        return !name.isEmpty()
                && isStart(name.codePointAt(0))
                && name.codePoints().allMatch(Names::isPart);
    }

    /// Whether a name without quotes can begin with it.
    static boolean isStart(int point) {
        return Character.isUnicodeIdentifierStart(point) || point == '_';
    }

    /// Whether a name without quotes can hold it.
    static boolean isPart(int point) {
        return Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point);
    }

    /// The known name that is nearest to one that is mistyped, if any is near.
    static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> candidate.length() <= LONGEST)
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// How many letters must be put in, left out, changed or exchanged with the next (optimal string alignment).
    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                boolean isSwap =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = isSwap ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[a.length()][b.length()];
    }
}

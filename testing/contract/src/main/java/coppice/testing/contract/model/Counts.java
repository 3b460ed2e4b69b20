package coppice.testing.contract.model;

import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;

/// A counter that merges by itself, as plain maps: what each replica added and took off. Only what the commands write
/// is read: replicas of one letter and counts below 128.
///
/// @param up what was added
/// @param down what was taken off
record Counts(Map<Character, Integer> up, Map<Character, Integer> down) {
    private static final String HEAD = "\u00cf\u0001\u0002";

    /// Two counters merged; nothing where one of the two is no counter.
    static Optional<String> merge(Optional<String> ours, Optional<String> theirs) {
        return ours.flatMap(Counts::parse)
                .flatMap(our -> theirs.flatMap(Counts::parse)
                        .map(their -> our.merge(their).text()));
    }

    private static Optional<Counts> parse(String text) {
        if (!text.startsWith(HEAD)) {
            return Optional.empty();
        }
        int downAt = HEAD.length() + 1 + 3 * text.charAt(HEAD.length());
        return Optional.of(new Counts(tally(text, HEAD.length()), tally(text, downAt)));
    }

    private static Map<Character, Integer> tally(String text, int at) {
        Map<Character, Integer> counts = new TreeMap<>();
        for (int i = 0; i < text.charAt(at); i++) {
            int entry = at + 1 + 3 * i;
            counts.put(text.charAt(entry + 1), (int) text.charAt(entry + 2));
        }
        return counts;
    }

    private Counts merge(Counts other) {
        return new Counts(merge(up, other.up), merge(down, other.down));
    }

    private static Map<Character, Integer> merge(Map<Character, Integer> one, Map<Character, Integer> other) {
        Map<Character, Integer> merged = new TreeMap<>(one);
        other.forEach((replica, count) -> merged.merge(replica, count, Math::max));
        return merged;
    }

    /// As it is stored.
    String text() {
        return HEAD + text(up) + text(down);
    }

    private static String text(Map<Character, Integer> tally) {
        StringBuilder text = new StringBuilder().append((char) tally.size());
        for (Entry<Character, Integer> entry : new TreeMap<>(tally).entrySet()) {
            text.append('\u0001').append(entry.getKey()).append((char) (int) entry.getValue());
        }
        return text.toString();
    }
}

package coppice.testing.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;

/// Makes a failing sequence of choices shorter, then smaller, as long as the run still fails in the same way. After
/// MacIver and Donaldson, ECOOP 2020: sequences are ordered by length first and then by their choices, so every step
/// kept is progress and the search ends.
final class Shrinker {
    private final Search.Body body;
    private final Class<?> failure;
    private int budget;
    private long[] best;
    private List<Choices.Span> spans;

    Shrinker(Search.Body body, Search.Outcome first, int budget) {
        this.body = body;
        this.failure = Objects.requireNonNull(first.failure()).getClass();
        this.budget = budget;
        this.best = first.choices().sequence();
        this.spans = List.copyOf(first.choices().spans());
    }

    long[] shrink() {
        long[] before;
        do {
            before = best;
            removeSpans();
            removeChoices();
            lowerEqual();
            lowerEach();
            lowerPairs();
        } while (budget > 0 && !Arrays.equals(before, best));
        return best;
    }

    /// Keeps a candidate when it fails as the original did and what it really read is smaller than the best so far.
    private boolean keep(long[] candidate) {
        if (budget <= 0 || Arrays.equals(candidate, best)) {
            return false;
        }
        budget--;
        Search.Outcome outcome = Search.attempt(body, Choices.replay(candidate), new Search.Trace(false, List.of()));
        long[] read = outcome.choices().sequence();
        boolean better = outcome.failure() != null
                && outcome.failure().getClass() == failure
                && (read.length != best.length ? read.length < best.length : Arrays.compareUnsigned(read, best) < 0);
        if (better) {
            best = read;
            spans = List.copyOf(outcome.choices().spans());
        }
        return better;
    }

    /// Takes out runs of neighbouring parts of one depth, half of them first, then a quarter, and so on to single ones.
    private void removeSpans() {
        for (int depth = 0; !at(depth).isEmpty(); depth++) {
            for (int window = at(depth).size(); window > 0; window /= 2) {
                for (int from = at(depth).size() - window; from >= 0; from -= window) {
                    List<Choices.Span> parts = at(depth);
                    keep(without(parts.subList(Math.min(from, parts.size()), Math.min(from + window, parts.size()))));
                }
            }
        }
    }

    private List<Choices.Span> at(int depth) {
        return spans.stream()
                .filter(span -> span.depth() == depth && span.start() < span.end())
                .toList();
    }

    private long[] without(List<Choices.Span> parts) {
        List<Long> rest = new ArrayList<>();
        int next = 0;
        for (Choices.Span part : parts) {
            for (; next < part.start(); next++) {
                rest.add(best[next]);
            }
            next = Math.max(next, part.end());
        }
        for (; next < best.length; next++) {
            rest.add(best[next]);
        }
        return rest.stream().mapToLong(Long::longValue).toArray();
    }

    private void removeChoices() {
        for (int i = best.length - 1; i >= 0; i--) {
            for (int size = 4; size > 0 && i < best.length; size--) {
                keep(without(List.of(new Choices.Span(0, i, Math.min(best.length, i + size)))));
            }
        }
    }

    /// Lowers choices that are equal together, so that two equal keys stay equal.
    private void lowerEqual() {
        for (long value : Arrays.stream(best).distinct().toArray()) {
            lower(
                    value,
                    lowered -> Arrays.stream(best)
                            .map(choice -> choice == value ? lowered : choice)
                            .toArray());
        }
    }

    private void lowerEach() {
        for (int i = 0; i < best.length; i++) {
            lowerBoth(i, i);
        }
    }

    /// As [#lowerEqual] for two at a time, because a third that is equal may mean something else.
    private void lowerPairs() {
        for (int i = 0; i < best.length; i++) {
            for (int j = i + 1; j < best.length; j++) {
                if (best[i] == best[j]) {
                    lowerBoth(i, j);
                }
            }
        }
    }

    private void lowerBoth(int first, int second) {
        lower(best[first], lowered -> {
            long[] candidate = best.clone();
            if (second < candidate.length) {
                candidate[first] = lowered;
                candidate[second] = lowered;
            }
            return candidate;
        });
    }

    /// Zero if it will do; otherwise a binary search for the smallest value that still fails.
    private void lower(long value, LongFunction<long[]> candidate) {
        if (value == 0 || keep(candidate.apply(0))) {
            return;
        }
        long passes = 0;
        long fails = value;
        while (Long.compareUnsigned(fails - passes, 1) > 0) {
            long middle = passes + ((fails - passes) >>> 1);
            if (keep(candidate.apply(middle))) {
                fails = middle;
            } else {
                passes = middle;
            }
        }
    }
}

package coppice.engine.past;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The commits of which one is the first bad one: those that a bad commit has and the good ones have not.
/// Verdicts make them fewer; [#choose] names the one whose verdict, whatever it is, leaves the fewest. Not
/// thread-safe.
///
/// The measure is git's (`bisect.c`): of n suspects of which x are a commit or its ancestors, a bad verdict
/// leaves x and a good one n - x. All x are counted at once, 64 suspects at a time: a commit's word has a bit for
/// each of them that it descends from, the union of its parents' words.
public final class Suspects {
    /// From more suspects than these, so many are picked evenly and counted in place of all.
    private static final int COUNTED_MAX = 1 << 14;

    private final List<Hash> hashes = new ArrayList<>();
    private final Map<Hash, Integer> numbers = new HashMap<>();
    private final List<int[]> parents = new ArrayList<>();
    private final BitSet alive = new BitSet();
    private final BitSet skipped = new BitSet();
    private int bad;

    /// Reads all commits that `bad` has and none of `good` has.
    public Suspects(History history, Hash bad, List<Hash> good) {
        for (CommitLog log = history.log(List.of(bad), good); log.next(); ) {
            hashes.add(log.hash());
        }
        Collections.reverse(hashes); // parents before children
        for (Hash hash : hashes) {
            Commit commit = history.read(hash);
            parents.add(commit.parents().stream()
                    .filter(numbers::containsKey)
                    .mapToInt(numbers::get)
                    .toArray());
            numbers.put(hash, numbers.size());
        }
        alive.set(0, hashes.size());
        this.bad = hashes.size() - 1;
    }

    /// How many are left, the earliest known bad one among them.
    public int count() {
        return alive.cardinality();
    }

    /// The earliest known bad one.
    public Hash bad() {
        return hashes.get(bad);
    }

    /// Those that are left, children before parents.
    public List<Hash> left() {
        List<Hash> all = new ArrayList<>();
        alive.stream().forEach(number -> all.add(hashes.get(number)));
        return all.reversed();
    }

    /// Whether a commit is left.
    public boolean isLeft(Hash commit) {
        Integer number = numbers.get(commit);
        return number != null && alive.get(number);
    }

    /// A commit is good: so are its ancestors.
    public void good(Hash commit) {
        Integer number = numbers.get(commit);
        if (number != null) {
            alive.andNot(withAncestors(number));
        }
    }

    /// A commit is bad: the first bad one is it or an ancestor.
    public void bad(Hash commit) {
        Integer number = numbers.get(commit);
        if (number != null && alive.get(number)) {
            alive.and(withAncestors(number));
            bad = number;
        }
    }

    /// Nothing is known of a commit, nor will be.
    public void skip(Hash commit) {
        Integer number = numbers.get(commit);
        if (number != null) {
            skipped.set(number);
        }
    }

    private BitSet withAncestors(int number) {
        BitSet all = new BitSet();
        all.set(number);
        for (int at = number; at >= 0; at--) {
            if (all.get(at)) {
                for (int parent : parents.get(at)) {
                    all.set(parent);
                }
            }
        }
        return all;
    }

    /// The commit to test next; nothing when only the bad one and skipped ones are left.
    public Optional<Hash> choose() {
        int[] order = alive.stream().toArray();
        int[] descends = counts(order);
        int most = descends[order.length - 1];
        int best = -1;
        int bestGain = -1;
        for (int i = 0; i < order.length; i++) {
            int gain = Math.min(descends[i], most - descends[i]);
            if (gain > bestGain && order[i] != bad && !skipped.get(order[i])) {
                best = order[i];
                bestGain = gain;
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(hashes.get(best));
    }

    /// For each of these, how many of the picked ones among them it is or descends from.
    private int[] counts(int[] order) {
        int[] positions = new int[hashes.size()];
        Arrays.fill(positions, -1);
        for (int i = 0; i < order.length; i++) {
            positions[order[i]] = i;
        }
        int picked = Math.min(order.length, COUNTED_MAX);
        int[] counts = new int[order.length];
        long[] words = new long[order.length];
        for (int first = 0; first < picked; first += Long.SIZE) {
            Arrays.fill(words, 0);
            int last = Math.min(picked, first + Long.SIZE);
            for (int pick = first; pick < last; pick++) {
                words[place(pick, picked, order.length)] |= 1L << (pick - first);
            }
            for (int i = place(first, picked, order.length); i < order.length; i++) {
                long word = words[i];
                for (int parent : parents.get(order[i])) {
                    int position = positions[parent];
                    word |= position < 0 ? 0 : words[position];
                }
                words[i] = word;
                counts[i] += Long.bitCount(word);
            }
        }
        return counts;
    }

    private static int place(int pick, int picked, int all) {
        return (int) ((long) pick * all / picked);
    }
}

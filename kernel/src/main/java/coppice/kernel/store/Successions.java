package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a lineage tells of the live chunks of some packs: pairs of an older and a newer version, by number of
/// pack and entry. 20 bytes of heap each, and no more than [#MOST] are taken; of a longer history the next
/// sweep is told the rest. Not thread-safe.
final class Successions implements Lineage.Listener {
    /// The most pairs: those of some hundred thousand commits that change one row.
    static final int MOST = 1 << 20;

    private static final int ENTRY_BITS = 32;

    private final List<Candidate> packs;
    private long[] pairs = new long[2 << 10];
    /// What is won by putting the versions of a pair together.
    private int[] wins = new int[1 << 10];
    private int count;

    Successions(List<Candidate> packs) {
        this.packs = packs;
    }

    @Override
    public boolean wants(Hash chunk) {
        return count < MOST && find(chunk) >= 0;
    }

    @Override
    public void replaced(Hash older, Hash newer) {
        long olderChunk = find(older);
        long newerChunk = olderChunk < 0 ? -1 : find(newer);
        if (newerChunk < 0 || count == MOST) {
            return;
        }
        long place = packs.get(pack(olderChunk)).pack().index().find(older);
        boolean liesBehindANewer = Place.isInGroup(place) && Place.member(place) > 0;
        if (!liesBehindANewer) {
            if (count == wins.length) {
                pairs = Arrays.copyOf(pairs, 2 * pairs.length);
                wins = Arrays.copyOf(wins, 2 * count);
            }
            pairs[2 * count] = olderChunk;
            pairs[2 * count + 1] = newerChunk;
            wins[count] = Place.isInGroup(place) ? 0 : Place.length(place);
            count++;
        }
    }

    /// Tells some of the packs what would be won if they, and no others, were rewritten: of a pair of which only one
    /// is copied, nothing.
    void measure(Collection<Candidate> chosen) {
        Set<Candidate> among = new HashSet<>(chosen);
        chosen.forEach(Candidate::forgetVersions);
        for (int pair = 0; pair < count; pair++) {
            Candidate older = packs.get(pack(pairs[2 * pair]));
            Candidate newer = packs.get(pack(pairs[2 * pair + 1]));
            if (wins[pair] > 0 && among.contains(older) && among.contains(newer)) {
                newer.addVersion(wins[pair], true);
                if (older != newer) {
                    older.addVersion(wins[pair], false);
                }
            }
        }
    }

    /// Links the chunks of some of the packs.
    void link(List<Candidate> sources, Links links) {
        Map<Candidate, Integer> firsts = new HashMap<>();
        for (int source = 0; source < sources.size(); source++) {
            firsts.put(sources.get(source), links.first(source));
        }
        for (int pair = 0; pair < count; pair++) {
            int older = number(pairs[2 * pair], firsts);
            int newer = number(pairs[2 * pair + 1], firsts);
            if (older >= 0 && newer >= 0) {
                links.link(older, newer);
            }
        }
    }

    private int number(long chunk, Map<Candidate, Integer> firsts) {
        Candidate source = packs.get(pack(chunk));
        Integer first = firsts.get(source);
        return first != null && source.isKept((int) chunk) ? first + (int) chunk : -1;
    }

    private static int pack(long chunk) {
        return (int) (chunk >>> ENTRY_BITS);
    }

    private long find(Hash hash) {
        for (int pack = 0; pack < packs.size(); pack++) {
            int entry = packs.get(pack).entry(hash);
            if (entry >= 0 && packs.get(pack).isLive(entry)) {
                return (long) pack << ENTRY_BITS | entry;
            }
        }
        return -1;
    }
}

package coppice.engine.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who waits for what. To find who waits for a key costs a lookup for each length of prefix that somebody waits
/// for, however many wait. Not thread-safe.
final class Lot {
    /// Of spaces that are named.
    private final Map<String, Keys> named = new HashMap<>();
    /// Of spaces that fit a glob, by the glob.
    private final Map<String, Keys> others = new TreeMap<>();
    private final Set<Feed> all = new LinkedHashSet<>();

    /// Who waits for keys of some spaces: by the length of what all their keys begin with, and by that.
    private static final class Keys {
        final Interest spaces;
        final Map<Integer, Map<Prefix, Set<Feed>>> byLength = new TreeMap<>();

        Keys(Interest spaces) {
            this.spaces = spaces;
        }

        void add(Feed feed) {
            byte[] prefix = feed.interest().prefix();
            byLength.computeIfAbsent(prefix.length, _ -> new HashMap<>())
                    .computeIfAbsent(new Prefix(prefix), _ -> new LinkedHashSet<>())
                    .add(feed);
        }

        boolean remove(Feed feed) {
            byte[] prefix = feed.interest().prefix();
            Map<Prefix, Set<Feed>> sameLength = byLength.getOrDefault(prefix.length, Map.of());
            Prefix key = new Prefix(prefix);
            Set<Feed> same = sameLength.getOrDefault(key, new HashSet<>());
            same.remove(feed);
            if (same.isEmpty()) {
                sameLength.remove(key);
            }
            if (sameLength.isEmpty()) {
                byLength.remove(prefix.length);
            }
            return byLength.isEmpty();
        }

        boolean has(byte[] key) {
            for (Map.Entry<Integer, Map<Prefix, Set<Feed>>> sameLength : byLength.entrySet()) {
                int length = sameLength.getKey();
                if (length <= key.length && hasOne(key, sameLength.getValue().get(prefix(key, length)))) {
                    return true;
                }
            }
            return false;
        }

        boolean hasAny(byte[][] keys) {
            for (byte[] key : keys) {
                if (has(key)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean hasOne(byte[] key, @Nullable Set<Feed> feeds) {
            if (feeds != null) {
                for (Feed feed : feeds) {
                    if (feed.interest().keys().fits(key)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static Prefix prefix(byte[] key, int length) {
            return new Prefix(length == key.length ? key : Arrays.copyOf(key, length));
        }

        void find(byte[] key, Set<Feed> found) {
            byLength.forEach((length, sameLength) -> {
                if (length <= key.length) {
                    sameLength.getOrDefault(prefix(key, length), Set.of()).stream()
                            .filter(feed -> feed.interest().keys().fits(key))
                            .forEach(found::add);
                }
            });
        }
    }

    private record Prefix(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Prefix that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private Map<String, Keys> kind(Interest interest) {
        return interest.isOneSpace() ? named : others;
    }

    /// Adds one who waits.
    void add(Feed feed) {
        if (all.add(feed)) {
            Interest interest = feed.interest();
            kind(interest)
                    .computeIfAbsent(interest.spaces().text(), _ -> new Keys(interest))
                    .add(feed);
        }
    }

    /// Takes one away.
    ///
    /// @return whether he waited
    boolean remove(Feed feed) {
        if (!all.remove(feed)) {
            return false;
        }
        Map<String, Keys> kind = kind(feed.interest());
        String spaces = feed.interest().spaces().text();
        Keys keys = kind.get(spaces);
        if (keys != null && keys.remove(feed)) {
            kind.remove(spaces);
        }
        return true;
    }

    /// How many wait.
    int size() {
        return all.size();
    }

    /// All who wait.
    List<Feed> all() {
        return new ArrayList<>(all);
    }

    /// Whether somebody waits for any key of a space.
    boolean hasAny(String space, byte[][] keys) {
        Keys same = named.get(space);
        if (same != null && same.hasAny(keys)) {
            return true;
        }
        for (Keys fitting : others.values()) {
            if (fitting.spaces.fitsSpace(space) && fitting.hasAny(keys)) {
                return true;
            }
        }
        return false;
    }

    /// Says who waits for keys of a space.
    InSpace in(String space) {
        List<Keys> there = new ArrayList<>();
        Keys same = named.get(space);
        if (same != null) {
            there.add(same);
        }
        others.values().stream().filter(keys -> keys.spaces.fitsSpace(space)).forEach(there::add);
        return new InSpace(there);
    }

    /// Who waits for keys of a space.
    static final class InSpace {
        private final List<Keys> there;

        private InSpace(List<Keys> there) {
            this.there = there;
        }

        /// Whether nobody does.
        boolean isEmpty() {
            return there.isEmpty();
        }

        /// Adds those who wait for a key.
        void find(byte[] key, Set<Feed> found) {
            there.forEach(keys -> keys.find(key, found));
        }
    }
}

package coppice.engine.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Who waits for what. To find who waits for a key costs about the same however many wait ([ByPrefix]). Not
/// thread-safe.
final class Lot {
    /// Of spaces that are named.
    private final Map<String, Keys> named = new HashMap<>();
    /// Of spaces that fit a glob, by the glob.
    private final Map<String, Keys> others = new TreeMap<>();
    private final Set<Feed> all = new LinkedHashSet<>();

    /// Who waits for keys of some spaces, by what all their keys begin with.
    private static final class Keys {
        final Interest spaces;
        final ByPrefix<Feed> feeds = new ByPrefix<>();

        Keys(Interest spaces) {
            this.spaces = spaces;
        }

        boolean hasAny(byte[][] keys) {
            for (byte[] key : keys) {
                if (feeds.has(key, feed -> feed.interest().keys().fits(key))) {
                    return true;
                }
            }
            return false;
        }

        void find(byte[] key, Set<Feed> found) {
            feeds.find(key, feed -> {
                if (feed.interest().keys().fits(key)) {
                    found.add(feed);
                }
            });
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
                    .feeds
                    .add(interest.prefix(), feed);
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
        if (keys != null) {
            keys.feeds.remove(feed.interest().prefix(), feed);
            if (keys.feeds.isEmpty()) {
                kind.remove(spaces);
            }
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

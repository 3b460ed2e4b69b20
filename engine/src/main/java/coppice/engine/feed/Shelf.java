package coppice.engine.feed;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.feed.Subscriptions;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Settings;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remembers what subscriptions have acknowledged, each as a setting, and keeps the states that these name. Safe
/// for all threads.
final class Shelf {
    private static final int NAME_MAX = 100;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Settings settings;
    private final Map<String, Roots.Hold> holds = new HashMap<>(); // guarded by this
    private final Set<String> inUse = new HashSet<>(); // guarded by this

    Shelf(Storage storage, Checkpoint checkpoint, Settings settings) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.settings = settings;
        settings.all(Acknowledged.AREA).forEach((name, bytes) -> {
            Acknowledged found = Acknowledged.decode(name, bytes);
            if (isThere(found)) {
                holds.put(name, hold(found));
            }
        });
    }

    /// Whether the state that was acknowledged is here: not in a database that was repaired without it.
    boolean isThere(Acknowledged place) {
        return isThere(place.working()) && isThere(place.commit());
    }

    private boolean isThere(Hash chunk) {
        return storage.nodes().chunks().contains(chunk);
    }

    private Roots.Hold hold(Acknowledged place) {
        return storage.roots()
                .hold(this, List.of(new Roots.OfCatalog(place.working()), new Roots.OfCommit(place.commit())));
    }

    /// Takes a subscription into use.
    ///
    /// @throws DatabaseException.Busy when another feed of it is open
    synchronized void open(String name) {
        if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A subscription's name has 1 to " + NAME_MAX + " characters and no control characters");
        }
        if (!inUse.add(name)) {
            throw new DatabaseException.Busy(
                            ErrorCode.SUBSCRIPTION_IN_USE,
                            "Another feed of the subscription '" + name
                                    + "' is open: close that one, or take another name")
                    .with("subscription", name);
        }
    }

    /// Ends the use of a subscription.
    synchronized void close(String name) {
        inUse.remove(name);
    }

    /// What a subscription has acknowledged.
    Optional<Acknowledged> find(String name) {
        return settings.find(Acknowledged.AREA, name).map(bytes -> Acknowledged.decode(name, bytes));
    }

    /// Remembers, durably, that a subscription has acknowledged a state.
    void put(String name, LiveBranch branch, BranchState state) {
        storage.roots().writing(() -> {
            boolean isCommit = state.isAt(state.commit());
            Hash working =
                    isCommit ? state.committedCatalog() : Folding.whole(state).root();
            if (!isCommit) {
                checkpoint.keepChunks();
            }
            put(name, new Acknowledged(branch.name(), branch.createdAt(), state.lsn(), state.commit(), working));
            return true;
        });
    }

    private synchronized void put(String name, Acknowledged place) {
        Roots.Hold hold = hold(place);
        settings.put(Acknowledged.AREA, name, place.encode());
        Roots.Hold before = holds.put(name, hold);
        if (before != null) {
            before.release();
        }
    }

    /// Forgets a subscription.
    synchronized void drop(String name) {
        settings.remove(Acknowledged.AREA, name);
        Roots.Hold hold = holds.remove(name);
        if (hold != null) {
            hold.release();
        }
    }

    /// All there are.
    List<Subscriptions.Subscription> all() {
        List<Subscriptions.Subscription> all = new ArrayList<>();
        settings.all(Acknowledged.AREA).forEach((name, bytes) -> {
            Acknowledged place = Acknowledged.decode(name, bytes);
            all.add(new Subscriptions.Subscription(
                    name, place.branch(), place.commit().toString(), place.lsn()));
        });
        return all;
    }
}

package coppice.engine.lock;

import coppice.engine.live.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// The leases that outlive the process. Each call is durable when it returns. Of two leases of one lock, that of
/// the greater token stays, whichever call comes first.
final class KeptLeases {
    private final Settings settings;
    private final Map<String, Long> over = new ConcurrentHashMap<>(); // tokens, by the name of the lock

    KeptLeases(Settings settings) {
        this.settings = settings;
    }

    /// Tells those that are not over, by the name of the lock. The others are removed when something is written
    /// the next time, as opening a database on a full disk must not fail.
    void load(long now, BiConsumer<String, KeptLease> told) {
        settings.all(KeptLease.AREA).forEach((name, bytes) -> {
            KeptLease lease = KeptLease.decode(name, bytes);
            if (lease.until() > now) {
                told.accept(name, lease);
            } else {
                over.put(name, lease.token());
            }
        });
    }

    void put(String name, KeptLease lease) {
        over.remove(name);
        settings.update(
                KeptLease.AREA,
                name,
                before -> before.filter(there -> token(name, there) > lease.token())
                        .or(() -> Optional.of(lease.encode())));
        removeOver();
    }

    private void removeOver() {
        over.forEach((name, token) -> {
            remove(name, token);
            over.remove(name);
        });
    }

    void remove(String name, long token) {
        settings.update(KeptLease.AREA, name, before -> before.filter(there -> token(name, there) != token));
    }

    private static long token(String name, byte[] bytes) {
        return KeptLease.decode(name, bytes).token();
    }
}

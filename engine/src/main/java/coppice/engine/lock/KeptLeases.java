package coppice.engine.lock;

import coppice.engine.live.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The leases that outlive the process. Each call is durable when it returns. Of two leases of one lock, that of
/// the greater token stays, whichever call comes first.
final class KeptLeases {
    private final Settings settings;

    KeptLeases(Settings settings) {
        this.settings = settings;
    }

    /// Tells those that are not over, by the name of the lock, and forgets the others.
    void load(long now, BiConsumer<String, KeptLease> told) {
        Map<String, Optional<byte[]>> over = new TreeMap<>();
        SortedMap<String, byte[]> all = settings.all(KeptLease.AREA);
        all.forEach((name, bytes) -> {
            KeptLease lease = KeptLease.decode(name, bytes);
            if (lease.until() > now) {
                told.accept(name, lease);
            } else {
                over.put(name, Optional.empty());
            }
        });
        settings.putAll(Map.of(KeptLease.AREA, over));
    }

    void put(String name, KeptLease lease) {
        settings.update(
                KeptLease.AREA,
                name,
                before -> before.filter(there -> token(name, there) > lease.token())
                        .or(() -> Optional.of(lease.encode())));
    }

    void remove(String name, long token) {
        settings.update(KeptLease.AREA, name, before -> before.filter(there -> token(name, there) != token));
    }

    private static long token(String name, byte[] bytes) {
        return KeptLease.decode(name, bytes).token();
    }
}

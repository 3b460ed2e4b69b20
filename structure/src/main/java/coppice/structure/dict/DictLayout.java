package coppice.structure.dict;

import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import coppice.structure.secret.Keyring;
import coppice.structure.secret.Sealing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all dicts.
public final class DictLayout implements Layout {
    /// How many entries are purged in one transaction.
    private static final int PURGED_AT_ONCE = 1_000;

    @Override
    public List<String> spaces(String name) {
        return List.of(name, Lifetimes.space(name), Keyring.space(name));
    }

    /// Removes the entries that have ended.
    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
        while (true) {
            Instant now = ground.now();
            Optional<Instant> next = Lifetimes.next(ground.space(Lifetimes.space(name)));
            if (next.filter(end -> !end.isAfter(now)).isEmpty()) {
                return next;
            }
            ground.update(transaction -> {
                StructureInfo dict = new StructureInfo(name, StructureKind.DICT, StructureInfo.UNTYPED);
                new Rows(transaction, dict, now, Sealing.NONE).purge(PURGED_AT_ONCE);
                return true;
            });
        }
    }
}

package coppice.structure.dict;

import coppice.api.Cursor;
import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.structure.Encryption;
import coppice.api.structure.Secret;
import coppice.structure.ground.Registered;
import coppice.structure.secret.Keyring;
import coppice.structure.secret.Sealing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// How a dict is encrypted.
///
/// @param registered the dict
/// @param keyring its keys
record DictEncryption(Registered registered, Keyring keyring) implements Encryption {
    /// How many rows, and of how many bytes together, one step looks at.
    private static final int ROWS_AT_ONCE = 1_000;

    private static final int BYTES_AT_ONCE = 1 << 20;

    private <T> T update(BiFunction<Transaction, Sealing, T> body) {
        keyring.prepare(registered.ground().space(Keyring.space(name())));
        return registered.update(transaction -> body.apply(
                transaction, SealedSteps.sealing(keyring, transaction, registered.structure(), registered.ground())));
    }

    private String name() {
        return registered.structure().name();
    }

    private Space keys(Transaction transaction) {
        return transaction.space(Keyring.space(name()));
    }

    @Override
    public void changeSecret(Secret next) {
        Keyring.Change change = keyring.change(next);
        update((transaction, _) -> {
            keyring.apply(change, keys(transaction));
            return true;
        });
        keyring.changed(change);
    }

    @Override
    public void rotateKey() {
        update((transaction, _) -> {
            keyring.rotate(keys(transaction), registered.ground().stamp());
            return true;
        });
    }

    /// What a step did.
    ///
    /// @param count how many rows it wrote
    /// @param next where to go on, if there is more
    private record Step(long count, Optional<byte[]> next) {}

    @Override
    public long reencrypt() {
        long count = 0;
        Optional<byte[]> next = Optional.of(new byte[0]);
        while (next.isPresent()) {
            byte[] from = next.get();
            Step step = update((transaction, sealing) -> step(transaction.space(name()), sealing, from));
            count += step.count();
            next = step.next();
        }
        return count;
    }

    private static Step step(Space rows, Sealing sealing, byte[] from) {
        List<Entry> old = new ArrayList<>();
        int seen = 0;
        long bytes = 0;
        Optional<byte[]> next = Optional.empty();
        try (Cursor cursor = rows.scan(Range.from(from))) {
            while (next.isEmpty() && cursor.next()) {
                Entry row = cursor.entry();
                if (!sealing.isNewest(row.value())) {
                    old.add(row);
                }
                seen++;
                bytes += row.value().length;
                if (seen == ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
                    next = Optional.of(Arrays.copyOf(row.key(), row.key().length + 1));
                }
            }
        }
        old.forEach(row -> sealing.put(rows, row.key(), sealing.open(row.key(), row.value())));
        return new Step(old.size(), next);
    }
}

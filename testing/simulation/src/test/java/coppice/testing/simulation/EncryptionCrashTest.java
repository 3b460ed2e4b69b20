package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.ErrorCode;
import coppice.api.structure.Dict;
import coppice.api.structure.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is left of encrypted dicts when the power goes while their secrets and keys change.
final class EncryptionCrashTest {
    private static final List<Integer> ALL = IntStream.range(0, 20).boxed().toList();

    private static Secret key(int seed) {
        byte[] key = new byte[Secret.KEY_BYTES];
        Arrays.fill(key, (byte) seed);
        return Secret.key(key);
    }

    private static Optional<List<Integer>> opened(Database db, Secret secret) {
        try (Stream<Integer> values = db.dict("numbers", Integer.class, secret).values()) {
            return Optional.of(values.toList());
        } catch (DatabaseException.Incorrect refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.WRONG_SECRET);
            return Optional.empty();
        }
    }

    /// Whether it is the later secret that opens what a power cut leaves. All values are there then, as always.
    private static boolean isChanged(SimulatedDisk disk, long seed) {
        try (Database after = new Station(2).open(disk.afterPowerCut(seed), Durability.SYNC)) {
            Optional<List<Integer>> before = opened(after, key(1));
            Optional<List<Integer>> since = opened(after, key(2));
            assertThat(before.isPresent()).isNotEqualTo(since.isPresent());
            assertThat(before.or(() -> since)).contains(ALL);
            return since.isPresent();
        }
    }

    @Test
    void allIsReadableWithTheOneSecretOrTheOther() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database db = new Station(1).open(disk, Durability.SYNC)) {
            Dict<Integer> numbers = db.dict("numbers", Integer.class, key(1));
            numbers.batched(batch -> ALL.forEach(i -> batch.put("k%02d".formatted(i), i)));
            assertThat(isChanged(disk, 1)).isFalse();
            disk.observe(access -> isChanged(disk, access.number()));
            numbers.encryption().changeSecret(key(2));
            assertThat(isChanged(disk, 1)).isTrue();
            numbers.encryption().rotateKey();
            numbers.put("k00", 0); // the same value, with the new key
            assertThat(numbers.encryption().reencrypt()).isEqualTo(ALL.size() - 1L);
            disk.observe(access -> {});
            assertThat(isChanged(disk, 1)).isTrue();
        }
    }
}

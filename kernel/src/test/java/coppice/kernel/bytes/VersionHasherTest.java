package coppice.kernel.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionHasherTest {
    private final VersionHasher hasher = new VersionHasher();

    private void assertRight(List<byte[]> versions) {
        int[] ends = new int[versions.size()];
        int end = 0;
        byte[] content =
                new byte[versions.stream().mapToInt(version -> version.length).sum() + 100];
        for (int version = 0; version < ends.length; version++) {
            byte[] bytes = versions.get(version);
            System.arraycopy(bytes, 0, content, end, bytes.length);
            end += bytes.length;
            ends[version] = end;
        }
        assertThat(hasher.hash(content, ends))
                .containsExactly(versions.stream().map(Hash::of).toArray(Hash[]::new));
    }

    @Test
    void versionsThatDifferInOnePlaceHaveTheirOwnHashes() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            byte[] version = new byte[1 + random.nextInt(8_000)];
            random.nextBytes(version);
            List<byte[]> versions = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                versions.add(version.clone());
                version[random.nextInt(version.length)]++;
            }
            assertRight(versions);
        }
    }

    @Test
    void versionsOfDifferentLengthsHaveTheirOwnHashes() {
        Random random = new Random(2);
        byte[] longest = new byte[5_000];
        random.nextBytes(longest);
        for (int round = 0; round < 200; round++) {
            List<byte[]> versions = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                versions.add(Arrays.copyOf(longest, 1 + random.nextInt(longest.length)));
            }
            assertRight(versions);
        }
    }

    @Test
    void whatIsTheSameOrHasNothingInCommonIsHashedAsWell() {
        byte[] one = new byte[3_000];
        byte[] other = new byte[3_000];
        other[0] = 1;
        assertRight(List.of(one));
        assertRight(List.of(one, one, one, other, other, one));
        assertRight(List.of(one, other, one, other));
        assertRight(List.of(new byte[1], new byte[1], new byte[256], new byte[257], new byte[255]));
    }
}

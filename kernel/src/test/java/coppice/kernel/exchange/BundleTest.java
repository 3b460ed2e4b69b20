package coppice.kernel.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle.Ref;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.store.Compression;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final String FILE = "some.bundle";
    private static final Gen<List<Integer>> STEPS = Gen.ints(0, 1_000_000).list(1, 10);

    private static byte[] write(Side from, List<Ref> refs, List<Hash> haves) {
        MemoryDisk disk = new MemoryDisk();
        try (DiskFile file = disk.open(FILE, OpenMode.CREATE)) {
            new BundleWriter(from.nodes, from.history, Compression.none(), Progress.NONE)
                    .write(file, refs, haves, 1_700_000_000_000L);
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    /// Takes a bundle in as the engine does, and returns what it says of itself.
    private static Bundle read(Side to, byte[] bytes) {
        MemoryDisk disk = new MemoryDisk();
        try (DiskFile file = disk.open(FILE, OpenMode.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
            try (BundleReader reader = new BundleReader(file, to.chunks)) {
                Bundle bundle = reader.bundle();
                Intake intake = new Intake(to.nodes, to.history, reader, Progress.NONE);
                intake.commits(bundle.wants(), bundle.prerequisites(), Generations.ALL, null);
                reader.finish(_ -> {});
                return bundle;
            }
        }
    }

    private static Ref ref(String name, Hash commit) {
        return new Ref(name, commit, new byte[0]);
    }

    @Test
    void carriesHistoryWholeOrFromSomewhereOn() {
        Property.forAll(STEPS).runs(50).check(steps -> {
            Side from = new Side();
            List<Hash> commits = from.commits(steps);
            Hash half = commits.get(commits.size() / 2);
            Hash last = commits.getLast();
            Side to = new Side();
            Bundle full = read(to, write(from, List.of(ref("heads/half", half)), List.of()));
            assertThat(full.prerequisites()).isEmpty();
            assertThat(to.proven(half)).isEqualTo(from.proven(half));
            long before = to.count();
            byte[] more = write(from, List.of(ref("heads/last", last), ref("heads/half", half)), List.of(half));
            Bundle incremental = read(to, more);
            assertThat(incremental.refs()).extracting(Ref::name).containsExactly("heads/half", "heads/last");
            assertThat(to.proven(last)).isEqualTo(from.proven(last));
            assertThat(to.count() - before).isLessThanOrEqualTo(incremental.chunks());
            Set<Hash> rest = from.reachable(List.of(last));
            rest.removeAll(from.reachable(List.of(half)));
            // What comes back after it had gone may be written again; nothing else is written that is known.
            assertThat(incremental.chunks()).isGreaterThanOrEqualTo(rest.size());
        });
    }

    @Test
    void whatIsOnSidesThatTheReaderHasNotIsWritten() {
        // "have" is no ancestor of what is wanted, and shares nodes of its closure with it.
        Property.forAll(STEPS).runs(50).check(steps -> {
            Side from = new Side();
            List<Hash> commits = from.commits(steps);
            Hash have = commits.get(commits.size() / 2);
            Hash want = commits.getLast();
            byte[] bytes = write(from, List.of(ref("w", want)), List.of(have));
            Side to = new Side();
            Bundle bundle = read(withPrerequisites(to, from, bytes), bytes);
            assertThat(to.proven(want)).isEqualTo(from.proven(want));
            assertThat(bundle.prerequisites().contains(want)).isEqualTo(want.equals(have));
        });
    }

    private static Side withPrerequisites(Side to, Side from, byte[] bytes) {
        MemoryDisk disk = new MemoryDisk();
        try (DiskFile file = disk.open(FILE, OpenMode.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
            Bundle.read(file)
                    .prerequisites()
                    .forEach(hash -> to.take(from.chunks::read, List.of(hash), List.of(), null));
        }
        return to;
    }

    /// Two commits of one small row each, with nothing that depends on chance.
    private static byte[] small(Side from) {
        Tree rows = Tree.empty(from.nodes)
                .apply(Edits.of(List.of(Edit.put("key".getBytes(UTF_8), "value".getBytes(UTF_8)))));
        Catalog catalog = Catalog.empty(from.nodes).with("s", SpaceRecord.of("dict", rows, null));
        Hash first = from.history.commit(
                CommitDraft.of(Catalog.empty(from.nodes).root(), List.of(), "Ada", 1_700_000_000_000L, "first"));
        Hash second = from.history.commit(
                CommitDraft.of(catalog.root(), List.of(first), "Ada", 1_700_000_001_000L, "second"));
        return write(from, List.of(ref("heads/main", second), ref("tags/v1", first)), List.of());
    }

    @Test
    void everyByteThatWasAlteredIsFound() {
        byte[] bytes = small(new Side());
        for (int at = 0; at < bytes.length; at++) {
            for (int flip : new int[] {1, 0x80, 0xff}) {
                byte[] altered = bytes.clone();
                altered[at] ^= (byte) flip;
                assertThatThrownBy(() -> read(new Side(), altered))
                        .as("byte %s", at)
                        .isInstanceOfAny(CorruptException.class, FormatVersionException.class);
            }
        }
    }

    @Test
    void everyEndThatWasCutOffIsMissed() {
        byte[] bytes = small(new Side());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(new Side(), cut))
                    .as("%s bytes", length)
                    .isInstanceOf(CorruptException.class);
        }
        assertThatThrownBy(() -> read(new Side(), Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void bytesOfAnyKindAreReadOrRefused() {
        byte[] bytes = small(new Side());
        Property.forAll(Gen.ints(0, Integer.MAX_VALUE)).runs(400).check(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] wild = random.nextInt(8) == 0 ? new byte[random.nextInt(300)] : bytes.clone();
            for (int change = random.nextInt(6); change >= 0 && wild.length > 0; change--) {
                wild[random.nextInt(wild.length)] = (byte) random.nextInt();
            }
            if (wild.length > Bundle.HEADER && random.nextBoolean()) {
                withChecksum(wild); // so that what is behind the checksum is tried as well
            }
            if (!Arrays.equals(wild, bytes)) {
                try {
                    read(new Side(), wild);
                } catch (CorruptException | FormatVersionException refused) {
                    assertThat(refused).isNotNull();
                }
            }
        });
    }

    private static void withChecksum(byte[] bytes) {
        int table = (int) Math.min(Bytes.u32(bytes, 12), bytes.length - Bundle.HEADER);
        Bytes.putI32(bytes, 60, Crc.of(bytes, 0, 60, bytes, Bundle.HEADER, table));
    }

    @Test
    void aNewerVersionIsRefusedPolitely() {
        byte[] bytes = small(new Side());
        bytes[8] = 2;
        withChecksum(bytes);
        assertThatThrownBy(() -> read(new Side(), bytes))
                .isInstanceOf(FormatVersionException.class)
                .hasMessageContaining("newer");
    }

    @Test
    void anUnfinishedFileIsNoBundle() {
        byte[] bytes = small(new Side());
        Arrays.fill(bytes, 0, Bundle.HEADER, (byte) 0); // the header is written last
        assertThatThrownBy(() -> read(new Side(), bytes)).isInstanceOf(CorruptException.class);
    }

    @Test
    void aBundleThatLacksAChunkIsRefused() {
        Side from = new Side();
        byte[] whole = small(from);
        MemoryDisk disk = new MemoryDisk();
        try (DiskFile file = disk.open(FILE, OpenMode.CREATE)) {
            file.write(0, whole, 0, whole.length);
            Bundle bundle = Bundle.read(file);
            int start = whole.length - (int) bundle.bytes();
            int first = (int) (48 + Bytes.u32(whole, start));
            Bundle shorter = bundle.with(bundle.commits(), bundle.chunks() - 1, bundle.bytes() - first);
            byte[] head = shorter.encode();
            byte[] without = Arrays.copyOf(head, head.length + whole.length - start - first);
            System.arraycopy(whole, start + first, without, head.length, whole.length - start - first);
            assertThatThrownBy(() -> read(new Side(), without))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("which belongs to it");
        }
    }

    @Test
    void isWrittenByteByByteAsEver() throws IOException {
        byte[] bytes = small(new Side());
        try (InputStream in = BundleTest.class.getResourceAsStream("/golden/bundle-1/small.bundle")) {
            assertThat(bytes).isEqualTo(Objects.requireNonNull(in).readAllBytes());
        }
    }

    @Test
    void isAsItsDocumentSays() throws IOException {
        byte[] bytes = small(new Side());
        String text = Files.readString(Path.of("..", "docs", "format", "bundle.md"));
        int start = text.indexOf("```hex bundle\n");
        assertThat(start).isNotNegative();
        String block = text.substring(text.indexOf('\n', start), text.indexOf("```", start + 3));
        StringBuilder hex = new StringBuilder();
        block.lines().forEach(line -> hex.append(line.split("\\|", 2)[0].replace(" ", "")));
        byte[] example = HexFormat.of().parseHex(hex);
        assertThat(example).isEqualTo(Arrays.copyOf(bytes, example.length));
    }
}

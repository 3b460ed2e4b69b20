package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is learnt of versions together, or one after the other, is what is learnt of each as if there were no
/// other.
class ChunkFactsTest {
    private static final int VERSIONS = 12;

    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);
    private final Random random = new Random(5);
    private final ChunkFacts alone = new ChunkFacts(TreeFormat.V2, 7, new EarlierNodes(0));
    private final ChunkFacts inTurn = new ChunkFacts(7);
    private final ChunkFacts together = new ChunkFacts(7);

    /// The versions of each place, the lowest levels first.
    private final List<List<Hash>> groups = new ArrayList<>();

    @BeforeEach
    void makeVersions() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 6_000, random);
        rows.put(Rows.text("long"), new byte[9_000]);
        Tree tree = Rows.build(nodes, rows);
        List<byte[]> keys = List.copyOf(rows.keySet());
        TreeMap<String, List<Hash>> places = new TreeMap<>();
        for (int version = 0; version < VERSIONS; version++) {
            List<Hash> all = new ArrayList<>();
            tree.visitChunks(all::add);
            all.forEach(hash -> place(hash, places));
            NavigableMap<byte[], Edit> edits = Rows.map();
            for (int change = 0; change < 100; change++) {
                byte[] key = keys.get(random.nextInt(keys.size()));
                byte[] value = tree.get(key);
                if (value == null) {
                    edits.put(key, Edit.put(key, new byte[random.nextInt(50)]));
                } else if (value.length == 0 || random.nextInt(4) == 0) {
                    edits.put(key, Edit.delete(key));
                } else {
                    value[random.nextInt(value.length)]++;
                    edits.put(key, Edit.put(key, value));
                }
            }
            tree = tree.apply(Edits.of(List.copyOf(edits.values())));
        }
        groups.addAll(places.values());
    }

    private void place(Hash hash, Map<String, List<Hash>> places) {
        byte[] chunk = chunks.read(hash);
        String place = "" + chunk[0];
        if (chunk[0] == NodeLayout.TAG) {
            Node node = new Node(chunk);
            place = "T" + node.level() + HexFormat.of().formatHex(node.key(node.count() - 1));
        }
        List<Hash> group = places.computeIfAbsent(place, _ -> new ArrayList<>());
        if (!group.contains(hash)) {
            group.add(hash);
        }
    }

    private List<byte[]> read(Collection<Hash> group) {
        return group.stream().map(chunks::read).toList();
    }

    private void learn(List<byte[]> group) {
        Hash[] hashes = group.stream().map(Hash::of).toArray(Hash[]::new);
        int[] ends = new int[hashes.length];
        byte[] content = new byte[group.stream().mapToInt(chunk -> chunk.length).sum() + 10];
        int end = 0;
        for (int version = 0; version < ends.length; version++) {
            byte[] chunk = group.get(version);
            alone.learn(hashes[version], chunk);
            inTurn.learn(hashes[version], chunk);
            System.arraycopy(chunk, 0, content, end, chunk.length);
            end += chunk.length;
            ends[version] = end;
        }
        together.learn(hashes, content, ends);
    }

    private void settle() {
        alone.settle();
        inTurn.settle();
        together.settle();
    }

    private void assertSame(List<byte[]> group) {
        for (byte[] chunk : group) {
            Hash hash = Hash.of(chunk);
            for (ChunkFacts facts : List.of(inTurn, together)) {
                assertThat(facts.known(hash)).isEqualTo(alone.known(hash));
                assertThat(facts.knownFirst(hash)).isEqualTo(alone.knownFirst(hash));
            }
        }
    }

    @Test
    void ofSoundVersions() {
        groups.forEach(group -> learn(read(group)));
        settle();
        groups.forEach(group -> assertSame(read(group)));
        assertThat(groups.getLast()).as("versions of the root").hasSizeGreaterThan(VERSIONS / 2);
        assertThat(groups.getLast()).allMatch(together::provesTree).allMatch(inTurn::provesTree);
    }

    @Test
    void ofVersionsThatComeBeforeTheirChildren() {
        groups.reversed().forEach(group -> learn(read(group)));
        settle();
        groups.forEach(group -> assertSame(read(group)));
        assertThat(groups.getLast()).allMatch(together::provesTree).allMatch(inTurn::provesTree);
    }

    @Test
    void ofForgedVersions() {
        groups.forEach(group -> learn(read(group)));
        int sound = 0;
        int tries = 0;
        for (List<Hash> group : groups) {
            for (int round = 0; round < 40; round++) {
                List<byte[]> versions = new ArrayList<>(read(group));
                byte[] forged = versions.get(random.nextInt(versions.size())).clone();
                for (int change = random.nextInt(2); change >= 0; change--) {
                    forged[random.nextInt(random.nextBoolean() ? Math.min(64, forged.length) : forged.length)] +=
                            (byte) (1 + random.nextInt(3));
                }
                versions.add(1 + random.nextInt(versions.size()), forged);
                learn(versions);
                settle();
                assertSame(versions);
                sound += together.known(Hash.of(forged)) != 0 ? 1 : 0;
                tries++;
            }
        }
        assertThat(sound).as("some are trees still, most are not").isBetween(1, tries - 1);
    }
}

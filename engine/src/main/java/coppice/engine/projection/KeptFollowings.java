package coppice.engine.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.engine.projection.Artefacts.Known;
import coppice.engine.state.Followings;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.structure.ground.Following;
import coppice.structure.ground.Following.Keeping;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Keeps what follows from folded trees and takes long to make, such as indexes of text: as trees of its parts,
/// among the [Artefacts]. States that share parts share their chunks.
///
/// | key | value |
/// |---|---|
/// | name of a part, a byte 0, number of a block in 4 bytes | the block: 16 MiB of the part, or what is left |
public final class KeptFollowings implements Followings.Shelf {
    private static final int BLOCK_BYTES = 16 << 20;

    private final Artefacts artefacts;
    private final Nodes nodes;
    private final Roots roots;
    private final Runnable resume;

    /// @param resume takes up what was remembered, if that is still to be done
    public KeptFollowings(Artefacts artefacts, Nodes nodes, Roots roots, Runnable resume) {
        this.artefacts = artefacts;
        this.nodes = nodes;
        this.roots = roots;
        this.resume = resume;
    }

    private static Hash name(Following<?> how) {
        return Hash.of(("following\0" + how.name()).getBytes(UTF_8));
    }

    @Override
    public boolean has(Following<?> how, Tree folded) {
        resume.run();
        return artefacts.known(name(how)).stream()
                .anyMatch(known -> known.inputs().equals(List.of(folded.root())));
    }

    @Override
    public <T> Optional<Followings.Known<T>> find(Following<T> how, SpaceState state) {
        Optional<Keeping<T>> keeping = how.keeping();
        if (keeping.isEmpty()) {
            return Optional.empty();
        }
        resume.run();
        return nearest(artefacts.known(name(how)), state.base().root()).flatMap(known -> read(keeping.get(), known));
    }

    /// That of the same rows, else what was asked for last and whose rows are still there.
    private Optional<Known> nearest(List<Known> all, Hash folded) {
        return all.stream()
                .filter(known -> known.inputs().equals(List.of(folded)))
                .findFirst()
                .or(() -> all.reversed().stream()
                        .filter(known -> nodes.chunks().contains(known.inputs().getFirst()))
                        .findFirst());
    }

    private <T> Optional<Followings.Known<T>> read(Keeping<T> keeping, Known known) {
        try {
            Tree rows = Tree.load(nodes, known.inputs().getFirst());
            return keeping.of(parts(Tree.load(nodes, known.entries())))
                    .map(made -> new Followings.Known<>(SpaceState.of(roots, rows), made));
        } catch (MissingChunkException | CorruptException _) {
            return Optional.empty(); // as good as none: it is made again
        }
    }

    private static Map<String, byte[]> parts(Tree kept) {
        Map<String, ByteArrayOutputStream> parts = new HashMap<>();
        Cursor cursor = kept.cursor();
        while (cursor.next()) {
            parts.computeIfAbsent(part(cursor.key()), _ -> new ByteArrayOutputStream())
                    .writeBytes(cursor.value());
        }
        Map<String, byte[]> all = new HashMap<>();
        parts.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
        return all;
    }

    private static String part(byte[] key) {
        return new String(key, 0, key.length - 1 - Integer.BYTES, UTF_8);
    }

    @Override
    public <T> void keep(Following<T> how, Tree folded, T made) {
        Hash name = name(how);
        roots.writing(() -> {
            Tree before = artefacts.known(name).reversed().stream()
                    .findFirst()
                    .map(known -> Tree.load(nodes, known.entries()))
                    .orElseGet(() -> Tree.empty(nodes));
            Tree entries = before.apply(
                    Edits.of(() -> changes(before, how.keeping().orElseThrow().parts(made))));
            artefacts.learn(name, new Known(List.of(folded.root()), entries.root()));
            return true;
        });
    }

    /// Takes out the rows of parts that are gone, and puts in those of parts that are new, one part in memory at a
    /// time.
    private static Iterator<Edit> changes(Tree before, Map<String, Supplier<byte[]>> parts) {
        Map<String, Stream<Edit>> changes =
                new TreeMap<>(Comparator.comparing(name -> name.getBytes(UTF_8), Arrays::compareUnsigned));
        parts.forEach((name, bytes) -> changes.put(name, blocks(name, bytes)));
        Map<String, List<Edit>> gone = new HashMap<>();
        Cursor cursor = before.cursor();
        while (cursor.next()) {
            String part = part(cursor.key());
            if (parts.containsKey(part)) {
                changes.remove(part);
            } else {
                gone.computeIfAbsent(part, _ -> new ArrayList<>()).add(Edit.delete(cursor.key()));
            }
        }
        gone.forEach((part, edits) -> changes.put(part, edits.stream()));
        return changes.values().stream().flatMap(edits -> edits).iterator();
    }

    private static Stream<Edit> blocks(String name, Supplier<byte[]> bytes) {
        return Stream.of(bytes)
                .map(Supplier::get)
                .flatMap(all -> IntStream.range(0, Math.max(1, Math.ceilDiv(all.length, BLOCK_BYTES)))
                        .mapToObj(number -> Edit.put(key(name, number), block(all, number))));
    }

    private static byte[] block(byte[] all, int number) {
        int from = number * BLOCK_BYTES;
        return Arrays.copyOfRange(all, from, Math.min(all.length, from + BLOCK_BYTES));
    }

    private static byte[] key(String name, int number) {
        byte[] text = name.getBytes(UTF_8);
        return ByteBuffer.allocate(text.length + 1 + Integer.BYTES)
                .put(text)
                .put((byte) 0)
                .putInt(number)
                .array();
    }
}

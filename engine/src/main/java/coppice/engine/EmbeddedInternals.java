package coppice.engine;

import coppice.api.Internals;
import coppice.engine.refs.RefResolver;
import coppice.engine.state.Roots;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Descriptions;
import coppice.engine.terms.Failures;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.store.ChunkPlace;
import coppice.kernel.tree.ChunkContent;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeOverlap;
import coppice.kernel.tree.TreeShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// The API's face of how things are stored.
final class EmbeddedInternals implements Internals {
    private static final int DIGITS = 2 * Hash.BYTES;

    private final Storage storage;
    private final RefResolver refs;
    private final Gate gate;

    EmbeddedInternals(Parts parts) {
        this.storage = parts.storage();
        this.refs = parts.refs();
        this.gate = parts.gate();
    }

    private <T> T looking(Supplier<T> look) {
        gate.ensureOpen();
        return Failures.guarded(look);
    }

    /// Looks at what some commits reach, which stays meanwhile.
    private <T> T holding(List<Hash> commits, Supplier<T> look) {
        List<Roots.Root> kept = new ArrayList<>();
        commits.forEach(commit -> kept.add(new Roots.OfCommit(commit)));
        Roots.Hold hold = storage.roots().hold(this, kept);
        try {
            return look.get();
        } finally {
            hold.release();
        }
    }

    @Override
    public OfCommit commit(String ref) {
        return looking(() -> {
            Hash name = refs.resolve(ref);
            return holding(List.of(name), () -> commit(name));
        });
    }

    private OfCommit commit(Hash name) {
        Commit commit = storage.history().read(name);
        return new OfCommit(
                Descriptions.id(name),
                commit.parents().stream().map(Descriptions::id).toList(),
                commit.generation(),
                Tree.load(storage.nodes(), commit.closure()).count(),
                commit.catalog().toString(),
                Catalog.load(storage.nodes(), commit.catalog()).count(),
                commit.closure().toString(),
                commit.signature().toBytes().length,
                commit.encode().length);
    }

    @Override
    public OfTree tree(String ref, String space) {
        return looking(() -> {
            Hash commit = refs.resolve(ref);
            return holding(List.of(commit), () -> describe(rows(commit, space)));
        });
    }

    private Tree rows(Hash commit, String space) {
        Hash catalog = storage.history().read(commit).catalog();
        return Catalog.load(storage.nodes(), catalog).rows(Checks.spaceName(space));
    }

    private static OfTree describe(Tree tree) {
        TreeShape shape = tree.shape();
        return new OfTree(
                tree.root().toString(),
                tree.count(),
                shape.levels().stream().map(EmbeddedInternals::level).toList(),
                shape.blobs(),
                shape.blobBytes());
    }

    private static Level level(TreeShape.Level level) {
        return new Level(
                level.nodes(), level.entries(), level.bytes(), level.smallest(), level.largest(), level.fill());
    }

    @Override
    public Overlap overlap(String ref, String other, String space) {
        return looking(() -> {
            Hash commit = refs.resolve(ref);
            Hash against = refs.resolve(other);
            return holding(List.of(commit, against), () -> {
                Tree tree = rows(commit, space);
                Tree otherTree = rows(against, space);
                TreeOverlap own = tree.without(otherTree);
                TreeOverlap others = otherTree.without(tree);
                return new Overlap(own.nodes(), own.bytes(), others.nodes(), others.bytes(), own.sharedRows());
            });
        });
    }

    @Override
    public List<String> chunks(String digits, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("At least 1 name is to be found, not " + limit);
        }
        String wanted = hexadecimal(digits);
        return looking(() -> storage.packs().names(wanted, limit).stream()
                .map(Hash::toString)
                .toList());
    }

    private static String hexadecimal(String digits) {
        if (!digits.matches("[0-9a-fA-F]{1," + DIGITS + "}")) {
            throw new IllegalArgumentException(
                    "The name of a chunk has 64 hexadecimal digits; '" + digits + "' is no beginning of one");
        }
        return digits.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<OfChunk> chunk(String hash) {
        Hash name = Hash.parse(hash);
        return looking(() -> storage.packs().place(name).map(place -> describe(name, place)));
    }

    private OfChunk describe(Hash name, ChunkPlace place) {
        byte[] chunk = storage.packs().read(name);
        Optional<ChunkContent> content = ChunkContent.of(name, chunk);
        if (content.isPresent()) {
            ChunkContent part = content.get();
            return chunk(name, kind(part.kind()), part.level(), part.holds(), chunk.length, place, part.links());
        }
        Commit commit = Commit.decode(name, chunk);
        List<Hash> links = new ArrayList<>(List.of(commit.catalog(), commit.closure()));
        links.addAll(commit.parents());
        return chunk(name, Kind.COMMIT, 0, commit.generation(), chunk.length, place, links);
    }

    private static Kind kind(ChunkContent.Kind kind) {
        return switch (kind) {
            case NODE -> Kind.NODE;
            case BLOB_DATA -> Kind.BLOB_DATA;
            case BLOB_INDEX -> Kind.BLOB_INDEX;
        };
    }

    private static OfChunk chunk(
            Hash name, Kind kind, int level, long holds, int bytes, ChunkPlace place, List<Hash> links) {
        return new OfChunk(
                name.toString(),
                kind,
                level,
                holds,
                bytes,
                place.storedBytes(),
                switch (place.form()) {
                    case RAW -> Form.RAW;
                    case ZSTD -> Form.COMPRESSED;
                    case GROUP -> Form.GROUP;
                },
                place.groupChunks(),
                place.pack().isEmpty() ? Optional.empty() : Optional.of(place.pack()),
                place.offset(),
                links.stream().map(Hash::toString).toList());
    }
}

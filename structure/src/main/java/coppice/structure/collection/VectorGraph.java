package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Entry;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.ground.Following;
import coppice.structure.search.GraphIndex;
import coppice.structure.search.SearchEngine;
import coppice.vector.VectorChange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The vectors of a collection in a graph along which near ones are found; nothing before the first vector.
///
/// @param settings how they are compared
record VectorGraph(Optional<Settings> settings, Optional<GraphIndex> index) {
    private static final VectorGraph NONE = new VectorGraph(Optional.empty(), Optional.empty());

    /// Begins the name of the part that says, in its name, how vectors are compared.
    private static final String SETTINGS_PART = "settings ";

    private static final int VERSION = 1;

    private VectorGraph(Settings settings, GraphIndex index) {
        this(Optional.of(settings), Optional.of(index));
    }

    /// What follows from the rows beside a collection.
    static Following<VectorGraph> following(SearchEngine engine) {
        return new Follower(engine);
    }

    private record Follower(SearchEngine engine) implements Following<VectorGraph>, Following.Keeping<VectorGraph> {
        @Override
        public String name() {
            return "graph " + VERSION;
        }

        @Override
        public VectorGraph of(Iterator<Entry> rows) {
            return Settings.first(rows).map(how -> of(how, rows)).orElse(NONE);
        }

        private VectorGraph of(Settings how, Iterator<Entry> rows) {
            Iterator<VectorChange> all = new Vectors.Sorting(how, Vectors.differing(rows), new TreeSet<>());
            return new VectorGraph(how, engine.graph(how.similarity(), new Present(all)));
        }

        @Override
        public Optional<VectorGraph> with(VectorGraph before, List<Differing> rows) {
            if (before.index.isEmpty() || Settings.isAmong(rows)) {
                return Optional.empty();
            }
            Settings how = before.settings.orElseThrow();
            List<VectorChange> changes = new ArrayList<>();
            new Vectors.Sorting(how, rows.iterator(), new TreeSet<>()).forEachRemaining(changes::add);
            return Optional.of(new VectorGraph(how, before.index.orElseThrow().with(changes)));
        }

        @Override
        public long bytes(VectorGraph made) {
            return made.index.map(GraphIndex::bytes).orElse(0L);
        }

        @Override
        public Optional<Keeping<VectorGraph>> keeping() {
            return Optional.of(this);
        }

        @Override
        public Map<String, Supplier<byte[]>> parts(VectorGraph made) {
            Map<String, Supplier<byte[]>> parts = new LinkedHashMap<>();
            made.settings.ifPresent(
                    how -> parts.put(SETTINGS_PART + new String(how.encode(), UTF_8), () -> new byte[0]));
            made.index.ifPresent(index -> parts.putAll(index.parts()));
            return parts;
        }

        @Override
        public Optional<VectorGraph> of(Map<String, byte[]> parts) {
            Map<String, byte[]> graph = new LinkedHashMap<>(parts);
            graph.keySet().removeIf(name -> name.startsWith(SETTINGS_PART));
            return parts.keySet().stream()
                    .filter(name -> name.startsWith(SETTINGS_PART))
                    .findFirst()
                    .flatMap(name -> Settings.decode(
                            name.substring(SETTINGS_PART.length()).getBytes(UTF_8)))
                    .flatMap(how -> engine.graph(how.similarity(), graph).map(index -> new VectorGraph(how, index)));
        }
    }

    /// Those of changes that are vectors.
    private static final class Present implements Iterator<VectorChange> {
        private final Iterator<VectorChange> all;
        private Optional<VectorChange> next = Optional.empty();

        Present(Iterator<VectorChange> all) {
            this.all = all;
            advance();
        }

        private void advance() {
            next = Optional.empty();
            while (next.isEmpty() && all.hasNext()) {
                next = Optional.of(all.next()).filter(one -> one.vector() != null);
            }
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public VectorChange next() {
            VectorChange one = next.orElseThrow();
            advance();
            return one;
        }
    }
}

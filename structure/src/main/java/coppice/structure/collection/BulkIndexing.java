package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.IndexOptions;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.ground.Ground;
import coppice.structure.ground.ReadGround;
import coppice.structure.ground.Registered;
import coppice.structure.ground.Registry;
import coppice.structure.ground.SpaceRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/// Indexes many documents: as rows that are filled in, or step by step.
///
/// @param documents the collection
record BulkIndexing(SpaceDocuments<?> documents, Ground ground, Registered registered) {
    private static final int TOLD_EVERY = 1_024;

    /// How many documents of which vectors are made take effect together unless it is said.
    private static final int EMBEDDED = 1_024;

    /// Indexes them.
    ///
    /// @param put puts those of a step
    /// @return how many
    long run(Iterator<DocumentItem> items, IndexOptions how, Consumer<List<DocumentItem>> put) {
        Optional<Integer> steps = how.step().or(() -> documents.embedding.map(_ -> EMBEDDED));
        long count = steps.map(step -> inSteps(items, step, how, put)).orElseGet(() -> atOnce(items, how));
        tell(how, count);
        return count;
    }

    private static void tell(IndexOptions how, long count) {
        how.progress().moved("index", "documents", count, count);
    }

    private static long inSteps(
            Iterator<DocumentItem> items, int most, IndexOptions how, Consumer<List<DocumentItem>> put) {
        long count = 0;
        while (items.hasNext()) {
            List<DocumentItem> step = new ArrayList<>();
            while (step.size() < most && items.hasNext()) {
                step.add(items.next());
            }
            put.accept(step);
            count += step.size();
            tell(how, count);
        }
        return count;
    }

    private long atOnce(Iterator<DocumentItem> items, IndexOptions how) {
        Rows rows = new Rows(items, how, ground.still());
        ground.fill("index", rows, rows::check);
        return rows.count;
    }

    /// The rows of documents, one document after the other.
    private final class Rows implements Iterator<SpaceRow> {
        private final Iterator<DocumentItem> items;
        private final IndexOptions how;
        private final String vectors = VectorRows.space(documents.name());
        private final Queue<SpaceRow> next = new ArrayDeque<>();
        private final Optional<Settings> before;
        private Optional<Settings> settings;
        private long count;

        Rows(Iterator<DocumentItem> items, IndexOptions how, ReadGround before) {
            this.items = items;
            this.how = how;
            this.before = Settings.of(before.space(vectors));
            this.settings = this.before;
            Registry.check(before, registered.structure());
            byte[] name = documents.name().getBytes(UTF_8);
            if (!before.space(Registry.SPACE).contains(name)) {
                next.add(new SpaceRow(Registry.SPACE, name, registered.row()));
            }
        }

        @Override
        public boolean hasNext() {
            if (next.isEmpty() && items.hasNext()) {
                add(items.next());
                count++;
                if (count % TOLD_EVERY == 0) {
                    tell(how, count);
                }
            }
            return !next.isEmpty();
        }

        private void add(DocumentItem item) {
            byte[] id = SpaceDocumentsView.bytes(item.id());
            item.vector().ifPresent(_ -> admit(item));
            next.add(new SpaceRow(documents.name(), id, item.value()));
            next.add(new SpaceRow(
                    vectors,
                    VectorRows.key(id),
                    item.vector().map(VectorRow::encode).orElse(null)));
        }

        private void admit(DocumentItem item) {
            Settings admitted = documents.admit(settings, item);
            if (settings.isEmpty()) {
                next.add(new SpaceRow(vectors, VectorRows.SETTINGS_KEY, admitted.encode()));
                settings = Optional.of(admitted);
            }
        }

        /// Refuses vectors that are not compared as those are which somebody else indexed meanwhile.
        void check(ReadGround now) {
            Registry.check(now, registered.structure());
            Optional<Settings> there = Settings.of(now.space(vectors));
            if (!there.equals(before) && !there.equals(settings)) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.VALUE_MISFIT,
                                "The vectors of '" + documents.name() + "' are " + said(there)
                                        + " since somebody else changed it meanwhile, and those to be indexed "
                                        + said(settings) + ": nothing was indexed. Begin again, with vectors that fit")
                        .with("structure", documents.name());
            }
        }

        private static String said(Optional<Settings> settings) {
            return settings.map(how -> "of " + how.dimension() + " dimensions, compared by " + how.similarity())
                    .orElse("gone");
        }

        @Override
        public SpaceRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are no more documents");
            }
            return next.remove();
        }
    }
}

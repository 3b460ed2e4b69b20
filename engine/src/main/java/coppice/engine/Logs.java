package coppice.engine;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitPage;
import coppice.api.LogQuery;
import coppice.engine.past.LogWalk;
import coppice.engine.past.Origins;
import coppice.engine.past.Touches;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists commits.
final class Logs {
    private final Storage storage;
    private final RefResolver refs;
    private final Origins origins;

    Logs(Storage storage, RefResolver refs, Origins origins) {
        this.storage = storage;
        this.refs = refs;
        this.origins = origins;
    }

    Iterable<Commit> all(LogQuery query) {
        return new Log(query);
    }

    CommitPage page(LogQuery query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 commit, asked for " + limit);
        }
        Log log = new Log(query);
        Walk walk = log.iterator();
        List<Commit> page = new ArrayList<>();
        while (page.size() < limit && walk.hasNext()) {
            page.add(walk.next());
        }
        List<Hash> rest = page.size() < limit ? List.of() : walk.rest();
        return new CommitPage(
                page, rest.isEmpty() ? Optional.empty() : Optional.of(query.from(ids(rest), ids(log.excluded))));
    }

    private static List<CommitId> ids(List<Hash> hashes) {
        return hashes.stream().map(Descriptions::id).toList();
    }

    /// A query, its refs resolved. Keeps the history as long as it is reachable.
    private final class Log implements Iterable<Commit> {
        private final LogQuery query;
        private final List<Hash> heads;
        private final List<Hash> excluded = new ArrayList<>();

        Log(LogQuery query) {
            this.query = query;
            this.heads = query.of().stream().map(refs::resolve).toList();
            query.without().stream().map(refs::resolve).forEach(excluded::add);
            if (query.symmetric()) {
                heads.stream()
                        .skip(1)
                        .forEach(head -> excluded.addAll(storage.history().mergeBases(heads.getFirst(), head)));
            }
            List<Roots.Root> kept = new ArrayList<>();
            heads.forEach(head -> kept.add(new Roots.OfCommit(head)));
            excluded.forEach(head -> kept.add(new Roots.OfCommit(head)));
            storage.roots().hold(this, kept);
        }

        @Override
        public Walk iterator() {
            return Failures.guarded(() -> new Walk(this));
        }
    }

    /// One walk over a log.
    private final class Walk implements Iterator<Commit> {
        private final Log log;
        private final LogQuery.Filter filter;
        private final LogWalk walk;
        private final Touches touches;
        private @Nullable Commit next;

        Walk(Log log) {
            this.log = log;
            this.filter = log.query.filter();
            long since = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
            this.walk = new LogWalk(
                    storage.history(),
                    log.heads,
                    log.excluded,
                    log.query.firstParent(),
                    log.query.order(),
                    (hash, commit) -> commit.committedAt() >= since);
            this.touches = filter.touching()
                    .map(touch -> origins.touching(Checks.spaceName(touch.space()), touch.keys()))
                    .orElse((hash, commit) -> true);
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = Failures.guarded(this::find);
            }
            return next != null;
        }

        @Override
        public Commit next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("There are no more commits");
            }
            Commit commit = next;
            next = null;
            return commit;
        }

        private @Nullable Commit find() {
            while (walk.next()) {
                if (isShown(walk.commit()) && touches.test(walk.hash(), walk.commit())) {
                    return Descriptions.of(walk.hash(), walk.commit());
                }
            }
            return null;
        }

        private boolean isShown(coppice.kernel.history.Commit commit) {
            return commit.committedAt()
                            <= filter.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE)
                    && contains(commit.author(), filter.author())
                    && contains(commit.message(), filter.message());
        }

        private static boolean contains(String text, String part) {
            return part.isEmpty() || text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
        }

        /// The heads of what comes after the last commit that was given.
        List<Hash> rest() {
            return walk.rest();
        }

        @Override
        public String toString() {
            return "a walk over " + log.query;
        }
    }
}

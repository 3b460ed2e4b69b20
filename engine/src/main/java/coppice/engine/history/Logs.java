package coppice.engine.history;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitPage;
import coppice.api.LogQuery;
import coppice.engine.past.LogWalk;
import coppice.engine.past.Origins;
import coppice.engine.past.Origins.Found;
import coppice.engine.past.Touches;
import coppice.engine.refs.RefResolver;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Descriptions;
import coppice.engine.terms.Failures;
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
public final class Logs {
    private final Storage storage;
    private final RefResolver refs;
    private final Origins origins;

    public Logs(Storage storage, RefResolver refs, Origins origins) {
        this.storage = storage;
        this.refs = refs;
        this.origins = origins;
    }

    /// All commits, found while one walks over them; refs are looked up now.
    public Iterable<Commit> all(LogQuery query) {
        return new Log(query);
    }

    /// Some commits, and where the next page begins.
    ///
    /// @param limit at least 1
    public CommitPage page(LogQuery query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 commit, asked for " + limit);
        }
        Log log = new Log(query);
        Walk walk = log.iterator();
        List<Commit> page = new ArrayList<>();
        while (page.size() < limit && walk.hasNext()) {
            page.add(walk.next());
        }
        return new CommitPage(page, page.size() < limit ? Optional.empty() : walk.source.rest());
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

    /// Where the commits of a log come from.
    private interface Source {
        /// The next one, or null.
        @Nullable
        Found next();

        /// What comes after the last one, to go on with; nothing when this is known to be the end.
        Optional<LogQuery> rest();
    }

    /// All commits one after the other, those that did not touch what is asked for left out.
    private final class Walked implements Source {
        private final Log log;
        private final LogWalk walk;
        private final Touches touches;

        Walked(Log log) {
            LogQuery query = log.query;
            this.log = log;
            long since = query.filter().since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
            this.walk = new LogWalk(
                    storage.history(),
                    log.heads,
                    log.excluded,
                    query.firstParent(),
                    query.order(),
                    (hash, commit) -> commit.committedAt() >= since);
            this.touches = query.filter()
                    .touching()
                    .map(touch -> origins.touching(Checks.spaceName(touch.space()), touch.keys()))
                    .orElse((hash, commit) -> true);
        }

        @Override
        public @Nullable Found next() {
            while (walk.next()) {
                if (touches.test(walk.hash(), walk.commit())) {
                    return new Found(walk.hash(), walk.commit());
                }
            }
            return null;
        }

        @Override
        public Optional<LogQuery> rest() {
            List<Hash> rest = walk.rest();
            return rest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(log.query.from(ids(rest), ids(log.excluded), log.query.after()));
        }
    }

    /// Only the commits that touched what is asked for, as the index lists them.
    private static final class Listed implements Source {
        private final Log log;
        private final Iterator<Found> list;
        private Optional<CommitId> last;

        Listed(Log log, Iterator<Found> list) {
            this.log = log;
            this.list = list;
            this.last = log.query.after();
        }

        @Override
        public @Nullable Found next() {
            if (!list.hasNext()) {
                return null;
            }
            Found found = list.next();
            last = Optional.of(Descriptions.id(found.name()));
            return found;
        }

        @Override
        public Optional<LogQuery> rest() {
            return Optional.of(log.query.from(ids(log.heads), ids(log.excluded), last));
        }
    }

    private Source source(Log log) {
        LogQuery query = log.query;
        boolean everyLine = query.order() == LogQuery.Order.GENERATION
                && !query.firstParent()
                && query.filter().since().isEmpty();
        return query.filter()
                .touching()
                .filter(touch -> everyLine)
                .flatMap(touch ->
                        origins.touched(log.heads, log.excluded, Checks.spaceName(touch.space()), touch.keys()))
                .<Source>map(list -> new Listed(log, list))
                .orElseGet(() -> new Walked(log));
    }

    /// One walk over a log; it keeps the history as well.
    private final class Walk implements Iterator<Commit> {
        private final LogQuery.Filter filter;
        private final Source source;
        private final Optional<Hash> after;
        private final long afterGeneration;
        private @Nullable Commit next;

        Walk(Log log) {
            this.filter = log.query.filter();
            this.source = source(log);
            this.after = log.query.after().map(id -> Hash.parse(id.hex()));
            this.afterGeneration = after.map(storage.history()::read)
                    .map(coppice.kernel.history.Commit::generation)
                    .orElse(0L);
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
            for (Found found = source.next(); found != null; found = source.next()) {
                if (isAhead(found) && isShown(found.commit())) {
                    return Descriptions.of(found.name(), found.commit());
                }
            }
            return null;
        }

        /// Whether the commit comes after the one that was the last of the page before.
        private boolean isAhead(Found found) {
            if (after.isEmpty()) {
                return true;
            }
            int order = Long.compare(afterGeneration, found.commit().generation());
            return order > 0 || (order == 0 && after.get().compareTo(found.name()) > 0);
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
    }
}

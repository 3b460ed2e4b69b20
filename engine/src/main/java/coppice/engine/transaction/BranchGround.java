package coppice.engine.transaction;

import coppice.api.DatabaseException;
import coppice.api.Isolation;
import coppice.api.Transaction;
import coppice.api.TransactionOptions;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.query.Query;
import coppice.api.structure.NamedLock;
import coppice.engine.live.LiveBranch;
import coppice.engine.query.SpaceQuery;
import coppice.engine.reading.HeldState;
import coppice.engine.reading.Reading;
import coppice.engine.state.BranchState;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Failures;
import coppice.structure.ground.Backlog;
import coppice.structure.ground.Filter;
import coppice.structure.ground.Following;
import coppice.structure.ground.Fronts;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Line;
import coppice.structure.ground.Origin;
import coppice.structure.ground.ReadGround;
import coppice.structure.ground.SpaceRow;
import coppice.structure.secret.Vault;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// A branch for structures to stand on; and how users' transactions are tried again.
public final class BranchGround implements Ground {
    private final LiveBranch branch;
    private final Means means;

    public BranchGround(LiveBranch branch, Means means) {
        this.branch = branch;
        this.means = means;
    }

    /// This, for structures that are about to be used.
    public BranchGround inUse() {
        means.dues().use(branch);
        return this;
    }

    @Override
    public Reading space(String name) {
        return new BranchSpace(branch, means.access(), means.transacting(), Checks.spaceName(name));
    }

    @Override
    public <T> T following(String space, Following<T> how) {
        return space(space).following(how);
    }

    @Override
    public ReadGround still() {
        return held(branch.shown());
    }

    private ReadGround held(BranchState state) {
        Instant now = now();
        return new HeldState(state, means.access(), () -> now, means.views()::query);
    }

    @Override
    public Query query(String space) {
        return means.views().query(branch, Checks.spaceName(space), means.access());
    }

    @Override
    public Filter filter(Query query) {
        return SpaceQuery.filter(query);
    }

    @Override
    public Instant now() {
        return means.access().now();
    }

    @Override
    public Vault vault() {
        return means.access().vault();
    }

    @Override
    public void fill(String why, Iterator<SpaceRow> rows, Consumer<ReadGround> check) {
        means.access().gate().ensureOpen();
        Failures.guarded(() -> {
            means.grafting().fill(branch, why, rows, state -> check.accept(held(state)));
            means.transacting().settle(branch);
            return true;
        });
    }

    @Override
    public ChangeFeed watch(ChangeFilter filter, FeedStart from) {
        means.access().gate().ensureOpen();
        return Failures.guarded(() -> means.follower().follow(branch, filter, from));
    }

    @Override
    public void due(Instant moment) {
        means.dues().add(branch, moment);
    }

    @Override
    public String stamp() {
        return means.stamps().next();
    }

    @Override
    public Origin origin() {
        return means.origins().of(branch);
    }

    @Override
    public Line line(String space) {
        return means.arrivals().line(branch, space);
    }

    @Override
    public Backlog backlog() {
        return means.works().of(branch);
    }

    @Override
    public NamedLock lock(String structure) {
        return means.locks().ofStructure(structure);
    }

    /// Builds on the newest state, kept or not, while others of its kind wait; then waits with all of them until
    /// it is kept. So they share syncs and do not conflict.
    @Override
    public <T> T update(Function<Transaction, T> body) {
        return update(() -> Fronts.UNKNOWN, (transaction, _) -> body.apply(transaction));
    }

    @Override
    public <T> T update(String space, BiFunction<Transaction, Fronts, T> body) {
        return update(() -> means.arrivals().step(branch, space), body);
    }

    private <T> T update(Supplier<Fronts> fronts, BiFunction<Transaction, Fronts, T> body) {
        means.access().gate().ensureOpen();
        Appended<T> appended = Failures.guarded(() -> append(fronts, body));
        Failures.guarded(() -> {
            branch.acknowledge(appended.state());
            return true;
        });
        return appended.result();
    }

    private record Appended<T>(BranchState state, T result) {}

    private <T> Appended<T> append(Supplier<Fronts> fronts, BiFunction<Transaction, Fronts, T> body) {
        branch.updating().lock();
        try {
            while (true) {
                Fronts known = fronts.get();
                try (EmbeddedTransaction transaction =
                        new EmbeddedTransaction(branch, branch.newest(), means, Isolation.SNAPSHOT)) {
                    T result = body.apply(transaction, known);
                    return new Appended<>(transaction.append(), result);
                } catch (DatabaseException.Conflict _) {
                    // A writer of another kind came between: begin again on what it left.
                }
            }
        } finally {
            branch.updating().unlock();
        }
    }

    @Override
    public <T> T attempt(Function<Transaction, T> body) {
        return retrying(TransactionOptions.defaults(), transaction -> {
            T result = body.apply(transaction);
            transaction.commit();
            return result;
        });
    }

    /// Runs a body that commits its transaction, again from the start when it conflicts with another.
    public <T> T retrying(TransactionOptions options, Function<Transaction, T> body) {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = begin(options.isolation())) {
                return body.apply(transaction);
            } catch (DatabaseException.Conflict conflict) {
                if (attempt >= options.attempts()) {
                    throw conflict;
                }
                Failures.guarded(() -> {
                    branch.settle();
                    return true;
                });
                means.retry().pause(attempt);
            }
        }
    }

    /// Begins a transaction on what readers see.
    public Transaction begin(Isolation isolation) {
        means.access().gate().ensureOpen();
        return new EmbeddedTransaction(branch, branch.shown(), means, isolation);
    }
}

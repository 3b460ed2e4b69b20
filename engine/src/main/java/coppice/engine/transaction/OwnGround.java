package coppice.engine.transaction;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.Transaction;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.query.Query;
import coppice.api.structure.NamedLock;
import coppice.engine.query.SpaceQuery;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// A transaction for structures to stand on: its own view, and its writes.
final class OwnGround implements Ground {
    private final EmbeddedTransaction transaction;
    private final Instant now;
    private final Stamps stamps;
    private final Supplier<Origin> origin;
    private final Vault vault;
    private final List<Instant> dues = new ArrayList<>();

    OwnGround(EmbeddedTransaction transaction, Instant now, Stamps stamps, Supplier<Origin> origin, Vault vault) {
        this.transaction = transaction;
        this.now = now;
        this.stamps = stamps;
        this.origin = origin;
        this.vault = vault;
    }

    @Override
    public SpaceView space(String name) {
        return transaction.space(name);
    }

    @Override
    public <T> T following(String space, Following<T> how) {
        return transaction.space(space).following(how);
    }

    @Override
    public Query query(String space) {
        return transaction.query(space);
    }

    @Override
    public Filter filter(Query query) {
        return SpaceQuery.filter(query);
    }

    /// What a transaction sees changes with its own writes alone.
    @Override
    public ReadGround still() {
        return this;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Vault vault() {
        return vault;
    }

    @Override
    public <T> T update(Function<Transaction, T> body) {
        return body.apply(transaction);
    }

    @Override
    public <T> T update(String space, BiFunction<Transaction, Fronts, T> body) {
        return body.apply(transaction, Fronts.UNKNOWN);
    }

    @Override
    public <T> T attempt(Function<Transaction, T> body) {
        return body.apply(transaction);
    }

    @Override
    public void fill(String why, Iterator<SpaceRow> rows, Consumer<ReadGround> check) {
        List<SpaceRow> all = new ArrayList<>();
        rows.forEachRemaining(all::add); // they may be read from where they go
        all.forEach(row -> {
            Space own = transaction.space(row.space());
            if (row.value() == null) {
                own.delete(row.key());
            } else {
                own.put(row.key(), row.value());
            }
        });
    }

    @Override
    public ChangeFeed watch(ChangeFilter filter, FeedStart from) {
        throw new DatabaseException.Incorrect(
                ErrorCode.NOT_IN_TRANSACTION,
                "A transaction sees one state, to which nothing happens: follow the structure as the branch has it");
    }

    @Override
    public void due(Instant moment) {
        dues.add(moment);
    }

    @Override
    public String stamp() {
        return stamps.next();
    }

    @Override
    public Origin origin() {
        return origin.get();
    }

    @Override
    public Line line(String space) {
        throw new DatabaseException.Incorrect(
                        ErrorCode.NOT_IN_TRANSACTION,
                        "A transaction sees nothing that others do, so it would wait for ever: use the call that does"
                                + " not wait (poll, or a limit of zero), or wait outside of the transaction")
                .with("space", space);
    }

    @Override
    public Backlog backlog() {
        throw new DatabaseException.Incorrect(
                ErrorCode.NOT_IN_TRANSACTION,
                "What is done in the background is no part of a transaction: ask for it outside of the transaction");
    }

    @Override
    public NamedLock lock(String structure) {
        throw new DatabaseException.Incorrect(
                        ErrorCode.NOT_IN_TRANSACTION,
                        "A lock is of the database and no part of a transaction, and who waits for it there holds up"
                                + " others: acquire it before the transaction begins")
                .with("structure", structure);
    }

    /// What will be due once the transaction has taken effect.
    List<Instant> dues() {
        return dues;
    }
}

package coppice.engine.transaction;

import coppice.engine.arrival.Arrivals;
import coppice.engine.reading.Access;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.views.Views;

/// What transactions need of their database.
///
/// @param access to read spaces
/// @param transacting makes them take effect
/// @param views reads projections
/// @param retry pauses between attempts
/// @param dues what is to be tidied up later
/// @param stamps what is unique
/// @param arrivals who waits for something
public record Means(
        Access access, Transacting transacting, Views views, Retry retry, Dues dues, Stamps stamps, Arrivals arrivals) {
    /// What those of an open database need.
    public static Means of(Storage storage, Gate gate, Transacting transacting, Views views) {
        Retry retry = new Retry(storage.tasks(), storage.entropy());
        return new Means(
                Access.of(storage, gate),
                transacting,
                views,
                retry,
                new Dues(),
                new Stamps(storage.clock(), storage.entropy()),
                new Arrivals(storage, gate));
    }

    /// Tidies up what is due.
    public void tidy() {
        dues.run(this);
        arrivals.tidy();
    }
}

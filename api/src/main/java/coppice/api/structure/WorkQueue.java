package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Jobs that wait for somebody to do them: a queue that branches, merges and travels in time with its branch. Its
/// rows are those of the space of its name, values in JSON, so types, projections and queries hold for them.
///
/// **Order**: lower priorities first; of the same priority, those that were put earlier first, by the time of the
/// machine's clock where processes or copies of a database differ. A job that comes back, or whose delay is over,
/// has its old place. Low priorities are not served as long as there are higher ones.
///
/// **At least once**, with [#get()]: who gets a job has it for the time of [QueueOptions#visibility()]. Until then
/// nobody else gets it. When it is not acknowledged by then, because the consumer died or was too slow, it is
/// ready again, and after [QueueOptions#attempts()] times it is a dead letter. So no job is lost, and one may be
/// done more than once. **At most once**, with [#take()]: the job is out of the queue before it is handed over.
///
/// **Waiting**: who finds nothing waits, parked, without looking again by itself. Whatever makes a job ready
/// wakes the one that waits longest: a put, a transaction, a merge, the end of a delay. Who waits is served in
/// the order of coming; a call that does not wait may be quicker than those who do. A wait ends when its thread
/// is interrupted ([coppice.api.DatabaseException.Interrupted]; no job is lost), when the database is closed
/// ([coppice.api.DatabaseException.Closed]) and when the branch is deleted
/// ([coppice.api.DatabaseException.NotFound]).
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it, and those that
/// would wait are refused with [coppice.api.DatabaseException.Incorrect].
///
/// A value is never `null`. One that cannot be stored is refused with [coppice.api.DatabaseException.Incorrect],
/// as is one that does not fit the types of the branch; nothing is written then. A job whose stored value does
/// not fit the type becomes a dead letter when it is got, so that it holds up nobody, and the call fails with
/// what is wrong.
@AsyncTwin
public interface WorkQueue<V> extends WorkQueueView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncWorkQueue<V> async() {
        return new AsyncWorkQueue<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// The same queue, whose jobs are got with other options. Costs nothing; other users are not concerned.
    @Immediate
    WorkQueue<V> with(QueueOptions options);

    /// Puts a job of priority 0 that is ready at once.
    ///
    /// @return its id
    String put(V value);

    /// Puts a job, unless there is one of the same deduplication key.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the key is too long
    Placed put(V value, JobOptions options);

    /// Puts jobs as one step, in their order.
    ///
    /// @return their ids
    List<String> putAll(Collection<? extends V> values);

    /// Gets the next job that is ready, or nothing; never waits.
    default Optional<Delivery<V>> poll() {
        return get(Duration.ZERO);
    }

    /// Gets the next job, and waits until there is one.
    Delivery<V> get();

    /// Gets the next job, and waits for one so long at most. Where the limit is not positive it does not wait.
    Optional<Delivery<V>> get(Duration limit);

    /// Gets the next jobs as one step: those that are ready, and where none is, waits so long at most until one
    /// is.
    ///
    /// @param most at least 1
    /// @return empty when the time was over
    /// @throws IllegalArgumentException when `most` is less than 1
    List<Delivery<V>> getMany(int most, Duration limit);

    /// Takes the next job out of the queue, and waits until there is one. Should the consumer die, it is lost.
    V take();

    /// Takes the next job out of the queue, and waits for one so long at most. Where the limit is not positive it
    /// does not wait.
    Optional<V> take(Duration limit);

    /// Says that a job is done: it is out of the queue. Also when this comes late, if nobody else got it
    /// meanwhile.
    ///
    /// @return whether it was there and the receipt counts: nobody else got the job, and it was not acknowledged
    ///     or given back
    boolean ack(Receipt receipt);

    /// Gives a job back: it is ready again at once, at its old place, or a dead letter when it was got often
    /// enough.
    ///
    /// @return whether the receipt counts; see [#ack]
    default boolean nack(Receipt receipt) {
        return nack(receipt, Duration.ZERO);
    }

    /// As [#nack(Receipt)], ready again after a delay.
    ///
    /// @throws IllegalArgumentException when the delay is negative
    boolean nack(Receipt receipt, Duration delay);

    /// Keeps a job for a time that is counted from now on, instead of what was left.
    ///
    /// @return whether the receipt counts, and the job is no dead letter; see [#ack]
    /// @throws IllegalArgumentException when the time is less than a millisecond
    boolean extend(Receipt receipt, Duration visibility);

    /// Makes a dead letter ready again, at its old place, as one that was never got.
    ///
    /// @return whether it was one
    boolean retry(String id);

    /// Makes all dead letters ready again, as one step.
    ///
    /// @return how many there were
    long retryAll();

    /// Removes all dead letters, as one step.
    ///
    /// @return how many there were
    long purge();

    /// Removes a job, whatever its state.
    ///
    /// @return whether it was there
    boolean remove(String id);

    /// Removes everything, as one step. Costs O(n) and the memory of the ids.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none.
    ///
    /// @param body must do nothing but work on the queue, as it may be called again; calls that would wait are
    ///     refused
    void batched(Consumer<WorkQueue<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. Jobs keep their ids, and with them their
    /// places; an item without one is put as a new job. A job that somebody had when it was dumped is ready. An
    /// item with the deduplication key of another job that is there is left out, as [#put(Object, JobOptions)]
    /// would. Costs the memory of all of it.
    ///
    /// @return how many jobs were put
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none or does not fit the type of
    ///     the values, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows which jobs come and go from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<QueueChange<V>> watch(FeedStart from);

    /// Has a callback told which jobs come and go from here on, one after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super QueueChange<V>> callback);
}

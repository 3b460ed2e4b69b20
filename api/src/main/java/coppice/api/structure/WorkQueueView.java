package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/// Jobs that wait for somebody to do them, to look at. Looking changes nothing: a job stays where it is.
///
/// Delays and leases are judged by the moment of the call; in a version, by that at which it was made.
///
/// What reads values may fail with [coppice.api.DatabaseException.Incorrect] when what is stored does not fit
/// their type.
public interface WorkQueueView<V> {
    /// Its name.
    @Immediate
    String name();

    /// How many jobs are in which state, as of one moment. Costs a look at each that is not ready.
    QueueCounts counts();

    /// How many jobs there are in all states together; see [#counts()].
    default long count() {
        return counts().total();
    }

    /// The job that would be got next, if any is ready.
    default Optional<Job<V>> peek() {
        try (Stream<Job<V>> ready = jobs(JobState.READY)) {
            return ready.findFirst();
        }
    }

    /// The jobs in a state, as of one moment, read lazily: ready ones in the order in which they would be got,
    /// delayed and leased ones by when that is over, dead letters by when they were put. Close the stream when it
    /// is not read to its end.
    Stream<Job<V>> jobs(JobState state);

    /// A job by its id; nothing when it is not in the queue any more.
    Optional<Job<V>> find(String id);

    /// Writes all jobs as text, as of one moment: items are objects with `id`, `value`, `state` and what else is
    /// known of the job, times by ISO 8601; by state, in the order of [#jobs]. The stream is flushed and stays
    /// open. Costs a read of the queue, and the memory of one job.
    ///
    /// @return how many jobs
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}

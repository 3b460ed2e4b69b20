package coppice.api.progress;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Something long that the database does in the background, one after the other in the order in which they were
/// asked for. It is known as long as the database is open: ask for it again after opening, and it goes on from
/// what it has kept.
///
/// Where it fails because of something that may pass, such as a model that cannot be reached, it is tried again,
/// after a second, then after twice the time each time, up to five minutes; it goes on from where it was, and
/// others have their turn meanwhile. What the database refuses, such as a vector that cannot be, ends it.
///
/// Safe for use by many threads.
public interface BackgroundWork {
    /// How it stands.
    enum State {
        /// It has not had its turn.
        WAITING,
        /// It is being done.
        WORKING,
        /// It failed, and is tried again.
        RETRYING,
        /// Somebody made it rest.
        PAUSED,
        /// It has come to its end.
        DONE,
        /// It was refused, and is not tried again.
        FAILED,
        /// Somebody gave it up, or the database was closed.
        CANCELLED;

        /// Whether nothing more will happen.
        public boolean isOver() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }
    }

    /// What is known of it at a moment.
    ///
    /// @param stage what is being done, for people; empty before it began
    /// @param done how much of it is done in this stage
    /// @param total how much there is, as far as is known
    /// @param failures how often it failed since it last came further
    /// @param failure what it failed with last
    /// @param next when it is tried again, if it is
    record Status(
            State state,
            String stage,
            long done,
            long total,
            int failures,
            Optional<Throwable> failure,
            Optional<Instant> next) {}

    /// How far it is. Never waits.
    Status status();

    /// Makes it rest, after the step that it is at. What was done stays.
    void pause();

    /// Has it go on, also before the time at which it would be tried again.
    void resume();

    /// Gives it up, after the step that it is at. What was done stays, for whoever asks for it again.
    void cancel();

    /// What came of it: for how many something was done by the attempt that came to the end. It fails with what
    /// the work was refused with, or with [java.util.concurrent.CancellationException]. A future of its own for
    /// each call: to cancel it means nothing to the work.
    CompletableFuture<Long> outcome();
}

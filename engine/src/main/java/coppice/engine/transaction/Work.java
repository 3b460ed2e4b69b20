package coppice.engine.transaction;

import coppice.api.DatabaseException;
import coppice.api.progress.BackgroundWork;
import coppice.structure.ground.Backlog;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One thing that is done in the background.
final class Work implements BackgroundWork {
    private final Works works;
    private final Object version;
    private final Backlog.Chore chore;
    private final CompletableFuture<Long> outcome = new CompletableFuture<>();
    private Status status = new Status(State.WAITING, "", 0, 0, 0, Optional.empty(), Optional.empty());
    private int steps; // of this attempt

    /// Says that it is not to go on now.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("Stopped", null, false, false);
        }
    }

    Work(Works works, Object version, Backlog.Chore chore) {
        this.works = works;
        this.version = version;
        this.chore = chore;
    }

    synchronized boolean isSame(Object other) {
        return version.equals(other) && !status.state().isOver();
    }

    synchronized boolean isDue(Instant now) {
        return switch (status.state()) {
            case WAITING -> true;
            case RETRYING -> status.next().filter(next -> !next.isAfter(now)).isPresent();
            case WORKING, PAUSED, DONE, FAILED, CANCELLED -> false;
        };
    }

    void run() {
        if (!begin()) {
            return;
        }
        try {
            long count = chore.run(this::moved, this::check);
            if (become(State.DONE)) {
                outcome.complete(count);
            }
        } catch (Stopped _) {
            // somebody has said how it stands
        } catch (DatabaseException.Closed closed) {
            end(State.CANCELLED, closed);
        } catch (DatabaseException.Incorrect | DatabaseException.NotFound refused) {
            end(State.FAILED, refused);
        } catch (RuntimeException | Error failed) { // of a user's function it may be anything
            retry(failed);
        }
    }

    private synchronized boolean begin() {
        if (!isDue(works.now())) {
            return false;
        }
        steps = 0;
        return become(State.WORKING);
    }

    /// Between two of its calls a step was done.
    private synchronized void check() {
        works.ensureOpen();
        if (status.state() != State.WORKING) {
            throw new Stopped();
        }
        if (steps++ > 0) {
            set(State.WORKING, 0, status.failure(), Optional.empty());
        }
    }

    private synchronized void moved(String stage, String unit, long done, long total) {
        status = new Status(status.state(), stage, done, total, status.failures(), status.failure(), status.next());
    }

    /// @return whether it was not over
    private synchronized boolean become(State state) {
        if (status.state().isOver()) {
            return false;
        }
        set(state, status.failures(), status.failure(), Optional.empty());
        return true;
    }

    private void set(State state, int failures, Optional<Throwable> failure, Optional<Instant> next) {
        status = new Status(state, status.stage(), status.done(), status.total(), failures, failure, next);
    }

    private synchronized void retry(Throwable failed) {
        if (status.state() == State.WORKING) {
            int failures = status.failures() + 1;
            Instant next = works.now().plus(Works.pause(failures));
            set(State.RETRYING, failures, Optional.of(failed), Optional.of(next));
        }
    }

    /// It ends without having been done.
    void end(State state, Throwable why) {
        synchronized (this) {
            if (!become(state)) {
                return;
            }
            set(state, status.failures(), Optional.of(why), Optional.empty());
        }
        outcome.completeExceptionally(why);
    }

    @Override
    public synchronized Status status() {
        return status;
    }

    @Override
    public void pause() {
        become(State.PAUSED);
    }

    @Override
    public void resume() {
        synchronized (this) {
            if (status.state() != State.PAUSED && status.state() != State.RETRYING) {
                return;
            }
            become(State.WAITING);
        }
        works.run();
    }

    @Override
    public void cancel() {
        if (become(State.CANCELLED)) {
            outcome.cancel(false);
        }
    }

    @Override
    public CompletableFuture<Long> outcome() {
        return outcome.copy();
    }
}

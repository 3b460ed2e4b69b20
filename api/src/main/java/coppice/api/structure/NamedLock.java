package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import java.time.Duration;
import java.util.Optional;

/// A lock of a name, which one of all who want it has at a time. It belongs to the database as a whole, not to a
/// branch, is part of no version and no transaction, and protects nothing by itself: who does not ask for it is
/// not held up.
///
/// ```java
/// try (Lease lease = db.lock("daily-report").acquire(Duration.ofSeconds(10))) {
///     // nobody else is here
/// }
/// ```
///
/// **Fair**: who asks first gets it first. A call that does not wait gets it only when it is free and nobody
/// waits.
///
/// **For a time**: who gets it has it for the time of [LockOptions#ttl()], counted from when he gets it, so that
/// one who dies holds up nobody for ever. [Lease#renew()] begins the time anew; a lease of [LockOptions#renewed()]
/// does so by itself for as long as somebody in the program refers to it. Times go by the machine's clock.
///
/// **Fencing**: each lease has a [Lease#token()] that is greater than those of all leases before it, of this and
/// of every other lock of the database, also over restarts and crashes. Where what is protected refuses smaller
/// tokens than it has seen, one who does not know yet that his lease is over can do no harm.
///
/// **Reentrant**, by thread, virtual or not: the thread that has the lock gets it again at once, as another
/// [Lease] of the same token, whose time begins anew. The lock is free when all of them are closed. Each call on
/// the asynchronous twin has a thread of its own, so what that gets is not reentered.
///
/// **Waiting** parks the thread, without looking again by itself, and costs the same to join, to leave and to be
/// served however many wait. A wait ends when its thread is interrupted
/// ([coppice.api.DatabaseException.Interrupted]; the lock was not taken then) and when the database is closed
/// ([coppice.api.DatabaseException.Closed]). Leases end with the database, too, unless they are
/// [LockOptions#kept()].
///
/// Safe for use by many threads; holds no state of its own. What happens costs O(log n) of the leases there are,
/// and no access to the disk, except that tokens are reserved some ten thousands at a time.
@AsyncTwin
public interface NamedLock {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own. A lease that comes too late for a call that was cancelled is closed.
    default AsyncNamedLock async() {
        return new AsyncNamedLock(this);
    }

    /// Its name.
    @Immediate
    String name();

    /// The same lock, which is acquired with other options. Costs nothing; other users are not concerned.
    @Immediate
    NamedLock with(LockOptions options);

    /// Acquires it, and waits until it is this one's turn.
    Lease acquire();

    /// Acquires it, and waits so long at most. Where the limit is not positive it does not wait.
    ///
    /// @throws coppice.api.DatabaseException.Busy when somebody else has it still; the message says who and until
    ///     when
    Lease acquire(Duration limit);

    /// Acquires it if that can be done without waiting.
    default Optional<Lease> tryAcquire() {
        return tryAcquire(Duration.ZERO);
    }

    /// Acquires it, and waits so long at most. Where the limit is not positive it does not wait.
    ///
    /// @return nothing when somebody else has it still
    Optional<Lease> tryAcquire(Duration limit);

    /// A lease that was acquired before and is held still: one of [LockOptions#kept()], after the database was
    /// opened again. Closing it gives the lock back.
    ///
    /// @param token of that lease
    /// @return nothing when it is over
    Optional<Lease> resume(long token);

    /// Takes the lock away from who has it. He finds that out by [Lease#isHeld()], [Lease#renew()] and the fencing
    /// token; who waits first gets it.
    ///
    /// @return whether somebody had it
    boolean forceRelease();

    /// Who has it, until when, and how many wait.
    LockStatus status();

    /// Runs something while this one has the lock, on a virtual thread of its own; others who do the same wait
    /// meanwhile. So one of several is the leader.
    ///
    /// The leader's lease is renewed by itself. When it is lost nevertheless, by [#forceRelease()] or because the
    /// database is closed, the thread is interrupted, and once `leading` has returned, it waits for its turn
    /// again. When `leading` returns or throws without that, it is over, and the next one leads. Nobody else leads
    /// before it has returned, unless the lock was taken away.
    ///
    /// @param leading called with the lease. It is to end soon once it is interrupted or the lease is not held
    /// @return gives up when it is closed
    @Immediate
    Candidacy lead(Leading leading);

    /// What a leader does.
    @FunctionalInterface
    interface Leading {
        /// Does it.
        ///
        /// @param lease says whether it is the leader still, and has the fencing token of this time
        /// @throws Exception to give up; see [Candidacy#ended()]
        void lead(Lease lease) throws Exception;
    }
}

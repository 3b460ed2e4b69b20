package coppice.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Hooks by name, in the order in which they are called; see [Hook] for what they may do. An immutable value, given
/// to [Options#with(Hooks)] or [Database#add(Hooks)].
///
/// ```java
/// Hooks hooks = Hooks.none().preCommit("no deletions", commit -> {
///     for (Change change : commit.changes()) {
///         if (change instanceof Change.Removed removed) {
///             return Hook.veto("'" + new String(removed.key(), UTF_8) + "' must stay");
///         }
///     }
///     return Hook.accept();
/// });
/// ```
///
/// @param all the hooks
/// @param timeLimit how long one call of one of them may take
/// @param listener is told what hooks that are told afterwards do wrong, with the codes [ErrorCode#HOOK_FAILED] and
///     [ErrorCode#HOOK_TIMED_OUT]; it has as much time as they have, and what it throws is dropped
public record Hooks(List<Named> all, Duration timeLimit, Consumer<DatabaseException> listener) {
    /// A hook and what messages call it.
    public record Named(String name, Hook hook) {
        public Named {
            Objects.requireNonNull(name);
            Objects.requireNonNull(hook);
        }
    }

    /// Hooks that are in place until this is closed. Closing waits for nobody: a call that is under way may go on.
    public interface Registration extends AutoCloseable {
        /// Takes the hooks away. Idempotent.
        @Override
        void close();
    }

    public Hooks {
        all = List.copyOf(all);
        Objects.requireNonNull(listener);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("the time limit is " + timeLimit + ": give more than zero");
        }
    }

    /// No hooks; those that are added have 10 seconds for each call, and what they do wrong goes to the
    /// [System.Logger] `coppice.hooks` as a warning.
    public static Hooks none() {
        return new Hooks(
                List.of(),
                Duration.ofSeconds(10),
                failure -> System.getLogger("coppice.hooks")
                        .log(System.Logger.Level.WARNING, failure.getMessage(), failure));
    }

    /// These hooks and one more, called last.
    public Hooks and(String name, Hook hook) {
        List<Named> more = new ArrayList<>(all);
        more.add(new Named(name, hook));
        return new Hooks(more, timeLimit, listener);
    }

    /// These hooks and a [Hook.PreCommit].
    public Hooks preCommit(String name, Hook.Question<CommitEvent> question) {
        return and(name, new Hook.PreCommit(question));
    }

    /// These hooks and a [Hook.PostCommit].
    public Hooks postCommit(String name, Hook.News<CommitEvent> news) {
        return and(name, new Hook.PostCommit(news));
    }

    /// These hooks and a [Hook.PreMerge].
    public Hooks preMerge(String name, Hook.Question<MergeEvent> question) {
        return and(name, new Hook.PreMerge(question));
    }

    /// These hooks and a [Hook.PostMerge].
    public Hooks postMerge(String name, Hook.News<MergeEvent> news) {
        return and(name, new Hook.PostMerge(news));
    }

    /// These hooks and a [Hook.RefUpdate].
    public Hooks refUpdate(String name, Hook.Question<RefEvent> question) {
        return and(name, new Hook.RefUpdate(question));
    }

    /// These hooks, with another time limit for each call.
    public Hooks within(Duration limit) {
        return new Hooks(all, limit, listener);
    }

    /// These hooks, with somebody else told of what goes wrong afterwards.
    public Hooks reporting(Consumer<DatabaseException> to) {
        return new Hooks(all, timeLimit, to);
    }
}

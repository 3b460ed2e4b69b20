package coppice.engine.version;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The hooks of an open database: asks and tells them, one after the other, each call on a task of its own and within
/// its time limit. Safe for all threads.
public final class HookCalls {
    private static final ScopedValue<Inside> INSIDE = ScopedValue.newInstance();

    private final Tasks tasks;
    private volatile List<Listed> listed = List.of();

    /// @param tasks run the hooks
    public HookCalls(Tasks tasks) {
        this.tasks = tasks;
    }

    /// A question to a hook.
    interface Asking<H extends Hook> {
        /// Asks.
        Hook.Answer ask(H hook) throws Exception;
    }

    /// News for a hook.
    interface Telling<H extends Hook> {
        /// Tells.
        void tell(H hook) throws Exception;
    }

    /// One hook in its place. A call that took too long is remembered until it ends.
    private static final class Listed {
        final String name;
        final Hook hook;
        final Hooks hooks;
        volatile @Nullable Task late;

        Listed(Hooks.Named named, Hooks hooks) {
            this.name = named.name();
            this.hook = named.hook();
            this.hooks = hooks;
        }

        boolean isAsked() {
            return switch (hook) {
                case Hook.PreCommit _, Hook.PreMerge _, Hook.RefUpdate _ -> true;
                case Hook.PostCommit _, Hook.PostMerge _ -> false;
            };
        }
    }

    /// Which hooks the present thread runs for.
    private record Inside(Listed hook, @Nullable Inside outer) {
        boolean any(Predicate<Listed> test) {
            return test.test(hook) || (outer != null && outer.any(test));
        }
    }

    /// How a call ended.
    private sealed interface Ending {
        record Answered(Hook.@Nullable Answer answer) implements Ending {}

        record Failed(Throwable cause) implements Ending {}

        record Late() implements Ending {}
    }

    /// Puts hooks in place, after those that there are.
    public synchronized Hooks.Registration add(Hooks hooks) {
        List<Listed> mine =
                hooks.all().stream().map(named -> new Listed(named, hooks)).toList();
        listed = Stream.concat(listed.stream(), mine.stream()).toList();
        return () -> remove(mine);
    }

    private synchronized void remove(List<Listed> gone) {
        listed = listed.stream().filter(hook -> !gone.contains(hook)).toList();
    }

    /// Whether there are hooks of a kind.
    boolean has(Class<? extends Hook> kind) {
        return listed.stream().anyMatch(hook -> kind.isInstance(hook.hook));
    }

    /// Whether there are hooks that are asked.
    boolean ask() {
        return listed.stream().anyMatch(Listed::isAsked);
    }

    /// Whether the present thread runs a hook that is asked.
    boolean isInside() {
        return INSIDE.isBound() && INSIDE.get().any(Listed::isAsked);
    }

    /// Refuses what a hook that is asked must not do: the operation that asks it would be overtaken, or waited for, by
    /// its own hook.
    void requireOutside() {
        if (isInside()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INSIDE_HOOK,
                            "The hook '" + INSIDE.get().hook.name + "' is asked whether something may happen, so it "
                                    + "must not make versions or move refs: let it only read, or do that in a hook "
                                    + "that is told afterwards")
                    .with("hook", INSIDE.get().hook.name);
        }
    }

    /// Asks all hooks of a kind until one does not agree.
    ///
    /// @param what is to happen, for messages
    /// @throws DatabaseException.Refused when one does not agree
    <H extends Hook> void ask(Class<H> kind, String what, Asking<H> question) {
        for (Listed hook : due(kind)) {
            Ending ending = call(hook, () -> question.ask(kind.cast(hook.hook)));
            if (ending instanceof Ending.Answered(Hook.Answer.Accept _)) {
                continue;
            }
            throw refused(hook, what, ending);
        }
    }

    /// Tells all hooks of a kind. What they do wrong is reported.
    ///
    /// @param what has happened, for messages
    <H extends Hook> void tell(Class<H> kind, String what, Telling<H> news) {
        for (Listed hook : due(kind)) {
            Ending ending = call(hook, () -> {
                news.tell(kind.cast(hook.hook));
                return Hook.accept();
            });
            if (!(ending instanceof Ending.Answered)) {
                DatabaseException failure = missed(hook, what, ending);
                run("coppice-hook listener", hook, () -> {
                    hook.hooks.listener().accept(failure);
                    return Hook.accept();
                });
            }
        }
    }

    private List<Listed> due(Class<? extends Hook> kind) {
        List<Listed> due = new ArrayList<>();
        for (Listed hook : listed) {
            if (kind.isInstance(hook.hook) && !(INSIDE.isBound() && INSIDE.get().any(hook::equals))) {
                due.add(hook);
            }
        }
        return due;
    }

    private Ending call(Listed hook, Callable<Hook.Answer> body) {
        Task before = hook.late;
        if (before != null && !before.ended()) {
            return new Ending.Late();
        }
        return run("coppice-hook " + hook.name, hook, body);
    }

    private Ending run(String task, Listed hook, Callable<Hook.Answer> body) {
        Inside inside = new Inside(hook, INSIDE.isBound() ? INSIDE.get() : null);
        Call call = new Call(body);
        Task running = tasks.start(task, () -> ScopedValue.where(INSIDE, inside).run(call));
        if (running.join(hook.hooks.timeLimit())) {
            return call.ending();
        }
        hook.late = running;
        running.interrupt();
        return new Ending.Late();
    }

    /// One call, whatever comes of it.
    private static final class Call implements Runnable {
        private final Callable<Hook.Answer> body;
        private volatile Ending ending = new Ending.Late();

        Call(Callable<Hook.Answer> body) {
            this.body = body;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // whatever a hook throws is its own failure
        public void run() {
            try {
                ending = new Ending.Answered(body.call());
            } catch (Throwable failure) {
                ending = new Ending.Failed(failure);
            }
        }

        Ending ending() {
            return ending;
        }
    }

    private static DatabaseException refused(Listed hook, String what, Ending ending) {
        String start = "The hook '" + hook.name + "' ";
        DatabaseException refusal = switch (ending) {
            case Ending.Answered(Hook.Answer.Veto(String why)) ->
                new DatabaseException.Refused(
                        ErrorCode.HOOK_VETOED, start + "refused the " + what + ", nothing was changed: " + why);
            case Ending.Answered _ ->
                new DatabaseException.Refused(
                        ErrorCode.HOOK_FAILED,
                        start + "gave no answer to the " + what + ", so nothing was changed: let it accept or veto");
            case Ending.Failed(Throwable cause) ->
                new DatabaseException.Refused(
                        ErrorCode.HOOK_FAILED,
                        start + "failed before the " + what + ", so nothing was changed: " + cause
                                + "; mend it, or take it away",
                        cause);
            case Ending.Late _ ->
                new DatabaseException.Refused(
                        ErrorCode.HOOK_TIMED_OUT,
                        start + "did not answer to the " + what + " within "
                                + hook.hooks.timeLimit().toMillis()
                                + " ms, so nothing was changed: mend it, or give it more time");
        };
        return refusal.with("hook", hook.name);
    }

    private static DatabaseException missed(Listed hook, String what, Ending ending) {
        String start = "The hook '" + hook.name + "' ";
        String end = " the " + what + ", which has happened all the same: ";
        DatabaseException failure = ending instanceof Ending.Failed(Throwable cause)
                ? new DatabaseException.Refused(
                        ErrorCode.HOOK_FAILED, start + "failed after" + end + cause + "; mend it", cause)
                : new DatabaseException.Refused(
                        ErrorCode.HOOK_TIMED_OUT,
                        start + "took more than " + hook.hooks.timeLimit().toMillis() + " ms over" + end
                                + "mend it, or give it more time");
        return failure.with("hook", hook.name);
    }
}

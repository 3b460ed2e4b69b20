package coppice.cli.command;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.Lease;
import coppice.api.structure.LockOptions;
import coppice.api.structure.LockStatus;
import coppice.api.structure.NamedLock;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.InputException;
import coppice.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a command while nobody else who asks has the lock; shows locks and takes them away. The database is closed
/// while the command runs, so the lease is one that outlives a process, and is renewed by opening it now and then.
final class LockTask extends DatabaseTask {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// How long to wait at least for another process that has the database open.
    private static final Duration GRACE = Duration.ofSeconds(2);

    /// How long to wait before another look: at first, and at most.
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            arity = "0..1",
            description = "list (the default), run NAME -- COMMAND ..., or break NAME (take it away from who has it).")
    private String step = "list";

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "0..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "With run: how long the lock is held should this process die, such as 30s; 1m otherwise.")
    private Optional<String> ttl = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "With run: how long to wait for the lock; not at all otherwise.")
    private Optional<String> wait = Optional.empty();

    @Option(names = "--owner", paramLabel = "TEXT", description = "With run: what is shown of who has the lock.")
    private Optional<String> owner = Optional.empty();

    private Duration pause = PAUSE;
    private long begun;
    private long token; // once the lock was acquired
    private boolean isOver;
    private int code;
    private @Nullable Failure failure;
    private Optional<Attended> program = Optional.empty();

    @Override
    void checkUsage() {
        boolean fits = switch (step) {
            case "list" -> words.isEmpty();
            case "break" -> words.size() == 1;
            case "run" -> words.size() > 1;
            default -> false;
        };
        if (!fits) {
            throw Failure.usage("coppice lock list, run NAME -- COMMAND ..., or break NAME");
        }
        begun = shell().nanos().getAsLong();
        options();
        limit();
    }

    private LockOptions options() {
        return LockOptions.defaults()
                .withTtl(ttl.map(StructureTask::time).orElse(MINUTE))
                .withOwner(owner.orElseGet(() ->
                        "coppice lock run, process " + ProcessHandle.current().pid()))
                .kept();
    }

    private Duration limit() {
        return wait.map(StructureTask::time).orElse(Duration.ZERO);
    }

    @Override
    boolean mayCreate() {
        return step.equals("run");
    }

    private boolean isRunning() {
        return step.equals("run");
    }

    /// Whether less than this has passed since the command was given, and nobody broke it off.
    private boolean isWithin(Duration time) {
        return !Thread.currentThread().isInterrupted() && shell().nanos().getAsLong() - begun < time.toNanos();
    }

    @Override
    boolean waits() {
        Duration most = token == 0 ? limit() : options().ttl();
        boolean waits = isWithin(most.compareTo(GRACE) < 0 ? GRACE : most);
        if (waits) {
            pause();
        }
        return waits;
    }

    private void pause() {
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }

    @Override
    int run(Database db) {
        return switch (step) {
            case "list" -> list(db);
            case "break" -> take(db);
            default -> token == 0 ? acquire(db) : release(db);
        };
    }

    private int acquire(Database db) {
        NamedLock lock = db.lock(words.getFirst()).with(options());
        Optional<Lease> lease = lock.tryAcquire();
        if (lease.isPresent()) {
            token = lease.get().token();
        } else if (!isWithin(limit())) {
            throw new Failure("the lock '" + lock.name() + "' is held by "
                    + lock.status()
                            .held()
                            .map(held -> held.owner() + " until " + held.until())
                            .orElse("somebody")
                    + "; wait with --wait TIME, or take it away: coppice lock break " + lock.name());
        }
        return OK;
    }

    private int release(Database db) {
        isOver = true;
        try {
            db.lock(words.getFirst()).resume(token).ifPresent(Lease::close);
        } finally {
            program.ifPresent(Attended::close);
        }
        if (failure != null) {
            throw failure;
        }
        if (isJson()) {
            json(Json.object("lock", words.getFirst(), "token", token, "code", code));
        }
        return code;
    }

    @Override
    boolean goesOn() {
        if (!isRunning() || isOver) {
            return false;
        }
        if (token == 0) {
            pause(); // somebody has the lock
        } else {
            execute();
            pause = PAUSE;
            begun = shell().nanos().getAsLong();
        }
        return true;
    }

    private void execute() {
        List<String> command = words.subList(1, words.size());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(shell().directory().toFile())
                .inheritIO();
        builder.environment()
                .put(
                        Location.VARIABLE,
                        shell().directory().resolve(location()).toAbsolutePath().toString());
        builder.environment().put("COPPICE_LOCK", words.getFirst());
        builder.environment().put("COPPICE_TOKEN", Long.toString(token));
        try {
            Process process = builder.start();
            program = Optional.of(Attended.of(process));
            code = finished(process);
        } catch (IOException unknown) {
            failure = new Failure(command.getFirst() + " cannot be run: " + InputException.reason(unknown), unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failure = new Failure("interrupted while " + command.getFirst() + " ran", interrupted);
        }
    }

    /// Waits for the command, and renews the lease meanwhile.
    private int finished(Process process) throws InterruptedException {
        long third = Math.max(1, options().ttl().toMillis() / 3);
        boolean isHeld = true;
        long millis = third;
        while (isHeld && !process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            Optional<Boolean> renewed = renew();
            isHeld = renewed.orElse(true);
            millis = renewed.isPresent() ? third : Math.min(third, 250);
            if (!isHeld) {
                note("the lock '" + words.getFirst() + "' was lost; the command goes on without it");
            }
        }
        return process.waitFor();
    }

    /// @return whether it is held still; nothing when another process has the database open, such as the command
    private Optional<Boolean> renew() {
        try (Database db = open()) {
            return Optional.of(
                    db.lock(words.getFirst()).resume(token).map(Lease::renew).orElse(false));
        } catch (DatabaseException.Busy busy) {
            if (busy.code() != ErrorCode.LOCKED) {
                throw busy;
            }
            return Optional.empty();
        }
    }

    private int take(Database db) {
        String name = words.getFirst();
        if (!db.lock(name).forceRelease()) {
            throw new Failure("nobody has the lock '" + name + "'; see who has what: coppice lock list");
        }
        done("took the lock " + name + " away", Json.object("lock", name));
        return OK;
    }

    private int list(Database db) {
        Table table = new Table().words("lock").words("owner").numbers("token").words("until");
        for (LockStatus lock : db.locks().all()) {
            LockStatus.Held held = lock.held().orElseThrow(); // nobody waits in a process that has just begun
            if (isJson()) {
                json(Json.object(
                        "lock", lock.name(),
                        "owner", held.owner(),
                        "token", held.token(),
                        "since", held.since().toString(),
                        "until", held.until().toString()));
            }
            table.row(
                    Text.of(lock.name(), Style.CYAN),
                    Text.of(held.owner()),
                    Text.of(Long.toString(held.token())),
                    Text.of(held.until().toString()));
        }
        if (!isJson()) {
            screen().table(table);
        }
        return OK;
    }
}

package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.structure.Delivery;
import coppice.api.structure.Job;
import coppice.api.structure.JobState;
import coppice.api.structure.LoadMode;
import coppice.api.structure.QueueCounts;
import coppice.api.structure.QueueOptions;
import coppice.api.structure.Receipt;
import coppice.api.structure.WorkQueue;
import coppice.api.structure.WorkQueueView;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts jobs into queues, gets them, and settles what became of them.
final class QueueTask extends StructureTask {
    private enum Step {
        put(2, "NAME VALUE"),
        get(1, "NAME"),
        take(1, "NAME"),
        ack(2, "NAME RECEIPT"),
        nack(2, "NAME RECEIPT"),
        list(1, "NAME"),
        counts(1, "NAME"),
        retry(2, "NAME ID"),
        del(2, "NAME ID"),
        purge(1, "NAME"),
        clear(1, "NAME"),
        dump(1, "NAME"),
        load(2, "NAME FILE");

        private final int words;
        private final String usage;

        Step(int words, String usage) {
            this.words = words;
            this.usage = usage;
        }
    }

    /// The states of jobs, as they are typed.
    private enum State {
        ready(JobState.READY),
        delayed(JobState.DELAYED),
        leased(JobState.LEASED),
        dead(JobState.DEAD);

        private final JobState state;

        State(JobState state) {
            this.state = state;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            description = "put NAME VALUE, get NAME (print the next job and lease it), take NAME (print and "
                    + "remove it), ack NAME RECEIPT, nack NAME RECEIPT, list NAME, counts NAME, retry NAME ID (a "
                    + "dead letter), del NAME ID, purge NAME (all dead letters), clear NAME, dump NAME (JSON lines "
                    + "to standard output), or load NAME FILE. A value is JSON, or else text; - stands for standard "
                    + "input.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(names = "--priority", paramLabel = "N", description = "With put: lower ones are first; 0 otherwise.")
    private double priority;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            description = "With put and nack: nobody gets it for so long, such as 90s or 10m.")
    private Optional<String> delay = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "TEXT",
            description = "With put: does nothing while a job of the same key is there.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--visibility",
            paramLabel = "TIME",
            description = "With get: for how long nobody else gets the job; 30s unless told otherwise.")
    private Optional<String> visibility = Optional.empty();

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "With get: how often a job is got before it is a dead letter; 5 unless told otherwise.")
    private Optional<Integer> attempts = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "With list: ready (the default), delayed, leased or dead.")
    private State state = State.ready;

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Override
    boolean mayCreate() {
        return step == Step.put || step == Step.load;
    }

    @Override
    void checkWords() {
        if (words.size() != step.words) {
            throw Failure.usage("coppice queue " + step + " " + step.usage);
        }
        if (attempts.filter(times -> times < 1).isPresent()) {
            throw Failure.usage("--attempts is 1 or more");
        }
        if (!Double.isFinite(priority)) {
            throw Failure.usage("--priority is a finite number");
        }
    }

    @Override
    int run(Database db) {
        return switch (step) {
            case put -> put(db);
            case get -> get(db);
            case take -> take(db);
            case ack -> settle(db, "acknowledged", (queue, receipt) -> queue.ack(receipt));
            case nack -> settle(db, "given back", this::giveBack);
            case list -> list(state(db));
            case counts -> counts(state(db).queue(name()).counts());
            case retry -> change(db, "made ready again", queue -> queue.retry(words.get(1)));
            case del -> change(db, "removed", queue -> queue.remove(words.get(1)));
            case purge -> many(db, "purged", WorkQueue::purge);
            case clear -> many(db, "cleared", QueueTask::clear);
            case dump -> {
                dump(state(db).queue(name())::dump);
                yield OK;
            }
            case load -> load(db);
        };
    }

    private String name() {
        return words.getFirst();
    }

    private WorkQueue<Object> with(WorkQueue<Object> queue) {
        QueueOptions options = QueueOptions.defaults();
        if (visibility.isPresent()) {
            options = options.withVisibility(time(visibility.get()));
        }
        return queue.with(attempts.map(options::withAttempts).orElse(options));
    }

    /// Stored as it was typed, so that `1.0` stays that.
    private int put(Database db) {
        Json.Obj item = Json.object(
                "value",
                value(words.get(1)),
                "priority",
                priority == 0 ? null : new Json.Num(Double.toString(priority)),
                "key",
                key.orElse(null),
                "state",
                delay.map(_ -> "delayed").orElse(null),
                "until",
                delay.map(time -> Instant.now().plus(time(time)).toString()).orElse(null));
        byte[] line = item.text().getBytes(UTF_8);
        write(db, transaction -> {
            boolean isNew = load(transaction.queue(name())::load, line, LoadMode.ADD) > 0;
            return new Written(
                    isNew ? "put a job into " + name() : "there is a job of this key already in " + name(),
                    Json.object("branch", branchName(), "put", name(), "new", isNew));
        });
        return OK;
    }

    private int get(Database db) {
        Optional<Delivery<Object>> job = branch(db)
                .transact(transaction -> with(transaction.queue(name())).poll());
        Snapshot after = branch(db).snapshot();
        Delivery<Object> delivery = job.orElseThrow(() -> none(after));
        byte[] value = after.space(name()).get(bytes(delivery.id())).orElseThrow();
        String receipt = delivery.id() + ":" + delivery.receipt().lease();
        print(
                value,
                () -> Json.object(
                        "id",
                        delivery.id(),
                        "value",
                        json(value),
                        "attempt",
                        delivery.attempt(),
                        "until",
                        delivery.until().toString(),
                        "receipt",
                        receipt));
        if (!isJson()) {
            note("yours until " + delivery.until() + "; when it is done: coppice queue ack " + name() + " " + receipt
                    + sameBranch());
        }
        return OK;
    }

    private Failure none(Snapshot state) {
        return missing(
                state,
                "queue",
                name(),
                "no job of " + name() + " is ready; see how they stand: coppice queue counts " + name());
    }

    /// A job that was removed.
    private record Taken(String id, byte[] value) {}

    private int take(Database db) {
        Optional<Taken> taken = branch(db).transact(transaction -> {
            WorkQueue<Object> queue = transaction.queue(name());
            Optional<Taken> next = queue.peek()
                    .map(job -> new Taken(
                            job.id(),
                            transaction.space(name()).get(bytes(job.id())).orElseThrow()));
            next.ifPresent(job -> queue.remove(job.id()));
            return next;
        });
        Taken job = taken.orElseThrow(() -> none(branch(db).snapshot()));
        print(job.value(), () -> Json.object("id", job.id(), "value", json(job.value())));
        return OK;
    }

    private static byte[] bytes(String id) {
        return id.getBytes(UTF_8);
    }

    private interface Settling {
        boolean apply(WorkQueue<Object> queue, Receipt receipt);
    }

    private boolean giveBack(WorkQueue<Object> queue, Receipt receipt) {
        return delay.isPresent() ? queue.nack(receipt, time(delay.get())) : queue.nack(receipt);
    }

    private int settle(Database db, String what, Settling settling) {
        String[] parts = words.get(1).split(":", 2);
        if (parts.length < 2) {
            throw Failure.usage("a receipt is what 'coppice queue get " + name() + "' told: ID:LEASE");
        }
        boolean counts = settling.apply(branch(db).queue(name()), new Receipt(parts[0], parts[1]));
        if (!counts) {
            throw missing(
                    branch(db).snapshot(),
                    "queue",
                    name(),
                    "this receipt counts no more: the job was settled, or somebody else got it since; see how it "
                            + "stands: coppice queue list " + name() + " --state leased");
        }
        done(
                what + " a job of " + name() + " on " + branchName(),
                Json.object("branch", branchName(), "queue", name(), "job", parts[0]));
        return OK;
    }

    private int change(Database db, String what, Function<WorkQueue<Object>, Boolean> change) {
        if (!change.apply(branch(db).queue(name()))) {
            throw missing(
                    branch(db).snapshot(),
                    "queue",
                    name(),
                    "there is no such job '" + words.get(1) + "' in " + name() + "; see which there are: coppice queue "
                            + "list " + name() + (step == Step.retry ? " --state dead" : ""));
        }
        done(
                what + " a job of " + name() + " on " + branchName(),
                Json.object("branch", branchName(), "queue", name(), "job", words.get(1)));
        return OK;
    }

    private static long clear(WorkQueue<Object> queue) {
        long jobs = queue.counts().total();
        queue.clear();
        return jobs;
    }

    private int many(Database db, String what, Function<WorkQueue<Object>, Long> change) {
        long jobs = branch(db).transact(transaction -> change.apply(transaction.queue(name())));
        done(
                what + " " + name() + " on " + branchName() + ": " + jobs + (jobs == 1 ? " job" : " jobs"),
                Json.object("branch", branchName(), what, name(), "jobs", jobs));
        return OK;
    }

    private int list(Snapshot at) {
        WorkQueueView<Object> queue = at.queue(name());
        Table table = new Table()
                .words("id")
                .words("value")
                .numbers("priority")
                .numbers("attempts")
                .words("until");
        try (Stream<Job<Object>> jobs = queue.jobs(state.state)) {
            jobs.limit(limit()).forEach(job -> row(at, table, job));
        }
        if (!isJson()) {
            screen().table(table);
        }
        return OK;
    }

    private void row(Snapshot at, Table table, Job<Object> job) {
        byte[] value = at.space(name()).get(bytes(job.id())).orElseThrow();
        String until = job.until().map(Instant::toString).orElse(null);
        if (isJson()) {
            json(Json.object(
                    "id",
                    job.id(),
                    "value",
                    json(value),
                    "priority",
                    new Json.Num(Double.toString(job.priority())),
                    "attempts",
                    job.attempts(),
                    "until",
                    until));
        }
        table.row(
                Text.of(job.id(), Style.CYAN),
                Text.of(Shown.value(value)),
                Text.of(Double.toString(job.priority())),
                Text.of(Integer.toString(job.attempts())),
                Text.of(until == null ? "-" : until));
    }

    private int counts(QueueCounts counts) {
        if (isJson()) {
            json(Json.object(
                    "ready",
                    counts.ready(),
                    "delayed",
                    counts.delayed(),
                    "leased",
                    counts.leased(),
                    "dead",
                    counts.dead()));
        } else {
            screen().table(new Table()
                    .numbers("ready")
                    .numbers("delayed")
                    .numbers("leased")
                    .numbers("dead")
                    .row(
                            Text.of(Long.toString(counts.ready())),
                            Text.of(Long.toString(counts.delayed())),
                            Text.of(Long.toString(counts.leased())),
                            Text.of(Long.toString(counts.dead()))));
        }
        return OK;
    }

    private int load(Database db) {
        String file = words.get(1);
        byte[] lines = content(file);
        write(db, transaction -> {
            long jobs = load(transaction.queue(name())::load, lines, loading.mode());
            return new Written(
                    "loaded " + file + " into " + name(),
                    Json.object("branch", branchName(), "loaded", name(), "jobs", jobs));
        });
        return OK;
    }
}

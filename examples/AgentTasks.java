import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.structure.Delivery;
import coppice.api.structure.Job;
import coppice.api.structure.JobOptions;
import coppice.api.structure.JobState;
import coppice.api.structure.QueueOptions;
import coppice.api.structure.WorkQueue;

/// Agents that take tasks from a queue, each at work on a branch of its own: what it made is merged when it
/// succeeds, and thrown away when it does not. A task that fails too often becomes a dead letter.
///
/// Run it with the engine on the class path: `java -cp ... examples/AgentTasks.java DIRECTORY`. `DIRECTORY` is
/// made.
public final class AgentTasks {
    record Task(String file, String instruction) {}

    private final Database db;
    private final WorkQueue<Task> tasks;

    private AgentTasks(Database db) {
        this.db = db;
        Branch inbox = db.branch("inbox", db.head()); // what comes and goes all the time is no version of the files
        this.tasks = inbox.queue("tasks", Task.class).with(QueueOptions.defaults().withAttempts(2));
    }

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            db.dict("files", String.class).put("readme", "hello");
            db.commit("Files to work on");
            new AgentTasks(db).run();
        }
    }

    private void run() {
        tasks.put(new Task("readme", "shout"));
        tasks.put(new Task("readme", "fail"));
        tasks.put(new Task("readme", "sign"), JobOptions.defaults().withPriority(-1).withKey("sign:readme"));
        tasks.put(new Task("readme", "sign"), JobOptions.defaults().withKey("sign:readme")); // is there already
        for (var task = tasks.poll(); task.isPresent(); task = tasks.poll()) {
            work(task.get());
        }
        System.out.println("readme: " + db.dict("files", String.class).get("readme").orElseThrow());
        try (var dead = tasks.jobs(JobState.DEAD)) {
            dead.map(Job::value).forEach(task -> System.out.println("given up: " + task.instruction()));
        }
    }

    private void work(Delivery<Task> delivery) {
        Task task = delivery.value();
        Branch desk = db.branch("agent-" + delivery.id(), db.head());
        try {
            desk.dict("files", String.class)
                    .compute(task.file(), text -> text.map(before -> act(task.instruction(), before)));
            desk.commit(task.instruction() + " " + task.file());
            db.merge(desk.name(), Merge.into("main"));
            tasks.ack(delivery.receipt());
            System.out.println("done: " + task.instruction());
        } catch (IllegalArgumentException failed) {
            tasks.nack(delivery.receipt());
            System.out.println("failed: " + task.instruction() + ", attempt " + delivery.attempt());
        } finally {
            db.deleteBranch(desk.name());
        }
    }

    /// Where a language model would be asked.
    private static String act(String instruction, String text) {
        return switch (instruction) {
            case "shout" -> text.toUpperCase() + "!";
            case "sign" -> text + ", the agent";
            default -> throw new IllegalArgumentException("nobody knows how to " + instruction);
        };
    }
}

package coppice.cli.command;

import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// All commands by name, and the way from a command line to an exit code.
public final class Commands {
    /// What a command is called, where it stands in the overview, what it does in a line, and how it is made.
    record Entry(String name, String group, String line, Supplier<Task> task) {}

    static final List<Entry> ALL = List.of(
            new Entry(
                    "demo", "Start", "show everything on real data, and leave a database to go on with", DemoTask::new),
            new Entry("init", "Start", "make an empty database", InitTask::new),
            new Entry("import", "Start", "read CSV, JSON or JSON lines into spaces", ImportTask::new),
            new Entry("bench", "Start", "compare speed and size with other databases", BenchTask::new),
            new Entry("spaces", "Read", "list the spaces and how many keys they hold", SpacesTask::new),
            new Entry("scan", "Read", "list entries in the order of their keys", ScanTask::new),
            new Entry("get", "Read", "print one value", GetTask::new),
            new Entry("query", "Read", "ask for rows by what is in them", QueryTask::new),
            new Entry("count", "Read", "count the keys of a range", CountTask::new),
            new Entry("export", "Read", "write entries as JSON lines", ExportTask::new),
            new Entry("put", "Write", "set one value", PutTask::new),
            new Entry("del", "Write", "remove keys", DeleteTask::new),
            new Entry("discard", "Write", "throw uncommitted changes away", DiscardTask::new),
            new Entry("projection", "Write", "keep indexes, groups, joins and computed rows", ProjectionTask::new),
            new Entry("schema", "Write", "say what documents must look like", SchemaTask::new),
            new Entry("dict", "Structures", "put, get and list values by key", DictTask::new),
            new Entry("queue", "Structures", "put jobs, get and settle them", QueueTask::new),
            new Entry("list", "Structures", "push, insert, get and remove values by index", ListTask::new),
            new Entry("events", "Structures", "append events and read them by time", EventsTask::new),
            new Entry("blob", "Structures", "put files into blobs and get them back", BlobTask::new),
            new Entry("lock", "Structures", "run a command under a lock, list locks, break one", LockTask::new),
            new Entry("collection", "Structures", "index documents and search them", CollectionTask::new),
            new Entry("graph", "Structures", "link nodes, walk and find ways between them", GraphTask::new),
            new Entry(
                    "sketch", "Structures", "add values to sketches: how many, how often, how spread", SketchTask::new),
            new Entry("structures", "Structures", "list, rename and drop data structures", StructuresTask::new),
            new Entry("commit", "Versions", "make the working state the next version", CommitTask::new),
            new Entry("branch", "Versions", "list, make, rename, copy and remove branches", BranchTask::new),
            new Entry("switch", "Versions", "make another branch the current one", SwitchTask::new),
            new Entry("merge", "Versions", "merge one line of work into another", MergeTask::new),
            new Entry(
                    "conflicts",
                    "Versions",
                    "list the conflicts of what waits: a merge, rebase, pick or stash",
                    ConflictsTask::new),
            new Entry("resolve", "Versions", "decide conflicts of what waits", ResolveTask::new),
            new Entry("rebase", "Versions", "move a branch's commits onto another, or change them", RebaseTask::new),
            new Entry("cherry-pick", "Versions", "apply commits from elsewhere", () -> new PickTask(false)),
            new Entry("revert", "Versions", "take commits back", () -> new PickTask(true)),
            new Entry("squash", "Versions", "make one commit of many", SquashTask::new),
            new Entry("stash", "Versions", "put uncommitted changes aside, and bring them back", StashTask::new),
            new Entry("tag", "Versions", "list, make, verify and remove tags", TagTask::new),
            new Entry("reset", "Versions", "set a branch to another commit", ResetTask::new),
            new Entry("undo", "Versions", "take back the last thing that was done to a branch or tag", UndoTask::new),
            new Entry("clone", "Exchange", "make a database of another one or of a bundle", CloneTask::new),
            new Entry("remote", "Exchange", "list, name and forget other databases", RemoteTask::new),
            new Entry("fetch", "Exchange", "bring branches and tags of another database here", FetchTask::new),
            new Entry("push", "Exchange", "bring a branch or tag to another database", PushTask::new),
            new Entry("pull", "Exchange", "fetch a branch and merge it", PullTask::new),
            new Entry("bundle", "Exchange", "carry branches and tags in one file", BundleTask::new),
            new Entry(
                    "backup",
                    "Exchange",
                    "copy the whole database, or what is new since the last time",
                    BackupTask::new),
            new Entry("restore", "Exchange", "make a database of a backup", RestoreTask::new),
            new Entry("log", "Past", "list commits, or draw them with --graph", LogTask::new),
            new Entry("show", "Past", "show a commit and what it changed", ShowTask::new),
            new Entry("diff", "Past", "show what changed between two states", DiffTask::new),
            new Entry("watch", "Past", "show what happened to rows since a place or the last time", WatchTask::new),
            new Entry("blame", "Past", "show which commit each value comes from", BlameTask::new),
            new Entry("bisect", "Past", "find the commit that brought a fault, by halves", BisectTask::new),
            new Entry("reflog", "Past", "show where a branch or tag has been", ReflogTask::new),
            new Entry("status", "Care", "show where a branch stands and how large the database is", StatusTask::new),
            new Entry("stats", "Care", "show what the database holds and what it takes", StatsTask::new),
            new Entry("check", "Care", "read and verify everything", CheckTask::new),
            new Entry("repair", "Care", "bring a damaged database back, also from a copy", RepairTask::new),
            new Entry("prove", "Care", "write a proof of what a commit has under a key or in a range", ProveTask::new),
            new Entry("verify", "Care", "say what a proof proves, without a database", VerifyTask::new),
            new Entry("gc", "Care", "drop what nothing refers to, and pack history", GcTask::new),
            new Entry("inspect", "Care", "show what is in a file or a chunk, byte by byte", InspectTask::new),
            new Entry("version", "Care", "print the version", VersionTask::new));

    /// What is not in the overview: other names, and what only the launcher calls.
    private static final Map<String, Supplier<Task>> UNLISTED =
            Map.of("delete", DeleteTask::new, WarmUpTask.NAME, WarmUpTask::new);

    /// What people type who come from git and other stores.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "checkout", "coppice switch NAME changes the branch, and --at REF reads any state",
            "add", "nothing needs to be added: what is put is part of the next coppice commit",
            "set", "coppice put SPACE KEY VALUE sets a value",
            "rm", "coppice del SPACE KEY removes a key",
            "ls", "coppice spaces lists spaces, coppice scan SPACE what is in one",
            "fsck", "coppice check verifies everything",
            "compact", "coppice gc makes room",
            "dump", "coppice export writes JSON lines, coppice backup DIR copies everything",
            "channel",
                    "a channel is in the memory of one program, and each command is another:"
                            + " coppice events append NAME VALUE keeps what was said");

    private Commands() {}

    private static Optional<Task> make(String name) {
        return entry(name)
                .map(Entry::task)
                .or(() -> Optional.ofNullable(UNLISTED.get(name)))
                .map(Supplier::get);
    }

    private static Optional<Entry> entry(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /// Runs a command line.
    ///
    /// @return the exit code: 0 done, 1 not done, 2 asked wrongly
    public static int run(Shell shell, String... arguments) {
        List<String> words = Arrays.asList(arguments);
        String first = words.isEmpty() ? "help" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (first) {
            case "-h", "--help", "help" -> help(shell, rest);
            case "-V", "--version" -> run(shell, "version");
            default ->
                make(first)
                        .map(task -> Runner.run(shell, first, line(first), task, rest))
                        .orElseGet(() -> unknown(shell, words));
        };
    }

    private static String line(String name) {
        return entry(name.equals("delete") ? "del" : name).map(Entry::line).orElse("");
    }

    private static int help(Shell shell, List<String> words) {
        if (!words.isEmpty()) {
            return run(shell, words.getFirst(), "--help");
        }
        Screen screen = shell.screen(shell.colour());
        screen.line(Text.of("coppice", Style.BOLD).plus("  a database that branches, merges and travels in time"));
        screen.blank();
        screen.line("Usage: coppice COMMAND [OPTIONS]");
        String group = "";
        Table table = table();
        for (Entry entry : ALL) {
            if (!entry.group().equals(group)) {
                screen.table(table);
                screen.blank();
                group = entry.group();
                screen.line(Text.of("  " + group, Style.BOLD));
                table = table();
            }
            table.row(Text.of(entry.name(), Style.CYAN).padEnd(8), Text.of(entry.line()));
        }
        screen.table(table);
        screen.blank();
        screen.line("coppice help COMMAND shows a command's options. New here? coppice demo");
        return Task.OK;
    }

    private static Table table() {
        return new Table().indent("    ").words("").words("");
    }

    private static int unknown(Shell shell, List<String> line) {
        String word = line.getFirst();
        String hint;
        if (word.startsWith("-")) {
            hint = "; options come after the command, as in: coppice scan countries " + word;
        } else if (ELSEWHERE.containsKey(word)) {
            hint = "; " + ELSEWHERE.get(word);
        } else {
            hint = Suggestion.instead(line, word, ALL.stream().map(Entry::name).toList());
        }
        shell.err()
                .println("coppice: there is no command '" + word + "'"
                        + (hint.isEmpty() ? "; coppice help lists them" : hint));
        return Task.USAGE;
    }
}

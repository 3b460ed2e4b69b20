package coppice.cli.command;

import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All commands by name, and the way from a command line to an exit code.
public final class Commands {
    /// What a command is called, where it stands in the overview, and what it does in a line.
    record Entry(String name, String group, String line) {}

    static final List<Entry> ALL = List.of(
            new Entry("demo", "Start", "show everything on real data, and leave a database to go on with"),
            new Entry("import", "Start", "read CSV, JSON or JSON lines into spaces"),
            new Entry("bench", "Start", "compare speed and size with other databases"),
            new Entry("spaces", "Read", "list the spaces and how many keys they hold"),
            new Entry("scan", "Read", "list entries in the order of their keys"),
            new Entry("get", "Read", "print one value"),
            new Entry("count", "Read", "count the keys of a range"),
            new Entry("export", "Read", "write entries as JSON lines"),
            new Entry("put", "Write", "set one value"),
            new Entry("delete", "Write", "remove keys"),
            new Entry("discard", "Write", "throw uncommitted changes away"),
            new Entry("commit", "Versions", "make the working state the next version"),
            new Entry("branch", "Versions", "list, make and remove branches"),
            new Entry("log", "Versions", "list commits, or draw them with --graph"),
            new Entry("diff", "Versions", "show what changed between two states"),
            new Entry("merge", "Versions", "merge one line of work into another"),
            new Entry("status", "Care", "show where a branch stands and how large the database is"),
            new Entry("check", "Care", "read and verify everything"),
            new Entry("compact", "Care", "free the space of what nothing refers to"),
            new Entry("inspect", "Care", "show what is in a file or a chunk, byte by byte"),
            new Entry("version", "Care", "print the version"));

    private Commands() {}

    private static Optional<Task> make(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "demo" -> new DemoTask();
                    case "import" -> new ImportTask();
                    case "bench" -> new BenchTask();
                    case "spaces" -> new SpacesTask();
                    case "scan" -> new ScanTask();
                    case "get" -> new GetTask();
                    case "count" -> new CountTask();
                    case "export" -> new ExportTask();
                    case "put" -> new PutTask();
                    case "delete" -> new DeleteTask();
                    case "discard" -> new DiscardTask();
                    case "commit" -> new CommitTask();
                    case "branch" -> new BranchTask();
                    case "log" -> new LogTask();
                    case "diff" -> new DiffTask();
                    case "merge" -> new MergeTask();
                    case "status" -> new StatusTask();
                    case "check" -> new CheckTask();
                    case "compact" -> new CompactTask();
                    case "inspect" -> new InspectTask();
                    case "version" -> new VersionTask();
                    case WarmUpTask.NAME -> new WarmUpTask();
                    default -> null;
                });
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
                        .orElseGet(() -> unknown(shell, first));
        };
    }

    private static String line(String name) {
        return ALL.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Entry::line)
                .findFirst()
                .orElse("");
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

    private static int unknown(Shell shell, String word) {
        String hint;
        if (word.startsWith("-")) {
            hint = "options come after the command, as in: coppice scan countries " + word;
        } else {
            hint = ALL.stream()
                    .map(Entry::name)
                    .filter(name -> distance(name, word) <= 2)
                    .min(Comparator.comparingInt(name -> distance(name, word)))
                    .map(name -> "did you mean: coppice " + name)
                    .orElse("coppice help lists them");
        }
        shell.err().println("coppice: there is no command '" + word + "'; " + hint);
        return Task.USAGE;
    }

    /// How many letters have to be added, removed or replaced to make one word of the other (Levenshtein 1966).
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int k = 1; k <= other.length(); k++) {
                int same = diagonal + (one.charAt(i - 1) == other.charAt(k - 1) ? 0 : 1);
                diagonal = row[k];
                row[k] = Math.min(same, Math.min(row[k], row[k - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

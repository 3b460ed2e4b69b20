package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Change;
import coppice.api.Commit;
import coppice.api.CommitEvent;
import coppice.api.CommitId;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.MergeEvent;
import coppice.api.RefEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The programs in the directory `hooks` of a database, as hooks: each that can be executed and has the name of a
/// hook. They read the changes as lines of JSON from standard input, and the rest from variables; one that is asked
/// refuses by an exit code that is not 0, and says why on standard error.
final class HookPrograms {
    static final String DIRECTORY = "hooks";

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final Path database;
    private final Shell shell;

    HookPrograms(Path database, Shell shell) {
        this.database = database.toAbsolutePath();
        this.shell = shell;
    }

    /// The hooks that there are.
    ///
    /// @param verifying whether those are wanted that git leaves out with `--no-verify`: pre-commit and pre-merge
    Hooks hooks(boolean verifying) {
        Hooks hooks = Hooks.none()
                .within(TIME_LIMIT)
                .reporting(failure -> shell.err().println("coppice: " + failure.getMessage()));
        if (!Files.isDirectory(database.resolve(DIRECTORY))) {
            return hooks;
        }
        for (Hooks.Named named : all()) {
            boolean skipped =
                    !verifying && (named.hook() instanceof Hook.PreCommit || named.hook() instanceof Hook.PreMerge);
            if (!skipped && Files.isExecutable(program(named.name()))) {
                hooks = hooks.and(named.name(), named.hook());
            }
        }
        return hooks;
    }

    private List<Hooks.Named> all() {
        return List.of(
                new Hooks.Named("pre-commit", new Hook.PreCommit(event -> answer("pre-commit", event))),
                new Hooks.Named("post-commit", new Hook.PostCommit(event -> answer("post-commit", event))),
                new Hooks.Named("pre-merge", new Hook.PreMerge(event -> answer("pre-merge", event))),
                new Hooks.Named("post-merge", new Hook.PostMerge(event -> answer("post-merge", event))),
                new Hooks.Named("ref-update", new Hook.RefUpdate(this::answer)));
    }

    private Path program(String name) {
        return database.resolve(DIRECTORY).resolve(name);
    }

    private Hook.Answer answer(String name, CommitEvent event) throws IOException, InterruptedException {
        Map<String, String> facts = new TreeMap<>();
        facts.put("COPPICE_BRANCH", event.branch());
        facts.put("COPPICE_ACTION", event.action());
        facts.put("COPPICE_COMMIT", event.commit().id().hex());
        facts.put("COPPICE_AUTHOR", event.commit().author());
        facts.put("COPPICE_MESSAGE", event.commit().message());
        return run(name, facts, event.changes());
    }

    private Hook.Answer answer(String name, MergeEvent event) throws IOException, InterruptedException {
        Map<String, String> facts = new TreeMap<>();
        facts.put("COPPICE_BRANCH", event.branch());
        facts.put("COPPICE_ACTION", "merge");
        facts.put("COPPICE_SOURCE", event.source());
        facts.put("COPPICE_OURS", event.ours().id().hex());
        facts.put("COPPICE_THEIRS", event.theirs().id().hex());
        facts.put("COPPICE_COMMIT", hex(event.result().map(Commit::id)));
        return run(name, facts, event.changes());
    }

    private Hook.Answer answer(RefEvent event) throws IOException, InterruptedException {
        Map<String, String> facts = new TreeMap<>();
        facts.put("COPPICE_REF", event.ref());
        facts.put("COPPICE_ACTION", event.action());
        facts.put("COPPICE_BEFORE", hex(event.before()));
        facts.put("COPPICE_AFTER", hex(event.after()));
        return run("ref-update", facts, List.of());
    }

    private static String hex(Optional<CommitId> commit) {
        return commit.map(CommitId::hex).orElse("");
    }

    /// Runs a program between files, so that neither side waits for the other and an interrupt ends it.
    private Hook.Answer run(String name, Map<String, String> facts, Iterable<Change> changes)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("coppice-" + name, ".out");
        Path given = Files.createTempFile("coppice-" + name, ".in");
        try {
            write(given, changes);
            ProcessBuilder builder = new ProcessBuilder(program(name).toString())
                    .directory(database.toFile())
                    .redirectInput(given.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(facts);
            Process process = builder.start();
            try {
                int code = process.waitFor();
                return answer(code, Files.readString(said, UTF_8).strip());
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(said);
            Files.delete(given);
        }
    }

    private static void write(Path file, Iterable<Change> changes) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Change change : changes) {
                out.write(DiffTask.document(change).text());
                out.write('\n');
            }
        }
    }

    private Hook.Answer answer(int code, String words) {
        if (code != 0) {
            return Hook.veto(words.isEmpty() ? "it ended with exit code " + code : words);
        }
        if (!words.isEmpty()) {
            shell.err().println(words);
        }
        return Hook.accept();
    }
}

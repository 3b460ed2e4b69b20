package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.api.Remote;
import coppice.api.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// A command on a database that is there.
abstract class DatabaseTask extends ReportingTask {
    /// The beginning of a ref that names no branch, but the current one.
    private static final Pattern CURRENT = Pattern.compile("^(?:HEAD|@(?!\\{)|(?=@\\{))(?=$|[~^@])");

    @Option(
            names = {"-d", "--db"},
            paramLabel = "DIR",
            description = "The database's directory; " + Location.ELSE)
    private Optional<String> directory = Optional.empty();

    @Option(
            names = {"-b", "--branch"},
            paramLabel = "NAME",
            description = "The branch to work on, also for HEAD and @ in refs; else the current one.")
    private Optional<String> branch = Optional.empty();

    private String branchName = Database.MAIN;

    /// Refuses options that make no sense together, before anything is opened.
    void checkUsage() {}

    /// Whether what it does cannot be had back easily: then it is not suggested with another name.
    boolean isDestructive() {
        return false;
    }

    /// Does the work on the open database.
    abstract int run(Database db);

    /// Does what can only be done while the database is closed.
    ///
    /// @return whether to open it and work on it again
    boolean goesOn() {
        return false;
    }

    @Override
    public final Integer call() {
        checkUsage();
        int code;
        do {
            code = once();
        } while (goesOn());
        return code;
    }

    private int once() {
        try (Database db = open()) {
            branchName = branch.orElseGet(() -> db.current().name());
            try {
                return run(db);
            } catch (DatabaseException.NotFound unknown) {
                hint(meant(db, unknown.context()));
                throw unknown;
            }
        }
    }

    private String meant(Database db, Map<String, String> context) {
        List<String> branches = db.branches().stream().map(BranchInfo::name).toList();
        List<String> tags = db.tags().list().stream().map(Tag::name).toList();
        List<String> remotes = db.remotes().list().stream().map(Remote::name).toList();
        List<String> types = db.current().schema().types().stream()
                .map(type -> type.definition().name())
                .toList();
        List<String> projections = List.copyOf(db.projections().all().keySet());
        List<String> refs = Stream.concat(branches.stream(), tags.stream()).toList();
        return Stream.of(
                        Suggestion.instead(line(), context.getOrDefault("branch", ""), branches),
                        Suggestion.instead(line(), context.getOrDefault("tag", ""), tags),
                        Suggestion.instead(line(), context.getOrDefault("remote", ""), remotes),
                        instead(context.getOrDefault("type", ""), types),
                        instead(context.getOrDefault("projection", ""), projections),
                        Suggestion.instead(
                                line(), context.getOrDefault("ref", "").split("[~^@]", 2)[0], refs))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String instead(String word, List<String> names) {
        return isDestructive()
                ? Suggestion.nearest(word, names)
                        .filter(_ -> !word.isEmpty())
                        .map(name -> "; the nearest name is '" + name + "'")
                        .orElse("")
                : Suggestion.instead(line(), word, names);
    }

    /// The branch to work on; known once the database is open.
    final String branchName() {
        return branchName;
    }

    /// How the branch is named in another command, with a space before it; empty for the current one.
    final String sameBranch() {
        return branch.map(name -> " -b " + name).orElse("");
    }

    /// A ref or a range of two as it is meant here: what names the current branch (`HEAD`, `@`, `@{1}`) names the
    /// one to work on.
    final String ref(String text) {
        int dots = text.indexOf("..");
        return dots < 0
                ? CURRENT.matcher(text).replaceFirst(Matcher.quoteReplacement(branchName))
                : ref(text.substring(0, dots)) + ".." + ref(text.substring(dots + 2));
    }

    final Branch branch(Database db) {
        return db.branch(branchName);
    }

    /// The directory as the user would write it again.
    String location() {
        return Location.of(directory, shell());
    }

    /// Opens the database.
    final Database open() {
        while (true) {
            try {
                return opened();
            } catch (DatabaseException.Busy busy) {
                if (busy.code() != ErrorCode.LOCKED || !waits()) {
                    throw busy;
                }
            }
        }
    }

    /// Whether to try again where another process has the database open; waits a little if so.
    boolean waits() {
        return false;
    }

    private Database opened() {
        Path path = shell().directory().resolve(location());
        Options any = Options.defaults().with(new HookPrograms(path, shell()).hooks(isVerifying()));
        Options options = mayCreate() ? any : any.mustExist();
        try {
            return Coppice.open(path.toString(), options);
        } catch (DatabaseException missing) {
            boolean isHeadless = Files.isDirectory(path.resolve("packs")) && !Files.exists(path.resolve("MANIFEST"));
            if (missing.code() == ErrorCode.NO_DATABASE && !isHeadless) {
                throw new Failure("there is no database in " + location() + "; " + missing(), missing);
            }
            if (missing.code() == ErrorCode.CORRUPT || isHeadless) {
                hint("; coppice repair --dry-run -d " + location() + " shows what can be had back");
            }
            throw missing;
        }
    }

    /// What to do where there is no database.
    String missing() {
        return "name one with -d DIR, or make one: coppice demo, or coppice import FILE -d DIR";
    }

    /// Whether the hooks are asked that `--no-verify` leaves out.
    boolean isVerifying() {
        return true;
    }

    /// Whether the command makes the database when there is none.
    boolean mayCreate() {
        return false;
    }
}

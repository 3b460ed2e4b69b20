package coppice.testing.contract.model;

import static coppice.testing.contract.model.State.latin;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The databases beside the model: one to work on, one to exchange with.
final class Running implements AutoCloseable {
    static final String OTHER = "other";
    static final String BUNDLE = "bundle";
    private static final List<String> AUTHORS = List.of("Ann", "Bob");

    private final Supplier<? extends Home> homes;
    private final Path scratch;
    private final List<Home> places = new ArrayList<>();
    private final List<Database> open = new ArrayList<>();
    private final Map<State, String> roots = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();
    private boolean forgetful;
    private final Map<Integer, Path> backups = new HashMap<>();
    private Path backup;
    private int directories;

    /// @param homes places that nobody used before
    /// @param scratch a directory for all files besides
    Running(Supplier<? extends Home> homes, Path scratch) {
        this.homes = homes;
        this.scratch = scratch;
        this.backup = scratch;
    }

    /// A place that was made of another one's content.
    private record Directory(Path path, Home like) implements Home {
        @Override
        public Database open(Options options) {
            return Coppice.open(path.toString(), options);
        }

        @Override
        public boolean isPersistent() {
            return true;
        }

        @Override
        public String location() {
            return path.toString();
        }

        @Override
        public String root(Database db, CommitId commit) {
            return like.root(db, commit);
        }
    }

    /// Opens the databases and lets the model begin where they begin.
    void begin(World world, boolean forgets) {
        try {
            Files.createDirectories(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        forgetful = forgets;
        world.forgetful = forgets;
        for (int site = 0; site < AUTHORS.size(); site++) {
            Home home = homes.get();
            Database db = opened(home, options(site));
            places.add(home);
            open.add(db);
            Commit first = db.head();
            Version root = world.version(first, State.EMPTY, List.of(), first.message(), AUTHORS.get(site));
            PlainDatabase plain = new PlainDatabase(AUTHORS.get(site));
            plain.lines.put(Database.MAIN, new Line(root, State.EMPTY));
            world.sites.add(plain);
        }
        for (int site = 0; site < AUTHORS.size(); site++) {
            db(site).remotes().add(OTHER, places.get(1 - site).location());
            db(site).remotes().add(BUNDLE, bundle().toString());
        }
    }

    Options options(int site) {
        Options options = Options.defaults()
                .with(Durability.NONE)
                .withMemoryBytes(16 << 20)
                .withAuthor(AUTHORS.get(site));
        return forgetful ? options.withRetention(Duration.ZERO) : options;
    }

    private static Database opened(Home home, Options options) {
        Database db = home.open(options);
        Policy.register(db);
        return db;
    }

    boolean hasBegun() {
        return !open.isEmpty();
    }

    Database db(int site) {
        return open.get(site);
    }

    Home home(int site) {
        return places.get(site);
    }

    /// Where the bundle is.
    Path bundle() {
        return scratch.resolve("between.bundle");
    }

    /// A name for a directory that is not there yet.
    Path fresh(String kind) {
        return scratch.resolve(kind + ++directories);
    }

    void reopen(World world, int site) {
        if (places.get(site).isPersistent()) {
            world.site(site).opened();
            db(site).close();
            open.set(site, opened(places.get(site), options(site)));
        }
    }

    /// Lets a database that was made of another take the place of one.
    void replace(int site, Path directory, Supplier<Database> making) {
        Database made = making.get();
        db(site).close();
        backups.remove(site);
        Policy.register(made);
        open.set(site, made);
        places.set(site, new Directory(directory, places.get(1 - site)));
    }

    /// Backs a database up, to where it was backed up before.
    void backUp(int site) {
        backup = backups.computeIfAbsent(site, _ -> fresh("backup"));
        db(site).backup(backup.toString());
    }

    /// The backup made last.
    Path backup() {
        return backup;
    }

    /// A commit that the model has worked out, found in a database: both must be the same, with everything before.
    Version found(World world, int site, CommitId id, Version expected) {
        Commit commit = db(site).resolve(id.hex());
        if (expected.isKnown()) {
            assertThat(id.hex()).isEqualTo(expected.id());
            return expected;
        }
        assertThat(commit.message()).isEqualTo(expected.message());
        assertThat(commit.author()).as("author of %s", expected).isEqualTo(expected.author());
        assertThat(commit.generation()).as("generation of %s", expected).isEqualTo(expected.generation());
        assertThat(commit.parents()).as("parents of %s", expected).hasSameSizeAs(expected.parents());
        Expect.same(db(site).at(id.hex()), expected.state());
        List<Version> parents = new ArrayList<>();
        for (int i = 0; i < expected.parents().size(); i++) {
            parents.add(found(
                    world, site, commit.parents().get(i), expected.parents().get(i)));
        }
        requireRoot(site, id, expected.state());
        return world.version(commit, expected.state(), parents, expected.message(), expected.author());
    }

    /// Requires that equal states have equal roots, and others others.
    void requireRoot(int site, CommitId commit, State state) {
        String root = places.get(site).root(db(site), commit);
        assertThat(roots.computeIfAbsent(state, _ -> root))
                .as("root of %s", state)
                .isEqualTo(root);
        assertThat(states.computeIfAbsent(root, _ -> state))
                .as("state with root %s", root)
                .isEqualTo(state);
    }

    /// Builds a state in a database that never had another, and requires the same root.
    void requireRootOfCleanBuild(State state) {
        Home home = homes.get();
        try (Database db = home.open(options(0))) {
            writeAtOnce(db, state);
            CommitId commit = db.commit("at once").id();
            assertThat(home.root(db, commit)).as("root of a clean build").isEqualTo(roots.get(state));
        }
    }

    /// Looks at a database that has the rows of a state and no past.
    void atOnce(State state, Consumer<Database> look) {
        try (Database db = homes.get().open(options(0))) {
            writeAtOnce(db, state);
            look.accept(db);
        }
    }

    private static void writeAtOnce(Database db, State state) {
        db.main()
                .run(tx -> state.rows()
                        .forEach((row, value) -> tx.space(row.space()).put(latin(row.key()), latin(value))));
    }

    @Override
    public void close() {
        open.forEach(Database::close);
        if (Files.exists(scratch)) {
            try (Stream<Path> files = Files.walk(scratch)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

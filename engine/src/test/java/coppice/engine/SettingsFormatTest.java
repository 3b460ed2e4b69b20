package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.Options;
import coppice.api.Pick;
import coppice.api.Resolver;
import coppice.api.StashPick;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.structure.LockOptions;
import coppice.engine.exchange.Shallow;
import coppice.engine.live.Settings;
import coppice.engine.lock.Tokens;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What `docs/format/settings.md` says is what the engine writes, and it says all.
class SettingsFormatTest {
    private static final Path PAGE = Path.of("../docs/format/settings.md");

    private static void put(Branch branch, String value) {
        branch.space("s").put("k", value);
        branch.commit(value);
    }

    /// Lets something of each kind wait.
    private static void use(Database db) {
        put(db.main(), "1");
        for (String name : List.of("theirs", "merging", "picking", "applying")) {
            db.branch(name, "main");
        }
        put(db.branch("theirs"), "2");
        for (String name : List.of("merging", "picking", "applying")) {
            put(db.branch(name), name);
        }
        db.switchTo("theirs");
        db.remotes().add("origin", "mem:origin");
        db.history().bisection().start("theirs", List.of("main"));
        db.mergePolicies().add(MergeRule.of("numbers", MergePolicy.ours()));
        db.space("s").put("k", "3");
        db.main().stash().push();
        db.watch(ChangeFilter.all(), FeedStart.subscription("copy")).close();
        db.projections().create("p", ProjectionDefinition.from("s").index("a"));
        db.lock("a").with(LockOptions.defaults().kept()).acquire();
        db.projections().keepVersions(1);
        db.projections().rebuild("p");
        db.projections().pause();
        db.projections().cancel("p");
        db.branch("theirs").stash().push();
        db.merge("theirs", Merge.into("merging").keepingConflicts());
        db.branch("merging").conflicts().orElseThrow().resolveAll(ConflictQuery.all(), Resolver.OURS);
        db.branch("picking").edits().cherryPick(Pick.of("theirs").keepingConflicts());
        db.branch("applying").stash().apply(StashPick.of(0).keepingConflicts());
    }

    private static Set<String> described() throws IOException {
        Set<String> areas = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                areas.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        return areas;
    }

    @Test
    void thePageHasEveryAreaAndTheBytesOfSmallEntries() throws IOException {
        Machine machine = new Machine(new MemoryDisk(), Tasks.threads(), Clock.system(), Entropy.secure());
        try (EmbeddedDatabase db = Opening.embedded(machine, "test", Options.defaults(), Sizes.STANDARD)) {
            use(db);
            Settings settings = db.depot().settings();
            Set<String> areas =
                    new TreeSet<>(db.depot().branches().system().shown().names());
            areas.add("index"); // comes with more commits
            areas.add("shallow"); // of a clone
            assertThat(areas).isEqualTo(described());
            assertThat(settings.find("handle", "current")).hasValue("theirs".getBytes(UTF_8));
            assertThat(settings.find("remotes", "origin")).hasValue("mem:origin".getBytes(UTF_8));
            assertThat(settings.find("bisect", "verdicts")).hasValue(bisect(db.resolve("theirs"), db.resolve("main")));
            assertThat(settings.all("merging").keySet()).containsExactly("merging");
            assertThat(settings.all("replay").keySet()).containsExactly("picking");
            assertThat(settings.all("stash").keySet()).containsExactly("applying");
            assertThat(settings.find("projections", "p")).hasValue("FROM s INDEX BY a".getBytes(UTF_8));
            assertThat(settings.find("refreshing", "versions")).hasValue("1".getBytes(UTF_8));
            assertThat(settings.find("refreshing", "paused")).hasValue("1".getBytes(UTF_8));
            assertThat(settings.find("cancelled", "p"))
                    .hasValueSatisfying(roots -> assertThat(roots.length % 32).isZero());
            assertThat(settings.all("artefacts")).hasSize(1);
            assertThat(settings.all("leases").keySet()).containsExactly("a");
            assertThat(settings.find("locks", "tokens").map(Tokens::decode)).contains(65_537L);
            assertThat(settings.all("feeds").keySet()).containsExactly("copy");
            assertThat(settings.all("decisions", "merging\0")).hasSize(1);
        }
        assertThat(Shallow.encoded(5)).isEqualTo(new byte[] {5, 0, 0, 0, 0, 0, 0, 0});
        assertThat(List.of(Shallow.AREA, Shallow.FLOOR)).containsExactly("shallow", "floor");
    }

    /// The page's example, with these commits in the places of its own.
    private static byte[] bisect(Commit bad, Commit good) throws IOException {
        StringBuilder hex = new StringBuilder();
        Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("```hex bisect"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .map(line -> line.split("\\|", 2)[0].replace(" ", ""))
                .forEach(line -> hex.append(
                        line.equals("1".repeat(64))
                                ? bad.id().hex()
                                : line.equals("2".repeat(64)) ? good.id().hex() : line));
        return HexFormat.of().parseHex(hex);
    }
}

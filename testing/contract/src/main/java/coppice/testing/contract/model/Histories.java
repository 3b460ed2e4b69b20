package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.testing.property.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Random histories of everything that can be done to databases, beside plain maps: after every command both must
/// show the same, and at the end every commit is compared.
///
/// A failure shrinks to a short list of commands and prints the seed. `-Dcoppice.runs=N` tries more,
/// `-Dcoppice.seed=fresh` others.
public final class Histories {
    private static final int STEPS = 60;

    /// So that something comes to wait, and to be gone on with.
    private static final int LEAST = 30;

    private Histories() {}

    /// Tries some.
    ///
    /// @param homes places that nobody used before
    /// @param scratch a directory for clones, bundles and backups
    /// @param runs how many
    public static void check(Supplier<? extends Home> homes, Path scratch, int runs) {
        Model.of(World::new, () -> new Running(homes, scratch))
                .commands(Commands::possible)
                .invariant(Histories::requireSame)
                .ending(Histories::requireAllSame)
                .runs(runs)
                .steps(STEPS)
                .lasting(LEAST)
                .check();
    }

    private static void requireSame(World world, Running running) {
        for (int site = 0; site < world.sites.size(); site++) {
            new Comparison(world.site(site), running.db(site), world.forgetful).run();
        }
    }

    /// Looks at every commit there is, before and after everything was closed, and builds one state anew.
    private static void requireAllSame(World world, Running running) {
        for (int site = 0; site < world.sites.size(); site++) {
            List<Version> versions = world.reachable(site);
            running.reopen(world, site);
            for (Version version : versions) {
                new Looking.Travel(site, version).run(world, running);
            }
            assertThat(running.db(site).check().problems()).isEmpty();
            running.requireRootOfCleanBuild(versions.getLast().state());
        }
        requireSame(world, running);
    }
}

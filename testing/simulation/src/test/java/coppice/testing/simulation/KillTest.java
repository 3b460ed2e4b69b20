package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.BranchInfo;
import coppice.api.Coppice;
import coppice.api.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real processes, killed (`kill -9`) at any moment: while they write, and while they recover from the kill before.
/// What one acknowledged, the next finds, and at most the one transaction more that was under way on each branch.
///
/// `-Dcoppice.kills=N` kills N instead of 300.
final class KillTest {
    private static final int KILLS = Integer.getInteger("coppice.kills", 300);
    private static final long SEED = Long.getLong("coppice.seed", 1L);

    @TempDir
    Path directory;

    private final Map<String, Integer> acknowledged = new HashMap<>();

    // Two chains, so that two cores are busy when tests run side by side, and no chain gets long.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingAcknowledgedIsLostHoweverOftenOneKills(int chain) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + chain);
        Files.createDirectories(directory.resolve("tmp"));
        Numbered.BRANCHES.forEach(name -> acknowledged.put(name, 0));
        for (int kill = 1; kill <= KILLS / 2; kill++) {
            boolean early = random.nextInt(5) == 0;
            // Early ones die while they start and recover; the others after a while of writing.
            int patience = early ? 60 + random.nextInt(200) : 1 + random.nextInt(60);
            live("kill " + kill + " of chain " + chain + ", seed " + SEED, random.nextInt(1_000), early, patience);
        }
        try (Database db = Coppice.open(directory.resolve("db"))) {
            for (String name : Numbered.BRANCHES) {
                int found = Numbered.last(db, name);
                assertThat(found).isBetween(acknowledged.get(name), acknowledged.get(name) + 1);
            }
            assertThat(db.branches()).extracting(BranchInfo::name).containsAll(Numbered.BRANCHES);
            Dump.requireSound(db);
        }
        assertThat(acknowledged.values()).allMatch(count -> count > KILLS / 4);
    }

    private void live(String life, int seed, boolean early, int patience) throws Exception {
        Process process = start(seed);
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            if (!early) {
                readUntilFirstAck(lines, said);
            }
            boolean ended = process.waitFor(patience, TimeUnit.MILLISECONDS);
            process.toHandle().destroyForcibly(); // the process itself would close the pipe before it is read
            lines.lines().forEach(said::add);
            assertThat(ended).as("%s ended by itself: %s", life, said).isFalse();
        }
        process.waitFor();
        said.forEach(line -> note(life, line));
    }

    private Process start(int seed) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.resolve("db").toString(),
                        "" + seed)
                .redirectErrorStream(true)
                .start();
    }

    private static void readUntilFirstAck(BufferedReader lines, List<String> said) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("ack")) {
            said.add(line);
            line = lines.readLine();
        }
        if (line != null) {
            said.add(line);
        }
    }

    /// A line may have been cut by the kill: then it was the last one, and does not count.
    private void note(String life, String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "ack" -> {
                if (words.length == 3 && !words[2].isEmpty()) {
                    acknowledged.merge(words[1], Integer.parseInt(words[2]), Math::max);
                }
            }
            case "found" -> {
                int found = Integer.parseInt(words[2]);
                int least = acknowledged.get(words[1]);
                assertThat(found).as("%s: %s", life, line).isBetween(least, least + 1);
                acknowledged.put(words[1], found);
            }
            case "ready" -> {}
            default ->
                assertThat(line).as(life).isIn("a", "ac", "f", "fo", "fou", "foun", "r", "re", "rea", "read", "");
        }
    }
}

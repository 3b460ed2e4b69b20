package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.CheckOptions;
import coppice.api.Coppice;
import coppice.api.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that index and search, killed (`kill -9`) while they do, as [SearchVictim] does. The next one
/// finds what was acknowledged, and at most one document more, by words and by vectors.
///
/// `-Dcoppice.search.kills=N` kills N instead of 6.
final class SearchKillTest {
    private static final int KILLS = Integer.getInteger("coppice.search.kills", 6);
    private static final int ACKNOWLEDGED_MOST = 60;
    private static final long SEED = Long.getLong("coppice.seed", 1L);

    @TempDir
    Path directory;

    @Test
    void answersAreThoseOfWhatWasAcknowledgedHoweverOftenOneKills() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        int acknowledged = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            int found = live(acknowledged, 1 + random.nextInt(ACKNOWLEDGED_MOST));
            assertThat(found).as("kill %d, seed %d", kill, SEED).isGreaterThan(acknowledged);
            acknowledged = found;
        }
        try (Database db = Coppice.open(directory.resolve("db"))) {
            assertThat(db.collection("documents").count()).isBetween((long) acknowledged, acknowledged + 1L);
            assertThat(db.check(CheckOptions.defaults().thorough()).problems()).isEmpty();
        }
    }

    /// Kills a process after some acknowledgements.
    ///
    /// @return what was acknowledged last
    private int live(int before, int acknowledgements) throws IOException, InterruptedException {
        Process process = start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            while (line != null && said.size() < acknowledgements) {
                said.add(line);
                line = lines.readLine();
            }
            process.toHandle().destroyForcibly(); // the process itself would close the pipe before it is read
            while (line != null) {
                said.add(line);
                line = lines.readLine();
            }
        }
        process.waitFor();
        assertThat(said)
                .as("what was said, besides: %s", Files.readString(errors()))
                .isNotEmpty()
                .allMatch(line -> line.matches("(found|ack) [0-9]+"));
        assertThat(number(said.getFirst())).isBetween(before, before + 1);
        return number(said.getLast());
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.indexOf(' ') + 1));
    }

    private Path errors() {
        return directory.resolve("errors");
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SearchVictim.class.getName(),
                        directory.resolve("db").toString())
                .redirectError(errors().toFile())
                .start();
    }
}

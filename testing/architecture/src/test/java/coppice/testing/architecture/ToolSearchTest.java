package coppice.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The search for a JDK that `./build` and `./coppice` share, on made-up JDKs in a folder with a space in its name.
final class ToolSearchTest {
    private static final String NOWHERE = "/nowhere";

    /// Hides what this machine has installed.
    private static final String WITHOUT_THE_SYSTEMS = "system_jdks() { false; }; system_mavens() { false; }; ";

    @TempDir
    Path folder;

    @Test
    void aJavaHomeThatIsNewEnoughIsTaken() throws Exception {
        Path chosen = jdk("chosen jdk", "25.0.3");
        assertThat(search(chosen.toString(), jdk("other", "26"), "find_jdk")).isEqualTo(chosen + "\n");
    }

    @Test
    void anOlderJavaHomeGivesWayToThePath() throws Exception {
        Path newer = jdk("newer", "26-ea");
        assertThat(search(jdk("older", "17.0.15").toString(), newer, "find_jdk"))
                .isEqualTo(newer + "\n");
    }

    @Test
    void theJavaOnThePathIsFollowedThroughLinks() throws Exception {
        Path real = jdk("real", "25");
        Path linked = Files.createDirectories(folder.resolve("links/bin"));
        Files.createSymbolicLink(linked.resolve("relative"), Path.of("../../real/bin/java"));
        Files.createSymbolicLink(linked.resolve("java"), linked.resolve("relative"));
        assertThat(search(NOWHERE, linked.getParent(), "find_jdk")).contains("/real\n");
        assertThat(real).exists();
    }

    @Test
    void placesOfSdkManagersAreSearchedForExactly25First() throws Exception {
        jdk(".sdkman/candidates/java/17.0.1-tem", "17.0.1");
        jdk(".sdkman/candidates/java/24-open", "24");
        jdk(".sdkman/candidates/java/20-odd", "26");
        Path found = jdk(".sdkman/candidates/java/25.0.1-tem", "25.0.1");
        assertThat(search(NOWHERE, jdk("older", "17"), WITHOUT_THE_SYSTEMS + "find_jdk"))
                .isEqualTo(found + "\n");
    }

    @Test
    void withoutAnyJdkOneLineSaysWhatToDo() throws Exception {
        String output = search(NOWHERE, jdk("older", "8"), WITHOUT_THE_SYSTEMS + "find_jdk");
        assertThat(output.lines()).hasSize(1);
        assertThat(output).startsWith("coppice: no JDK 25").contains("install", "JAVA_HOME");
    }

    @Test
    void withoutMavenOneLineSaysWhatToDo() throws Exception {
        String output = search(NOWHERE, jdk("older", "8"), WITHOUT_THE_SYSTEMS + "PATH=/nowhere; find_maven");
        assertThat(output.lines()).hasSize(1);
        assertThat(output).startsWith("coppice: Maven was not found").contains("install");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String tool : List.of("java", "javac")) {
            Path file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return home;
    }

    private String search(String javaHome, Path onPath, String body) throws IOException, InterruptedException {
        Path script = SourceTree.find().root().resolve(".mvn/find-tools.sh");
        ProcessBuilder shell =
                new ProcessBuilder("/bin/sh", "-c", ". '" + script + "'; " + body + "; echo \"$JAVA_HOME\"");
        Map<String, String> environment = shell.environment();
        environment.clear();
        environment.put("HOME", folder.toString());
        environment.put("JAVA_HOME", javaHome);
        environment.put("PATH", onPath.resolve("bin") + ":/usr/bin:/bin");
        Process process = shell.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}

package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types what the guide says and sees whether it comes back as the guide says.
class GuideTest {
    private static final Path GUIDE = Path.of("../../docs/guide");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    Path directory;

    private record Step(String command, List<String> answer) {}

    private static List<Step> steps(String page) throws IOException {
        List<Step> steps = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(GUIDE.resolve(page))) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ coppice ")) {
                steps.add(new Step(line.substring("$ coppice ".length()), new ArrayList<>()));
            } else if (inside) {
                steps.getLast().answer().add(line);
            }
        }
        return steps;
    }

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.toArray(String[]::new);
    }

    @Test
    void everyCommandInTheGuideAnswersAsItSays() throws IOException {
        Session user = new Session(directory)
                .file("pet.json", "{\"space\":\"pets\",\"fields\":{\"kind\":\"string\",\"age\":\"integer\"}}")
                .file("secret.txt", "correct horse battery staple\n")
                .file("new.txt", "another one\n")
                .file("cities.csv", "name;people;height\nGenf;203856;375.5\nBern;134591;542.0\nZug;30934;425\n");
        assertThat(type(user, "command-line.md")).isGreaterThan(20);
    }

    @Test
    void aDamagedDatabaseIsRepairedAsTheGuideSays() throws IOException {
        Session user = new Session(directory);
        user.ok("put pets rex dog -d app.coppice");
        user.ok("commit -m one -d app.coppice");
        user.ok("put pets tom cat -d app.coppice");
        user.ok("commit -m two -d app.coppice");
        user.ok("backup backup -d app.coppice");
        user.ok("clone app.coppice clone");
        Bits.turn(directory.resolve("app.coppice"), "rex\0dog");
        assertThat(type(user, "integrity.md")).isGreaterThan(3);
    }

    @Test
    void whatHappenedIsToldAsTheGuideSays() throws IOException {
        assertThat(type(new Session(directory), "watching.md")).isGreaterThan(5);
    }

    /// Types the commands of a page; returns how many there are.
    private static int type(Session user, String page) throws IOException {
        List<Step> steps = steps(page);
        for (Step step : steps) {
            Session.Reply reply = user.run(words(step.command()));
            // The note about a guessed key comes before the table, an error after what was shown.
            String shown = step.command().startsWith("import") ? reply.err() + reply.out() : reply.out() + reply.err();
            String pattern = Pattern.quote(String.join("\n", step.answer())).replace("...", "\\E[\\s\\S]*?\\Q");
            assertThat(shown.stripTrailing()).as("coppice " + step.command()).matches(pattern);
        }
        return steps.size();
    }
}

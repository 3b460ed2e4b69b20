package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.json.Json;
import coppice.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs read: with `--json` all that a command writes is JSON, an object a line, and so is an error.
class ProgramsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
    }

    private List<Json.Obj> json(String line) {
        return user.ok(line + " --json").lines().map(ProgramsTest::parsed).toList();
    }

    private static Json.Obj parsed(String line) {
        return (Json.Obj)
                JsonReader.tryParse(line.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private void tells(String line, String... members) {
        assertThat(json(line))
                .as(line)
                .isNotEmpty()
                .allSatisfy(object -> assertThat(object.members()).containsKeys(members));
    }

    @Test
    void everyStepOfAWorkingDayIsTold() {
        tells("init", "database");
        tells("put pets a dog", "branch", "space", "key");
        tells("get pets a", "key", "text");
        tells("count pets", "count");
        tells("commit -m first", "id", "message", "parents");
        tells("branch trial", "branch", "head");
        tells("switch trial", "branch", "head");
        tells("put pets b cat", "key");
        tells("del pets b", "removed");
        tells("put pets b cow", "key");
        tells("commit -m second", "id");
        tells("switch main", "head");
        tells("branch", "branch", "head", "ahead", "behind", "uncommitted");
        tells("merge trial --preview", "outcome", "changes", "conflicts");
        assertThat(json("merge trial").getFirst().members()).containsEntry("outcome", Json.of("merged"));
        assertThat(json("merge trial").getFirst().members()).containsEntry("outcome", Json.of("up-to-date"));
        tells("tag v1", "tag", "commit");
        tells("put pets c cat", "key");
        tells("discard", "discarded");
        tells("reset --hard main~1", "head");
        tells("undo", "ref", "action", "before", "after");
        tells("branch -D trial", "removed");
        tells("bisect start main main~1", "outcome");
        tells("gc", "liveChunks", "droppedChunks", "bytesBefore", "bytesAfter");
    }

    @Test
    void everyExchangeIsTold() {
        user.ok("put pets a dog");
        user.ok("commit -m first");
        tells("clone db copy", "database", "head");
        user.ok("put pets b cat -d copy");
        user.ok("commit -m second -d copy");
        tells("push -d copy", "outcome", "after", "traffic");
        tells("push -d copy", "outcome", "after");
        user.ok("put pets c cow");
        user.ok("commit -m third");
        tells("fetch -d copy", "refs", "traffic");
        List<Json.Obj> pulled = json("pull -d copy");
        assertThat(pulled.getFirst().members()).containsKey("refs");
        assertThat(pulled.getLast().members()).containsEntry("outcome", Json.of("merged"));
        tells("bundle create all.bundle", "refs", "commits", "bytes");
        tells("bundle verify all.bundle", "refs");
        tells("backup kept", "commits", "traffic");
        tells("restore kept again", "database", "head");
    }

    @Test
    void anErrorIsAnObjectWithItsCode() {
        user.ok("put pets a dog");
        Session.Reply reply = user.run("log", "mian", "--json");
        assertThat(reply.code()).isOne();
        assertThat(reply.out()).isEmpty();
        Json.Obj error = parsed(reply.err().strip());
        assertThat(error.members())
                .containsEntry("code", Json.of(201))
                .containsEntry("name", Json.of("UNKNOWN_REF"))
                .containsEntry("context", Json.object("ref", "mian"));
        assertThat(error.text()).contains("did you mean: coppice log main --json");
        assertThat(parsed(user.run("log", "--no-such", "--json").err().strip()).members())
                .containsKey("error");
    }

    @Test
    void mistypedNamesAreAnsweredWithALineThatRuns() {
        user.ok("put pets a dog");
        user.ok("commit -m first");
        user.ok("tag v1.0");
        user.ok("remote add origin elsewhere");
        says("get pest a", "did you mean: coppice get pets a");
        says("scan pets --at v1.1", "did you mean: coppice scan pets --at v1.0");
        says("switch mains", "did you mean: coppice switch main");
        says("tag --delete v1.o", "did you mean: coppice tag --delete v1.0");
        says("fetch orign", "did you mean: coppice fetch origin");
        says("diff mian~1 main", "did you mean: coppice diff main~1 main");
        says("get pets a -b nobody", "There is no branch 'nobody'");
    }

    private void says(String line, String words) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).isOne();
        assertThat(reply.err().strip()).contains(words);
    }
}

package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types of documents, as typed.
class SchemaCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() throws IOException {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("init db");
        Files.writeString(directory.resolve("user.json"), """
                {"space":"people","keys":"user:{id}",
                 "fields":{"name":{"type":"string","required":true},"age":"integer"}}""");
    }

    private String noted(String line) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).as(reply.toString()).isZero();
        return reply.err();
    }

    private void fails(String line, String... words) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).as(reply.toString()).isOne();
        assertThat(reply.err()).contains(words).doesNotContain("mistake in Coppice");
    }

    @Test
    void aTypeIsDefinedShownAndInForce() {
        assertThat(noted("schema define user user.json")).contains("type user is in force: 0 documents");
        assertThat(user.ok("schema")).contains("user", "people", "user:{id}", "2 fields", "valid");
        assertThat(user.ok("schema show user"))
                .contains("\"fields\":{\"name\":{\"type\":\"string\",\"required\":true}");
        fails("put people user:1 {\"age\":1}", "'user:1'", "/name", "REQUIRED");
        user.ok("put people user:1 {\"name\":\"Ann\"}");
        assertThat(noted("schema validate user")).contains("1 document, 0 violations");
        user.ok("commit -m typed");
        user.ok("schema drop user");
        user.ok("put people user:2 {}");
        assertThat(user.ok("schema")).doesNotContain("people");
        assertThat(user.ok("schema --at main")).contains("people");
    }

    @Test
    void documentsThatViolateATypeAreShown() {
        user.ok("put people user:1 {}");
        Session.Reply refused = user.run("schema", "define", "user", "user.json");
        assertThat(refused.code()).isOne();
        assertThat(refused.out()).contains("user:1", "/name", "REQUIRED", "text");
        assertThat(refused.err()).contains("not in force: 1 document, 1 violation", "--not-valid");
        assertThat(noted("schema define user user.json --not-valid")).contains("in force, not validated");
        assertThat(noted("schema show user")).contains("not validated", "coppice schema validate user");
        assertThat(noted("schema show user --json")).isEmpty();
        assertThat(user.ok("schema")).contains("not validated");
        assertThat(user.run("schema", "validate", "user").code()).isOne();
    }

    @Test
    void mistakesAreAnsweredWithWhatToDo() {
        user.ok("schema define user user.json");
        fails("schema show usr", "coppice schema lists them", "did you mean: coppice schema show user");
        assertThat(user.run("schema", "drop", "usr").err())
                .contains("the nearest name is 'user'")
                .doesNotContain("did you mean", "schema drop user");
        assertThat(user.run("schema", "validat", "user").err()).contains("did you mean: coppice schema validate user");
        assertThat(user.run("schema", "drp", "user").err()).doesNotContain("did you mean");
        fails("schema define user none.json", "none.json cannot be read");
        fails("schema define bad db", "cannot be read");
        assertThat(user.run("schema", "define", "user").code()).isEqualTo(2);
        assertThat(user.run("schema", "drop", "user", "--at", "main").code()).isEqualTo(2);
        assertThat(user.run("schema", "--not-valid").code()).isEqualTo(2);
    }
}

package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worked examples compile, run and tell what they should.
class ExamplesTest {
    @TempDir
    Path directory;

    private String run(String name) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:none");
            var sources = files.getJavaFileObjects(Path.of("../examples", name + ".java"));
            assertThat(compiler.getTask(said, files, null, options, null, sources)
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
        PrintStream console = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            Object arguments = new String[] {directory.resolve("db").toString()};
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, arguments);
        } finally {
            System.setOut(console);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theShop() throws Exception {
        assertThat(run("Shop")).isEqualTo("""
                Admins:
                  {"name":"Ann","email":"ann@example.org","role":"admin","status":"active"}
                  {"name":"Cid","email":"cid@example.org","role":"admin","status":"away"}
                Active admins:
                  {"name":"Ann","email":"ann@example.org","role":"admin","status":"active"}
                What users spent:
                  {"user":"user:1","total_orders":1,"total_spent":30,"avg_order":30}
                  {"user":"user:2","total_orders":2,"total_spent":20,"avg_order":10}
                  {"user":"user:9","total_orders":1,"total_spent":1,"avg_order":1}
                Orders with their users:
                  {"user":"user:1","amount":30,"name":"Ann","email":"ann@example.org"}
                  {"user":"user:2","amount":12.50,"name":"Bob","email":"bob@example.org"}
                  {"user":"user:2","amount":7.50,"name":"Bob","email":"bob@example.org"}
                  {"user":"user:9","amount":1}
                Active admins on main: 1, on the experiment: 0
                Revenue by role after the merge:
                  {"role":"viewer","revenue":50}
                Ann, one version ago: {"name":"Ann","email":"ann@example.org","role":"admin","status":"active"}
                Small orders of users: [{"name":"Bob","amount":12.50}, {"name":"Bob","amount":7.50}]
                """);
    }

    @Test
    void passagesForAnswers() throws Exception {
        assertThat(run("Answers")).isEqualTo("""
                Answer by these passages:
                [opening] The office opens at eight in the morning.
                [parking] Cars are parked behind the house, bicycles in the yard.
                Question: When does the office open in the morning?
                Now: The office opens at eight in the morning. On the draft: The office opens at nine in the morning.
                Merged: The office opens at nine in the morning.
                Before: The office opens at eight in the morning.
                """);
    }

    @Test
    void theElectionOfALeader() throws Exception {
        assertThat(run("LeaderElection")).isEqualTo("""
                first leads
                second leads, too: false
                first goes
                second leads
                first may report still: false
                second may report: true
                second goes
                somebody leads: false
                """);
    }

    @Test
    void theCacheOfASlowService() throws Exception {
        assertThat(run("ApiCache")).isEqualTo("""
                100 asked for Weather[city=Bern, degrees=17]: 1 request
                not kept: there is no city Nowhere
                [Bern, Zug] after 4 requests
                """);
    }

    @Test
    void theOrdersOfAShop() throws Exception {
        assertThat(run("Orders")).isEqualTo("""
                orders.placed a lamp
                orders.placed a chair
                orders.packed a lamp
                orders.placed a table
                orders.packed a chair
                to be packed: Order[who=cid, what=a table]
                packed so far: 2
                """);
    }

    @Test
    void agentsThatTakeTasks() throws Exception {
        assertThat(run("AgentTasks")).isEqualTo("""
                done: sign
                done: shout
                failed: fail, attempt 1
                failed: fail, attempt 2
                readme: HELLO, THE AGENT!
                given up: fail
                """);
    }

    @Test
    void viewsOfPages() throws Exception {
        assertThat(run("PageViews")).isEqualTo("""
                10000 views
                about 1000 visitors
                /page/1
                /page/2
                /page/3
                half of them within 7 ms
                """);
    }

    @Test
    void usersAndSessions() throws Exception {
        assertThat(run("Users")).isEqualTo("""
                session of bob ends: true
                logins of bob: 1
                refused: TYPE_VIOLATED
                promoted: true
                promoted again: false
                admins: 2
                admins before: 1
                """);
    }

    @Test
    void chats() throws Exception {
        assertThat(run("ChatHistory")).isEqualTo("""
                prompt: [A search tree cut by content., And why?]
                in the first minute: 2
                found: A search tree cut by content.
                here: [So that equal rows make equal trees.]
                there: [Because it merges.]
                committed: [And why?]
                forgotten: 2, left: 2
                """);
    }

    @Test
    void uploads() throws Exception {
        assertThat(run("Uploads")).isEqualTo("""
                film.mp4: 12000000 bytes
                another cut costs little: true
                a range: 4 bytes
                the first cut: 98, now: 99
                films of ann: 1
                as it was put: true
                left: 1, before: 2
                """);
    }
}

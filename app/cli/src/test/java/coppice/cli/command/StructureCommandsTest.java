package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Data structures, as typed.
class StructureCommandsTest extends TypedCommands {
    @Test
    void putsGetsListsAndRemoves() {
        assertThat(told("dict", "put", "people", "ann", "{\"age\": 41}")).contains("put people ann on main");
        done("dict", "put", "people", "bob", "just text", "--ttl", "2h");
        assertThat(done("dict", "get", "people", "ann")).isEqualTo("{\"age\":41}\n");
        assertThat(done("dict", "get", "people", "bob")).isEqualTo("\"just text\"\n");
        assertThat(done("dict", "list", "people")).containsSubsequence("ann", "{\"age\":41}", "bob", "Z");
        assertThat(done("dict", "list", "people", "--reverse", "--limit", "1"))
                .contains("bob", "there are more")
                .doesNotContain("ann");
        assertThat(done("dict", "list", "people", "--prefix", "a"))
                .contains("ann")
                .doesNotContain("bob");
        assertThat(done("dict", "list", "people", "--from", "b"))
                .contains("bob")
                .doesNotContain("ann");
        assertThat(done("dict", "count", "people")).isEqualTo("2\n");
        assertThat(done("dict", "pop", "people", "ann")).isEqualTo("{\"age\":41}\n");
        assertThat(told("dict", "del", "people", "bob")).contains("removed bob from people on main");
        assertThat(refused("dict", "get", "people", "bob")).contains("no key 'bob'", "coppice dict list people");
        assertThat(refused("dict", "del", "people", "bob")).contains("no key 'bob'");
        assertThat(refused("dict", "pop", "people", "bob")).contains("no key 'bob'");
    }

    @Test
    void writesVersionsAndReadsThem() {
        done("dict", "put", "people", "ann", "1", "-m", "first");
        done("dict", "put", "people", "ann", "2", "-m", "second");
        assertThat(done("dict", "get", "people", "ann", "--at", "main~1")).isEqualTo("1\n");
    }

    @Test
    void dumpsAndLoads() throws IOException {
        done("dict", "put", "people", "ann", "[1, 1.0]", "--ttl", "7d");
        String lines = done("dict", "dump", "people");
        assertThat(lines).contains("{\"key\":\"ann\",\"value\":[1,1.0],\"expires\":\"2");
        Files.writeString(directory.resolve("people.jsonl"), lines);
        done("dict", "put", "copy", "old", "1");
        done("dict", "load", "copy", "people.jsonl");
        assertThat(done("dict", "count", "copy")).isEqualTo("2\n");
        assertThat(told("dict", "load", "copy", "people.jsonl", "--replace")).contains("loaded people.jsonl into copy");
        assertThat(done("dict", "dump", "copy")).isEqualTo(lines);
        assertThat(refused("dict", "load", "copy", "nobody.jsonl")).contains("nobody.jsonl cannot be read");
        Files.writeString(directory.resolve("bad.jsonl"), "{\"key\":1}\n");
        assertThat(refused("dict", "load", "copy", "bad.jsonl")).contains("nothing was");
        assertThat(told("dict", "clear", "copy")).contains("cleared copy on main");
        assertThat(done("dict", "count", "copy")).isEqualTo("0\n");
    }

    @Test
    void encryptedValuesAreReadWithTheSecretAlone() throws IOException {
        Files.writeString(directory.resolve("secret"), "correct horse\n");
        Files.writeString(directory.resolve("key"), "0123456789abcdef".repeat(4) + "\n");
        user.with("WORDS", "correct horse");
        String[] put = {"dict", "put", "tokens", "github", "{\"a\": 1.0}", "--secret-file", "secret"};
        assertThat(told(put)).contains("put tokens github on main");
        assertThat(done("dict", "get", "tokens", "github", "--secret-env", "WORDS"))
                .isEqualTo("{\"a\":1.0}\n");
        done("dict", "put", "tokens", "other", "[true, null, 12345678901234567890, \"x\"]", "--secret-env", "WORDS");
        assertThat(done("dict", "list", "tokens", "--secret-file", "secret"))
                .containsSubsequence("github", "{\"a\":1.0}", "other", "[true,null,12345678901234567890,\"x\"]");
        assertThat(done("dict", "count", "tokens", "--secret-file", "secret")).isEqualTo("2\n");
        assertThat(done("dict", "dump", "tokens", "--secret-file", "secret")).contains("{\"key\":\"github\"");
        assertThat(refused("dict", "get", "tokens", "github")).contains("say the secret that opens it");
        assertThat(refused("dict", "get", "tokens", "github", "--key-file", "key"))
                .contains("does not open");
        assertThat(refused("dict", "put", "tokens", "k", "v")).contains("nothing was written");
        assertThat(done("structures")).containsSubsequence("tokens", "dict, encrypted", "json", "2");
        assertThat(done("scan", "tokens")).contains("github", "0x81").doesNotContain("1.0");
        assertThat(told("dict", "secret", "tokens", "--secret-file", "secret", "--new-key-file", "key"))
                .contains("another secret opens tokens on main");
        assertThat(refused("dict", "count", "tokens", "--secret-env", "WORDS")).contains("does not open");
        assertThat(told("dict", "rotate", "tokens", "--key-file", "key")).contains("a new key");
        assertThat(told("dict", "reencrypt", "tokens", "--key-file", "key")).contains("the newest key is for all");
        assertThat(done("dict", "pop", "tokens", "github", "--key-file", "key")).isEqualTo("{\"a\":1.0}\n");
        assertThat(refused("structures", "rename", "tokens", "keys")).contains("say the secret");
        done("structures", "rename", "tokens", "keys", "--key-file", "key");
        assertThat(told("dict", "del", "keys", "other", "--key-file", "key")).contains("removed other from keys");
    }

    @Test
    void badSecretsAreRefusedBeforeAnythingIsDone() throws IOException {
        Files.writeString(directory.resolve("empty"), "\n");
        Files.writeString(directory.resolve("short"), "0123");
        done("dict", "put", "plain", "k", "v");
        assertThat(refused("dict", "get", "plain", "k", "--secret-file", "nobody"))
                .contains("nobody cannot be read");
        assertThat(refused("dict", "get", "plain", "k", "--secret-file", "empty"))
                .contains("has no passphrase");
        assertThat(refused("dict", "get", "plain", "k", "--key-file", "short")).contains("has no key");
        assertThat(refused("dict", "get", "plain", "k", "--secret-env", "NONE")).contains("variable NONE has no");
        assertThat(refused("dict", "get", "plain", "k", "--secret-env", "A", "--key-file", "short"))
                .contains("one secret");
        assertThat(refused("dict", "secret", "plain")).contains("--new-secret-file");
        assertThat(refused("dict", "get", "plain", "k", "--new-key-file", "short"))
                .contains("--new-secret-file");
        assertThat(refused("dict", "rotate", "plain")).contains("not encrypted");
        assertThat(refused("dict", "rotate", "nobody")).contains("no dict 'nobody'");
    }

    @Test
    void jobsArePutGotAndSettled() throws IOException {
        assertThat(told("queue", "put", "jobs", "{\"n\": 1.0}")).contains("put a job into jobs on main");
        done("queue", "put", "jobs", "urgent", "--priority", "-1", "--key", "k");
        assertThat(told("queue", "put", "jobs", "again", "--key", "k")).contains("a job of this key already");
        done("queue", "put", "jobs", "later", "--delay", "2h");
        assertThat(done("queue", "counts", "jobs")).containsSubsequence("ready", "2", "1", "0", "0");
        assertThat(done("queue", "list", "jobs")).containsSubsequence("urgent", "{\"n\":1.0}");
        Session.Reply got = user.run("queue", "get", "jobs", "--attempts", "1");
        assertThat(got.out()).isEqualTo("\"urgent\"\n");
        String receipt = got.err().replaceAll("(?s).*coppice queue ack jobs (\\S+).*", "$1");
        assertThat(told("queue", "nack", "jobs", receipt)).contains("given back");
        assertThat(refused("queue", "ack", "jobs", receipt)).contains("counts no more");
        String dead = done("queue", "list", "jobs", "--state", "dead", "--json")
                .replaceAll("(?s).*\"id\":\"([^\"]+).*", "$1");
        assertThat(told("queue", "retry", "jobs", dead)).contains("made ready again");
        assertThat(done("queue", "take", "jobs")).isEqualTo("\"urgent\"\n");
        assertThat(done("queue", "take", "jobs")).isEqualTo("{\"n\":1.0}\n");
        assertThat(refused("queue", "take", "jobs")).contains("no job of jobs is ready");
        assertThat(refused("queue", "get", "jbs")).contains("no queue 'jbs'", "jobs");
        Files.writeString(directory.resolve("jobs.jsonl"), done("queue", "dump", "jobs"));
        done("queue", "load", "copy", "jobs.jsonl");
        assertThat(done("queue", "dump", "copy")).isEqualTo(done("queue", "dump", "jobs"));
        assertThat(told("queue", "clear", "copy")).contains("cleared copy on main: 1 job");
        assertThat(told("queue", "purge", "jobs")).contains("0 jobs");
        assertThat(refused("queue", "retry", "jobs", "nobody")).contains("no such job", "--state dead");
        assertThat(refused("queue", "del", "jobs", "nobody")).contains("no such job");
        assertThat(refused("queue", "ack", "jobs", "nothing")).contains("ID:LEASE");
        assertThat(refused("queue", "ack", "jobs")).contains("coppice queue ack NAME RECEIPT");
        assertThat(refused("queue", "put", "jobs", "1", "--priority", "NaN")).contains("finite number");
        assertThat(refused("queue", "get", "jobs", "--attempts", "0")).contains("--attempts");
        assertThat(refused("dict", "get", "jobs", "x")).contains("is the queue 'jobs' of json");
    }

    @Test
    void eventsAreAppendedAndReadByTime() throws IOException {
        done("events", "append", "clicks", "{\"n\": 1.0}", "--time", "2026-11-29T12:00:00Z");
        done("events", "append", "clicks", "text", "--time", "2026-11-29T11:00:00.5Z");
        assertThat(told("events", "append", "clicks", "now")).contains("appended an event to clicks on main");
        assertThat(done("events", "list", "clicks"))
                .containsSubsequence("2026-11-29T11:00:00.500000000Z-", "text", "{\"n\":1.0}", "now");
        assertThat(done("events", "list", "clicks", "--reverse", "--limit", "1"))
                .contains("now", "there are more")
                .doesNotContain("text");
        assertThat(done("events", "count", "clicks", "--from", "1h")).isEqualTo("1\n");
        assertThat(done("events", "count", "clicks", "--to", "2026-11-29T12:00:00Z"))
                .isEqualTo("1\n");
        String id = done("events", "list", "clicks", "--json").replaceAll("(?s).*?\"id\":\"([^\"]+).*", "$1");
        done("events", "del", "clicks", id);
        assertThat(refused("events", "del", "clicks", id)).contains("no event", "coppice events list clicks");
        Files.writeString(directory.resolve("clicks.jsonl"), done("events", "dump", "clicks"));
        done("events", "load", "copy", "clicks.jsonl");
        assertThat(done("events", "dump", "copy")).isEqualTo(done("events", "dump", "clicks"));
        assertThat(told("events", "trim", "clicks", "--to", "1h")).contains("removed 1 event of clicks");
        done("events", "retain", "clicks", "--age", "30d", "--most", "10");
        assertThat(done("get", "@log/clicks", "retention")).contains("{\"age\":2592000000,\"events\":10}");
        done("events", "clear", "clicks");
        assertThat(done("events", "count", "clicks")).isEqualTo("0\n");
        assertThat(refused("events", "append", "clicks")).contains("coppice events append NAME VALUE");
        assertThat(refused("events", "trim", "clicks")).contains("--to TIME");
        assertThat(refused("events", "list", "clicks", "--from", "soon")).contains("2h or 7d ago");
        assertThat(refused("events", "retain", "clicks", "--most", "0")).contains("--most");
        assertThat(refused("events", "append", "clicks", "1", "--time", "-2000-01-01T00:00:00Z"))
                .contains("years 0 to 9999");
    }

    /// Values as the lines of a dump.
    private static String lines(String... values) {
        return Stream.of(values).map(value -> "{\"value\":" + value + "}\n").collect(Collectors.joining());
    }

    @Test
    void pushesInsertsShowsAndTakesByIndex() throws IOException {
        assertThat(told("list", "push", "todo", "tea", "-5", "{\"a\": 1.0}")).contains("pushed 3 to todo on main");
        done("list", "prepend", "todo", "first");
        done("list", "insert", "todo", "-1", "null and more");
        assertThat(done("list", "show", "todo"))
                .containsSubsequence("0", "first", "1", "tea", "2", "-5", "3", "null and more", "4", "{\"a\":1.0}");
        assertThat(done("list", "show", "todo", "--reverse", "--limit", "2", "--from", "-2"))
                .containsSubsequence("null and more", "-5", "--from 1")
                .doesNotContain("tea");
        assertThat(done("list", "get", "todo", "-1")).isEqualTo("{\"a\":1.0}\n");
        done("list", "set", "todo", "-1", "12345678901234567890123");
        assertThat(done("list", "find", "todo", "12345678901234567890123")).isEqualTo("4\n");
        done("list", "move", "todo", "-1", "0");
        assertThat(done("list", "dump", "todo"))
                .isEqualTo(lines("12345678901234567890123", "\"first\"", "\"tea\"", "-5", "\"null and more\""));
        assertThat(done("list", "del", "todo", "1")).isEqualTo("\"first\"\n");
        assertThat(done("list", "pop", "todo")).isEqualTo("\"null and more\"\n");
        assertThat(done("list", "shift", "todo")).isEqualTo("12345678901234567890123\n");
        assertThat(done("list", "count", "todo")).isEqualTo("2\n");
        Files.writeString(directory.resolve("more.jsonl"), lines("1", "[2]"));
        done("list", "load", "todo", "more.jsonl");
        assertThat(done("list", "dump", "todo")).isEqualTo(lines("\"tea\"", "-5", "1", "[2]"));
        done("list", "load", "todo", "more.jsonl", "--replace");
        assertThat(done("list", "dump", "todo")).isEqualTo(lines("1", "[2]"));
        done("list", "clear", "todo", "-m", "cleared");
        assertThat(done("list", "count", "todo")).isEqualTo("0\n");
        assertThat(refused("list", "pop", "todo")).contains("nothing in the list 'todo'");
        assertThat(refused("list", "shift", "todo")).contains("nothing in the list 'todo'");
        assertThat(refused("list", "get", "todo", "0")).contains("no index 0", "of 0");
        assertThat(refused("list", "del", "todo", "-1")).contains("no index -1");
        assertThat(refused("list", "find", "todo", "1")).contains("no such value");
        assertThat(refused("list", "show", "tdo")).contains("no list 'tdo'", "todo");
        assertThat(refused("list", "get", "todo", "one")).contains("whole number");
        assertThat(refused("list", "get", "todo")).contains("coppice list get NAME INDEX");
        assertThat(refused("list", "show", "todo", "--form", "1")).contains("no option --form");
        assertThat(refused("list", "show", "todo", "--limit", "0")).contains("--limit");
    }

    @Test
    void linksAndFindsWays() throws IOException {
        assertThat(told("graph", "link", "net", "ann", "knows", "bob", "--weight", "2.5", "--data", "{\"since\": 1.0}"))
                .contains("linked ann to bob in net on main");
        done("graph", "link", "net", "bob", "knows", "cid");
        done("graph", "link", "net", "ann", "likes", "cid", "--weight", "9");
        assertThat(done("graph", "out", "net", "ann"))
                .containsSubsequence("ann", "knows", "bob", "2.5", "likes", "9.0");
        assertThat(done("graph", "in", "net", "cid", "--label", "likes"))
                .contains("ann")
                .doesNotContain("bob");
        assertThat(done("graph", "nodes", "net")).containsSubsequence("ann", "bob", "cid");
        assertThat(done("graph", "walk", "net", "ann")).containsSubsequence("ann", "0", "bob", "1", "cid", "1");
        assertThat(done("graph", "walk", "net", "ann", "--cost", "3"))
                .contains("bob")
                .doesNotContain("cid");
        assertThat(done("graph", "walk", "net", "cid", "--way", "in", "--hops", "1", "--label", "knows"))
                .contains("bob")
                .doesNotContain("ann");
        assertThat(done("graph", "path", "net", "ann", "cid")).isEqualTo("ann > cid  1.0\n");
        assertThat(done("graph", "path", "net", "ann", "cid", "--weighted")).isEqualTo("ann > bob > cid  3.5\n");
        assertThat(done("graph", "path", "net", "cid", "ann", "--way", "both", "--label", "likes"))
                .isEqualTo("cid > ann  1.0\n");
        assertThat(done("graph", "groups", "net")).containsSubsequence("3", "ann");
        assertThat(done("graph", "rank", "net", "--limit", "1")).contains("cid").doesNotContain("ann");
        assertThat(done("graph", "cores", "net")).contains("2.0000");
        String lines = done("graph", "dump", "net");
        assertThat(lines).contains("\"weight\":2.5,\"data\":{\"since\":1.0}");
        Files.writeString(directory.resolve("net.jsonl"), lines);
        done("graph", "load", "copy", "net.jsonl", "--replace");
        assertThat(done("graph", "dump", "copy")).isEqualTo(lines);
        done("graph", "unlink", "net", "ann", "likes", "cid");
        assertThat(done("graph", "count", "net")).isEqualTo("2\n");
        done("graph", "clear", "net");
        assertThat(done("graph", "count", "net")).isEqualTo("0\n");
        assertThat(refused("graph", "unlink", "net", "ann", "likes", "cid")).contains("no edge 'likes'");
        assertThat(refused("graph", "path", "net", "ann", "cid")).contains("no way from ann to cid");
        assertThat(refused("graph", "nodes", "nt")).contains("no graph 'nt'", "net");
        assertThat(refused("graph", "link", "net", "a", "x")).contains("coppice graph link NAME FROM LABEL TO");
        assertThat(refused("graph", "link", "net", "a", "x", "b", "--weight=-1"))
                .contains("0 or more");
        assertThat(refused("graph", "nodes", "net", "--limit", "0")).contains("--limit");
    }

    @Test
    void filesArePutIntoBlobsAndComeBack() throws IOException {
        Files.writeString(directory.resolve("a.txt"), "hello");
        assertThat(told("blob", "put", "files", "a", "a.txt", "--type", "text/plain", "--field", "by=ann"))
                .contains("put a, 5 B, into files on main, not yet committed");
        assertThat(done("blob", "get", "files", "a")).isEqualTo("hello");
        assertThat(done("blob", "get", "files", "a", "--offset", "1", "--length", "3"))
                .isEqualTo("ell");
        done("blob", "get", "files", "a", "--to", "b.txt");
        assertThat(directory.resolve("b.txt")).hasContent("hello");
        assertThat(done("blob", "list", "files")).containsSubsequence("a", "5", "text/plain");
        assertThat(done("blob", "info", "files", "a"))
                .contains("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "by", "ann");
        assertThat(told("blob", "verify", "files")).contains("are as they were put");
        Files.writeString(directory.resolve("dump.jsonl"), done("blob", "dump", "files"));
        assertThat(told("blob", "load", "copy", "dump.jsonl", "-m", "a copy")).contains("loaded 1", "committed as");
        assertThat(done("blob", "get", "copy", "a")).isEqualTo("hello");
        assertThat(told("blob", "put", "copy", "b", "a.txt", "-m", "b")).contains("committed as");
        assertThat(told("blob", "load", "copy", "dump.jsonl", "--replace")).contains("loaded 1");
        assertThat(refused("blob", "get", "copy", "b")).contains("no blob 'b'");
        assertThat(done("blob", "info", "copy", "a")).contains("text/plain", "ann");
        Files.writeString(
                directory.resolve("dump.jsonl"), done("blob", "dump", "files").replace("aGVs", "aGVt"));
        assertThat(refused("blob", "load", "copy", "dump.jsonl")).contains("SHA-256", "nothing was");
        done("del", "@blob/files", done("scan", "@blob/files", "--keys").strip());
        assertThat(user.run("blob", "verify", "files").code()).isEqualTo(1);
        assertThat(told("blob", "del", "files", "a")).contains("removed a from files");
        assertThat(refused("blob", "get", "files", "a")).contains("no blob 'a'", "coppice blob list files");
        assertThat(refused("blob", "del", "files", "a")).contains("no blob 'a'");
        assertThat(refused("blob", "put", "files", "a", "none.txt")).contains("none.txt cannot be read");
        assertThat(refused("blob", "put", "files", "a")).contains("coppice blob put NAME BLOB FILE");
        assertThat(refused("blob", "get", "files", "a", "--offset", "-1")).contains("--offset");
    }

    @Test
    void sketchesAreAddedToAndAsked() throws IOException {
        assertThat(told("sketch", "add", "words", "to", "--answers", "distinct,membership,frequency"))
                .contains("added to words on main");
        Files.writeString(directory.resolve("words.txt"), "be\nor\nnot\nto\nbe\n\n{\"b\":1.0,\"a\":[null]}\n");
        assertThat(told("sketch", "addall", "words", "words.txt")).contains("added 6 values to words");
        assertThat(done("sketch", "distinct", "words")).startsWith("5  (4 to 6)");
        assertThat(done("sketch", "contains", "words", "not")).isEqualTo("probably\n");
        assertThat(done("sketch", "contains", "words", "question")).isEqualTo("no\n");
        assertThat(done("sketch", "frequency", "words", "be")).isEqualTo("2  (1 to 2)\n");
        assertThat(done("sketch", "frequency", "words", "{\"a\":[null],\"b\":1.0}"))
                .startsWith("1");
        done("sketch", "add", "words", "that", "--times", "10");
        assertThat(done("sketch", "top", "words", "--limit", "1"))
                .contains("that", "10")
                .doesNotContain("be");
        assertThat(done("sketch", "top", "words")).contains("{\"b\":1.0,\"a\":[null]}");
        assertThat(done("sketch", "count", "words")).isEqualTo("17\n");
        String lines = done("sketch", "dump", "words");
        Files.writeString(directory.resolve("words.jsonl"), lines);
        done("sketch", "load", "copy", "words.jsonl");
        assertThat(done("sketch", "dump", "copy")).isEqualTo(lines);
        done("sketch", "load", "copy", "words.jsonl");
        assertThat(done("sketch", "count", "copy")).isEqualTo("34\n");
        done("sketch", "load", "copy", "words.jsonl", "--replace");
        assertThat(done("sketch", "count", "copy")).isEqualTo("17\n");
        done("sketch", "add", "times", "-3", "--answers", "quantiles");
        done("sketch", "add", "times", "100.5", "--times", "3");
        assertThat(Double.parseDouble(done("sketch", "quantile", "times", "0.5")))
                .isBetween(99.0, 102.0);
        assertThat(done("sketch", "rank", "times", "0")).isEqualTo("0.25\n");
        done("sketch", "clear", "times");
        assertThat(refused("sketch", "quantile", "times", "0.5")).contains("nothing was added");
        assertThat(refused("sketch", "distinct", "times")).contains("answers quantiles, not distinct");
        assertThat(refused("sketch", "add", "times", "text")).contains("are numbers");
        assertThat(refused("sketch", "add", "times", "1", "--answers", "distinct"))
                .contains("was made with");
        assertThat(refused("sketch", "add", "other", "1")).contains("no sketch 'other' yet", "--answers");
        assertThat(refused("sketch", "add", "other", "1", "--answers", "all")).contains("not 'all'");
        assertThat(refused("sketch", "add", "words", "null")).contains("null cannot");
        assertThat(refused("sketch", "add", "words", "a", "--times", "0")).contains("1 or more");
        assertThat(refused("sketch", "quantile", "times", "2")).contains("from 0 for the least");
        assertThat(refused("sketch", "top", "wods")).contains("no sketch 'wods'", "words");
        assertThat(refused("sketch", "top")).contains("coppice sketch");
    }

    @Test
    void namesAreListedRenamedAndDropped() {
        done("dict", "put", "people", "ann", "1");
        assertThat(done("structures")).containsSubsequence("people", "dict", "json", "1");
        assertThat(refused("dict", "get", "peple", "ann")).contains("no dict 'peple'", "people");
        done("structures", "rename", "people", "staff");
        assertThat(done("structures")).contains("staff").doesNotContain("people");
        done("structures", "drop", "staff");
        assertThat(refused("structures", "drop", "staff")).contains("no structure 'staff'");
        assertThat(refused("structures", "rename", "staff", "people")).contains("no structure 'staff'");
    }

    @Test
    void badInputIsRefusedWithTheUsage() {
        done("init");
        assertThat(refused("dict", "put", "people", "ann")).contains("coppice dict put NAME KEY VALUE");
        assertThat(refused("dict", "put", "people", "ann", "1", "--ttl", "soon"))
                .contains("such as 90s");
        assertThat(refused("dict", "put", "people", "ann", "1", "--ttl", "0s")).contains("such as 90s");
        assertThat(refused("dict", "get", "people", "ann", "--ttl", "1h")).contains("--ttl is for put");
        assertThat(refused("dict", "list", "people", "--limit", "0")).contains("--limit");
        assertThat(refused("dict", "put", "@structures", "ann", "1")).contains("does not begin with '@'");
        assertThat(refused("dict", "put", "people", "", "1")).contains("1 to 4000 bytes");
        assertThat(refused("structures", "rename", "people")).contains("rename NAME NEW");
    }
}

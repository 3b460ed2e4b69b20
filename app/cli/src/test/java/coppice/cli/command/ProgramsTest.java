package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.json.Json;
import coppice.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private static Json.Obj parsed(String line) {
        return (Json.Obj)
                JsonReader.tryParse(line.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /// A command and what each object of its answer has, `members`; or what the last of them says, `outcome`.
    private record Step(String line, int code, String outcome, String... members) {
        String command() {
            return line.split(" ", -1)[0];
        }

        void check(Session.Reply reply) {
            assertThat(reply.code()).as(line + ": " + reply).isEqualTo(code);
            List<Json.Obj> answers =
                    reply.out().lines().map(ProgramsTest::parsed).toList();
            assertThat(answers).as(line).isNotEmpty();
            assertThat(reply.err().lines().map(ProgramsTest::parsed).toList())
                    .as(line + ": " + reply.err())
                    .allSatisfy(error -> assertThat(error.members()).containsKey("error"))
                    .hasSize(code == 0 || outcome.equals("invalid") ? 0 : 1);
            if (outcome.isEmpty()) {
                assertThat(answers)
                        .as(line)
                        .allMatch(object -> object.members().keySet().containsAll(List.of(members)));
            } else {
                assertThat(answers.getLast().members()).as(line).containsEntry("outcome", Json.of(outcome));
            }
        }
    }

    private static Step tells(String line, String... members) {
        return new Step(line, 0, "", members);
    }

    private static Step ends(String line, String outcome) {
        return new Step(line, 0, outcome);
    }

    private static Step stops(String line, String outcome) {
        return new Step(line, 1, outcome);
    }

    private static final String NOBODY = "0".repeat(64);

    /// A day's work in which each command is typed.
    private static final List<Step> DAY = List.of(
            tells("version", "coppice", "java"),
            tells("init", "database"),
            tells("put pets a dog", "branch", "space", "key"),
            tells("get pets a", "key", "text"),
            tells("count pets", "count"),
            tells("spaces", "space", "keys"),
            tells("scan pets", "key", "text"),
            tells("scan pets --keys", "key"),
            tells("commit -m first", "id", "message", "parents"),
            tells("branch trial", "branch", "head"),
            tells("switch trial", "branch", "head"),
            tells("put pets b cat", "key"),
            tells("del pets b", "removed"),
            tells("put pets b cow", "key"),
            tells("diff", "change", "after"),
            tells("diff --stat", "space", "added"),
            tells("commit -m second", "id"),
            tells("switch main", "head"),
            tells("branch", "branch", "head", "ahead", "behind", "uncommitted"),
            tells("merge trial --preview", "outcome", "changes", "conflicts"),
            ends("merge trial", "merged"),
            ends("merge trial", "up-to-date"),
            tells("log", "id", "author", "authored", "signed"),
            tells("log --graph", "id"),
            tells("status", "branch", "keys"),
            tells("stats", "data.keys", "spaces"),
            tells("show main --stat"),
            tells("blame pets", "key", "commit"),
            tells("blame pets b", "commit", "before", "after"),
            tells("reflog", "ref", "action"),
            tells("inspect main"),
            tells("prove pets a", "commit", "proof64"),
            tells("prove pets a -o a.proof", "file", "bytes"),
            stops("verify a.proof --commit " + NOBODY, "invalid"),
            tells("tag v1", "tag", "commit"),
            tells("tag", "tag", "commit"),
            // Both sides change one key.
            tells("put pets b ox -b trial", "key"),
            tells("commit -m third -b trial", "id"),
            tells("put pets b elk", "key"),
            tells("commit -m fourth", "id"),
            stops("merge trial", "conflicts"),
            tells("conflicts", "space", "key", "base", "ours", "theirs"),
            tells("resolve pets b --take ours", "operation", "decided"),
            tells("resolve pets b --reopen", "operation", "opened"),
            ends("merge --abort", "aborted"),
            stops("cherry-pick trial", "conflicts"),
            ends("cherry-pick --continue --take theirs", "picked"),
            ends("cherry-pick trial", "skipped"),
            ends("revert main", "reverted"),
            tells("rebase main -b trial --show-plan", "action", "commit", "title"),
            stops("rebase main -b trial", "conflicts"),
            ends("rebase --continue --take theirs -b trial", "rebased"),
            ends("rebase main -b trial", "up-to-date"),
            tells("squash main~2 -m both", "id"),
            ends("stash", "unchanged"),
            tells("put pets c cat", "key"),
            ends("stash", "stashed"),
            tells("stash list", "entry", "branch", "commit"),
            tells("stash show", "change", "after"),
            ends("stash apply", "applied"),
            ends("stash drop", "dropped"),
            tells("discard", "discarded"),
            tells("reset --hard main~1", "head"),
            tells("undo", "ref", "action", "before", "after"),
            tells("tag --delete v1", "removed"),
            tells("bisect start main main~1", "outcome"),
            tells("export", "space", "key"),
            tells("export -o all.jsonl", "file", "rows"),
            tells("import all.jsonl -m again", "branch", "tables", "commit"),
            tells("schema define pet pet.json", "type", "documents", "violations"),
            tells("schema", "type", "validated", "definition"),
            tells("schema show pet", "space", "fields"),
            tells("schema validate pet", "type", "documents", "violations"),
            tells("schema drop pet", "dropped"),
            tells("projection create by_legs FROM\tpets\tINDEX\tBY\tlegs", "projection", "definition"),
            tells("projection", "projection", "definition"),
            tells("projection show by_legs", "projection", "definition"),
            tells("projection read by_legs", "key", "text"),
            tells("projection read by_legs --count", "count"),
            tells("projection rebuild by_legs", "projection", "fresh"),
            tells("query --projection by_legs --count", "projection", "count"),
            tells("watch --projection by_legs --from start --max 1"),
            tells("projection keep 1", "versions"),
            tells("projection pause", "paused"),
            tells("projection cancel by_legs", "cancelled"),
            tells("projection resume", "paused"),
            tells("projection status", "projection", "total", "fresh", "pending", "rate", "paused"),
            tells("projection drop by_legs", "dropped"),
            tells("dict put people ann {\"age\":41} --ttl 1h", "branch", "put", "key"),
            tells("dict get people ann", "key", "value", "expires"),
            tells("dict list people", "key", "value"),
            tells("dict count people", "count"),
            tells("dict dump people", "key", "value", "expires"),
            tells("dict put hidden k 1 --secret-file secret.txt", "branch", "put", "key"),
            tells("dict get hidden k --secret-file secret.txt", "key", "value"),
            tells("dict secret hidden --secret-file secret.txt --new-secret-file secret.txt", "branch", "secret"),
            tells("dict rotate hidden --secret-file secret.txt", "branch", "rotate"),
            tells("dict reencrypt hidden --secret-file secret.txt", "branch", "reencrypt"),
            tells("structures drop hidden", "dropped"),
            tells("list push todo tea 2 {\"a\":1}", "branch", "pushed"),
            tells("list prepend todo milk", "branch", "prepended"),
            tells("list insert todo -1 3", "branch", "inserted"),
            tells("list set todo 0 1", "branch", "set"),
            tells("list move todo 0 -1", "branch", "moved"),
            tells("list get todo -1", "index", "value"),
            tells("list find todo 2", "index"),
            tells("list show todo --limit 1", "index", "value"),
            tells("list del todo 1", "value"),
            tells("list pop todo", "value"),
            tells("list shift todo", "value"),
            tells("list dump todo", "value"),
            tells("list count todo", "count"),
            tells("list clear todo", "cleared"),
            tells("structures drop todo", "dropped"),
            tells("graph link net ann knows bob --weight 0.5 --data {}", "branch", "linked"),
            tells("graph link net bob knows cid", "branch", "linked"),
            tells("graph out net ann", "from", "label", "to", "weight"),
            tells("graph in net bob", "from", "label", "to", "weight"),
            tells("graph nodes net", "node"),
            tells("graph walk net ann", "node", "hops", "cost"),
            tells("graph path net ann cid --weighted", "nodes", "cost"),
            tells("graph groups net", "nodes"),
            tells("graph rank net", "node", "rank"),
            tells("graph cores net", "node", "core"),
            tells("graph count net", "count"),
            tells("graph dump net", "from", "label", "to", "weight"),
            tells("graph unlink net ann knows bob", "unlinked"),
            tells("graph clear net", "cleared"),
            tells("structures drop net", "dropped"),
            tells(
                    "sketch add ms 12.5 --answers distinct,membership,frequency,quantiles --expected 500",
                    "branch",
                    "added"),
            tells("sketch add ms 20 --times 3", "added"),
            tells("sketch distinct ms", "distinct", "lower", "upper"),
            tells("sketch contains ms 20", "contains"),
            tells("sketch frequency ms 20", "frequency", "lower", "upper"),
            tells("sketch top ms", "value", "times", "lower", "upper"),
            tells("sketch quantile ms 0.5", "quantile"),
            tells("sketch rank ms 15", "rank"),
            tells("sketch count ms", "count"),
            tells("sketch dump ms", "part"),
            tells("sketch clear ms", "cleared"),
            tells("structures drop ms", "dropped"),
            tells("structures", "name", "kind", "values", "rows"),
            tells("collection index docs {\"id\":\"a\",\"year\":2024} --vector [1,0]", "branch", "indexed"),
            tells("collection index docs b {\"year\":2020} --vector [0.6,0.8]", "indexed"),
            tells("collection index docs --lines - --vector v", "branch", "collection", "documents"),
            tells("collection get docs a", "id", "document"),
            tells("collection list docs", "id", "document"),
            tells("collection count docs", "count"),
            tells("collection search docs [1,0] --where year>2021", "id", "score", "document"),
            tells("collection explain docs [1,0]", "method", "vectors", "compared", "similarity"),
            tells("collection explain docs [1,0] --scan int8", "method", "reranked"),
            tells("collection explain docs [1,0] --approximate", "method", "compared"),
            tells("collection match docs a", "id", "score", "document"),
            tells("collection hybrid docs a [1,0]", "id", "score", "document"),
            tells("collection explain docs a", "query", "documents", "segments"),
            tells("collection text docs --language en", "configured"),
            tells("collection text docs", "language", "members", "synonyms", "parts"),
            tells("collection suggest docs a", "word"),
            tells("collection dump docs"),
            tells("collection embed docs --json -- sh -c sed${IFS}s/.*/[1,2]/", "collection", "embedded"),
            tells("collection connect docs a cites b --data 7", "branch", "connected"),
            tells("collection edges docs a", "from", "label", "to", "weight", "data"),
            tells("collection neighbors docs a", "id", "document"),
            tells("collection walk docs a --way both", "id", "hops", "document"),
            tells("collection disconnect docs a cites b", "disconnected"),
            tells("collection drop docs a", "dropped"),
            tells("collection clear docs", "cleared"),
            tells("structures drop docs", "dropped"),
            tells("queue put mails {\"to\":\"ann\"} --key k", "branch", "put", "new"),
            tells("queue counts mails", "ready", "delayed", "leased", "dead"),
            tells("queue list mails", "id", "value", "priority", "attempts"),
            tells("queue dump mails", "id", "value", "state", "attempts", "put", "key"),
            tells("queue get mails", "id", "value", "attempt", "until", "receipt"),
            tells("queue put mails 2", "new"),
            tells("queue take mails", "id", "value"),
            tells("queue purge mails", "jobs"),
            tells("queue clear mails", "jobs"),
            tells("lock run --json nightly -- true", "lock", "token", "code"),
            tells("structures drop mails", "dropped"),
            tells("events append clicks {\"page\":1} --time 2026-11-29T12:00:00Z", "branch", "appended"),
            tells("events list clicks", "id", "at", "value"),
            tells("events count clicks --from 2026-11-29T12:00:00Z", "count"),
            tells("events dump clicks", "id", "value"),
            tells("events trim clicks --to 2026-11-29T12:00:00Z", "trimmed", "events"),
            tells("events retain clicks --age 7000d --most 5", "retained"),
            tells("events clear clicks", "cleared"),
            tells("structures drop clicks", "dropped"),
            tells("blob put files pets pet.json --type text/csv --field by=ann", "blob", "size", "sha256", "type"),
            tells("blob info files pets", "blob", "fields"),
            tells("blob get files pets --to copy.csv", "blob"),
            tells("blob list files", "blob", "size", "put"),
            tells("blob verify files", "blobs", "damaged"),
            tells("blob dump files"),
            tells("blob load copies none.jsonl", "branch", "loaded", "blobs"),
            tells("structures drop copies", "dropped"),
            tells("blob del files pets", "removed", "blob"),
            tells("blob clear files", "cleared"),
            tells("structures drop files", "dropped"),
            tells("dict pop people ann", "key", "value"),
            tells("structures rename people staff", "before", "after"),
            tells("dict clear staff", "cleared"),
            tells("structures drop staff", "dropped"),
            tells("query pets --limit 1", "key", "text"),
            tells("query pets --count", "count"),
            tells("query pets --explain", "step", "estimate"),
            tells("watch pets --from start --max 1"),
            // Others.
            tells("clone db copy", "database", "head"),
            tells("put pets d eel -d copy", "key"),
            tells("commit -m fifth -d copy", "id"),
            ends("push -d copy", "pushed"),
            ends("push -d copy", "up-to-date"),
            tells("put pets e fox", "key"),
            tells("commit -m sixth", "id"),
            tells("remote add copy copy", "remote", "location"),
            tells("remote", "remote", "location"),
            tells("remote rename copy twin", "remote", "location"),
            tells("fetch twin", "refs", "traffic"),
            ends("pull twin", "up-to-date"),
            tells("remote remove twin", "removed"),
            tells("bundle create all.bundle", "refs", "commits", "bytes"),
            tells("bundle verify all.bundle", "refs"),
            tells("backup kept", "commits", "traffic"),
            tells("restore kept again", "database", "head"),
            tells("branch -D trial", "removed"),
            tells("gc", "liveChunks", "droppedChunks", "bytesBefore", "bytesAfter"),
            tells("check", "sound", "issues"),
            tells("repair", "outcome", "found", "losses"));

    /// What plays for people, or is a program of its own.
    private static final List<String> FOR_PEOPLE = List.of("demo", "bench");

    @Test
    void everyCommandAnswersProgramsInObjectsALine() throws IOException {
        Files.writeString(directory.resolve("pet.json"), "{\"space\":\"kinds\",\"fields\":{\"legs\":\"integer\"}}");
        Files.writeString(directory.resolve("none.jsonl"), "");
        Files.writeString(directory.resolve("secret.txt"), "correct horse\n");
        List<String> typed = new ArrayList<>(FOR_PEOPLE);
        for (Step step : DAY) {
            step.check(user.run((step.line() + " --json").split(" ", -1)));
            typed.add(step.command());
        }
        assertThat(typed)
                .containsAll(Commands.ALL.stream().map(Commands.Entry::name).toList());
        for (String command : FOR_PEOPLE) {
            assertThat(parsed(user.run(command, "--json").err().strip()).text()).contains("Unknown option: '--json'");
        }
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

package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void fillADatabase() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.file("rows.csv", rows());
        user.ok("import rows.csv --commit first");
        user.ok("branch other");
        user.run("put", "long", "k", "0123456789".repeat(50_000), "-b", "other");
        user.ok("commit -m second -b other");
        user.ok("delete rows 7");
        user.ok("commit -m third");
    }

    private static String rows() {
        StringBuilder rows = new StringBuilder("id,name\n");
        for (int i = 0; i < 5_000; i++) {
            rows.append(i).append(",row number ").append(i).append('\n');
        }
        return rows.toString();
    }

    /// The hash that stands behind some words in what was shown.
    private static String hash(String shown, String words) {
        Matcher found =
                Pattern.compile(Pattern.quote(words) + ".*?([0-9a-f]{64})").matcher(shown);
        assertThat(found.find()).as(shown).isTrue();
        return found.group(1);
    }

    @Test
    void aDirectoryShowsItsFilesAndItsManifest() {
        assertThat(user.ok("inspect db"))
                .contains("MANIFEST", ".log ", "segment of the journal", ".pack ", "pack of chunks")
                .contains("magic  ", "COPPICE·", "root of the tree of refs", " holds\n")
                .doesNotContain("but the bytes give", "not zero");
        assertThat(user.ok("inspect db/MANIFEST")).contains("generation");
    }

    @Test
    void aPackShowsItsRecordsAndNothingIsLeftOver() {
        assertThat(user.ok("inspect db/packs/0000000000000001.pack --limit 1000"))
                .contains("T leaf, ", "T inner node, level 1", "C commit, generation 2", "B blob data", "I blob index")
                .doesNotContain("are no record", "but the bytes give");
    }

    @Test
    void theJournalShowsWhatHappenedInOrder() {
        String shown = user.ok("inspect db/journal/0000000000000000.log --limit 1000");
        assertThat(shown).contains("COPJRNL·", "rows: +0 +1 +2 and 4,997 more;", "long: +k", "rows: -7");
        assertThat(shown.indexOf("long: +k")).isBetween(shown.indexOf("rows: +0"), shown.indexOf("rows: -7"));
        assertThat(shown).doesNotContain("not as we know it", "but the bytes give");
    }

    @Test
    void aCommitLeadsToItsCatalogItsSpacesAndTheirRows() {
        String commit = user.ok("inspect other");
        assertThat(commit).contains("C commit, generation 2", "second", "parent 0");
        String catalog = user.ok("inspect " + hash(commit, "catalog") + " --as catalog");
        assertThat(catalog).contains("long", "1 entries", "rows", "5,000 entries");
        String root = user.ok("inspect " + hash(catalog, "5,000 entries"));
        assertThat(root).contains("T inner node", "last key", "rows");
        String value = user.ok("inspect " + hash(catalog, "1 entries"));
        assertThat(value).contains("blob of 500,000 bytes");
        assertThat(user.ok("inspect " + hash(value, "blob of"))).contains("I blob index, level 1");
        assertThat(user.ok("inspect " + hash(commit, "closure") + " --as closure"))
                .contains("generation 0", "generation 1");
        String refs = user.ok("inspect " + hash(user.ok("inspect db"), "root of the tree of refs") + " --as refs");
        assertThat(refs).contains("main", "other", "branch", "commit " + hash(commit, ""));
    }

    @Test
    void aStartOfAHashIsEnoughWhenItIsUnique() {
        String hash = hash(user.ok("inspect main"), "");
        assertThat(user.ok("inspect " + hash.substring(0, 12))).contains(hash);
        assertThat(user.run("inspect", "xyz").err()).contains("there is no file, chunk or ref 'xyz'");
        assertThat(user.run("inspect", "rows.csv").err()).contains("no file of a database");
        assertThat(user.run("inspect", "nothing", "-d", "none").err()).contains("no database in none");
    }

    @Test
    void theTreeOfASpaceIsSummedUp() {
        String tree = user.ok("inspect main~1 --space rows");
        assertThat(tree).contains("5,000 keys", "level  nodes  entries", "values out of line: 0");
        String compared = user.ok("inspect main --space rows --against main~1");
        assertThat(compared).contains("4,999 keys", "shared with main~1: ", "only here: ");
        String json = user.ok("inspect main --space rows --against main~1 --json");
        assertThat(json)
                .startsWith("{\"root\":\"")
                .contains("\"entries\":4999", "\"depth\":", "\"overlap\":{\"nodes\":");
        assertThat(user.run("inspect", "main", "--against", "main~1").err()).contains("name it with --space");
        assertThat(user.run("inspect", "nowhere", "--space", "rows").err()).contains("'nowhere' names nothing");
    }

    @Test
    void commitsAndChunksAreToldToPrograms() {
        String commit = user.ok("inspect main --json");
        assertThat(commit).contains("\"generation\":2", "\"ancestors\":2", "\"spaces\":1");
        String catalog = commit.replaceAll("(?s).*\"catalog\":\"([0-9a-f]{64})\".*", "$1");
        assertThat(user.ok("inspect " + catalog.substring(0, 16) + " --json"))
                .startsWith("{\"chunk\":\"" + catalog + "\",\"kind\":\"node\",\"level\":0,\"holds\":1,")
                .contains("\"pack\":\"packs/");
        assertThat(user.run("inspect", "nowhere", "--json").err()).contains("there is no file, chunk or ref 'nowhere'");
    }

    @Test
    void anIndexShowsTheBeginningsOfTheNamesThatItsPackHas() {
        user.ok("gc");
        File index = directory.resolve("db/packs").toFile().listFiles((_, name) -> name.endsWith(".idx"))[0];
        String pack = index.getName().replace(".idx", ".pack");
        String names = user.ok("inspect db/packs/" + pack + " --limit 100000");
        String shown = user.ok("inspect db/packs/" + index.getName() + " --limit 100000");
        assertThat(shown).doesNotContain("not hold").doesNotContain("not zero");
        Matcher entry =
                Pattern.compile(" holds +[0-9,]+ +[0-9,]+ +([0-9a-f]{32})\n").matcher(shown);
        int found = 0;
        while (entry.find()) {
            assertThat(names).contains(entry.group(1));
            found++;
        }
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void everyRecordOfTheJournalIsCalledByItsName() {
        user.ok("put rows k v -m transacted");
        user.ok("branch one");
        user.ok("branch --rename one two");
        user.ok("put rows k w");
        user.ok("stash");
        assertThat(user.ok("inspect db/journal/" + first("journal") + " --limit 1000"))
                .contains(" transacted ", " placed ", " renamed ", " stashed ")
                .doesNotContain("type 7", "type 8", "type 9", "type 10")
                .doesNotContain("not as we know it");
    }

    @Test
    void filesAreToldToProgramsAsTables() {
        assertThat(user.ok("inspect db --json"))
                .startsWith("{\"inspected\":\"db\",\"tables\":[[{\"file\":\"MANIFEST\",\"bytes\":")
                .contains("{\"offset\":0,\"bytes\":8,\"field\":\"magic\",\"value\":\"COPPICE");
        for (String folder : new String[] {"packs", "journal"}) {
            String file = "db/" + folder + "/" + first(folder);
            assertThat(user.ok("inspect " + file + " --json"))
                    .startsWith("{\"inspected\":\"" + file + "\",\"tables\":[[{\"offset\":0,")
                    .contains("\"notes\":[\"");
        }
    }

    private String first(String folder) {
        return String.valueOf(directory.resolve("db").resolve(folder).toFile().list()[0]);
    }

    @Test
    void aFlippedByteIsPointedAt() throws IOException {
        Path manifest = directory.resolve("db/MANIFEST");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[40] ^= 1;
        Files.write(manifest, bytes);
        assertThat(user.ok("inspect db/MANIFEST")).contains("but the bytes give");
        Path pack = directory.resolve("db/packs/0000000000000001.pack");
        byte[] packed = Files.readAllBytes(pack);
        packed[82] ^= 1; // in the payload of the first record
        Files.write(pack, packed);
        Session.Reply reply = user.run("inspect", "db/packs/0000000000000001.pack");
        assertThat(reply.code()).isEqualTo(1);
        assertThat(reply.err()).contains("0000000000000001.pack").doesNotContain("Exception");
        Files.write(pack, new byte[] {'C', 'O', 'P', 'P', 'A', 'C', 'K', 0, 1});
        assertThat(user.run("inspect", "db/packs/0000000000000001.pack").code()).isEqualTo(1);
    }
}

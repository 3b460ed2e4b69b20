package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Collections, as typed.
class CollectionCommandsTest extends TypedCommands {
    @Test
    void documentsAreFoundByWords() throws IOException {
        done("collection", "index", "docs", "{\"id\":\"a\",\"title\":\"Balanced trees\",\"tags\":[\"x\",\"y\"]}");
        done("collection", "index", "docs", "{\"id\":\"b\",\"title\":\"Bread\",\"tags\":[\"y\"]}", "--vector", "[1,0]");
        assertThat(done("collection", "match", "docs", "TREES bread", "--in", "title", "--highlight"))
                .contains("Balanced [trees]", "[Bread]");
        assertThat(done("collection", "match", "docs", "trees", "--highlight", "--json"))
                .contains("\"highlights\":{\"title\":\"Balanced [trees]\"}");
        assertThat(done("collection", "match", "docs", "y", "--facet", "tags").lines())
                .extracting(line -> line.replaceAll("\\s+", " ").strip())
                .containsExactly("value documents", "y 2", "x 1");
        assertThat(done("collection", "match", "docs", "balancd tress")).contains("did you mean: balanced trees");
        assertThat(done("collection", "match", "docs", "balancd", "--fuzziness", "1"))
                .contains("Balanced");
        assertThat(done("collection", "match", "docs", "bread trees", "--all-words"))
                .doesNotContain("Bread");
        assertThat(done("collection", "hybrid", "docs", "trees", "[1,0]", "--where", "title LIKE 'Br%'"))
                .contains("Bread")
                .doesNotContain("trees");
        assertThat(done("collection", "explain", "docs", "bread -x", "--where", "title = 'Bread'"))
                .contains("understood as (bread -x)", "looked for in 2 documents, in 1 segments", "looked at for 1");
        assertThat(done("collection", "suggest", "docs", "tr")).isEqualTo("trees\n");
        done(
                "collection",
                "text",
                "docs",
                "--language",
                "en",
                "--in",
                "title=2",
                "--synonyms",
                "loaf, bread",
                "--parts",
                "3-4");
        assertThat(done("collection", "text", "docs"))
                .contains("language  en", "members   title=2.0", "parts     3-4", "synonyms  loaf, bread");
        assertThat(done("collection", "match", "docs", "loaf")).contains("Bread");
        assertThat(refused("collection", "match", "docs", "x", "--in", "titel")).contains("there is text in title");
        assertThat(refused("collection", "match", "docs", "x", "--language", "en"))
                .contains("--language is for text");
        assertThat(refused("collection", "text", "docs", "--in", "title=x")).contains("a number greater than 0");
        assertThat(refused("collection", "text", "docs", "--parts", "4")).contains("two numbers");
        assertThat(refused("collection", "text", "docs", "--language", "xx")).contains("no language 'xx'");
        assertThat(refused("collection", "search", "docs", "[1,0]", "--fuzziness", "1"))
                .contains("for match and hybrid");
        assertThat(refused("collection", "match", "docs", "x", "--fuzziness", "3"))
                .contains("0, 1 or 2");
    }

    @Test
    void documentsAreIndexedAndSearched() throws IOException {
        assertThat(told("collection", "index", "docs", "{\"id\":\"a\",\"year\":2024}", "--vector", "[1, 0]"))
                .contains("indexed a in docs on main");
        done("collection", "index", "docs", "b", "{\"year\":2020}", "--vector", "[0.6, 0.8]");
        done("collection", "index", "docs", "c", "{\"year\":2021}");
        assertThat(done("collection", "search", "docs", "[1,0]").lines())
                .extracting(line -> line.replaceAll("\\s+", " ").strip())
                .containsExactly(
                        "score id document", "1.0000 a {\"id\":\"a\",\"year\":2024}", "0.6000 b {\"year\":2020}");
        assertThat(done("collection", "search", "docs", "[1,0]", "--where", "year < 2022"))
                .contains("b")
                .doesNotContain("2024");
        assertThat(done("collection", "search", "docs", "[1,0]", "--limit", "1"))
                .doesNotContain("2020");
        assertThat(done("collection", "explain", "docs", "[1,0]", "--where", "year < 2022"))
                .contains("all vectors compared: 2 of 2, of dimension 2, by cosine", "looked at for 2");
        assertThat(done("collection", "explain", "docs", "[1,0]", "--scan", "int8"))
                .contains("compared by one byte a number: 2 of 2", "in full those that may be among the nearest: 2");
        assertThat(done("collection", "explain", "docs", "[1,0]", "--scan", "binary"))
                .contains("one bit a number, which may miss some");
        assertThat(done("collection", "search", "docs", "[1,0]", "--scan", "INT8"))
                .contains("0.6000");
        assertThat(refused("collection", "search", "docs", "[1,0]", "--scan", "half"))
                .contains("not 'half'");
        assertThat(refused("collection", "get", "docs", "c", "--scan", "int8")).contains("search and explain");
        assertThat(done("collection", "explain", "docs", "[1,0]", "--approximate"))
                .contains("vectors compared to which a graph leads", ": 2 of 2");
        assertThat(refused("collection", "search", "docs", "[1,0]", "--approximate", "--scan", "int8"))
                .contains("without --scan");
        assertThat(done("collection", "get", "docs", "c")).isEqualTo("{\"year\":2021}\n");
        assertThat(done("collection", "count", "docs")).isEqualTo("3\n");
        assertThat(done("collection", "list", "docs", "--limit", "2"))
                .contains("2020")
                .doesNotContain("2021");
        Files.writeString(directory.resolve("docs.jsonl"), done("collection", "dump", "docs"));
        done("collection", "load", "copy", "docs.jsonl", "--similarity", "dot");
        assertThat(done("collection", "search", "copy", "[0,2]")).contains("1.6000");
        done("collection", "text", "copy", "--language", "en");
        Files.writeString(directory.resolve("copy.jsonl"), done("collection", "dump", "copy"));
        done("collection", "load", "docs2", "copy.jsonl", "--replace");
        assertThat(done("collection", "dump", "docs2")).isEqualTo(done("collection", "dump", "copy"));
        done("collection", "drop", "docs", "a");
        assertThat(done("collection", "search", "docs", "[1,0]")).doesNotContain("2024");
        assertThat(refused("collection", "index", "docs", "d", "{}", "--vector", "[1]"))
                .contains("has 1 dimensions, and must have 2");
        assertThat(refused("collection", "index", "docs", "{}")).contains("no member 'id'");
        assertThat(refused("collection", "index", "docs", "d", "{}", "--vector", "1"))
                .contains("array of numbers");
        assertThat(refused("collection", "search", "docs", "[1,0]", "--similarity", "far"))
                .contains("not 'far'");
        assertThat(refused("collection", "search", "docs", "[1,0]", "--where", "year >"))
                .contains("expected a value");
        assertThat(refused("collection", "get", "docs", "x")).contains("no document 'x' in docs");
        assertThat(refused("collection", "get", "dosc", "x")).contains("no collection 'dosc'", "docs");
        assertThat(refused("collection", "list", "docs", "--where", "year > 1")).contains("coppice query");
        done("collection", "clear", "docs");
        assertThat(done("collection", "count", "docs")).isEqualTo("0\n");
    }

    @Test
    void documentsAreConnected() {
        for (String id : new String[] {"a", "b", "c"}) {
            done("collection", "index", "docs", id, "{}");
        }
        assertThat(told("collection", "connect", "docs", "a", "cites", "b", "--data", "{\"page\":7}"))
                .contains("connected a with b in docs on main");
        done("collection", "connect", "docs", "b", "follows", "c", "--weight", "0.5");
        assertThat(done("collection", "neighbors", "docs", "b", "--way", "both").lines())
                .hasSize(3);
        assertThat(done("collection", "neighbors", "docs", "b", "--way", "in", "--label", "follows")
                        .lines())
                .hasSize(1);
        assertThat(done("collection", "walk", "docs", "a").lines())
                .extracting(line -> line.replaceAll("\\s+", " ").strip())
                .containsExactly("hops from id document", "0 - a {}", "1 a b {}", "2 b c {}");
        assertThat(done("collection", "walk", "docs", "a", "--hops", "1")).doesNotContain("c  ");
        assertThat(done("collection", "edges", "docs", "b", "--way", "both"))
                .contains("{\"page\":7}", "0.5", "follows");
        done("collection", "connect", "docs", "c", "cites", "c");
        assertThat(done("collection", "edges", "docs", "c", "--way", "both").lines())
                .hasSize(3);
        assertThat(done("collection", "edges", "docs", "b", "--label", "cites")).doesNotContain("follows", "page");
        assertThat(told("collection", "disconnect", "docs", "a", "cites", "b")).contains("disconnected a from b");
        assertThat(told("collection", "disconnect", "docs", "a", "cites", "b")).contains("no such edge");
        assertThat(refused("collection", "connect", "docs", "a", "cites", "x")).contains("no document 'x'");
        assertThat(refused("collection", "connect", "docs", "a", "cites", "b", "--weight", "-1"))
                .contains("--weight is 0 or more");
    }

    @Test
    void documentsOfLinesAreIndexed() throws IOException {
        String lines = "{\"key\":\"a\",\"year\":1.0,\"e\":[1,0]}\n{\"key\":\"b\",\"e\":null}\n";
        Files.writeString(directory.resolve("docs.jsonl"), lines);
        assertThat(told("collection", "index", "docs", "--lines", "docs.jsonl", "--id", "key", "--vector", "e"))
                .contains("indexed 2 documents of docs.jsonl in docs on main, not yet committed");
        assertThat(done("collection", "dump", "docs")).isEqualTo("""
                        {"settings":{"vectors":{"dimension":2,"similarity":"COSINE"}}}
                        {"id":"a","value":{"key":"a","year":1.0},"vector":[1.0,0.0]}
                        {"id":"b","value":{"key":"b"}}
                        """);
        user.typing("[{\"id\":\"c\"}]");
        assertThat(told("collection", "index", "docs", "--lines", "-", "--step", "1", "-m", "more"))
                .contains("indexed 1 document of standard input in docs on main, committed as");
        user.typing("{\"id\":\"d\"}\n{\"id\":4}\n");
        assertThat(refused("collection", "index", "docs", "--lines", "-"))
                .contains("standard input, line 2: the document has no member 'id' that is text");
        user.typing("{\"id\":\"d\"}\n{");
        assertThat(refused("collection", "index", "docs", "--lines", "-")).contains("standard input, line");
        assertThat(done("collection", "count", "docs")).isEqualTo("3\n");
        assertThat(refused("collection", "index", "docs", "--lines", "none")).contains("none cannot be read");
        assertThat(refused("collection", "index", "docs")).contains("--lines FILE");
        assertThat(refused("collection", "index", "docs", "{}", "--lines", "-")).contains("--lines FILE");
        assertThat(refused("collection", "index", "docs", "e", "{}", "--step", "1"))
                .contains("--step is for --lines");
    }

    /// A model of a line of `awk`: how long a text is, and 1.
    private static String[] with(String[] words, String program) {
        return Stream.concat(Stream.of(words), Stream.of("--", "sh", "-c", program))
                .toArray(String[]::new);
    }

    private static String[] words(String... words) {
        return words;
    }

    @Test
    void vectorsAreMadeByPrograms() {
        String lengths = "awk '{ print \"[\" length($0) \",1]\" }'";
        done("collection", "index", "docs", "{\"id\":\"a\",\"title\":\"tree\",\"n\":1}");
        done("collection", "index", "docs", "{\"id\":\"b\",\"title\":\"a long \\\"title\\\"\",\"by\":[\"Ann\"]}");
        done("collection", "index", "docs", "{\"id\":\"c\",\"n\":1}");
        String[] embed = words("collection", "embed", "docs", "--model", "lengths", "--of", "title");
        assertThat(refused(with(embed, "cat; exit 3"))).contains("sh ended with exit code 3");
        assertThat(refused(with(embed, "echo [1,2]"))).contains("made 1 vectors of 2 texts");
        assertThat(refused(with(embed, "echo [1,2]; echo no"))).contains("wrote 'no' as line 2");
        assertThat(refused("collection", "embed", "docs", "--", "no-such-model"))
                .contains("no-such-model cannot be run");
        assertThat(refused("collection", "embed", "none", "--", "cat")).contains("there is no collection 'none'");
        assertThat(refused("collection", "get", "docs", "a", "--of", "title")).contains("--of is for embed");
        assertThat(refused("collection", "search", "docs", "[1,1]", "--model", "x"))
                .contains("with a command");
        assertThat(told(with(embed, lengths))).contains("embedded 2 documents of docs on main");
        assertThat(told(with(embed, lengths))).contains("embedded 0 documents");
        assertThat(done("collection", "dump", "docs"))
                .contains("\"vector\":[6.0,1.0]", "\"name\":\"lengths\",\"version\":\"1\"");
        String[] search = words("collection", "search", "docs", "leaf", "--model", "lengths", "--limit", "1");
        assertThat(done(with(search, lengths))).contains("tree").doesNotContain("long");
        assertThat(refused(with(words("collection", "search", "docs", "leaf"), lengths)))
                .contains("were made by 'lengths 1', not by 'sh -c awk");
    }
}

package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.FormatPage;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The code does what `docs/format/node.md` says, to the byte and for ever.
class NodeFormatTest {
    private static final String PAGE = "node.md";
    private static final Pattern VECTOR = Pattern.compile("\\| `0x([0-9a-f]{16})` \\| (\\d+) \\|");

    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 20);

    @Test
    void theLeavesOfThePageAreWhatTheirRowsGive() throws IOException {
        Tree fruit = Tree.empty(nodes)
                .apply(Edits.of(List.of(
                        Edit.put(Rows.text("apple"), Rows.text("red")), Edit.put(Rows.text("apricot"), new byte[0]))));
        assertThat(fruit.rootNode().bytes()).isEqualTo(FormatPage.example(PAGE, "leaf"));
        Tree zeros = Tree.empty(nodes).apply(Edits.of(List.of(Edit.put(Rows.text("b"), new byte[300_000]))));
        assertThat(zeros.rootNode().bytes()).isEqualTo(FormatPage.example(PAGE, "long-value"));
        assertThat(Tree.empty(nodes).rootNode().bytes()).isEqualTo(FormatPage.example(PAGE, "empty"));
    }

    @Test
    void theInnerNodeOfThePageIsTheParentOfItsLeaves() throws IOException {
        byte[] first = FormatPage.example(PAGE, "leaf");
        byte[] second = FormatPage.example(PAGE, "long-value");
        byte[] inner = FormatPage.example(PAGE, "inner");
        NodeWriter writer = new NodeWriter(1);
        writer.addChild(Rows.text("apricot"), 0, 7, 2, Hash.of(first), null);
        writer.addChild(Rows.text("b"), 0, 1, 1 | Long.MIN_VALUE, Hash.of(second), null);
        assertThat(writer.encode()).isEqualTo(inner);
        Node parent = NodeReader.read(TreeFormat.V2, inner, Hash.of(inner));
        assertThat(parent.rows()).isEqualTo(3);
        assertThat(NodeReader.readChild(TreeFormat.V2, first, parent, 0).count())
                .isEqualTo(2);
        assertThat(NodeReader.readChild(TreeFormat.V2, second, parent, 1).count())
                .isEqualTo(1);
    }

    @Test
    void thePageHasNoOtherExamples() throws IOException {
        assertThat(FormatPage.names(PAGE)).containsExactly("leaf", "long-value", "inner", "empty");
    }

    @Test
    void theLogarithmsOfThePageAreThoseOfTheCode() throws IOException {
        Matcher vectors = VECTOR.matcher(Files.readString(Path.of("..", "docs", "format", PAGE)));
        int seen = 0;
        while (vectors.find()) {
            long hash = Long.parseUnsignedLong(vectors.group(1), 16);
            long cost = Long.parseLong(vectors.group(2));
            assertThat(Splitter.costsAtMost(hash, cost)).isTrue();
            assertThat(Splitter.costsAtMost(hash, cost - 1)).isFalse();
            seen++;
        }
        assertThat(seen).isEqualTo(5);
    }

    @Test
    void theNumbersOfThePageAreThoseOfTheCode() throws IOException {
        TreeFormat format = TreeFormat.V2;
        String page = Files.readString(Path.of("..", "docs", "format", PAGE));
        assertThat(page)
                .contains("If `e < " + format.min() + "`")
                .contains("If `e >= " + format.cap() + "`")
                .contains("its size and " + format.childWeight() + " for each child")
                .contains("> " + Math.round((double) format.scale() * format.scale() * Math.log(2)) + " * q(h)")
                .contains(String.format("longer than %,d bytes", format.largestNode()))
                .contains(String.format("at most %,d bytes is 0x00", format.inlineLimit()));
    }

    /// These roots never change: a database written today is read, and compared, with them tomorrow.
    @ParameterizedTest
    @CsvSource({
        "SEQUENTIAL, 20000, e6a3120b27ccbc93c3f77f8ab8b23000875b9c6ed2bded8a6a45c642188a80f6",
        "JSON, 20000, 739aab213cea427a5cb490fce35b0cfc9bc8e63fe55552fce4bbdf771841b8f0",
        "DIGITS, 5000, 82dda91bf03d7a69698c782aa4deb6ae17f8e64a107375e942c5fd8fc85044da",
        "CONSTANT_PREFIX, 1000, 9362b4ffc0c46fc5c22664fd11a7193b2944ca35828a15a47e28ff4a697d865d",
    })
    void goldenRootsStayAsTheyAre(Rows.Shape shape, int count, String root) {
        NavigableMap<byte[], byte[]> rows = Rows.map();
        for (int number = 0; number < count; number++) {
            byte[] value = new byte[number % 150];
            Arrays.fill(value, (byte) number);
            rows.put(shape.key(number), value);
        }
        assertThat(Rows.build(nodes, rows).root()).hasToString(root);
        assertThat(new NaiveTree(TreeFormat.V2).root(rows)).isEqualTo(root);
    }
}

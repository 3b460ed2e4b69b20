package coppice.engine.past;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.engine.state.Folds;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.History;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IndexFormatTest {
    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 20);
    private final History history = new History(nodes);
    private final Catalog empty = Catalog.empty(nodes);

    private static byte[] example(String name) throws IOException {
        StringBuilder hex = new StringBuilder();
        Files.readAllLines(Path.of("../docs/format/changes.md")).stream()
                .dropWhile(line -> !line.equals("```hex " + name))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .forEach(line -> hex.append(line.split("\\|", 2)[0].replace(" ", "")));
        return HexFormat.of().parseHex(hex);
    }

    /// The commit of the page: the second, which puts the key `61 00` in the space `s`.
    private Hash commit() {
        Hash first = history.commit(CommitDraft.of(empty.root(), List.of(), "Ada", 1_700_000_000_000L, "first"));
        Tree rows = empty.rows("s").apply(Edits.of(List.of(Edit.put(new byte[] {'a', 0}, "1".getBytes(UTF_8)))));
        Catalog catalog = empty.with("s", SpaceRecord.of("keys", rows, null));
        return history.commit(CommitDraft.of(catalog.root(), List.of(first), "Ada", 1_700_000_000_000L, "second"));
    }

    private ChangeIndexing indexing(byte[] remembered) {
        return new ChangeIndexing(nodes, history, new Roots(), new Folds(), () -> Optional.of(remembered));
    }

    /// All keys of a tree in one.
    private static byte[] keys(Tree tree) {
        ByteWriter keys = new ByteWriter();
        for (Cursor cursor = tree.cursor(); cursor.next(); ) {
            assertThat(cursor.value()).isEmpty();
            keys.bytes(cursor.key());
        }
        return keys.toBytes();
    }

    private ChangeIndex indexOf(Hash commit) {
        IndexWriter writer = new IndexWriter(nodes, history, empty, new Folds());
        writer.add(commit);
        return writer.addTo(ChangeIndex.none(empty.tree()));
    }

    @Test
    void isWrittenAsThePageSays() throws IOException {
        ChangeIndex index = indexOf(commit());
        assertThat(keys(index.covered())).isEqualTo(example("covered"));
        assertThat(index.runs()).hasSize(1);
        assertThat(keys(index.runs().getFirst())).isEqualTo(example("run"));
        ChangeIndexing taken = indexing(example("remembered"));
        assertThat(taken.current()).isEqualTo(index);
        assertThat(taken.encoded()).isEqualTo(example("remembered"));
    }

    @Test
    void aCommitThatChangedTooMuchIsNotedAsThePageSays() {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i <= IndexEntries.LISTED_MAX; i++) {
            edits.add(Edit.put("%06d".formatted(i).getBytes(UTF_8), new byte[0]));
        }
        Catalog wide = empty.with("s", SpaceRecord.of("keys", empty.rows("s").apply(Edits.of(edits)), null));
        Hash commit = history.commit(CommitDraft.of(wide.root(), List.of(), "Ada", 1, "wide"));
        ByteWriter expected = new ByteWriter().bytes(IndexKeys.name(new Mark(0, commit)));
        byte[] mark = new byte[Mark.BYTES];
        new Mark(0, commit).write(mark, 0);
        for (int kind : new int[] {1, 2}) {
            expected.u8('s').u8(0).u8(1).u8(kind).bytes(mark);
        }
        assertThat(keys(indexOf(commit).runs().getFirst())).isEqualTo(expected.toBytes());
    }

    @Test
    void anotherVersionAndWhatIsCutShortAreAsGoodAsNone() throws IOException {
        indexOf(commit());
        byte[] whole = example("remembered");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(indexing(cut).current().runs()).as("%d bytes", length).isEmpty();
        }
        byte[] newer = whole.clone();
        newer[0] = 3;
        assertThat(indexing(newer).current().runs()).isEmpty();
        assertThat(indexing(whole).current().runs()).hasSize(1);
    }
}

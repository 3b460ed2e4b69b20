package coppice.cli.view;

import coppice.api.CommitId;
import coppice.api.Internals;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.List;
import java.util.Locale;

/// Commits, trees and chunks as they are stored, for people and for programs.
public final class InternalsView {
    private InternalsView() {}

    /// Shows a tree: what it holds, and its nodes level by level from the root down.
    public static void show(Screen screen, Internals.OfTree tree) {
        screen.line(Text.of("  tree ")
                .plus(tree.root(), Style.YELLOW)
                .plus("  " + Amounts.count(tree.entries(), "key") + ", " + Amounts.count(tree.nodes(), "node") + ", "
                        + Amounts.bytes(tree.bytes())));
        screen.blank();
        Table table = new Table()
                .numbers("level")
                .numbers("nodes")
                .numbers("entries")
                .numbers("bytes")
                .numbers("smallest")
                .numbers("mean")
                .numbers("largest")
                .numbers("fill");
        for (int level = tree.depth() - 1; level >= 0; level--) {
            Internals.Level nodes = tree.levels().get(level);
            table.row(
                    Text.of(Integer.toString(level), Style.DIM),
                    Text.of(Amounts.count(nodes.nodes())),
                    Text.of(Amounts.count(nodes.entries())),
                    Text.of(Amounts.count(nodes.bytes())),
                    Text.of(Amounts.count(nodes.smallest())),
                    Text.of(Amounts.count(Math.round(nodes.mean()))),
                    Text.of(Amounts.count(nodes.largest())),
                    Text.of(Math.round(100 * nodes.fill()) + " %"));
        }
        screen.table(table);
        screen.line("  values out of line: " + Amounts.count(tree.longValues()) + ", "
                + Amounts.bytes(tree.longValueBytes()));
    }

    /// Shows what two trees share.
    ///
    /// @param other what the other one is called
    public static void show(Screen screen, Internals.OfTree tree, Internals.Overlap overlap, String other) {
        screen.line("  shared with " + other + ": " + Amounts.count(tree.nodes() - overlap.nodes()) + " of "
                + Amounts.count(tree.nodes(), "node") + " with " + Amounts.count(overlap.sharedEntries(), "key"));
        screen.line("  only here: " + Amounts.count(overlap.nodes(), "node") + ", " + Amounts.bytes(overlap.bytes())
                + "; only in " + other + ": " + Amounts.count(overlap.otherNodes(), "node") + ", "
                + Amounts.bytes(overlap.otherBytes()));
    }

    /// A tree for programs.
    public static Json.Obj document(Internals.OfTree tree) {
        List<Json> levels = tree.levels().stream()
                .map(level -> (Json) Json.object(
                        "nodes", level.nodes(),
                        "entries", level.entries(),
                        "bytes", level.bytes(),
                        "smallest", level.smallest(),
                        "largest", level.largest()))
                .toList();
        return Json.object(
                "root", tree.root(),
                "entries", tree.entries(),
                "depth", tree.depth(),
                "nodes", tree.nodes(),
                "bytes", tree.bytes(),
                "levels", new Json.Arr(levels),
                "longValues", tree.longValues(),
                "longValueBytes", tree.longValueBytes());
    }

    /// What two trees share, for programs.
    public static Json.Obj document(Internals.Overlap overlap) {
        return Json.object(
                "nodes", overlap.nodes(),
                "bytes", overlap.bytes(),
                "otherNodes", overlap.otherNodes(),
                "otherBytes", overlap.otherBytes(),
                "sharedEntries", overlap.sharedEntries());
    }

    /// A commit for programs.
    public static Json.Obj document(Internals.OfCommit commit) {
        return Json.object(
                "commit",
                commit.id().hex(),
                "parents",
                Json.strings(commit.parents().stream().map(CommitId::hex).toList()),
                "generation",
                commit.generation(),
                "ancestors",
                commit.ancestors(),
                "catalog",
                commit.catalog(),
                "spaces",
                commit.spaces(),
                "closure",
                commit.closure(),
                "signatureBytes",
                commit.signatureBytes(),
                "bytes",
                commit.bytes());
    }

    /// A chunk for programs.
    public static Json.Obj document(Internals.OfChunk chunk) {
        return Json.object(
                "chunk",
                chunk.hash(),
                "kind",
                chunk.kind().name().toLowerCase(Locale.ROOT),
                "level",
                chunk.level(),
                "holds",
                chunk.holds(),
                "bytes",
                chunk.bytes(),
                "storedBytes",
                chunk.storedBytes(),
                "form",
                chunk.form().name().toLowerCase(Locale.ROOT),
                "groupChunks",
                chunk.groupChunks(),
                "pack",
                chunk.pack().orElse(null),
                "offset",
                chunk.offset(),
                "links",
                Json.strings(chunk.links()));
    }
}

package coppice.engine.waiting;

import coppice.api.CommitMessage;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A merge that is not finished, as it is kept; `docs/format/merge.md` has the bytes.
///
/// @param source what the merged commit was called
/// @param ours the branch's latest commit when the merge began
/// @param theirs the merged commit
/// @param begunAt when, in milliseconds since 1970 UTC
/// @param branchMadeAt when the branch was made, which tells it from an earlier one of the same name
/// @param staged the catalog that became the working state, or null for a merge that waits for decisions
/// @param merge how to merge; its resolver is not kept
public record Unfinished(
        String source,
        Hash ours,
        Hash theirs,
        long begunAt,
        long branchMadeAt,
        @Nullable Hash staged,
        Merge merge) {
    private static final int VERSION = 1;
    /// In the order of their bits and numbers, which never changes.
    private static final List<Merge.Option> OPTIONS = List.of(
            Merge.Option.SQUASH, Merge.Option.ALLOW_UNRELATED, Merge.Option.NO_COMMIT, Merge.Option.KEEP_CONFLICTS);

    private static final List<Merge.FastForward> FORWARD =
            List.of(Merge.FastForward.ALLOW, Merge.FastForward.ONLY, Merge.FastForward.NEVER);

    /// Whether the working state is the merged content.
    public boolean isStaged() {
        return staged != null;
    }

    /// This merge, with its content as the working state.
    public Unfinished staging(Hash catalog) {
        return new Unfinished(source, ours, theirs, begunAt, branchMadeAt, catalog, merge);
    }

    /// The bytes.
    byte[] encode() {
        Hash content = staged;
        ByteWriter out = new ByteWriter(256)
                .u8(VERSION)
                .utf8(source)
                .hash(ours)
                .hash(theirs)
                .i64(begunAt)
                .i64(branchMadeAt)
                .u8(content == null ? 0 : 1);
        if (content != null) {
            out.hash(content);
        }
        int options = 0;
        for (Merge.Option option : merge.options()) {
            options |= 1 << OPTIONS.indexOf(option);
        }
        out.u8(FORWARD.indexOf(merge.fastForward())).u8(options);
        writeMessage(out, merge.message());
        RuleFormat.write(out, merge.rules());
        return out.toBytes();
    }

    private static void writeMessage(ByteWriter out, Optional<CommitMessage> message) {
        out.u8(message.isPresent() ? 1 : 0);
        message.ifPresent(present -> {
            out.utf8(present.text());
            out.u8(present.author().isPresent() ? 1 : 0);
            present.author().ifPresent(out::utf8);
            out.varint(present.metadata().size());
            new TreeMap<>(present.metadata())
                    .forEach((name, value) -> out.utf8(name).utf8(value));
        });
    }

    /// Reads the bytes.
    ///
    /// @param branch the branch that is merged into
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static Unfinished decode(String branch, byte[] bytes) {
        ByteReader in = new ByteReader("the unfinished merge into '" + branch + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        String source = in.utf8();
        Hash ours = in.hash();
        Hash theirs = in.hash();
        long begunAt = in.i64();
        long branchMadeAt = in.i64();
        Hash staged = in.u8() == 0 ? null : in.hash();
        int forward = in.u8();
        int flags = in.u8();
        if (forward >= FORWARD.size() || flags >= 1 << OPTIONS.size()) {
            throw in.corrupt("known ways to merge", "way " + forward + " with options " + flags);
        }
        Set<Merge.Option> options = EnumSet.noneOf(Merge.Option.class);
        for (Merge.Option option : OPTIONS) {
            if ((flags & 1 << OPTIONS.indexOf(option)) != 0) {
                options.add(option);
            }
        }
        Merge merge =
                new Merge(branch, readMessage(in), Resolver.NONE, FORWARD.get(forward), RuleFormat.read(in), options);
        in.expectEnd();
        return new Unfinished(source, ours, theirs, begunAt, branchMadeAt, staged, merge);
    }

    private static Optional<CommitMessage> readMessage(ByteReader in) {
        if (in.u8() == 0) {
            return Optional.empty();
        }
        CommitMessage message = CommitMessage.of(in.utf8());
        message = in.u8() == 0 ? message : message.by(in.utf8());
        int count = in.count(2);
        for (int i = 0; i < count; i++) {
            Map.Entry<String, String> entry = Map.entry(in.utf8(), in.utf8());
            message = message.with(entry.getKey(), entry.getValue());
        }
        return Optional.of(message);
    }
}

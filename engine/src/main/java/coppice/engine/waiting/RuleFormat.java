package coppice.engine.waiting;

import coppice.api.DatabaseException;
import coppice.api.KeyPattern;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/// Rules as bytes; `docs/format/merge.md` has them.
public final class RuleFormat {
    private static final int VERSION = 1;

    private RuleFormat() {}

    /// The bytes of rules.
    public static byte[] encode(List<MergeRule> rules) {
        ByteWriter out = new ByteWriter(64).u8(VERSION);
        write(out, rules);
        return out.toBytes();
    }

    /// Reads the bytes of rules.
    ///
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static List<MergeRule> decode(byte[] bytes) {
        ByteReader in = new ByteReader("the merge rules", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        List<MergeRule> rules = read(in);
        in.expectEnd();
        return rules;
    }

    /// Writes rules as a part of something.
    static void write(ByteWriter out, List<MergeRule> rules) {
        out.varint(rules.size());
        for (MergeRule rule : rules) {
            out.sized(rule.spaces().bytes())
                    .sized(rule.keys().bytes())
                    .utf8(rule.policy().text());
        }
    }

    /// Reads rules that are a part of something.
    static List<MergeRule> read(ByteReader in) {
        int count = in.count(3);
        List<MergeRule> rules = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            KeyPattern spaces = KeyPattern.glob(in.sized());
            KeyPattern keys = KeyPattern.glob(in.sized());
            rules.add(new MergeRule(spaces, keys, policy(in)));
        }
        return rules;
    }

    private static MergePolicy policy(ByteReader in) {
        String text = in.utf8();
        try {
            MergePolicy policy = MergePolicy.parse(text);
            if (policy.text().equals(text)) {
                return policy;
            }
        } catch (DatabaseException.Incorrect none) {
            throw in.corrupt("a merge policy", text);
        }
        throw in.corrupt("a merge policy as it is written here", text);
    }
}

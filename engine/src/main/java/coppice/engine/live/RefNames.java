package coppice.engine.live;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.kernel.history.RefName;
import java.util.List;

/// Whole names of refs: what kind a ref is of says the first part of its name.
public final class RefNames {
    /// Branches.
    public static final String HEADS = "heads/";

    /// Tags.
    public static final String TAGS = "tags/";

    /// Where branches of other databases were when last looked at.
    public static final String REMOTES = "remotes/";

    /// What was put aside.
    public static final String STASH = "stash/";

    /// Commits that the engine itself needs.
    public static final String PINS = "pins/";

    /// What is not the user's: settings and reflog. No branch of the user's may be called so.
    public static final String SYSTEM = "@";

    /// The current branch, in a ref expression.
    public static final String HEAD = "HEAD";

    private static final List<String> RESERVED = List.of(HEADS, TAGS, REMOTES, STASH, PINS);

    private RefNames() {}

    /// The whole name of a branch.
    public static String head(String branch) {
        return HEADS + branch;
    }

    /// Whether a name says what kind of ref it is of.
    public static boolean isWhole(String ref) {
        return RESERVED.stream().anyMatch(ref::startsWith);
    }

    /// The name that a user knows a ref by: a branch's is its own, other whole names stay.
    public static String shown(String ref) {
        return ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : ref;
    }

    /// Refuses what cannot be a branch's name.
    public static String checkBranch(String name) {
        return check("branch", name, ErrorCode.INVALID_BRANCH_NAME);
    }

    /// Refuses what cannot be a tag's name.
    public static String checkTag(String name) {
        return check("tag", name, ErrorCode.INVALID_TAG_NAME);
    }

    private static String check(String what, String name, ErrorCode code) {
        String reason = RefName.problem(name).map(RefName.Problem::reason).orElse("");
        if (reason.isEmpty() && (name.equals(HEAD) || RESERVED.stream().anyMatch(name::startsWith))) {
            reason = "reads like the whole name of a ref";
        }
        if (!reason.isEmpty()) {
            throw new DatabaseException.Incorrect(
                            code, "The " + what + " name '" + name + "' " + reason + ": choose another name")
                    .with(what, name);
        }
        return name;
    }
}

package coppice.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the library advises, for people at a terminal: the command in place of the call.
final class Wording {
    /// From what the library says to what is said here, the longer before those that are part of them.
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("see branches(), tags() and log()", "coppice branch, coppice tag and coppice log list them");
        COMMANDS.put(
                "create it with branch(name, at), or see branches()",
                "coppice branch NAME makes it, coppice branch lists those there are");
        COMMANDS.put("see branches()", "coppice branch lists them");
        COMMANDS.put("see tags().list()", "coppice tag lists them");
        COMMANDS.put(
                "add it, or see remotes().list()", "coppice remote add NAME DIR adds one, coppice remote lists them");
        COMMANDS.put("see stash().list()", "coppice stash list shows them");
        COMMANDS.put("(see merging())", "(coppice merge --continue, or --abort)");
        COMMANDS.put("(see stash().waiting())", "(coppice stash --continue, or --abort)");
        COMMANDS.put(
                "(see edits().picking())",
                "(coppice cherry-pick or coppice revert, with --continue, --skip or --abort)");
        COMMANDS.put("decide them with resolve() or resolveAll()", "decide them with coppice resolve");
        COMMANDS.put("begin one with rebase().onto(ref)", "coppice rebase ONTO begins one");
        COMMANDS.put(": look at projections().all()", "; coppice projection lists them");
        COMMANDS.put(": look at schema().types()", "; coppice schema lists them");
        COMMANDS.put("write another with bundles()", "write another with coppice bundle create");
    }

    private Wording() {}

    /// The advice of the library in the words of the command line.
    static String of(String message) {
        String words = message;
        for (var command : COMMANDS.entrySet()) {
            words = words.replace(command.getKey(), command.getValue());
        }
        return words;
    }
}

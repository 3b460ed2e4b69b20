package coppice.async;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A doc comment of a method, to be changed into that of its twin.
///
/// @param body lines before the first block tag
/// @param blocks lines from each block tag to the next
/// @param isMarkdown whether it is written in Markdown, after `///`
record Comment(List<String> body, List<List<String>> blocks, boolean isMarkdown) {
    private static final Pattern BLOCK = Pattern.compile("\\s*@\\w+.*");
    private static final Pattern FAILURE = Pattern.compile("\\s*@(?:throws|exception)\\s+(\\S+)\\s*(.*)");
    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
    private static final Pattern MEMBER = Pattern.compile("(\\[|@(?:link|linkplain|see|value)\\s+)#([A-Za-z_]\\w*)");

    /// @param text without the marks of a comment, as the compiler gives it
    static Comment of(String text, boolean isMarkdown) {
        List<String> body = new ArrayList<>();
        List<List<String>> blocks = new ArrayList<>();
        List<String> current = body;
        boolean isCode = false;
        for (String line : text.stripTrailing().lines().toList()) {
            isCode ^= FENCE.matcher(line).matches();
            if (!isCode && BLOCK.matcher(line).matches()) {
                current = new ArrayList<>();
                blocks.add(current);
            }
            current.add(isMarkdown || isCode ? line : line.strip());
        }
        return new Comment(trimmed(body), blocks.stream().map(Comment::trimmed).toList(), isMarkdown);
    }

    private static List<String> trimmed(List<String> lines) {
        return String.join("\n", lines).stripTrailing().lines().toList();
    }

    /// Has references to members that the twin does not have name the type that has them.
    Comment referring(Set<String> members, String elsewhere) {
        return new Comment(
                referring(body, members, elsewhere),
                blocks.stream()
                        .map(block -> referring(block, members, elsewhere))
                        .toList(),
                isMarkdown);
    }

    private static List<String> referring(List<String> lines, Set<String> members, String elsewhere) {
        return lines.stream()
                .map(line -> MEMBER.matcher(line)
                        .replaceAll(found -> Matcher.quoteReplacement(found.group(1)
                                + (members.contains(found.group(2)) ? "" : elsewhere)
                                + '#'
                                + found.group(2))))
                .toList();
    }

    /// Adds a paragraph about the future, and has what the method throws be what the future fails with.
    ///
    /// @param paragraph a sentence without its full stop
    /// @param typeParameters names that are of no class, so that a comment cannot refer to them
    Comment asynchronous(String paragraph, Set<String> typeParameters) {
        List<String> failures = new ArrayList<>();
        List<List<String>> kept = new ArrayList<>();
        for (List<String> block : blocks) {
            Matcher failure = FAILURE.matcher(block.getFirst());
            if (failure.matches()) {
                boolean isClass = !typeParameters.contains(failure.group(1));
                failures.addAll(item(isClass, failure, block.subList(1, block.size())));
            } else {
                kept.add(block);
            }
        }
        List<String> lines = new ArrayList<>(body);
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add((isMarkdown ? "" : "<p>") + paragraph + (failures.isEmpty() ? "." : ", or fails with:"));
        if (!failures.isEmpty()) {
            lines.add(isMarkdown ? "" : "<ul>");
            lines.addAll(failures);
            lines.addAll(isMarkdown ? List.of() : List.of("</ul>"));
        }
        return new Comment(lines, kept, isMarkdown);
    }

    private List<String> item(boolean isClass, Matcher failure, List<String> rest) {
        List<String> lines = new ArrayList<>();
        String link = isMarkdown ? "[%s]" : "{@link %s}";
        String name = (isClass ? link : "%s").formatted(failure.group(1));
        lines.add(((isMarkdown ? "- " : "<li>") + name + ' ' + failure.group(2)).stripTrailing());
        rest.forEach(line -> lines.add("  " + line.strip()));
        return lines;
    }

    /// As source text, indented by so many blanks, with an end of line.
    String text(int indent) {
        List<String> lines = new ArrayList<>(body);
        if (!blocks.isEmpty() && !lines.isEmpty()) {
            lines.add("");
        }
        blocks.forEach(lines::addAll);
        String margin = " ".repeat(indent);
        if (isMarkdown) {
            return lines.stream()
                    .map(line -> (margin + "/// " + line).stripTrailing() + '\n')
                    .collect(Collectors.joining());
        }
        return lines.stream()
                .map(line -> (margin + " * " + line).stripTrailing() + '\n')
                .collect(Collectors.joining("", margin + "/**\n", margin + " */\n"));
    }
}
